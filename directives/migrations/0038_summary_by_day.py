"""The figures by day are summed up as history is written: triggers tell each change of a span."""

import django.db.models.deletion
from django.db import migrations, models

# What one span means for the cells: from which day on one more or one fewer, by the date that holds and by the first.
KEEP = """
CREATE FUNCTION directives_tallies_of(span directives_span)
RETURNS TABLE (basis text, cell text, from_on date, many integer) LANGUAGE sql IMMUTABLE AS $$
    SELECT told.basis, stretch.cell, edge.from_on, edge.many
    FROM (VALUES ('due_on', (span).due_on), ('original_due_on', (span).original_due_on)) told (basis, due_on)
    CROSS JOIN LATERAL (
        SELECT 'coordinating' AS cell, (span).from_on, (span).to_on
        WHERE (span).role = 'coordinating'
        UNION ALL
        SELECT 'suspended', (span).from_on, (span).to_on
        WHERE (span).role <> 'coordinating' AND (span).state = 'suspended'
        UNION ALL
        SELECT CASE WHEN told.due_on IS NULL THEN 'undated'
                    WHEN (span).state = 'suspended' THEN 'open_in_time'
                    WHEN (span).state = 'handed_in' AND told.due_on < (span).handed_in_on THEN 'open_overdue'
                    WHEN (span).state = 'handed_in' THEN 'open_in_time'
                    WHEN told.due_on < coalesce((span).done_on, (span).handed_in_on) THEN 'done_late'
                    ELSE 'done_on_time' END,
               (span).from_on, (span).to_on
        WHERE (span).role <> 'coordinating'
          AND (told.due_on IS NULL OR (span).state NOT IN ('assigned', 'acknowledged', 'in_progress'))
        UNION ALL
        SELECT 'open_in_time', (span).from_on, least((span).to_on, told.due_on + 1)
        WHERE (span).role <> 'coordinating' AND (span).state IN ('assigned', 'acknowledged', 'in_progress')
          AND (span).from_on <= told.due_on
        UNION ALL
        SELECT 'open_overdue', greatest((span).from_on, told.due_on + 1), (span).to_on
        WHERE (span).role <> 'coordinating' AND (span).state IN ('assigned', 'acknowledged', 'in_progress')
          AND told.due_on IS NOT NULL AND ((span).to_on IS NULL OR (span).to_on > told.due_on + 1)
    ) stretch (cell, from_on, to_on)
    CROSS JOIN LATERAL (VALUES (stretch.from_on, 1), (stretch.to_on, -1)) edge (from_on, many)
    WHERE edge.from_on IS NOT NULL AND (span).committee_id IS NOT NULL
      AND (span).state IN ('assigned', 'acknowledged', 'in_progress', 'handed_in', 'suspended', 'done')
$$;

CREATE FUNCTION directives_spans_are_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        INSERT INTO directives_tallyentry (committee_id, agency_id, basis, cell, from_on, many)
        SELECT span.committee_id, span.agency_id, told.basis, told.cell, told.from_on, sum(told.many)
        FROM new_spans span CROSS JOIN LATERAL directives_tallies_of(span) told
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(told.many) <> 0;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        INSERT INTO directives_tallyentry (committee_id, agency_id, basis, cell, from_on, many)
        SELECT span.committee_id, span.agency_id, told.basis, told.cell, told.from_on, -sum(told.many)
        FROM old_spans span CROSS JOIN LATERAL directives_tallies_of(span) told
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(told.many) <> 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER spans_are_tallied AFTER INSERT ON directives_span
    REFERENCING NEW TABLE AS new_spans
    FOR EACH STATEMENT EXECUTE FUNCTION directives_spans_are_tallied();
CREATE TRIGGER spans_are_tallied_anew AFTER UPDATE ON directives_span
    REFERENCING OLD TABLE AS old_spans NEW TABLE AS new_spans
    FOR EACH STATEMENT EXECUTE FUNCTION directives_spans_are_tallied();
CREATE TRIGGER spans_are_tallied_no_more AFTER DELETE ON directives_span
    REFERENCING OLD TABLE AS old_spans
    FOR EACH STATEMENT EXECUTE FUNCTION directives_spans_are_tallied();

INSERT INTO directives_tally (committee_id, agency_id, basis, cell, from_on, many, by_month)
SELECT span.committee_id, span.agency_id, told.basis, told.cell, counted.from_on, sum(told.many), counted.by_month
FROM directives_span span CROSS JOIN LATERAL directives_tallies_of(span) told
CROSS JOIN LATERAL (VALUES (told.from_on, false), (date_trunc('month', told.from_on)::date, true))
    counted (from_on, by_month)
GROUP BY 1, 2, 3, 4, 5, 7;
"""
NO_LONGER = """
DROP TRIGGER spans_are_tallied ON directives_span;
DROP TRIGGER spans_are_tallied_anew ON directives_span;
DROP TRIGGER spans_are_tallied_no_more ON directives_span;
DROP FUNCTION directives_spans_are_tallied();
DROP FUNCTION directives_tallies_of(directives_span);
"""


def _whose(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


def _change() -> list[tuple[str, models.Field]]:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("basis", models.CharField(max_length=16)),
        ("cell", models.CharField(max_length=16)),
        ("from_on", models.DateField()),
        ("many", models.IntegerField()),
        ("agency", _whose("accounts.agency")),
        ("committee", _whose("accounts.committee")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_calendar_feeds"),
        ("directives", "0037_led_by_committee"),
    ]

    operations = [
        migrations.CreateModel(
            name="TallyEntry",
            fields=_change(),
            options={
                "verbose_name": "entry of the summary by day",
                "indexes": [models.Index(fields=["committee", "basis"], name="entries_of_committee")],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[*_change(), ("by_month", models.BooleanField())],
            options={
                "verbose_name": "summary by day",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("committee", "basis", "by_month", "from_on", "agency", "cell"),
                        include=("many",),
                        name="one_sum_a_day",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, NO_LONGER),
    ]
