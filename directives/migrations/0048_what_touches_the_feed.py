"""Whatever is shown to other systems is noted where it is touched, by triggers, whoever touches it and how."""

from django.db import migrations

# Who sees a row as an agency: this one and all above it; as a committee likewise.
ABOVE = """
CREATE FUNCTION directives_above_{kind}(lowest bigint) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above(id, uuid, parent_id) AS (
        SELECT id, uuid, parent_id FROM accounts_{kind} WHERE id = lowest
        UNION
        SELECT higher.id, higher.uuid, higher.parent_id
        FROM accounts_{kind} higher JOIN above ON higher.id = above.parent_id
    )
    SELECT coalesce(array_agg(uuid), '{{}}') FROM above
$$;
"""
# Whoever changes the tree, or takes a row from those who saw it, waits for the other: each then knows by whom it was
# seen. The lock spells "tree".
NOTE = """
CREATE FUNCTION directives_tree_stays() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(1953654117)
$$;
CREATE FUNCTION directives_touch(
    kind text, uuid uuid, aspect text DEFAULT '', seen_by uuid[] DEFAULT '{}', verb text DEFAULT '',
    at timestamptz DEFAULT now()
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
    VALUES (pg_current_xact_id()::text::bigint, at, kind, uuid, verb, aspect, seen_by)
$$;

CREATE FUNCTION directives_assignments_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
        SELECT pg_current_xact_id()::text::bigint, now(), 'assignment', uuid, '',
               CASE WHEN role = 'share' THEN 'new' ELSE 'new_turn' END, '{}'
        FROM new_rows;
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM directives_tree_stays();
        INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
        SELECT pg_current_xact_id()::text::bigint, now(), told.kind, told.uuid, '', told.aspect,
               directives_above_agency(o.agency_id) || directives_above_committee(o.committee_id)
        FROM old_rows o JOIN directives_directive directive ON directive.id = o.directive_id
        JOIN directives_notice notice ON notice.id = directive.notice_id
        CROSS JOIN LATERAL (VALUES ('assignment', o.uuid, ''), ('directive', directive.uuid, 'quoted'),
                                   ('notice', notice.uuid, '')) told (kind, uuid, aspect);
    END IF;
    RETURN NULL;
END
$$;

-- For each row: to lay the rows of a long statement beside what they were costs the square of their number.
CREATE FUNCTION directives_assignment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM directives_touch('assignment', NEW.uuid, CASE
        WHEN (OLD.state, OLD.role, OLD.period) = (NEW.state, NEW.role, NEW.period) THEN ''
        WHEN OLD.role = 'share' AND NEW.role = 'share' THEN 'parts' ELSE 'turn' END);
    IF (OLD.agency_id, OLD.directive_id, OLD.committee_id)
        IS DISTINCT FROM (NEW.agency_id, NEW.directive_id, NEW.committee_id) THEN
        PERFORM directives_tree_stays();
        PERFORM directives_touch(told.kind, told.uuid, told.aspect,
            directives_above_agency(OLD.agency_id) || directives_above_committee(OLD.committee_id))
        FROM directives_directive directive JOIN directives_notice notice ON notice.id = directive.notice_id
        CROSS JOIN LATERAL (VALUES ('assignment', NEW.uuid, 'new_turn'), ('directive', directive.uuid, 'quoted'),
                                   ('notice', notice.uuid, '')) told (kind, uuid, aspect)
        WHERE directive.id = OLD.directive_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION directives_directive_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM directives_touch('directive', NEW.uuid, 'new');
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM directives_touch('notice', notice.uuid), directives_touch(
            'directive', OLD.uuid, '',
            CASE WHEN OLD.given_by_id IS NULL THEN directives_above_committee(notice.committee_id) ELSE '{}' END
        ) FROM directives_notice notice WHERE notice.id = OLD.notice_id AND notice.state IN ('issued', 'withdrawn');
    ELSE
        PERFORM directives_touch('directive', NEW.uuid, CASE
            WHEN (OLD.wording, OLD.quote, OLD.product, OLD.deadline_text, OLD.deadline_kind, OLD.notice_id)
                = (NEW.wording, NEW.quote, NEW.product, NEW.deadline_text, NEW.deadline_kind, NEW.notice_id)
            THEN '' ELSE 'quoted' END);
        IF (OLD.notice_id, OLD.given_by_id) IS DISTINCT FROM (NEW.notice_id, NEW.given_by_id) THEN
            PERFORM directives_touch('directive', NEW.uuid, 'new', directives_above_committee(notice.committee_id)),
                    directives_touch('notice', notice.uuid)
            FROM directives_notice notice WHERE notice.id = OLD.notice_id AND OLD.given_by_id IS NULL;
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION directives_notice_touched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    seen uuid[] := '{}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM directives_touch('notice', NEW.uuid);
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM directives_touch('notice', OLD.uuid, '', directives_above_committee(OLD.committee_id));
        RETURN NULL;
    END IF;
    IF OLD.state IN ('issued', 'withdrawn')
        AND (NEW.state NOT IN ('issued', 'withdrawn') OR OLD.committee_id <> NEW.committee_id) THEN
        PERFORM directives_tree_stays();
        seen := directives_above_committee(OLD.committee_id);
        IF NEW.state NOT IN ('issued', 'withdrawn') THEN
            seen := seen || ARRAY(
                SELECT DISTINCT unnest(directives_above_agency(part.agency_id))
                FROM directives_assignment part JOIN directives_directive directive ON directive.id = part.directive_id
                WHERE directive.notice_id = OLD.id
            );
        END IF;
    END IF;
    PERFORM directives_touch('notice', NEW.uuid, CASE
        WHEN (OLD.number, OLD.symbol, OLD.issued_on, OLD.state, OLD.committee_id)
            IS NOT DISTINCT FROM (NEW.number, NEW.symbol, NEW.issued_on, NEW.state, NEW.committee_id)
        THEN '' ELSE 'quoted' END, seen);
    RETURN NULL;
END
$$;

CREATE FUNCTION directives_paragraph_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM directives_touch('directive', uuid) FROM directives_directive WHERE paragraph_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE FUNCTION directives_succession_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM directives_touch('agency', uuid) FROM accounts_agency
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.predecessor_id END,
                 CASE WHEN TG_OP <> 'DELETE' THEN NEW.predecessor_id END);
    RETURN NULL;
END
$$;

CREATE FUNCTION directives_events_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
    SELECT pg_current_xact_id()::text::bigint, written.at,
           CASE WHEN told.kind IN ('report', 'extensionrequest') THEN 'assignment' ELSE told.kind END,
           CASE WHEN told.kind IN ('report', 'extensionrequest') THEN part.uuid ELSE told.name::uuid END,
           written.verb, '', '{}'
    FROM written
    CROSS JOIN LATERAL (SELECT split_part(subject, ':', 1), split_part(subject, ':', 2)) told (kind, name)
    LEFT JOIN directives_assignment part ON part.id = written.assignment_id
    WHERE told.kind IN ('committee', 'agency', 'notice', 'directive', 'assignment')
       OR told.kind IN ('report', 'extensionrequest') AND part.id IS NOT NULL
    ORDER BY written.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER added_to_the_feed AFTER INSERT ON directives_assignment REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION directives_assignments_touched();
CREATE TRIGGER changed_in_the_feed AFTER UPDATE ON directives_assignment
    FOR EACH ROW WHEN (
        (OLD.agency_id, OLD.directive_id, OLD.role, OLD.period, OLD.state, OLD.due_on, OLD.original_due_on,
         OLD.assigned_on, OLD.handed_in_on, OLD.done_on, OLD.returned_on, OLD.version, OLD.committee_id)
        IS DISTINCT FROM
        (NEW.agency_id, NEW.directive_id, NEW.role, NEW.period, NEW.state, NEW.due_on, NEW.original_due_on,
         NEW.assigned_on, NEW.handed_in_on, NEW.done_on, NEW.returned_on, NEW.version, NEW.committee_id)
    ) EXECUTE FUNCTION directives_assignment_changed();
CREATE TRIGGER gone_from_the_feed AFTER DELETE ON directives_assignment REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION directives_assignments_touched();
CREATE TRIGGER come_or_gone_in_the_feed AFTER INSERT OR DELETE ON directives_directive
    FOR EACH ROW EXECUTE FUNCTION directives_directive_touched();
CREATE TRIGGER changed_in_the_feed AFTER UPDATE ON directives_directive
    FOR EACH ROW WHEN (
        (OLD.notice_id, OLD.given_by_id, OLD.paragraph_id, OLD.quote, OLD.wording, OLD.product, OLD.field,
         OLD.deadline_text, OLD.deadline_kind, OLD.due_on, OLD.version)
        IS DISTINCT FROM
        (NEW.notice_id, NEW.given_by_id, NEW.paragraph_id, NEW.quote, NEW.wording, NEW.product, NEW.field,
         NEW.deadline_text, NEW.deadline_kind, NEW.due_on, NEW.version)
    ) EXECUTE FUNCTION directives_directive_touched();
CREATE TRIGGER added_to_the_feed AFTER INSERT ON directives_notice
    FOR EACH ROW WHEN (NEW.state IN ('issued', 'withdrawn')) EXECUTE FUNCTION directives_notice_touched();
CREATE TRIGGER gone_from_the_feed AFTER DELETE ON directives_notice
    FOR EACH ROW WHEN (OLD.state IN ('issued', 'withdrawn')) EXECUTE FUNCTION directives_notice_touched();
CREATE TRIGGER changed_in_the_feed AFTER UPDATE ON directives_notice
    FOR EACH ROW WHEN (
        (OLD.state IN ('issued', 'withdrawn') OR NEW.state IN ('issued', 'withdrawn')) AND
        (OLD.number, OLD.symbol, OLD.kind, OLD.committee_id, OLD.issuer_id, OLD.met_on, OLD.issued_on, OLD.subject,
         OLD.state, OLD.urgency, OLD.version)
        IS DISTINCT FROM
        (NEW.number, NEW.symbol, NEW.kind, NEW.committee_id, NEW.issuer_id, NEW.met_on, NEW.issued_on, NEW.subject,
         NEW.state, NEW.urgency, NEW.version)
    ) EXECUTE FUNCTION directives_notice_touched();
CREATE TRIGGER changed_in_the_feed AFTER UPDATE OF label ON directives_paragraph
    FOR EACH ROW WHEN (OLD.label <> NEW.label) EXECUTE FUNCTION directives_paragraph_touched();
CREATE TRIGGER changed_in_the_feed AFTER INSERT OR UPDATE OR DELETE ON accounts_succession
    FOR EACH ROW EXECUTE FUNCTION directives_succession_touched();
CREATE TRIGGER events_touch_the_feed AFTER INSERT ON directives_event REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION directives_events_touch();
"""
# Agencies and committees: everybody sees them, and what else is seen follows their tree.
BODY = """
CREATE FUNCTION directives_{kind}_touched() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM directives_tree_stays();
        INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
        SELECT pg_current_xact_id()::text::bigint, now(), '{kind}', uuid, '', '', '{{}}' FROM new_rows;
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
        SELECT pg_current_xact_id()::text::bigint, now(), '{kind}', uuid, '', '', '{{}}' FROM old_rows;
        RETURN NULL;
    END IF;
    INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
    SELECT pg_current_xact_id()::text::bigint, now(), '{kind}', n.uuid, '',
           CASE WHEN (o.code, o.name_vi, o.name_en) = (n.code, n.name_vi, n.name_en) THEN '' ELSE 'named' END,
           '{{}}'
    FROM old_rows o JOIN new_rows n ON n.id = o.id
    WHERE ({o}) IS DISTINCT FROM ({n});
    IF EXISTS (
        SELECT FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE o.parent_id IS DISTINCT FROM n.parent_id
    ) THEN
        PERFORM directives_tree_stays();
        INSERT INTO directives_touched (transaction, at, kind, uuid, verb, aspect, seen_by)
        WITH RECURSIVE was(id, uuid, parent_id) AS MATERIALIZED (
            SELECT id, uuid, parent_id FROM old_rows
            UNION ALL
            SELECT id, uuid, parent_id FROM accounts_{kind} WHERE id NOT IN (SELECT id FROM old_rows)
        ), moved(id) AS (
            SELECT o.id FROM old_rows o JOIN new_rows n ON n.id = o.id
            WHERE o.parent_id IS DISTINCT FROM n.parent_id
            UNION
            SELECT was.id FROM was JOIN moved ON was.parent_id = moved.id
        ), above(lowest, id) AS (
            SELECT id, id FROM moved
            UNION
            SELECT above.lowest, was.parent_id FROM above JOIN was ON was.id = above.id WHERE was.parent_id IS NOT NULL
        )
        SELECT pg_current_xact_id()::text::bigint, now(), '{kind}', lowest.uuid, '', 'moved', array_agg(higher.uuid)
        FROM above JOIN was lowest ON lowest.id = above.lowest JOIN was higher ON higher.id = above.id
        GROUP BY lowest.uuid;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER added_to_the_feed AFTER INSERT ON accounts_{kind} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION directives_{kind}_touched();
CREATE TRIGGER changed_in_the_feed AFTER UPDATE ON accounts_{kind}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION directives_{kind}_touched();
CREATE TRIGGER gone_from_the_feed AFTER DELETE ON accounts_{kind} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION directives_{kind}_touched();
"""
NO_LONGER = """
DROP FUNCTION directives_above_agency, directives_above_committee, directives_assignments_touched,
    directives_assignment_changed,
    directives_directive_touched, directives_notice_touched, directives_paragraph_touched,
    directives_succession_touched, directives_events_touch, directives_agency_touched, directives_committee_touched,
    directives_touch, directives_tree_stays CASCADE;
"""
NAMES = ("code", "name_vi", "name_en", "abbreviation", "parent_id", "valid_from", "valid_to")
COLUMNS = {"agency": (*NAMES, "short_name_vi", "kind", "edxml_code"), "committee": (*NAMES, "secretariat_id")}


def _body(kind: str) -> str:
    rows = {row: ", ".join(f"{row}.{column}" for column in COLUMNS[kind]) for row in ("o", "n")}
    return ABOVE.format(kind=kind) + BODY.format(kind=kind, **rows)


class Migration(migrations.Migration):
    dependencies = [("directives", "0047_feed_of_changes"), ("accounts", "0005_calendar_feeds")]

    operations = [migrations.RunSQL(_body("agency") + _body("committee") + NOTE, NO_LONGER)]
