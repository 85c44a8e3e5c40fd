import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_systems_that_act"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentonce",
            name="location",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="apikey",
            name="networks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=43),
                blank=True,
                default=list,
                size=None,
                verbose_name="networks",
            ),
        ),
        migrations.AddField(
            model_name="apikey",
            name="succeeds",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="accounts.apikey",
                verbose_name="succeeds",
            ),
        ),
        migrations.AlterField(
            model_name="apikey",
            name="account",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="keys",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
    ]
