"""Handing down: an agency gives its part, whole or in pieces, to those below it, and runs that work itself."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.agencies import members_of, under
from accounts.models import Agency, AgencyGroup, User
from accounts.roles import Verb
from directives.actions.addressing import who_is_told
from directives.actions.fitting import fit, fit_text
from directives.actions.moving import check, keep, lock_notice, locked, next_looks
from directives.actions.recording import facts, record, record_all, tell
from directives.models import Assignment, DeliveryKind, Directive, Role
from directives.models.kinds import DeadlineKind
from directives.models.levels import HANDED_DOWN_FROM
from directives.rules.handing_down import check_level
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NOBODY_CHOSEN = _("Choose at least one unit.")
NOT_BELOW = _("%(unit)s does not belong to %(agency)s.")
NOT_THERE = _("%(unit)s does not exist on that day.")
NO_WORDING = _("Say what is to be done.")
HAVE_IT = _("%(unit)s has this part already.")


@dataclass(frozen=True)
class Units:
    """To whom: units by name, all units of some kinds, and the members of groups, as far as they are below."""

    named: Sequence[Agency] = ()
    kinds: Collection[str] = ()
    groups: Sequence[AgencyGroup] = ()


@transaction.atomic
def hand_down(
    assignment: Assignment,
    *,
    to: Units,
    by: User,
    at: datetime,
    wording: str,
    product: str = "",
    due_on: date | None = None,
    version: int | None = None,
) -> list[Assignment]:
    """Give a part of the assignment to units below its agency, due on `due_on` (local date), in a fixed number of
    queries.

    The part is a directive of its own under the assignment, tied to the same sentence of the notice; one unit leads it,
    several do their own share each. Raises NotAllowed, WrongMoment, Stale or Invalid(units, wording, product, due_on).
    """
    notice = lock_notice(directives__assignments=assignment)
    row = locked(assignment)
    state, day = check(row, Verb.HAND_DOWN, by=by, at=at, version=version), local_day(at)
    row.directive.notice = notice
    check_level(due_on, of_whole=row.due_on, today=day)
    directive = _part(row, wording=wording, product=product, due_on=due_on)
    units = whom(row.agency, to, on=day)
    _not_twice(row, directive, units)
    directive.save()
    parts = _give(directive, units, by=by, at=at)
    before, row.state = facts(row), state
    keep(row)
    after = facts(row) | {"units": len(parts)}
    record(row, Verb.HAND_DOWN, by=by, at=at, on_behalf_of=row.agency.name_vi, before=before, after=after)
    return parts


def whom(agency: Agency, to: Units, *, on: date) -> dict[Agency, AgencyGroup | None]:
    """The units below `agency` that are meant on the local date `on`, each with the group by which it is; by code.

    Raises Invalid(units) where somebody does not belong to the agency, is not there on the day, or nobody is meant.
    """
    below = {unit.pk: unit for unit in under(agency).exclude(pk=agency.pk).order_by("code")}
    for unit in to.named:
        if unit.pk not in below:
            raise Invalid("units", NOT_BELOW, unit=unit.name, agency=agency.name)
        if not unit.exists_on(on):
            raise Invalid("units", NOT_THERE, unit=unit.name)
    meant = _members(to.groups, on)
    meant |= {pk: None for pk, unit in below.items() if unit.kind in to.kinds and unit.exists_on(on)}
    meant |= {unit.pk: None for unit in to.named}
    found = {unit: meant[pk] for pk, unit in below.items() if pk in meant}
    if not found:
        raise Invalid("units", NOBODY_CHOSEN)
    return found


def _members(groups: Sequence[AgencyGroup], on: date) -> dict[int, AgencyGroup | None]:
    """By the id of each member the first of the groups by which it is meant."""
    inside = members_of(groups, on) if groups else {}
    return {unit.pk: group for group in reversed(groups) for unit in inside[group.pk]}


def _part(whole: Assignment, *, wording: str, product: str, due_on: date | None) -> Directive:
    """The directive to be, with the sentence of the notice that the whole rests on."""
    of = whole.directive
    words = unicodedata.normalize("NFC", wording).strip()
    if not words:
        raise Invalid("wording", NO_WORDING)
    fit_text("wording", words)
    part = Directive(
        notice=of.notice,
        paragraph_id=of.paragraph_id,
        position=_next_position(of.notice_id),
        quote=of.quote,
        quote_start=of.quote_start,
        quote_end=of.quote_end,
        quote_hash=of.quote_hash,
        edition=of.edition,
        wording=words,
        product=unicodedata.normalize("NFC", product).strip(),
        field=of.field,
        deadline_kind=DeadlineKind.DATE if due_on else DeadlineKind.NONE,
        due_on=due_on,
        handed_down_from=whole,
        given_by=whole.agency,
    )
    fit(part, "wording", "product", "due_on")
    return part


def _next_position(notice_id: int) -> int:
    last = Directive.objects.filter(notice=notice_id, given_by__isnull=False).aggregate(last=Max("position"))["last"]
    return (last or HANDED_DOWN_FROM) + 1


def _not_twice(whole: Assignment, directive: Directive, units: Iterable[Agency]) -> None:
    """A second click gives nothing twice: the same words, from the same work, to the same unit."""
    same = Assignment.objects.live().parts_of([whole]).filter(agency__in=list(units))
    twin = same.filter(directive__wording=directive.wording).select_related("agency").order_by("agency__code").first()
    if twin is not None:
        raise Invalid("units", HAVE_IT, unit=twin.agency.name)


def _give(
    directive: Directive, units: Mapping[Agency, AgencyGroup | None], *, by: User, at: datetime
) -> list[Assignment]:
    """Write the units' assignments with history, spans, and one message to each of their people."""
    day, role = local_day(at), Role.LEAD if len(units) == 1 else Role.SHARE
    rows = [
        Assignment(
            directive=directive,
            agency=unit,
            role=role,
            group=group,
            due_on=directive.due_on,
            original_due_on=directive.due_on,
            assigned_on=day,
            armed_on=day,
        )
        for unit, group in units.items()
    ]
    next_looks(rows, directive.notice.committee_id)
    written = Assignment.objects.bulk_create(rows)
    record_all(written, Verb.ASSIGN, by=by, at=at, on_behalf_of=directive.giver.name_vi)
    people = who_is_told((row.agency_id for row in written), on=day)
    about = {holder: row for row in written for holder in people[row.agency_id]}
    tell(about, DeliveryKind.ASSIGNED, key=f"handed_down:{directive.uuid}", at=at, notice=directive.notice, about=about)
    return written
