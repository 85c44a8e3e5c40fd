"""Agencies that are asked to assess themselves are told: a kind of message, and the table that it is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0049_scheduled_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="assessment",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.assessment",
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
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
