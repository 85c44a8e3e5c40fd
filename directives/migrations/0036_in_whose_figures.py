"""Assignments and spans know in which committee's figures they count, spans their directive; triggers keep it."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION directives_assignment_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT CASE WHEN directive.given_by_id IS NULL THEN notice.committee_id END INTO NEW.committee_id
    FROM directives_directive directive JOIN directives_notice notice ON notice.id = directive.notice_id
    WHERE directive.id = NEW.directive_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER assignment_is_counted BEFORE INSERT OR UPDATE OF directive_id, committee_id ON directives_assignment
    FOR EACH ROW EXECUTE FUNCTION directives_assignment_is_counted();

CREATE FUNCTION directives_span_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT part.committee_id, part.directive_id INTO NEW.committee_id, NEW.directive_id
    FROM directives_assignment part WHERE part.id = NEW.assignment_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER span_is_counted BEFORE INSERT OR UPDATE OF assignment_id, committee_id, directive_id ON directives_span
    FOR EACH ROW EXECUTE FUNCTION directives_span_is_counted();

UPDATE directives_assignment SET committee_id = NULL;
UPDATE directives_span SET committee_id = NULL;
"""
NO_LONGER = """
DROP TRIGGER assignment_is_counted ON directives_assignment;
DROP FUNCTION directives_assignment_is_counted();
DROP TRIGGER span_is_counted ON directives_span;
DROP FUNCTION directives_span_is_counted();
"""
COMMITTEE = models.ForeignKey(
    db_index=False,
    editable=False,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="accounts.committee",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_calendar_feeds"),
        ("directives", "0035_work_that_goes_on"),
    ]

    operations = [
        migrations.AddField("assignment", "committee", COMMITTEE.clone()),
        migrations.AddField("span", "committee", COMMITTEE.clone()),
        migrations.AddField(
            "span",
            "directive",
            models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.directive",
            ),
        ),
        migrations.RunSQL(KEEP, NO_LONGER),
    ]
