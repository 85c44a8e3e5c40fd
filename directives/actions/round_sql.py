"""What a batch of the round asks and writes, each in one statement: what stands alike, the ledger, the next look."""

# Read once the rows are locked: another round may have written to the ledger until then. A month that was asked for
# stays asked for, though the ladder begins anew.
SORTED = """
SELECT notice.committee_id, row.agency_id, directive.given_by_id, row.state = ANY(%(working)s), row.due_on,
       row.armed_on,
       CASE WHEN %(monthly)s THEN coalesce(row.first_armed_on, row.armed_on) ELSE row.armed_on END,
       CASE WHEN row.due_on IS NULL THEN directive.review_on END,
       CASE WHEN %(monthly)s THEN month.unseen::date END,
       coalesce(told.months, '{}'), coalesce(ledger.rungs, '{}'), array_agg(row.id)
FROM unnest(%(rows)s::bigint[]) AS due(id)
JOIN directives_assignment row ON row.id = due.id
JOIN directives_directive directive ON directive.id = row.directive_id
JOIN directives_notice notice ON notice.id = directive.notice_id
-- The month in which the round was to look: those that passed since without it are over, reported or not.
CROSS JOIN LATERAL (
    SELECT date_trunc('month', least(greatest(row.look_on, row.armed_on), %(today)s)::timestamp) AS unseen
) month
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT %(months)s + 100 * (extract(year FROM local.at)::int - %(epoch)s)
                     + extract(month FROM local.at)::int) AS months
    FROM directives_report report, LATERAL (SELECT report.at AT TIME ZONE %(zone)s AS at) local
    WHERE %(monthly)s AND report.assignment_id = row.id AND report.at >= month.unseen AT TIME ZONE %(zone)s
) told ON true
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT reminder.rung ORDER BY reminder.rung) AS rungs
    FROM directives_reminder reminder
    WHERE reminder.assignment_id = row.id
      AND (reminder.due_version = row.due_version OR reminder.rung >= %(months)s AND reminder.state = 'sent')
) ledger ON true
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
"""

WRITTEN = """
INSERT INTO directives_reminder (
    uuid, assignment_id, due_version, rung, rung_on, audience, kind, recipient_id, substitutes, for_nobody, channel,
    planned_on, state, why_not, delivery_id
)
SELECT gen_random_uuid(), row.id, row.due_version, said.rung, said.rung_on, heard.audience, said.kind,
       heard.recipient_id, heard.substitutes, heard.for_nobody, heard.channel, %(today)s,
       CASE WHEN snooze.id IS NULL THEN said.state ELSE 'superseded' END,
       CASE WHEN snooze.id IS NULL THEN '' ELSE %(snoozed)s || to_char(snooze.until, ' DD/MM/YYYY') END,
       CASE WHEN snooze.id IS NULL THEN heard.delivery_id END
FROM unnest(%(rows)s::bigint[], %(situations)s::int[], %(seats)s::int[]) AS due(id, situation, seat)
JOIN directives_assignment row ON row.id = due.id
JOIN unnest(
    %(said_in)s::int[], %(said_as)s::int[], %(rung)s::smallint[], %(rung_on)s::date[], %(kind)s::text[],
    %(state)s::text[]
) AS said(situation, voice, rung, rung_on, kind, state) ON said.situation = due.situation
JOIN unnest(
    %(heard_in)s::int[], %(heard_as)s::int[], %(audience)s::text[], %(recipient)s::bigint[], %(substitutes)s::bool[],
    %(for_nobody)s::bool[], %(channel)s::text[], %(delivery)s::bigint[]
) AS heard(seat, voice, audience, recipient_id, substitutes, for_nobody, channel, delivery_id)
    ON heard.seat = due.seat AND heard.voice = said.voice
-- A courtesy that its reader has put off stands in the ledger and in no message; an escalation always speaks.
LEFT JOIN directives_snooze snooze
    ON snooze.assignment_id = row.id AND snooze.user_id = heard.recipient_id AND snooze.due_version = row.due_version
    AND said.state = 'planned' AND said.kind = 'courtesy' AND said.rung_on <= snooze.until
ON CONFLICT DO NOTHING
"""

LOOKED_AT = """
UPDATE directives_assignment row SET look_on = next.look_on
FROM unnest(%(rows)s::bigint[], %(situations)s::int[]) AS due(id, situation)
JOIN unnest(%(situation)s::int[], %(look_on)s::date[]) AS next(situation, look_on) ON next.situation = due.situation
WHERE row.id = due.id
"""
