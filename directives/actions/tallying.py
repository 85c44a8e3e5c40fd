"""Summing up what the triggers told of each span, so that figures add up a few rows; nothing depends on when."""

from django.db import connection, transaction

# Any number will do that no other part of the system locks with; this one spells "sum".
SUMMERS_LOCK = 0x73756D
SUM_UP = """
WITH told AS (
    DELETE FROM directives_tallyentry
    WHERE id IN (SELECT id FROM directives_tallyentry ORDER BY id LIMIT %(limit)s)
    RETURNING committee_id, agency_id, basis, cell, from_on, many
), summed AS (
    INSERT INTO directives_tally AS sum (committee_id, agency_id, basis, cell, from_on, many, by_month)
    SELECT committee_id, agency_id, basis, cell, counted.from_on, sum(many), counted.by_month
    FROM told CROSS JOIN LATERAL (VALUES (told.from_on, false), (date_trunc('month', told.from_on)::date, true))
        counted (from_on, by_month)
    GROUP BY 1, 2, 3, 4, 5, 7 HAVING sum(many) <> 0
    ON CONFLICT (committee_id, basis, by_month, from_on, agency_id, cell) DO UPDATE SET many = sum.many + excluded.many
)
SELECT count(*) FROM told
"""
SUM_UP_NOW = """
WITH told AS (
    DELETE FROM directives_nowtallyentry
    WHERE id IN (SELECT id FROM directives_nowtallyentry ORDER BY id LIMIT %(limit)s)
    RETURNING committee_id, notice_id, field, basis, cell, due_on, days, many
), summed AS (
    INSERT INTO directives_nowtally AS sum (committee_id, basis, notice_id, field, cell, due_on, days, many)
    SELECT committee_id, basis, place.notice_id, place.field, place.cell, place.due_on, place.days, sum(many)
    FROM told CROSS JOIN LATERAL (
        VALUES (told.notice_id, NULL, told.cell, NULL::date, NULL::integer),
               (NULL, told.field, told.cell, NULL, told.days)
        UNION ALL
        SELECT dated.notice_id, dated.field, 'due', told.due_on, NULL
        FROM (VALUES (told.notice_id, NULL), (NULL, told.field)) dated (notice_id, field) WHERE told.cell = 'open'
    ) place (notice_id, field, cell, due_on, days)
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(many) <> 0
    ON CONFLICT (committee_id, basis, cell, due_on, field, notice_id, days)
    DO UPDATE SET many = sum.many + excluded.many
)
SELECT count(*) FROM told
"""
NOTHING_LEFT = "DELETE FROM directives_nowtally WHERE many = 0"


@transaction.atomic
def sum_up(*, limit: int = 50_000) -> int:
    """Take up to `limit` entries into each summary and return how many in all; 0 while somebody else does.

    Each figure stays the same throughout: what leaves the entries joins the sums in one transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SUMMERS_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        taken = 0
        for summary in (SUM_UP, SUM_UP_NOW):
            cursor.execute(summary, {"limit": limit})
            taken += int(cursor.fetchone()[0])
        cursor.execute(NOTHING_LEFT)
        return taken
