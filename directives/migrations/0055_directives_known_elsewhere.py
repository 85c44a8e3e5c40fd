from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0054_templates_of_agencies"),
    ]

    operations = [
        migrations.AddField(
            model_name="directive",
            name="external_ref",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="reference in another system"
            ),
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_ref", ""), _negated=True),
                fields=("notice", "external_ref"),
                name="one_directive_per_external_ref",
            ),
        ),
    ]
