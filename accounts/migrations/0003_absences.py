"""Absences become rows of their own: several for an office, and the past ones stay."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

INT8RANGE = models.Func(
    models.F("office"),
    models.F("office"),
    models.Value("[]"),
    function="int8range",
    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
)
DATERANGE = models.Func(
    models.F("begins_on"),
    models.F("ends_on"),
    models.Value("[]"),
    function="daterange",
    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
)
OVERLAPS = django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS

# References are checked at once, since the tables are altered in this transaction.
TAKE_ALONG = """
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO accounts_absence (uuid, office_id, substitute_id, begins_on, ends_on)
SELECT gen_random_uuid(), id, substitute_id, substitute_from, substitute_to
FROM accounts_office WHERE substitute_id IS NOT NULL;
"""
# An office holds one absence: the one that ends last.
TAKE_BACK = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE accounts_office office
SET substitute_id = last.substitute_id, substitute_from = last.begins_on, substitute_to = last.ends_on
FROM (SELECT DISTINCT ON (office_id) * FROM accounts_absence ORDER BY office_id, ends_on DESC) last
WHERE last.office_id = office.id;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_messenger_address")]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("begins_on", models.DateField(verbose_name="first day away")),
                ("ends_on", models.DateField(verbose_name="last day away")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="accounts.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="substitute",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["begins_on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="absence_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="one_substitute_a_day", expressions=[(INT8RANGE, OVERLAPS), (DATERANGE, OVERLAPS)]
            ),
        ),
        migrations.RunSQL(TAKE_ALONG, TAKE_BACK),
        migrations.RemoveConstraint(model_name="office", name="substitute_has_a_period"),
        migrations.RemoveConstraint(model_name="office", name="nobody_substitutes_itself"),
        migrations.RemoveField(model_name="office", name="substitute"),
        migrations.RemoveField(model_name="office", name="substitute_from"),
        migrations.RemoveField(model_name="office", name="substitute_to"),
    ]
