"""What a briefing asks the database: which assignments may have something to tell, summed up and one by one."""

from enum import StrEnum


class Whose(StrEnum):
    """Of whose work it is told: what a committee gave, what an agency was given, or what it handed down."""

    COMMITTEES = "now.committee_id = %(body)s"
    AGENCYS = "now.agency_id = %(body)s AND now.committee_id IS NOT NULL"
    HANDED_DOWN = "directive.given_by_id = %(body)s"


# Every assignment of that work whose span changed after `since`, or whose date went by, up to the end of `until`:
# how it stood at the end of both days, and what history alone tells.
_PARTS = """
FROM directives_span now
JOIN directives_assignment part ON part.id = now.assignment_id
JOIN directives_directive directive ON directive.id = part.directive_id
LEFT JOIN directives_span was
    ON was.assignment_id = now.assignment_id AND was.from_on <= %(since)s
    AND (was.to_on IS NULL OR was.to_on > %(since)s)
LEFT JOIN (
    SELECT assignment_id, bool_or(verb = 'return') AS returned, bool_or(verb = 'amend_assignment') AS amended
    FROM directives_event
    WHERE verb IN ('return', 'amend_assignment') AND at >= %(first)s AND at < %(end)s
    GROUP BY assignment_id
) told ON told.assignment_id = now.assignment_id
WHERE :whose AND now.from_on <= %(until)s AND (now.to_on IS NULL OR now.to_on > %(until)s)
  AND (now.from_on > %(since)s
       OR now.due_on >= %(since)s AND now.due_on < %(until)s AND now.state = ANY(%(working)s))
"""

# Each situation: in which notices, how many times in each, and the days of one assignment. Of days the rules ask no
# more than how they lie to each other and to the two of the briefing.
SITUATIONS = f"""
WITH alike AS (
    SELECT directive.notice_id AS notice, count(*) AS many, min(now.id) AS one,
           coalesce(told.returned, false) AS returned, coalesce(told.amended, false) AS amended,
           was.state AS was_state, was.role AS was_role, now.state, now.role,
           was.due_on < %(since)s AS was_slipped,
           was.due_on < coalesce(was.done_on, was.handed_in_on, %(since)s) AS was_late,
           now.due_on < %(until)s AS slipped, now.due_on < coalesce(now.done_on, now.handed_in_on, %(until)s) AS late,
           was.due_on < now.due_on AS later
    {_PARTS}
    GROUP BY 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
), situation AS (
    SELECT array_agg(notice) AS notices, array_agg(many) AS many, min(one) AS one, returned, amended
    FROM alike
    GROUP BY returned, amended, was_state, was_role, state, role, was_slipped, was_late, slipped, late, later
)
SELECT notices, many, returned, amended, was.state, was.role, now.state, now.role,
       was.due_on, was.handed_in_on, was.done_on, now.due_on, now.handed_in_on, now.done_on
FROM situation
CROSS JOIN LATERAL (SELECT * FROM directives_span WHERE id = situation.one LIMIT 1) now
LEFT JOIN LATERAL (
    SELECT * FROM directives_span
    WHERE assignment_id = now.assignment_id AND from_on <= %(since)s AND (to_on IS NULL OR to_on > %(since)s) LIMIT 1
) was ON true
"""  # noqa: S608 - nothing of a reader's stands in it

ONE_BY_ONE = f"""
SELECT part.directive_id, part.period, now.agency_id, now.role, now.done_on,
       was.state, was.due_on, now.state, now.due_on, coalesce(told.returned, false), coalesce(told.amended, false)
{_PARTS} AND directive.notice_id = ANY(%(notices)s)
ORDER BY part.directive_id, (SELECT agency.code FROM accounts_agency agency WHERE agency.id = now.agency_id), part.id
"""  # noqa: S608 - nothing of a reader's stands in it


def situations_of(whose: Whose) -> str:
    """The question for all situations."""
    return SITUATIONS.replace(":whose", whose)


def one_by_one(whose: Whose) -> str:
    """The question for each assignment of some notices."""
    return ONE_BY_ONE.replace(":whose", whose)
