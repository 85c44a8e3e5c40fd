"""Agencies merge: one step moves their open work, their people and their keys to the successor; another takes it back.

Work is moved as it is, with its reports and its public id; what is done stays under the old name, and the spans tell
who had which work on which day. Everything is written in a number of queries that does not follow the amount of work.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Model

from accounts.models import Agency, Succession, User
from accounts.people import seats
from accounts.roles import Verb, require
from directives.actions.assigning import workers
from directives.actions.ending import lapse
from directives.actions.merger_plan import (
    check_merger,
    lock_agencies,
    lock_notices,
    open_work,
    plan_merger,
    pointing,
    sort_out,
)
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import facts, record, record_all, tell
from directives.models import Assignment, DeliveryKind, Directive, MergedRow, MergedThing, Merger
from directives.rules.lifecycle import WORKING, State
from directives.rules.refusals import Stale
from directives.rules.succession import Fate
from directives.rules.working_days import local_day

DAY = timedelta(days=1)


@transaction.atomic
def merge(
    predecessors: Sequence[Agency],
    successor: Agency,
    *,
    on: date,
    basis: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Merger:
    """Move what is open with `predecessors` to `successor`, whose work it is from the local date `on`.

    `seen` is the plan that was shown. Raises NotAllowed, Invalid(predecessors, successor, on, basis), or Stale where
    something would be moved that was not shown.
    """
    require(by, Verb.MANAGE_PEOPLE, on=local_day(at))
    day = local_day(at)
    rows = lock_agencies([*predecessors, successor])
    gone, heir = [rows[pk] for pk in dict.fromkeys(agency.pk for agency in predecessors)], rows[successor.pk]
    check_merger(gone, heir, on=on, today=day, basis=basis)
    lock_notices(open_work(gone, heir).values("directive__notice_id"))
    if seen is not None and plan_merger(gone, heir, today=day).seen != seen:
        raise Stale(SOMEBODY_WAS_FASTER)
    merger = Merger.objects.create(successor=heir, on=on, basis=basis.strip(), by=by, at=at)
    merger.predecessors.set(gone)
    _register(merger, gone)
    _move_work(merger, gone, by=by, at=at)
    _move_rest(merger, gone, day=day, by=by, at=at)
    record(merger, "merge", by=by, at=at, after=_told(merger, gone), reason=merger.basis)
    _tell_successor(merger, at=at)
    return merger


def _register(merger: Merger, gone: Iterable[Agency]) -> None:
    """Enter the succession, and the last day of each agency that has none yet."""
    for agency in gone:
        row, new = Succession.objects.get_or_create(
            predecessor=agency, successor=merger.successor, defaults={"on": merger.on, "basis": merger.basis}
        )
        if new:
            keep(merger, MergedThing.SUCCESSION, [row], was=agency)
        if agency.valid_to is None:
            agency.valid_to = merger.on - DAY
            agency.save(update_fields=["valid_to"])
            keep(merger, MergedThing.END, [agency], was=agency)


def _move_work(merger: Merger, gone: Sequence[Agency], *, by: User, at: datetime) -> None:
    rows = open_work(gone, merger.successor).select_for_update(of=("self",), no_key=True)
    work = sort_out(rows, merger.successor)
    _join(merger, work.by_fate[Fate.JOINED], by=by, at=at)
    moved = work.by_fate[Fate.MOVED]
    before = [facts(row) for row in moved]
    for agency in gone:
        keep(merger, MergedThing.MOVED, [row for row in moved if row.agency_id == agency.pk], was=agency)
    Assignment.objects.filter(pk__in=[row.pk for row in moved]).update(
        agency=merger.successor, version=F("version") + 1
    )
    for row in moved:
        row.agency, row.version = merger.successor, row.version + 1
    record_all(moved, "succeed", by=by, at=at, before=before, reason=merger.basis)
    # What they handed down is run by the successor now.
    Directive.objects.filter(given_by__in=gone).update(given_by=merger.successor)


def _join(merger: Merger, rows: Sequence[Assignment], *, by: User, at: datetime) -> None:
    """End what the successor does in another part; each keeps its state, so that it can be taken back."""
    before = [facts(row) for row in rows]
    MergedRow.objects.bulk_create(
        MergedRow(merger=merger, thing=MergedThing.JOINED, row=row.pk, was=row.agency, state=row.state) for row in rows
    )
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.REASSIGNED, version=F("version") + 1, look_on=None
    )
    for row in rows:
        row.state, row.version = State.REASSIGNED, row.version + 1
    record_all(rows, "join_work", by=by, at=at, before=before, reason=merger.basis)
    lapse(rows, by=by, at=at, on_behalf_of="")


def _move_rest(merger: Merger, gone: Sequence[Agency], *, day: date, by: User, at: datetime) -> None:
    """What points at the predecessors and is used today or later: offices, keys, the agencies below, secretariats."""
    for agency in gone:
        for thing, (rows, field) in pointing(agency, day).items():
            found = list(rows.exclude(pk=merger.successor_id) if rows.model is Agency else rows)
            rows.model._base_manager.filter(pk__in=[row.pk for row in found]).update(**{field: merger.successor})  # noqa: SLF001
            keep(merger, thing, found, was=agency)
            before, after = {field: agency.code}, {field: merger.successor.code}
            record_all(found, "succeed", by=by, at=at, before=before, after=after, reason=merger.basis)


def keep(merger: Merger, thing: MergedThing, rows: Iterable[Model], *, was: Agency) -> None:
    """Note which rows the merger changed, so that it can be taken back."""
    MergedRow.objects.bulk_create(MergedRow(merger=merger, thing=thing, row=row.pk, was=was) for row in rows)


def _told(merger: Merger, gone: Iterable[Agency]) -> dict[str, object]:
    return {
        "predecessors": [agency.code for agency in gone],
        "successor": merger.successor.code,
        "on": merger.on.isoformat(),
    }


def _tell_successor(merger: Merger, *, at: datetime) -> None:
    """One message for each officer and head, however much work has passed to them."""
    working = merger.rows.filter(thing=MergedThing.MOVED).values("row")
    if Assignment.objects.filter(pk__in=working, state__in=WORKING).exists():
        found = seats(agencies=[merger.successor_id], committees=[], on=local_day(at))
        people = workers(found, merger.successor_id)
        tell(people, DeliveryKind.SUCCEEDED, key=f"succeeded:{merger.uuid}", at=at, merger=merger)
