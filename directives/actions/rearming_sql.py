"""What a batch of looking again asks and writes, each in one statement."""

# A rung that has spoken to one person is kept for the others: the round would not say it again.
UNPLANNED = """
DELETE FROM directives_reminder reminder
USING directives_assignment row, directives_directive directive, directives_notice notice, directives_delivery message,
    unnest(
        %(committee)s::bigint[], %(due_on)s::date[], %(armed_on)s::date[], %(known_on)s::date[], %(review_on)s::date[],
        %(rung)s::smallint[], %(rung_on)s::date[]
    ) AS stale(committee_id, due_on, armed_on, known_on, review_on, rung, rung_on)
WHERE row.id = ANY(%(rows)s) AND row.id = reminder.assignment_id
  AND directive.id = row.directive_id AND notice.id = directive.notice_id
  AND message.id = reminder.delivery_id AND message.state = 'waiting' AND message.attempts = 0
  AND reminder.state = 'planned' AND reminder.rung = stale.rung AND reminder.rung_on = stale.rung_on
  AND notice.committee_id = stale.committee_id AND row.due_on IS NOT DISTINCT FROM stale.due_on
  AND row.armed_on = stale.armed_on AND directive.review_on IS NOT DISTINCT FROM stale.review_on
  AND coalesce(row.first_armed_on, row.armed_on) = stale.known_on
  AND NOT EXISTS (
      SELECT FROM directives_reminder other LEFT JOIN directives_delivery letter ON letter.id = other.delivery_id
      WHERE other.assignment_id = reminder.assignment_id AND other.due_version = reminder.due_version
        AND other.rung = reminder.rung
        AND (other.state <> 'planned' OR letter.state <> 'waiting' OR letter.attempts > 0)
  )
"""

# Of the work at which no round is about to look anyway: what stands alike, and when it is to be looked at.
STANDING = """
SELECT notice.committee_id, row.due_on, row.armed_on,
       CASE WHEN %(monthly)s THEN coalesce(row.first_armed_on, row.armed_on) ELSE row.armed_on END,
       CASE WHEN row.due_on IS NULL THEN directive.review_on END,
       row.look_on, coalesce(ledger.rungs, '{}'), array_agg(row.id)
FROM unnest(%(rows)s::bigint[]) AS open(id)
JOIN directives_assignment row ON row.id = open.id
JOIN directives_directive directive ON directive.id = row.directive_id
JOIN directives_notice notice ON notice.id = directive.notice_id
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT reminder.rung ORDER BY reminder.rung) AS rungs
    FROM directives_reminder reminder
    WHERE reminder.assignment_id = row.id
      AND (reminder.due_version = row.due_version OR reminder.rung >= %(months)s AND reminder.state = 'sent')
) ledger ON true
WHERE row.look_on IS NULL OR row.look_on > %(today)s
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

LOOKED_AT = """
UPDATE directives_assignment row SET look_on = next.look_on
FROM unnest(%(rows)s::bigint[], %(look_on)s::date[]) AS next(id, look_on) WHERE row.id = next.id
"""
