from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_what_recurred_by_name_only(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now a directive could be called recurring and have a date of its own; nothing was made of it."""
    rows = apps.get_model("directives", "Directive").objects.exclude(recurrence="")
    rows.exclude(deadline_kind="recurring", due_on=None).update(recurrence="")


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0010_giving_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="given_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="directive",
            name="next_period_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="directive",
            name="recurrence_day",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="due on day"),
        ),
        migrations.AddField(
            model_name="directive",
            name="recurrence_month",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="of month (each year)"),
        ),
        migrations.AddField(
            model_name="directive",
            name="recurrence_shift",
            field=models.CharField(
                choices=[
                    ("before", "The working day before"),
                    ("after", "The working day after"),
                    ("none", "It stays"),
                ],
                default="before",
                max_length=6,
                verbose_name="on a day off",
            ),
        ),
        migrations.AddField(
            model_name="directive",
            name="recurs_until",
            field=models.DateField(blank=True, null=True, verbose_name="recurs until"),
        ),
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(
                condition=models.Q(("next_period_on__isnull", False)),
                fields=["next_period_on"],
                name="directives_to_go_on",
            ),
        ),
        migrations.RunPython(forget_what_recurred_by_name_only, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recurrence", ""),
                    models.Q(("deadline_kind", "recurring"), ("due_on__isnull", True)),
                    _connector="OR",
                ),
                name="recurring_work_is_due_in_its_periods",
            ),
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.CheckConstraint(
                condition=models.Q(("recurrence_day__gte", 1), ("recurrence_day__lte", 31)),
                name="recurs_on_a_day_of_the_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.CheckConstraint(
                condition=models.Q(("recurrence_month__gte", 1), ("recurrence_month__lte", 12)),
                name="recurs_in_a_month",
            ),
        ),
    ]
