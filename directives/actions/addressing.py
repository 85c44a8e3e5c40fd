"""From whom a notice names to one assignment for each agency, written in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.agencies import heirs, members_of
from accounts.models import Agency, AgencyGroup, User
from accounts.people import Holder, seats
from accounts.roles import Verb
from directives.actions.assigning import workers
from directives.actions.moving import next_looks
from directives.actions.recording import record_all, tell
from directives.models import Addressee, Assignment, DeliveryKind, Directive, Notice, Role, load_calendar
from directives.rules.recurrence import AHEAD, first_periods
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

# Who is named in several parts keeps the first of these.
PRECEDENCE = (Role.LEAD, Role.SHARE, Role.COORDINATING)
NO_PERIOD_LEFT = _("Directive %(position)s has no period left in which it recurs. Look at its last day.")


@dataclass(frozen=True)
class Part:
    """One assignment to be; `named` is the agency that the notice names, where its work has passed on since."""

    directive: Directive
    agency: Agency
    role: str
    group: AgencyGroup | None
    due_on: date | None
    named: Agency | None = None
    period: str = ""


def expand(notice: Notice, *, day: date) -> list[Part]:
    """The parts that issuing on the local date `day` would give: agencies as named, groups by their members on the
    issue date; who is gone by `day` hands on to its successor.

    An agency that has several parts in a directive keeps the weightiest. Raises Invalid for a group without members
    on the issue date, an agency that does not exist on it nor on `day`, one that is gone and has no successor or
    several, or a date that lies before the issue date.
    """
    return expand_rows(Addressee.objects.filter(directive__notice=notice), notice.issued_on, day=day)


def expand_rows(addressees: QuerySet[Addressee], issued_on: date | None, *, day: date) -> list[Part]:
    """The same for these addressees, named in a notice that was issued on the local date `issued_on`."""
    rows = addressees.select_related("directive", "agency", "group__parent")
    ordered = sorted(rows, key=lambda row: (row.directive.position, PRECEDENCE.index(Role(row.role)), row.pk))
    groups = {row.group_id: row.group for row in ordered if row.group}
    inside = _members(groups.values(), issued_on)
    named = [(row, agency) for row in ordered for agency in (inside[row.group_id] if row.group else [row.agency])]
    keepers = _keepers({agency for _row, agency in named}, issued_on, day)
    parts: dict[tuple[int, int], Part] = {}
    for row, agency in named:
        keeper, own = keepers[agency.pk], row.due_on or row.directive.due_on
        was = agency if keeper != agency else None
        part = Part(row.directive, keeper, row.role, row.group, own, was)
        parts.setdefault((row.directive_id, keeper.pk), part)
    if any(part.due_on is not None and part.due_on < issued_on for part in parts.values()):
        raise Invalid("due_on", _("The deadline lies before the issue date."))
    return list(parts.values())


def in_periods(parts: Iterable[Part], *, today: date, ahead: int = AHEAD) -> list[Part]:
    """Recurring work once for the present period and for each of the `ahead` next ones; other work as it is.

    Raises Invalid where no period is left on the local date `today`.
    """
    calendar, found = load_calendar(), []
    for part in parts:
        directive = part.directive
        if directive.rhythm is None:
            found.append(part)
            continue
        turns = first_periods(
            directive.rhythm, today=today, until=directive.recurs_until, ahead=ahead, calendar=calendar
        )
        if not turns:
            raise Invalid("directives", NO_PERIOD_LEFT, position=directive.position)
        found += [replace(part, period=period.label, due_on=due_on) for period, due_on in turns]
    return found


def give(notice: Notice, parts: Sequence[Part], *, by: User, at: datetime) -> list[Assignment]:
    """Write the assignments of a notice that is being issued, with history, spans and one message a person."""
    written = write_parts(notice, parts, by=by, at=at, assigned_on=notice.issued_on)
    tell_agencies(notice, written, key=f"assigned:{notice.uuid}", at=at)
    return written


def write_parts(
    notice: Notice, parts: Sequence[Part], *, by: User, at: datetime, assigned_on: date, reason: str = ""
) -> list[Assignment]:
    """Write the assignments with history and spans, given on the local date `assigned_on`; tells nobody."""
    day, rows = local_day(at), []
    for part in parts:
        part.directive.notice = notice
        rows.append(
            Assignment(
                directive=part.directive,
                agency=part.agency,
                role=part.role,
                group=part.group,
                period=part.period,
                due_on=part.due_on,
                original_due_on=part.due_on,
                assigned_on=assigned_on,
                armed_on=day,
            )
        )
    next_looks(rows, notice.committee_id)
    recurring = {part.directive.pk for part in parts if part.period}
    if recurring:
        Directive.objects.filter(pk__in=recurring).update(next_period_on=day)
    written = Assignment.objects.bulk_create(rows)
    before = [{"named": part.named.name_vi} if part.named else {} for part in parts]
    body = notice.committee.name_vi
    record_all(written, Verb.ASSIGN, by=by, at=at, on_behalf_of=body, before=before, reason=reason)
    return written


def who_is_told(agencies: Iterable[int], *, on: date) -> dict[int, list[Holder]]:
    """By the id of each agency its officers and its head on the local date `on`; one query."""
    asked = sorted(agencies)
    found = seats(agencies=asked, committees=[], on=on)
    return {agency_id: workers(found, agency_id) for agency_id in asked}


def tell_agencies(
    notice: Notice,
    assignments: Iterable[Assignment],
    *,
    key: str,
    at: datetime,
    due_at: datetime | None = None,
    given_on: date | None = None,
) -> None:
    """Tell the officers and heads of these assignments' agencies, each once however many they are given."""
    people: dict[int, Holder] = {}
    for holders in who_is_told({assignment.agency_id for assignment in assignments}, on=local_day(at)).values():
        for holder in holders:
            people.setdefault(holder.user.pk, holder)
    tell(people.values(), DeliveryKind.ASSIGNED, key=key, at=at, due_at=due_at, notice=notice, given_on=given_on)


def _keepers(named: Iterable[Agency], issued_on: date | None, day: date) -> dict[int, Agency]:
    """By the id of each agency, who does its work on the local date `day`: itself while it exists, or its heir."""
    for agency in named:
        # Asked again here: the issue date may have been given since the addressees were named.
        if not agency.exists_on(issued_on) and not agency.exists_on(day):
            raise Invalid("addressees", _("%(agency)s does not exist on the issue date."), agency=agency.name)
    gone = [agency for agency in named if not agency.exists_on(day)]
    found = heirs(gone, day) if gone else {}
    return {agency.pk: _heir(agency, found[agency.pk], day) if agency.pk in found else agency for agency in named}


def _heir(agency: Agency, ends: Sequence[Agency], day: date) -> Agency:
    there = [heir for heir in ends if heir.exists_on(day)]
    if not there:
        raise Invalid(
            "addressees",
            _("%(agency)s no longer exists and has no successor. Name the agency that does this work now."),
            agency=agency.name,
        )
    if len(there) > 1:
        raise Invalid(
            "addressees",
            _("%(agency)s no longer exists; its work went to %(heirs)s. Name the one that does this work now."),
            agency=agency.name,
            heirs=", ".join(heir.name for heir in there),
        )
    return there[0]


def _members(groups: Iterable[AgencyGroup], on: date | None) -> dict[int, list[Agency]]:
    asked = list(groups)
    found = members_of(asked, on) if on and asked else {}
    for group in asked:
        if not found.get(group.pk):
            raise Invalid("addressees", _("%(group)s has no members on the issue date."), group=group.name)
    return found
