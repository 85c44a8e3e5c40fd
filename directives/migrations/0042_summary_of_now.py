"""What stands now is summed up by notice and field as history is written: triggers tell each span that begins or ends."""

import django.db.models.deletion
from django.db import migrations, models

# What a span that is not over counts as, by the date that holds and by the first: the day asked about tells "open" apart.
KEEP = """
CREATE FUNCTION directives_stands_as(span directives_span)
RETURNS TABLE (basis text, cell text, due_on date, days integer) LANGUAGE sql IMMUTABLE AS $$
    SELECT told.basis, stands.cell, stands.due_on, stands.days
    FROM (VALUES ('due_on', (span).due_on), ('original_due_on', (span).original_due_on)) told (basis, due_on)
    CROSS JOIN LATERAL (
        SELECT 'coordinating' AS cell, NULL::date AS due_on, NULL::integer AS days
        WHERE (span).role = 'coordinating'
        UNION ALL
        SELECT 'suspended', NULL, NULL WHERE (span).role <> 'coordinating' AND (span).state = 'suspended'
        UNION ALL
        SELECT CASE WHEN told.due_on IS NULL THEN 'undated'
                    WHEN (span).state = 'suspended' THEN 'open_in_time'
                    WHEN (span).state = 'handed_in' AND told.due_on < (span).handed_in_on THEN 'open_overdue'
                    WHEN (span).state = 'handed_in' THEN 'open_in_time'
                    WHEN (span).state <> 'done' THEN 'open'
                    WHEN told.due_on < coalesce((span).done_on, (span).handed_in_on) THEN 'done_late'
                    ELSE 'done_on_time' END,
               CASE WHEN (span).state IN ('assigned', 'acknowledged', 'in_progress') THEN told.due_on END,
               CASE WHEN (span).state = 'handed_in' AND told.due_on < (span).handed_in_on
                    THEN (span).handed_in_on - told.due_on END
        WHERE (span).role <> 'coordinating'
    ) stands
    WHERE (span).to_on IS NULL AND (span).committee_id IS NOT NULL
      AND (span).state IN ('assigned', 'acknowledged', 'in_progress', 'handed_in', 'suspended', 'done')
$$;

CREATE FUNCTION directives_spans_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        INSERT INTO directives_nowtallyentry (committee_id, notice_id, field, basis, cell, due_on, days, many)
        SELECT span.committee_id, directive.notice_id, directive.field, told.basis, told.cell, told.due_on, told.days,
               count(*)
        FROM new_spans span JOIN directives_directive directive ON directive.id = span.directive_id
        CROSS JOIN LATERAL directives_stands_as(span) told
        GROUP BY 1, 2, 3, 4, 5, 6, 7;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        INSERT INTO directives_nowtallyentry (committee_id, notice_id, field, basis, cell, due_on, days, many)
        SELECT span.committee_id, directive.notice_id, directive.field, told.basis, told.cell, told.due_on, told.days,
               -count(*)
        FROM old_spans span JOIN directives_directive directive ON directive.id = span.directive_id
        CROSS JOIN LATERAL directives_stands_as(span) told
        GROUP BY 1, 2, 3, 4, 5, 6, 7;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER spans_stand AFTER INSERT ON directives_span
    REFERENCING NEW TABLE AS new_spans
    FOR EACH STATEMENT EXECUTE FUNCTION directives_spans_stand();
CREATE TRIGGER spans_stand_anew AFTER UPDATE ON directives_span
    REFERENCING OLD TABLE AS old_spans NEW TABLE AS new_spans
    FOR EACH STATEMENT EXECUTE FUNCTION directives_spans_stand();
CREATE TRIGGER spans_stand_no_more AFTER DELETE ON directives_span
    REFERENCING OLD TABLE AS old_spans
    FOR EACH STATEMENT EXECUTE FUNCTION directives_spans_stand();

-- A directive that goes to another field takes its work along; whoever changes that work is waited for.
CREATE FUNCTION directives_directive_counts_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM directives_assignment WHERE directive_id = NEW.id ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO directives_nowtallyentry (committee_id, notice_id, field, basis, cell, due_on, days, many)
    SELECT span.committee_id, place.notice_id, place.field, told.basis, told.cell, told.due_on, told.days,
           sum(place.sign)
    FROM directives_assignment part JOIN directives_span span ON span.assignment_id = part.id AND span.to_on IS NULL
    CROSS JOIN LATERAL directives_stands_as(span) told
    CROSS JOIN (VALUES (OLD.notice_id, OLD.field, -1), (NEW.notice_id, NEW.field, 1)) place (notice_id, field, sign)
    WHERE part.directive_id = NEW.id
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
    RETURN NULL;
END
$$;
CREATE TRIGGER directive_counts_elsewhere AFTER UPDATE OF notice_id, field ON directives_directive
    FOR EACH ROW WHEN (OLD.notice_id <> NEW.notice_id OR OLD.field <> NEW.field)
    EXECUTE FUNCTION directives_directive_counts_elsewhere();

WITH told AS (
    SELECT span.committee_id, directive.notice_id, directive.field, told.basis, told.cell, told.due_on, told.days,
           count(*) AS many
    FROM directives_span span JOIN directives_directive directive ON directive.id = span.directive_id
    CROSS JOIN LATERAL directives_stands_as(span) told
    WHERE span.to_on IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7
)
INSERT INTO directives_nowtally (committee_id, basis, notice_id, field, cell, due_on, days, many)
SELECT committee_id, basis, place.notice_id, place.field, place.cell, place.due_on, place.days, sum(many)
FROM told CROSS JOIN LATERAL (
    VALUES (told.notice_id, NULL, told.cell, NULL::date, NULL::integer), (NULL, told.field, told.cell, NULL, told.days)
    UNION ALL
    SELECT dated.notice_id, dated.field, 'due', told.due_on, NULL
    FROM (VALUES (told.notice_id, NULL), (NULL, told.field)) dated (notice_id, field) WHERE told.cell = 'open'
) place (notice_id, field, cell, due_on, days)
GROUP BY 1, 2, 3, 4, 5, 6, 7;
"""
NO_LONGER = """
DROP TRIGGER directive_counts_elsewhere ON directives_directive;
DROP FUNCTION directives_directive_counts_elsewhere();
DROP TRIGGER spans_stand ON directives_span;
DROP TRIGGER spans_stand_anew ON directives_span;
DROP TRIGGER spans_stand_no_more ON directives_span;
DROP FUNCTION directives_spans_stand();
DROP FUNCTION directives_stands_as(directives_span);
"""


def _whose(to: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


def _present() -> list[tuple[str, models.Field]]:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("basis", models.CharField(max_length=16)),
        ("cell", models.CharField(max_length=16)),
        ("due_on", models.DateField(null=True)),
        ("days", models.IntegerField(null=True)),
        ("many", models.IntegerField()),
        ("committee", _whose("accounts.committee")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_calendar_feeds"),
        ("directives", "0041_directives_in_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="NowTallyEntry",
            fields=[
                *_present(),
                ("notice", _whose("directives.notice")),
                ("field", models.CharField(max_length=120)),
            ],
            options={
                "verbose_name": "entry of the summary by notice and field",
                "indexes": [models.Index(fields=["committee", "basis", "cell"], name="now_entries_of_committee")],
            },
        ),
        migrations.CreateModel(
            name="NowTally",
            fields=[
                *_present(),
                ("notice", _whose("directives.notice", null=True)),
                ("field", models.CharField(max_length=120, null=True)),
            ],
            options={
                "verbose_name": "summary by notice and field",
                "indexes": [models.Index(condition=models.Q(("many", 0)), fields=["id"], name="sums_of_nothing")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("committee", "basis", "cell", "due_on", "field", "notice", "days"),
                        include=("many",),
                        name="one_sum_of_now",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, NO_LONGER),
    ]
