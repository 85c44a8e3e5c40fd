import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_systems_that_act"), ("directives", "0053_private_papers")]

    operations = [
        migrations.RemoveConstraint("papertemplate", "one_template_of_a_number"),
        migrations.RemoveConstraint("papertemplate", "one_template_in_use_for_a_kind"),
        migrations.AlterField(
            "papertemplate",
            "committee",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            "papertemplate",
            "agency",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
                verbose_name="agency",
            ),
        ),
        migrations.AddField(
            "papertemplate", "form", models.CharField(default="docx", max_length=5, verbose_name="kind of file")
        ),
        migrations.AddConstraint(
            "papertemplate",
            models.CheckConstraint(
                condition=models.Q(("agency__isnull", True), ("committee__isnull", False))
                | models.Q(("agency__isnull", False), ("committee__isnull", True)),
                name="template_is_of_one_body",
            ),
        ),
        migrations.AddConstraint(
            "papertemplate",
            models.UniqueConstraint(
                fields=("committee", "agency", "kind", "form", "number"),
                nulls_distinct=False,
                name="one_template_of_a_number",
            ),
        ),
        migrations.AddConstraint(
            "papertemplate",
            models.UniqueConstraint(
                condition=models.Q(("state", "in_use")),
                fields=("committee", "agency", "kind", "form"),
                nulls_distinct=False,
                name="one_template_in_use_for_a_kind",
            ),
        ),
    ]
