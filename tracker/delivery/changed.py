"""What a message says of work that was changed: one assignment that has a new deadline, or many at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from accounts.models import Agency, Committee
from accounts.roles import Verb
from directives.models import BulkChange, BulkRow, Delivery, DeliveryKind, Event, RowState

# What was done with so many assignments, by whom and for whom, before its words are filled in.
SAID: Mapping[str, Callable[[int], str]] = {
    Verb.SET_DEADLINE: lambda n: ngettext(
        "%(by)s set a new deadline for %(n)d assignment", "%(by)s set a new deadline for %(n)d assignments", n
    ),
    Verb.REASSIGN: lambda n: ngettext(
        "%(by)s moved %(n)d assignment to %(agency)s", "%(by)s moved %(n)d assignments to %(agency)s", n
    ),
    Verb.SUSPEND: lambda n: ngettext("%(by)s suspended %(n)d assignment", "%(by)s suspended %(n)d assignments", n),
    Verb.RESUME: lambda n: ngettext("%(by)s lets %(n)d assignment go on", "%(by)s lets %(n)d assignments go on", n),
    Verb.WITHDRAW: lambda n: ngettext("%(by)s withdrew %(n)d assignment", "%(by)s withdrew %(n)d assignments", n),
}


@dataclass(frozen=True)
class Changed:
    """What was done, by which committees, to which agency where it was passed on, and why.

    `of_agency`: by the id of each agency that had work in it the committees that gave that. `single`: only this was
    done, and not many at once; `was`: the deadline before.
    """

    verb: str
    committees: Sequence[Committee]
    reason: str
    agency: Agency | None = None
    single: bool = False
    was: date | None = None
    of_agency: Mapping[int, Sequence[Committee]] = field(default_factory=dict)

    def headline(self, n: int, agencies: Iterable[int]) -> str:
        """'Ban Chỉ đạo A chuyển 12 phần việc cho Bộ Y tế', in the active language.

        To those of these agencies (ids): what other committees changed for others is not theirs to know.
        """
        theirs = {committee.pk: committee for pk in sorted(agencies) for committee in self.of_agency.get(pk, ())}
        by = ", ".join(committee.name for committee in theirs.values() or self.committees)
        return SAID[self.verb](n) % {"by": by, "n": n, "agency": self.agency.name if self.agency else ""}

    @property
    def leaves(self) -> bool:
        """Whether the reader's agency need not look at the deadlines any more, or not for now."""
        return self.verb in (Verb.SUSPEND, Verb.WITHDRAW, Verb.REASSIGN)


class AllChanged:
    """What each message of a batch tells of changed work; no query where none does, else six at most."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        self._many = _of_many({row.change_id for row in deliveries if row.change_id is not None})
        single = (row for row in deliveries if row.kind == DeliveryKind.CHANGED and row.change_id is None)
        self._single = _of_one({row.assignment_id for row in single if row.assignment_id is not None})

    def of(self, delivery: Delivery) -> Changed | None:
        """What the message tells; None where there is nothing any more."""
        if delivery.change_id is not None:
            return self._many.get(delivery.change_id)
        return self._single.get(delivery.assignment_id or 0)


def _of_many(changes: Iterable[int]) -> dict[int, Changed]:
    found = BulkChange.objects.in_bulk(list(changes)) if changes else {}
    if not found:
        return {}
    rows = BulkRow.objects.filter(change__in=found, state=RowState.CHANGED).order_by()
    whose = ("change_id", "assignment__directive__notice__committee_id", "assignment__agency_id")
    by_change: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for change_id, committee_id, agency_id in rows.values_list(*whose).distinct():
        by_change[change_id][committee_id].add(agency_id)
    committees = Committee.objects.in_bulk({pk for many in by_change.values() for pk in many})
    agencies = Agency.objects.in_bulk({pk for one in found.values() if (pk := one.wanted.get("to_agency"))})
    return {
        pk: Changed(
            one.verb,
            [committees[committee] for committee in sorted(by_change[pk])],
            one.reason,
            agencies.get(one.wanted.get("to_agency")),
            of_agency=_by_agency(by_change[pk], committees),
        )
        for pk, one in found.items()
    }


def _by_agency(had: Mapping[int, set[int]], committees: Mapping[int, Committee]) -> dict[int, list[Committee]]:
    found: dict[int, list[Committee]] = defaultdict(list)
    for committee_id in sorted(had):
        for agency_id in had[committee_id]:
            found[agency_id].append(committees[committee_id])
    return dict(found)


def _of_one(assignments: Iterable[int]) -> dict[int, Changed]:
    """The new deadline that was set last, of each assignment."""
    if not assignments:
        return {}
    events = Event.objects.filter(assignment__in=assignments, verb=Verb.SET_DEADLINE)
    events = events.select_related("notice__committee").defer("notice__text").order_by("pk")
    return {event.assignment_id: _told(event) for event in events if event.assignment_id and event.notice}


def _told(event: Event) -> Changed:
    before: dict[str, Any] = event.before
    was = date.fromisoformat(before["due_on"]) if before.get("due_on") else None
    committees = [event.notice.committee] if event.notice else []
    return Changed(event.verb, committees, event.reason, single=True, was=was)
