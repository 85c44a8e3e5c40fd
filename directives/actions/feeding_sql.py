"""The one statement that gives touched rows their numbers in the feed of changes.

What is told otherwise because a row was touched is found here and not where it is touched: only now is everything
there that somebody else wrote at the same time.
"""

NUMBER = """
WITH batch AS MATERIALIZED (
    -- By a bound and not by a list: the database believes a table that is mostly empty to be so, and would go through
    -- the list anew for each row.
    DELETE FROM directives_touched
    WHERE id <= (SELECT max(id) FROM (SELECT id FROM directives_touched ORDER BY id LIMIT %(limit)s) first)
    RETURNING id, transaction, at, kind, uuid, verb, aspect, seen_by
), parts AS MATERIALIZED (
    SELECT batch.id, batch.transaction, batch.at, batch.aspect, batch.seen_by, part.directive_id, part.period
    FROM batch JOIN directives_assignment part ON part.uuid = batch.uuid
    WHERE batch.kind = 'assignment' AND batch.aspect <> ''
), turns AS (
    SELECT max(id) AS id, transaction, max(at) AS at, directive_id, period FROM parts
    WHERE aspect IN ('turn', 'new_turn') GROUP BY transaction, directive_id, period
), above AS MATERIALIZED (
    SELECT parts.id, parts.transaction, parts.at, parts.seen_by, directive.uuid AS directive,
           CASE WHEN parts.aspect IN ('new', 'new_turn') THEN notice.uuid END AS notice
    FROM parts JOIN directives_directive directive ON directive.id = parts.directive_id
    JOIN directives_notice notice ON notice.id = directive.notice_id
), quoted AS MATERIALIZED (
    SELECT batch.id, batch.transaction, batch.at, batch.seen_by, batch.kind, directive.id AS directive_id,
           directive.uuid AS directive
    FROM batch JOIN directives_directive directive ON directive.uuid = batch.uuid
    WHERE batch.kind = 'directive' AND batch.aspect = 'quoted'
    UNION ALL
    SELECT batch.id, batch.transaction, batch.at, batch.seen_by, batch.kind, directive.id, directive.uuid
    FROM batch JOIN directives_notice notice ON notice.uuid = batch.uuid
    JOIN directives_directive directive ON directive.notice_id = notice.id
    WHERE batch.kind = 'notice' AND batch.aspect = 'quoted'
), bodies AS MATERIALIZED (
    SELECT batch.id, batch.transaction, batch.at, batch.aspect, batch.seen_by,
           agency.id AS agency_id, committee.id AS committee_id
    FROM batch LEFT JOIN accounts_agency agency ON batch.kind = 'agency' AND agency.uuid = batch.uuid
    LEFT JOIN accounts_committee committee ON batch.kind = 'committee' AND committee.uuid = batch.uuid
    WHERE batch.kind IN ('agency', 'committee') AND batch.aspect <> ''
), named AS MATERIALIZED (
    -- What an agency does, and what its colleagues in that are told by its code.
    SELECT bodies.id, bodies.transaction, bodies.at, bodies.aspect, bodies.seen_by, part.uuid, part.role, part.period,
           directive.id AS directive_id, directive.uuid AS directive, notice.uuid AS notice
    FROM bodies JOIN directives_assignment part ON part.agency_id = bodies.agency_id
    JOIN directives_directive directive ON directive.id = part.directive_id
    JOIN directives_notice notice ON notice.id = directive.notice_id
    UNION ALL
    SELECT bodies.id, bodies.transaction, bodies.at, bodies.aspect, bodies.seen_by, part.uuid, 'share', '',
           directive.id, directive.uuid, notice.uuid
    FROM bodies JOIN directives_notice notice ON notice.committee_id = bodies.committee_id
    LEFT JOIN directives_directive directive ON directive.notice_id = notice.id AND directive.given_by_id IS NULL
    LEFT JOIN directives_assignment part ON part.directive_id = directive.id
), told AS (
    SELECT id, transaction, at, kind, uuid, verb, seen_by FROM batch
    UNION ALL SELECT id, transaction, at, 'directive', directive, '', seen_by FROM above
    UNION ALL SELECT id, transaction, at, 'notice', notice, '', seen_by FROM above
    UNION ALL
    SELECT turns.id, turns.transaction, turns.at, 'assignment', part.uuid, '', '{}'
    FROM turns JOIN directives_assignment part USING (directive_id, period)
    UNION ALL
    SELECT batch.id, batch.transaction, batch.at, 'notice', notice.uuid, '', batch.seen_by
    FROM batch JOIN directives_directive directive ON directive.uuid = batch.uuid
    JOIN directives_notice notice ON notice.id = directive.notice_id
    WHERE batch.kind = 'directive' AND batch.aspect = 'new'
    UNION ALL SELECT id, transaction, at, 'directive', directive, '', seen_by FROM quoted
    UNION ALL
    SELECT quoted.id, quoted.transaction, quoted.at, 'assignment', part.uuid, '', quoted.seen_by
    FROM quoted JOIN directives_assignment part USING (directive_id)
    UNION ALL SELECT id, transaction, at, 'assignment', uuid, '', seen_by FROM named
    UNION ALL SELECT id, transaction, at, 'directive', directive, '', seen_by FROM named
    UNION ALL SELECT id, transaction, at, 'notice', notice, '', seen_by FROM named
    UNION ALL
    SELECT named.id, named.transaction, named.at, 'assignment', part.uuid, '', '{}'
    FROM named JOIN directives_assignment part USING (directive_id, period)
    WHERE named.aspect = 'named' AND named.role <> 'share'
    UNION ALL
    SELECT bodies.id, bodies.transaction, bodies.at, 'notice', notice.uuid, '', '{}'
    FROM bodies JOIN directives_notice notice ON notice.issuer_id = bodies.agency_id WHERE bodies.aspect = 'named'
    UNION ALL
    SELECT bodies.id, bodies.transaction, bodies.at, 'agency', agency.uuid, '', '{}'
    FROM bodies JOIN accounts_agency agency ON agency.parent_id = bodies.agency_id WHERE bodies.aspect = 'named'
    UNION ALL
    SELECT bodies.id, bodies.transaction, bodies.at, 'agency', agency.uuid, '', '{}'
    FROM bodies JOIN accounts_succession step ON step.successor_id = bodies.agency_id
    JOIN accounts_agency agency ON agency.id = step.predecessor_id WHERE bodies.aspect = 'named'
    UNION ALL
    SELECT bodies.id, bodies.transaction, bodies.at, 'committee', committee.uuid, '', '{}'
    FROM bodies JOIN accounts_committee committee
        ON committee.secretariat_id = bodies.agency_id OR committee.parent_id = bodies.committee_id
    WHERE bodies.aspect = 'named'
), rows AS (
    SELECT transaction, kind, uuid, min(id) AS place,
           coalesce((array_agg(at ORDER BY id DESC) FILTER (WHERE verb <> ''))[1], max(at)) AS at,
           min(min(id)) OVER (PARTITION BY transaction) AS begun,
           coalesce((array_agg(verb ORDER BY id DESC) FILTER (WHERE verb <> ''))[1], '') AS verb,
           string_to_array(string_agg(array_to_string(seen_by, ','), ',') FILTER (WHERE seen_by <> '{}'), ',')::uuid[]
               AS seen_by
    FROM told WHERE uuid IS NOT NULL GROUP BY transaction, kind, uuid
), numbered AS (
    INSERT INTO directives_feedchange (sequence, recorded_at, at, kind, uuid, verb, seen_by)
    SELECT %(head)s + row_number() OVER (ORDER BY begun, array_position(%(kinds)s, rows.kind), place, rows.uuid),
           now(), rows.at, rows.kind, rows.uuid, rows.verb, coalesce(rows.seen_by, '{}')
    FROM rows LEFT JOIN directives_assignment part ON rows.kind = 'assignment' AND part.uuid = rows.uuid
    LEFT JOIN directives_directive directive ON rows.kind = 'directive' AND directive.uuid = rows.uuid
    LEFT JOIN directives_notice its ON its.id = directive.notice_id
    LEFT JOIN directives_notice notice ON rows.kind = 'notice' AND notice.uuid = rows.uuid
    -- Drafts are shown to no other system; what is touched in a draft is shown when that is issued.
    WHERE rows.kind IN ('agency', 'committee') OR rows.seen_by IS NOT NULL OR part.id IS NOT NULL
       OR its.state IN ('issued', 'withdrawn') OR notice.state IN ('issued', 'withdrawn')
)
SELECT count(*) FROM batch
"""
