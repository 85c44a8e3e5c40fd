"""Taking a merger back, within a day: what was moved and is still as it was moved goes back where it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, ApiKey, Committee, Office, Succession, User
from accounts.roles import Verb, require
from directives.actions.fitting import fit_text
from directives.actions.merger_plan import lock_agencies, lock_notices
from directives.actions.moving import REASON_MISSING, next_looks
from directives.actions.recording import facts, record, record_all
from directives.models import Assignment, Directive, MergedRow, MergedThing, Merger, Subscription
from directives.rules.lifecycle import LIVE, OPEN, WORKING, State, WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

REVERSIBLE_FOR = timedelta(hours=24)
POINTING: dict[str, tuple[type[Any], str]] = {
    MergedThing.OFFICE: (Office, "agency"),
    MergedThing.KEY: (ApiKey, "agency"),
    MergedThing.SUBSCRIPTION: (Subscription, "agency"),
    MergedThing.AGENCY_BELOW: (Agency, "parent"),
    MergedThing.COMMITTEE: (Committee, "secretariat"),
}


@transaction.atomic
def take_back(merger: Merger, *, by: User, at: datetime, reason: str) -> Merger:
    """Undo a merger until 24 hours after it was carried out.

    Work that was finished, withdrawn or given away since then stays where it is, and so does whatever would be held
    twice. Raises NotAllowed, Invalid(reason), or WrongMoment.
    """
    require(by, Verb.MANAGE_PEOPLE, on=local_day(at))
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    lock_agencies([*merger.predecessors.all(), merger.successor])
    row = Merger.objects.select_for_update(of=("self",)).select_related("successor").get(pk=merger.pk)
    if row.undone_at is not None:
        raise WrongMoment(_("This merger was taken back already."))
    if not reversible(row, at):
        raise WrongMoment(_("A merger can be taken back for 24 hours; that time is over."))
    things: dict[str, list[MergedRow]] = {thing: [] for thing in MergedThing.values}
    for part in row.rows.select_related("was").order_by("pk"):
        things[part.thing].append(part)
    _work_back(row, things, by=by, at=at, reason=reason)
    for thing, (model, field) in POINTING.items():
        _point_back(row, model, field, things[thing], by=by, at=at, reason=reason)
    Agency.objects.filter(pk__in=_ids(things[MergedThing.END])).update(valid_to=None)
    Succession.objects.filter(pk__in=_ids(things[MergedThing.SUCCESSION])).delete()
    row.undone_by, row.undone_at = by, at
    row.save(update_fields=["undone_by", "undone_at"])
    record(row, "take_back", by=by, at=at, reason=reason)
    return row


def reversible(merger: Merger, at: datetime) -> bool:
    """Whether the merger can still be taken back at the moment `at`."""
    return merger.undone_at is None and at <= merger.at + REVERSIBLE_FOR


def _work_back(merger: Merger, things: dict[str, list[MergedRow]], *, by: User, at: datetime, reason: str) -> None:
    moved, joined = things[MergedThing.MOVED], things[MergedThing.JOINED]
    mine = Assignment.objects.filter(pk__in=_ids([*moved, *joined]))
    lock_notices(mine.values("directive__notice_id"))
    rows = mine.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {row.pk: row for row in rows.select_related("agency", "directive__notice").defer("directive__notice__text")}
    back = [(found[part.row], part) for part in moved if _still_moved(found[part.row], merger)]
    again = [(found[part.row], part) for part in joined if found[part.row].state == State.REASSIGNED]
    taken, changed, before = _held_besides(merger, back + again), [], []
    ended = {row.pk for row, _part in again}
    for row, part in back + again:
        if (row.directive_id, row.period, row.role, part.was_id) in taken:
            continue
        before.append(facts(row))
        row.agency, row.state, row.version = part.was, part.state or row.state, row.version + 1
        changed.append(row)
    _look_again([row for row in changed if row.pk in ended and row.state in WORKING])
    Assignment.objects.bulk_update(changed, ["agency", "state", "version", "look_on"])
    _parts_back(merger)
    record_all(changed, "take_back", by=by, at=at, before=before, reason=reason)


def _parts_back(merger: Merger) -> None:
    """What the agencies had handed down is run again by whoever has the work that it is part of."""
    parts = Directive.objects.filter(given_by=merger.successor, handed_down_from__agency__in=merger.predecessors.all())
    whose = Assignment.objects.filter(pk=OuterRef("handed_down_from")).values("agency")
    parts.update(given_by=Subquery(whose))


def _still_moved(row: Assignment, merger: Merger) -> bool:
    return row.agency_id == merger.successor_id and row.state in OPEN


def _held_besides(merger: Merger, going: Sequence[tuple[Assignment, MergedRow]]) -> set[tuple[int, str, str, int]]:
    """What these agencies hold without the rows that go back: nothing can be held twice."""
    agencies = [merger.successor_id, *merger.predecessors.values_list("pk", flat=True)]
    live = Assignment.objects.filter(agency__in=agencies, state__in=LIVE).exclude(
        pk__in=[row.pk for row, _part in going]
    )
    return set(live.order_by().values_list("directive_id", "period", "role", "agency_id"))


def _look_again(rows: Sequence[Assignment]) -> None:
    """The ladder looks again at what had ended; what it noted of it stays."""
    by_committee: dict[int, list[Assignment]] = {}
    for row in rows:
        by_committee.setdefault(row.directive.notice.committee_id, []).append(row)
    for committee_id, silent in by_committee.items():
        next_looks(silent, committee_id)


def _point_back(
    merger: Merger, model: type[Any], field: str, parts: Sequence[MergedRow], *, by: User, at: datetime, reason: str
) -> None:
    """What still points at the successor points again at whom it pointed at."""
    was = {part.row: part.was for part in parts}
    rows = list(model._base_manager.filter(pk__in=list(was), **{field: merger.successor}))  # noqa: SLF001
    for row in rows:
        setattr(row, field, was[row.pk])
    model._base_manager.bulk_update(rows, [field])  # noqa: SLF001
    before, after = {field: merger.successor.code}, [{field: was[row.pk].code} for row in rows]
    record_all(rows, "take_back", by=by, at=at, before=before, after=after, reason=reason)


def _ids(parts: Sequence[MergedRow]) -> list[int]:
    return [part.row for part in parts]
