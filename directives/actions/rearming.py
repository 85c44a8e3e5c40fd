"""After the calendar or a ladder was changed, all that may still be reminded is looked at again."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Case, When

from accounts.models import Committee
from directives.actions.ladders import Ladders
from directives.models import Assignment, Delivery, DeliveryState, Reminder, ReminderState, load_calendar
from directives.rules.lifecycle import WORKING
from directives.rules.nudges import Work, steps_of

# Planned, and not one of them sent or held back: nobody has heard of it.
UNSAID = {"state": ReminderState.PLANNED, "delivery__state": DeliveryState.WAITING, "delivery__attempts": 0}

# As in the round: since when the agency knows of it.
KNOWN_ON = Case(When(assignment__due_version__gt=1, then="assignment__assigned_on"), default="assignment__armed_on")
FACTS = (
    "assignment__directive__notice__committee",
    "assignment__due_on",
    "assignment__armed_on",
    KNOWN_ON,
    "assignment__directive__review_on",
    "rung",
    "rung_on",
)

# A rung that has spoken to one person is kept for the others: the round would not say it again.
UNPLANNED = """
DELETE FROM directives_reminder reminder
USING directives_assignment row, directives_directive directive, directives_notice notice, directives_delivery message,
    unnest(
        %(committee)s::bigint[], %(due_on)s::date[], %(armed_on)s::date[], %(known_on)s::date[], %(review_on)s::date[],
        %(rung)s::smallint[], %(rung_on)s::date[]
    ) AS stale(committee_id, due_on, armed_on, known_on, review_on, rung, rung_on)
WHERE row.id = reminder.assignment_id AND directive.id = row.directive_id AND notice.id = directive.notice_id
  AND message.id = reminder.delivery_id AND message.state = 'waiting' AND message.attempts = 0
  AND reminder.state = 'planned' AND reminder.rung = stale.rung AND reminder.rung_on = stale.rung_on
  AND notice.committee_id = stale.committee_id AND row.due_on IS NOT DISTINCT FROM stale.due_on
  AND row.armed_on = stale.armed_on AND directive.review_on IS NOT DISTINCT FROM stale.review_on
  AND CASE WHEN row.due_version > 1 THEN row.assigned_on ELSE row.armed_on END = stale.known_on
  AND NOT EXISTS (
      SELECT FROM directives_reminder other LEFT JOIN directives_delivery letter ON letter.id = other.delivery_id
      WHERE other.assignment_id = reminder.assignment_id AND other.due_version = reminder.due_version
        AND other.rung = reminder.rung
        AND (other.state <> 'planned' OR letter.state <> 'waiting' OR letter.attempts > 0)
  )
"""


@transaction.atomic
def rearm(*, today: date, committee: Committee | None = None) -> int:
    """Let the next round ask the ladder anew for the work that agencies are at; return how much there is.

    `today` is the local date. With `committee` only its own work, since only its own ladder was changed. Nothing is
    decided here: the round re-reads each assignment under lock. What was sent stays sent; what was planned for a day
    or a rung that is no more, and has not gone out, is taken out of the ledger, so that it can be planned anew.
    """
    rows = Assignment.objects.filter(state__in=WORKING)
    if committee is not None:
        rows = rows.filter(directive__notice__committee=committee)
    # Locked in the order in which all others lock several, so that nobody waits in a circle.
    ordered = rows.select_for_update(of=("self",), no_key=True).order_by("pk").values("pk")
    many = Assignment.objects.filter(pk__in=ordered).update(look_on=today)
    _unplan(committee)
    return many


def _unplan(committee: Committee | None) -> None:
    """Take out what waits for a day on which the ladder no longer speaks."""
    ladders, calendar = Ladders(), load_calendar()
    said = Reminder.objects.filter(**UNSAID, assignment__state__in=WORKING)
    if committee is not None:
        said = said.filter(assignment__directive__notice__committee=committee)
    # No sender may claim what is about to lose a line; what one has claimed is no longer among what waits.
    waiting = Delivery.objects.filter(pk__in=said.values("delivery"), state=DeliveryState.WAITING, attempts=0)
    list(waiting.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    stale = []
    for committee_id, *facts, rung, rung_on in said.values_list(*FACTS).distinct():
        terms = ladders.of(ladders.whose(committee_id))
        every = steps_of(Work(*facts), terms, until=rung_on, calendar=calendar)
        if (rung, rung_on) not in {(step.rung.offset, step.on) for step in every}:
            stale.append((committee_id, *facts, rung, rung_on))
    if stale:
        columns = zip(*stale, strict=True)
        names = ("committee", "due_on", "armed_on", "known_on", "review_on", "rung", "rung_on")
        with connection.cursor() as cursor:
            cursor.execute(UNPLANNED, {name: list(column) for name, column in zip(names, columns, strict=True)})
