"""Whoever answers for a key of another system is told before it ends."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_keys_by_network_and_successor"),
        ("directives", "0056_calls_to_other_systems"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="api_key",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.apikey",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "New assignments"),
                    ("returned", "Report returned"),
                    ("extension_decided", "Extension decided"),
                    ("digest", "Reminders of the day"),
                    ("escalated", "Escalated to you"),
                    ("succeeded", "Work taken over"),
                    ("changed", "Work changed"),
                    ("nudged", "Nudge by the agency above"),
                    ("amended", "Notice amended"),
                    ("asked", "Question asked"),
                    ("answered", "Question answered"),
                    ("paper", "Scheduled paper"),
                    ("assess", "Self-assessment asked for"),
                    ("disconnected", "Other system no longer told"),
                    ("key_ends", "Key about to expire"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="preference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "New assignments"),
                    ("returned", "Report returned"),
                    ("extension_decided", "Extension decided"),
                    ("digest", "Reminders of the day"),
                    ("escalated", "Escalated to you"),
                    ("succeeded", "Work taken over"),
                    ("changed", "Work changed"),
                    ("nudged", "Nudge by the agency above"),
                    ("amended", "Notice amended"),
                    ("asked", "Question asked"),
                    ("answered", "Question answered"),
                    ("paper", "Scheduled paper"),
                    ("assess", "Self-assessment asked for"),
                    ("disconnected", "Other system no longer told"),
                    ("key_ends", "Key about to expire"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
