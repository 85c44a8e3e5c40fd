from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

OPEN_WORK = ["assigned", "acknowledged", "in_progress"]


def look_at_undated_work(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the next round look at the undated work that nobody looked at until now; it says when to look again."""
    rows = apps.get_model("directives", "Assignment").objects.filter(state__in=OPEN_WORK, due_on=None, look_on=None)
    rows.update(look_on=F("armed_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("directives", "0005_sending_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="ladder",
            name="monthly_by",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="1 to 31; the last day in a shorter month. Empty: no monthly report is asked for.",
                null=True,
                verbose_name="open work is reported every month by day",
            ),
        ),
        migrations.AddField(
            model_name="ladder",
            name="review_days",
            field=models.PositiveSmallIntegerField(
                default=30, verbose_name="undated work is asked after when nothing was reported for (days)"
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("courtesy", "Courtesy reminder"),
                    ("escalation", "Escalation"),
                    ("review", "Review of undated work"),
                    ("monthly", "Monthly report missing"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="rung",
            field=models.SmallIntegerField(verbose_name="rung"),
        ),
        migrations.AddConstraint(
            model_name="ladder",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_days__gte", 1), ("review_days__lte", 8999)),
                name="reviewed_after_a_day_or_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="ladder",
            constraint=models.CheckConstraint(
                condition=models.Q(("monthly_by__gte", 1), ("monthly_by__lte", 31)), name="monthly_by_a_day"
            ),
        ),
        migrations.RunPython(look_at_undated_work, migrations.RunPython.noop),
    ]
