"""Of which assignments each message of a batch speaks: how many, how many late, and the worst twenty, in one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from accounts.models.people import AGENCY_ROLES, Office
from accounts.people import offices_of
from directives.models import Delivery, DeliveryKind
from directives.rules.lifecycle import LIVE, OPEN, WORKING
from directives.rules.nudges import MONTHLY, REVIEW

LINES = 20  # of a message; the rest is a link

# Seven kinds of messages: about one assignment; about what a notice gave to the reader's agencies, also where that goes
# on under a later notice; about what passed to the reader's agency when agencies merged; about what was changed of many
# of its assignments, or came to it so, and is so still; about what an amended notice changed for it, also what it
# withdrew; about what the reader is reminded of; and a digest, which lists all overdue work of the reader's agencies
# besides.
SQL = """
WITH found (delivery_id, assignment_id, asked, for_nobody) AS (
    SELECT *, false, false FROM unnest(%(about)s::bigint[], %(assignments)s::bigint[])
    UNION ALL
    SELECT told.delivery_id, assignment.id, false, false
    FROM unnest(%(telling)s::bigint[], %(notices)s::bigint[], %(given_on)s::date[], %(given_to)s::bigint[])
        AS told (delivery_id, notice_id, given_on, agency_id)
    CROSS JOIN LATERAL (
        SELECT id, false AS goes_on FROM directives_directive WHERE notice_id = told.notice_id
        UNION ALL
        SELECT later.id, true
        FROM directives_directive AS earlier JOIN directives_directive AS later ON later.continues_id = earlier.id
        WHERE earlier.notice_id = told.notice_id
    ) AS directive
    JOIN directives_assignment AS assignment
        ON assignment.directive_id = directive.id AND assignment.agency_id = told.agency_id
    WHERE assignment.state = ANY(%(live)s)
      AND NOT (directive.goes_on AND EXISTS (
          SELECT FROM directives_amendedpart AS part WHERE part.assignment_id = assignment.id AND part.change = 'given'
      ))
      AND (told.given_on IS NULL OR (assignment.assigned_on = told.given_on AND assignment.period <> ''))
    UNION ALL
    SELECT taking.delivery_id, assignment.id, false, false
    FROM unnest(%(taking)s::bigint[], %(mergers)s::bigint[]) AS taking (delivery_id, merger_id)
    JOIN directives_mergedrow AS moved ON moved.merger_id = taking.merger_id AND moved.thing = 'moved'
    JOIN directives_merger AS merger ON merger.id = taking.merger_id
    JOIN directives_assignment AS assignment
        ON assignment.id = moved.row AND assignment.agency_id = merger.successor_id
    WHERE assignment.state = ANY(%(working)s)
    UNION ALL
    SELECT told.delivery_id, assignment.id, false, false
    FROM unnest(%(changing)s::bigint[], %(changes)s::bigint[], %(gained)s::boolean[], %(changed_of)s::bigint[])
        AS told (delivery_id, change_id, gained, agency_id)
    JOIN directives_bulkchange AS change ON change.id = told.change_id
    JOIN directives_bulkrow AS row ON row.change_id = change.id AND row.state = 'changed'
    JOIN directives_assignment AS assignment
        ON assignment.id = CASE WHEN told.gained THEN row.heir_id ELSE row.assignment_id END
        AND assignment.agency_id = told.agency_id
    WHERE CASE
        WHEN told.gained THEN assignment.state = ANY(%(live)s)
        WHEN change.verb = 'suspend' THEN assignment.state = 'suspended'
        WHEN change.verb = 'withdraw' THEN assignment.state = 'withdrawn'
        WHEN change.verb = 'reassign' THEN assignment.state = 'reassigned'
        ELSE assignment.state = ANY(%(open)s)
    END
    UNION ALL
    SELECT amending.delivery_id, assignment.id, false, false
    FROM unnest(%(amending)s::bigint[], %(amendments)s::bigint[], %(touching)s::bigint[])
        AS amending (delivery_id, draft_id, agency_id)
    JOIN directives_amendedpart AS part ON part.draft_id = amending.draft_id
    JOIN directives_assignment AS assignment
        ON assignment.id = part.assignment_id AND assignment.agency_id = amending.agency_id
    UNION ALL
    SELECT delivery_id, assignment_id, kind = ANY(%(asking)s), for_nobody
    FROM directives_reminder
    WHERE delivery_id = ANY(%(reminding)s) AND state = 'planned'
    UNION ALL
    SELECT late.delivery_id, assignment.id, false, false
    FROM unnest(%(digests)s::bigint[], %(read_by)s::bigint[]) AS late (delivery_id, agency_id)
    JOIN directives_assignment AS assignment ON assignment.agency_id = late.agency_id
    WHERE assignment.state = ANY(%(working)s) AND assignment.due_on < %(today)s
), subjects AS (
    SELECT delivery_id, assignment_id, bool_and(asked) AS asked, bool_or(for_nobody) AS for_nobody
    FROM found GROUP BY 1, 2
), counted AS (
    SELECT
        delivery_id,
        assignment_id,
        row_number() OVER (PARTITION BY delivery_id ORDER BY due_on, assignment.id) AS place,
        count(*) OVER (PARTITION BY delivery_id) AS total,
        count(*) FILTER (WHERE due_on < %(today)s) OVER (PARTITION BY delivery_id) AS overdue,
        count(*) FILTER (WHERE asked AND (due_on < %(today)s) IS NOT TRUE) OVER (PARTITION BY delivery_id) AS asked,
        count(*) FILTER (WHERE for_nobody AND (due_on < %(today)s) IS NOT TRUE) OVER (PARTITION BY delivery_id)
            AS for_nobody
    FROM subjects JOIN directives_assignment AS assignment ON assignment.id = assignment_id
)
SELECT delivery_id, total, overdue, asked, for_nobody, array_agg(assignment_id ORDER BY place)
FROM counted
WHERE place <= %(lines)s
GROUP BY delivery_id, total, overdue, asked, for_nobody
"""


@dataclass(frozen=True)
class Subject:
    """What one message speaks of: the ids of the assignments it shows, worst first, of `total`, `overdue` of them.

    Of `asked` nothing is due yet: only a report is missing. Of what is not overdue, `for_nobody` is told to the reader
    only because the agency has nobody in office.
    """

    shown: tuple[int, ...]
    total: int
    overdue: int
    asked: int
    for_nobody: int


def subjects(deliveries: Sequence[Delivery], today: date) -> dict[int, Subject]:
    """What each message (by id) speaks of on the local date `today`; those that speak of nothing are left out."""
    offices = offices_of({row.recipient_id for row in deliveries}, today)
    about = [row for row in deliveries if row.assignment_id is not None]
    others = [row for row in deliveries if row.assignment_id is None]
    given = (row for row in others if row.kind == DeliveryKind.ASSIGNED and row.change_id is None)
    telling = _with_agencies(given, offices)
    changing = _with_agencies((row for row in others if row.change_id is not None), offices)
    amending = _with_agencies((row for row in others if row.kind == DeliveryKind.AMENDED), offices)
    digests = _with_agencies((row for row in others if row.kind == DeliveryKind.DIGEST), offices)
    asked: dict[str, Any] = {
        "about": [row.pk for row in about],
        "assignments": [row.assignment_id for row in about],
        "telling": [row.pk for row, _agency in telling],
        "notices": [row.notice_id for row, _agency in telling],
        "given_on": [row.given_on for row, _agency in telling],
        "given_to": [agency for _row, agency in telling],
        "taking": [row.pk for row in others if row.merger_id is not None],
        "mergers": [row.merger_id for row in others if row.merger_id is not None],
        "changing": [row.pk for row, _agency in changing],
        "changes": [row.change_id for row, _agency in changing],
        "gained": [row.kind == DeliveryKind.ASSIGNED for row, _agency in changing],
        "changed_of": [agency for _row, agency in changing],
        "reminding": [row.pk for row in others if row.kind != DeliveryKind.ASSIGNED],
        "amending": [row.pk for row, _agency in amending],
        "amendments": [row.amendment_id for row, _agency in amending],
        "touching": [agency for _row, agency in amending],
        "digests": [row.pk for row, _agency in digests],
        "read_by": [agency for _row, agency in digests],
        "asking": [REVIEW, MONTHLY],
        "open": [str(state) for state in OPEN],
        "live": [str(state) for state in LIVE],
        "working": [str(state) for state in WORKING],
        "today": today,
        "lines": LINES,
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, asked)
        return {pk: Subject(tuple(shown), *counts) for pk, *counts, shown in cursor.fetchall()}


def _with_agencies(
    deliveries: Iterable[Delivery], offices: Mapping[int, Sequence[Office]]
) -> list[tuple[Delivery, int]]:
    """Each message with each agency where its reader sits."""
    seats = {
        user_id: sorted({office.agency_id for office in held if office.role in AGENCY_ROLES and office.agency_id})
        for user_id, held in offices.items()
    }
    return [(row, agency_id) for row in deliveries for agency_id in seats[row.recipient_id]]
