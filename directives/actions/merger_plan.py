"""What a merger of agencies would move, counted before anything is done."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup, ApiKey, Committee, Office, Role, Succession
from directives.actions.fitting import fit_day, fit_text
from directives.models import Assignment, Delivery, DeliveryState, MergedThing, Notice, Subscription
from directives.models.standing import overdue
from directives.rules.lifecycle import LIVE, OPEN
from directives.rules.refusals import Invalid
from directives.rules.succession import Fate, Holding, fates

LONGEST_BASIS = 250


@dataclass(frozen=True)
class Counts:
    """What one predecessor (id) hands on."""

    agency: int
    name: str
    moved: dict[str, int]  # by role
    joined: int
    left: int
    overdue: int
    messages: int
    officers: int
    heads: int
    keys: int
    agencies_below: int
    committees: int

    @property
    def people(self) -> int:
        return self.officers + self.heads


@dataclass(frozen=True)
class MergerPlan:
    """What would be moved, and what a person has to look at afterwards."""

    counts: tuple[Counts, ...]
    left: tuple[int, ...]  # assignments (ids) that stay, to be decided one by one
    heads: int  # that the successor would have
    groups: tuple[str, ...]  # that name a predecessor

    @property
    def seen(self) -> str:
        """What was shown, so that just that is done."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass
class Work:
    """The open work of the predecessors and what their successor holds of the same directives, sorted out."""

    by_fate: dict[Fate, list[Assignment]] = field(default_factory=lambda: {fate: [] for fate in Fate})


def check_merger(predecessors: Sequence[Agency], successor: Agency, *, on: date, today: date, basis: str) -> None:
    """Ask everything that can refuse a merger. Raises Invalid(predecessors, successor, on, basis)."""
    fit_day("on", on)
    fit_text("basis", basis)
    if not predecessors:
        raise Invalid("predecessors", _("Name at least one agency whose work passes on."))
    if successor in predecessors:
        raise Invalid("successor", _("An agency does not succeed itself."))
    if not basis.strip():
        raise Invalid("basis", _("Name the resolution or decree that this rests on."))
    if len(basis) > LONGEST_BASIS:
        raise Invalid("basis", _("The basis is longer than %(most)s characters."), most=LONGEST_BASIS)
    if on > today:
        raise Invalid("on", _("That day has not come yet: the work is moved on it, or later."))
    if not successor.exists_on(on) or not successor.exists_on(today):
        raise Invalid("successor", _("%(agency)s does not exist on that day."), agency=successor.name)
    for agency in predecessors:
        _check_predecessor(agency, successor, on=on)


def _check_predecessor(agency: Agency, successor: Agency, *, on: date) -> None:
    if agency.mergers.filter(undone_at=None).exists():
        raise Invalid("predecessors", _("The work of %(agency)s has passed on already."), agency=agency.name)
    if agency.valid_from is not None and agency.valid_from >= on:
        raise Invalid("on", _("%(agency)s does not exist before that day."), agency=agency.name)
    if agency.valid_to is not None and agency.valid_to >= on:
        raise Invalid("on", _("%(agency)s existed beyond that day."), agency=agency.name)
    known = Succession.objects.filter(predecessor=agency, successor=successor).first()
    if known is not None and known.on != on:
        raise Invalid(
            "on",
            _("The register says that the work of %(agency)s passes on %(day)s."),
            agency=agency.name,
            day=f"{known.on:%d/%m/%Y}",
        )
    if successor.parent_id == agency.pk:
        raise Invalid("successor", _("%(agency)s belongs to an agency that ends."), agency=successor.name)


def plan_merger(predecessors: Sequence[Agency], successor: Agency, *, today: date) -> MergerPlan:
    """Count what a merger would move on the local date `today`; the number of queries depends on how many merge."""
    work = sort_out(open_work(predecessors, successor), successor)
    counts = tuple(_counts(agency, work, today) for agency in predecessors)
    heads = pointing(successor, today)[MergedThing.OFFICE][0].filter(role=Role.HEAD)
    named = AgencyGroup.objects.filter(Q(members__in=predecessors) | Q(parent__in=predecessors)).distinct()
    return MergerPlan(
        counts=counts,
        left=tuple(row.pk for row in work.by_fate[Fate.LEFT]),
        heads=heads.count() + sum(row.heads for row in counts),
        groups=tuple(sorted(group.name_vi for group in named)),
    )


def _counts(agency: Agency, work: Work, today: date) -> Counts:
    own = {fate: [row for row in rows if row.agency_id == agency.pk] for fate, rows in work.by_fate.items()}
    things = {thing: rows for thing, (rows, _field) in pointing(agency, today).items()}
    offices = Counter(things[MergedThing.OFFICE].values_list("role", flat=True))
    return Counts(
        agency=agency.pk,
        name=agency.name_vi,
        moved=dict(sorted(Counter(row.role for row in own[Fate.MOVED]).items())),
        joined=len(own[Fate.JOINED]),
        left=len(own[Fate.LEFT]),
        overdue=Assignment.objects.filter(overdue(today), agency=agency).count(),
        messages=waiting_messages(agency).count(),
        officers=offices[Role.OFFICER],
        heads=offices[Role.HEAD],
        keys=things[MergedThing.KEY].count(),
        agencies_below=things[MergedThing.AGENCY_BELOW].count(),
        committees=things[MergedThing.COMMITTEE].count(),
    )


def waiting_messages(agency: Agency) -> QuerySet[Delivery]:
    """The messages that wait to be sent about the work of `agency`."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    return waiting.filter(Q(assignment__agency=agency) | Q(reminders__assignment__agency=agency)).distinct()


def open_work(predecessors: Sequence[Agency], successor: Agency) -> QuerySet[Assignment]:
    """The open work of the predecessors, and what is live with them or the successor of the same directives."""
    duties = Assignment.objects.filter(agency__in=predecessors, state__in=OPEN).values("directive_id")
    return Assignment.objects.filter(
        agency__in=[*predecessors, successor], directive__in=duties, state__in=LIVE
    ).order_by("pk")


def sort_out(rows: QuerySet[Assignment], successor: Agency) -> Work:
    """What becomes of each open part among `rows`."""
    found = {
        row.pk: row
        for row in rows.select_related("agency", "directive__notice__committee").defer("directive__notice__text")
    }
    holdings = (
        Holding(row.pk, (row.directive_id, row.period), row.role, row.state, row.agency_id == successor.pk)
        for row in found.values()
    )
    work = Work()
    for pk, fate in fates(holdings).items():
        work.by_fate[fate].append(found[pk])
    return work


def pointing(agency: Agency, day: date) -> dict[MergedThing, tuple[QuerySet[Any], str]]:
    """What else is the agency's on the local date `day` or later, by what it is: the rows, and the field of them."""
    return {
        MergedThing.OFFICE: (Office.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), agency=agency), "agency"),
        MergedThing.KEY: (ApiKey.objects.filter(agency=agency, revoked_at=None), "agency"),
        MergedThing.SUBSCRIPTION: (Subscription.objects.kept().filter(agency=agency), "agency"),
        MergedThing.AGENCY_BELOW: (Agency.objects.filter(parent=agency), "parent"),
        MergedThing.COMMITTEE: (Committee.objects.filter(secretariat=agency), "secretariat"),
    }


def lock_agencies(agencies: Iterable[Agency]) -> dict[int, Agency]:
    """By id the agencies as they are now, their rows locked, always in one order and before any notice."""
    rows = Agency.objects.select_for_update(no_key=True).filter(pk__in={agency.pk for agency in agencies})
    return {row.pk: row for row in rows.order_by("pk")}


def lock_notices(ids: QuerySet[Any]) -> None:
    """Lock these notices, in one order and before any of their assignments."""
    list(Notice.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
