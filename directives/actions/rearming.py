"""After the calendar or a ladder was changed, all that may still be reminded is looked at again.

Whoever changes them leaves a note (`Rearming`); the ticks work it off in batches, each a transaction of its own, so
that nobody at a desk waits for it and no lock is held for long. Any number of ticks may do so at once, and where one is
interrupted the next begins behind the last batch.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models.functions import Coalesce

from accounts.models import Committee
from directives.actions.ladders import Ladders
from directives.actions.postponing import postpone
from directives.actions.rearming_sql import LOOKED_AT, STANDING, UNPLANNED
from directives.models import Assignment, Delivery, DeliveryState, Rearming, Reminder, ReminderState, load_calendar
from directives.rules.lifecycle import WORKING
from directives.rules.nudges import MONTHLY_BAND, Work, plan_of, steps_of
from directives.rules.working_days import Calendar

BATCH = 5_000  # assignments in one transaction
# Planned, and not one of them sent or held back: nobody has heard of it.
UNSAID = {"state": ReminderState.PLANNED, "delivery__state": DeliveryState.WAITING, "delivery__attempts": 0}
FACTS = (
    "assignment__directive__notice__committee",
    "assignment__due_on",
    "assignment__armed_on",
    Coalesce("assignment__first_armed_on", "assignment__armed_on"),
    "assignment__directive__review_on",
    "rung",
    "rung_on",
)


def note_change(*, at: datetime, committee: Committee | None = None) -> None:
    """Note that a committee's own ladder was changed; without `committee` the default one, or the calendar.

    Belongs into the transaction of the change. The next tick lets the ladders be asked anew.
    """
    Rearming.objects.create(asked_at=at, committee=committee)


def rearm_all(*, now: datetime, today: date) -> int:
    """Work off what was noted; return of how many assignments the next look has moved. `today` is the local date.

    Twice is the same as once. Messages that wait for a day that was given off wait for the next working morning; what
    was planned for a day or a rung that is no more, and has not gone out, is taken out of the ledger, so that it can be
    planned anew; what was sent stays sent.
    """
    moved = 0
    while Rearming.objects.exists() and (many := _rearm_some(now=now, today=today)) is not None:
        moved += many
    return moved


@transaction.atomic
def _rearm_some(*, now: datetime, today: date) -> int | None:
    """One batch of the oldest change; None where another tick is at all that is noted."""
    change = Rearming.objects.select_for_update(skip_locked=True).order_by("pk").first()
    if change is None:
        return None
    calendar, ladders = load_calendar(), Ladders()
    if not change.done_to:
        _take_along(change)
        if postpone(now=now, calendar=calendar):
            return 0
    rows = _lock(change)
    if not rows:
        change.delete()
        return 0
    _unplan(rows, ladders, calendar)
    moved = _look(rows, ladders, calendar, today)
    change.done_to = rows[-1]
    change.save(update_fields=["done_to"])
    return moved


def _take_along(change: Rearming) -> None:
    """Later changes of the same work that nobody has begun with are done with this one."""
    same = Rearming.objects.filter(pk__gt=change.pk, done_to=0)
    if change.committee_id is not None:
        same = same.filter(committee=change.committee_id)
    unbegun = list(same.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Rearming.objects.filter(pk__in=unbegun).delete()


def _lock(change: Rearming) -> list[int]:
    """The next assignments (ids) that agencies are at, locked.

    A round or a verb that began before the change has read the old calendar: it is waited for, and so nothing that it
    writes is overlooked.
    """
    rows = Assignment.objects.filter(pk__gt=change.done_to, state__in=WORKING)
    if change.committee_id is not None:
        rows = rows.filter(directive__notice__committee=change.committee_id)
    rows = rows.select_for_update(of=("self",), no_key=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _unplan(rows: Sequence[int], ladders: Ladders, calendar: Calendar) -> None:
    """Take out what waits for a day on which the ladder no longer speaks."""
    said = Reminder.objects.filter(**UNSAID, assignment__in=rows)
    # No sender may claim what is about to lose a line; what one has claimed is no longer among what waits.
    messages = set(said.values_list("delivery", flat=True))
    waiting = Delivery.objects.filter(pk__in=messages, state=DeliveryState.WAITING, attempts=0)
    list(waiting.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    stale = []
    for committee_id, *facts, rung, rung_on in said.order_by().values_list(*FACTS).distinct():
        terms = ladders.of(ladders.whose(committee_id))
        every = steps_of(Work(*facts), terms, until=rung_on, calendar=calendar)
        if (rung, rung_on) not in {(step.rung.offset, step.on) for step in every}:
            stale.append((committee_id, *facts, rung, rung_on))
    if stale:
        names = ("committee", "due_on", "armed_on", "known_on", "review_on", "rung", "rung_on")
        columns = {name: list(column) for name, column in zip(names, zip(*stale, strict=True), strict=True)}
        with connection.cursor() as cursor:
            cursor.execute(UNPLANNED, columns | {"rows": list(rows)})


def _look(rows: Sequence[int], ladders: Ladders, calendar: Calendar, today: date) -> int:
    """Note when the ladder has something to say next, where that is not the day noted; of how many."""
    asked = {"rows": list(rows), "monthly": ladders.monthly, "months": MONTHLY_BAND, "today": today}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, asked)
        moved = list(_moved(cursor.fetchall(), ladders, calendar, today))
        cursor.execute(LOOKED_AT, {"rows": [pk for pk, _on in moved], "look_on": [on for _pk, on in moved]})
    return len(moved)


def _moved(
    groups: Sequence[tuple], ladders: Ladders, calendar: Calendar, today: date
) -> Iterator[tuple[int, date | None]]:
    """The assignments (ids) with their new day: today where the ladder has something to say already."""
    for committee_id, due_on, armed_on, known_on, review_on, look_on, told, pks in groups:
        work = Work(due_on, armed_on, known_on, review_on, sent=frozenset(told))
        plan = plan_of(work, ladders.of(ladders.whose(committee_id)), today=today, calendar=calendar)
        on = today if plan.send or plan.superseded else plan.look_on
        if on != look_on:
            yield from ((pk, on) for pk in pks)
