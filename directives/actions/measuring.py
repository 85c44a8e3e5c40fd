"""Targets and what was read of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.roles import NotAllowed, Verb, may, require
from directives.actions.attaching import Upload, atomic_with_files, attach
from directives.actions.fitting import fit, fit_text
from directives.actions.moving import REASON_MISSING, SOMEBODY_WAS_FASTER, in_line
from directives.actions.recording import record, record_all
from directives.models import Directive, Indicator, Reading, Report
from directives.rules.attainment import Figure
from directives.rules.lifecycle import WrongMoment
from directives.rules.numbers import fits
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

NOT_ASKED = _("No figure of this indicator is asked for with this work.")
TOO_LONG = _("A figure has at most 14 digits before and 4 after the comma.")


NO_FIGURE = _("Give a value, or a numerator and a denominator above zero.")
WHOSE = _("Say whose target it is: a committee's, or that of a directive of the committee.")
NOT_OF_THE_COMMITTEE = _("This directive belongs to another committee.")
NOT_YOUR_OWN = _("Nobody verifies a figure that they entered themselves.")
VERIFIED_ALREADY = _("This figure is verified already.")
WHY_ANOTHER = _("Say why another figure is verified than the one reported.")
# What a target is known by stays; the rest may be set anew, with a reason.
CHANGEABLE = (
    "directive",
    "part_of",
    "name_vi",
    "name_en",
    "unit",
    "direction",
    "baseline",
    "baseline_on",
    "target",
    "due_on",
    "reported_by",
    "frequency",
    "note",
)


@transaction.atomic
def add_indicator(
    *,
    by: User,
    at: datetime,
    code: str,
    committee: Committee | None = None,
    directive: Directive | None = None,
    **fields: Any,
) -> Indicator:
    """Set a target for a committee, or for a directive and so for its committee.

    Raises NotAllowed, or Invalid where neither is said, the two do not go together, or the code is taken.
    """
    owner = committee or (directive.notice.committee if directive else None)
    if owner is None:
        raise Invalid("committee", WHOSE)
    require(by, Verb.MEASURE, owner, on=local_day(at))
    in_line(owner)
    if Indicator.objects.filter(committee=owner, code=code).exists():
        raise Invalid("code", _("This committee has an indicator of this code already."))
    indicator = Indicator(committee=owner, code=code, directive=directive, **fields)
    _fit_together(indicator)
    fit(indicator, "code", *fields)
    indicator.save()
    record(
        indicator,
        "add_indicator",
        by=by,
        at=at,
        on_behalf_of=owner.name_vi,
        after={"code": code, "target": str(indicator.target), "unit": indicator.unit},
    )
    return indicator


@transaction.atomic
def change_indicator(
    indicator: Indicator, *, by: User, at: datetime, reason: str, version: int | None = None, **fields: Any
) -> Indicator:
    """Set anew what `CHANGEABLE` names of a target, as the directive that it belongs to (None: to none any more).

    What nobody changed is no event. Raises NotAllowed, Stale (where `version` is not the row's), or Invalid.
    """
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("committee").get(pk=indicator.pk)
    require(by, Verb.MEASURE, row.committee, on=local_day(at))
    if version is not None and version != row.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    changed = {name: value for name, value in fields.items() if name in CHANGEABLE and getattr(row, name) != value}
    if not changed:
        return row
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    before = {name: _told(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    _fit_together(row)
    fit(row, *changed)
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    after = {name: _told(value) for name, value in changed.items()}
    said = {"by": by, "at": at, "on_behalf_of": row.committee.name_vi, "reason": reason.strip()}
    record(row, "change_indicator", before=before, after=after, **said)
    return row


def _fit_together(row: Indicator) -> None:
    """Pass when the directive is of the committee, and the total, if there is one, is no part of its own part."""
    of = row.directive
    if of is not None and (of.notice.committee_id != row.committee_id or of.given_by_id is not None):
        raise Invalid("directive", NOT_OF_THE_COMMITTEE)
    above, seen = row.part_of, {row.pk} - {None}
    if above is not None and above.committee_id != row.committee_id:
        raise Invalid("part_of", _("The total belongs to another committee."))
    while above is not None:
        if above.pk in seen:
            raise Invalid("part_of", _("A total cannot be a part of its own part."))
        seen.add(above.pk)
        above = above.part_of


def _told(value: Any) -> Any:
    """As history keeps it."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, models.Model):
        return getattr(value, "code", "") or str(getattr(value, "uuid", value.pk))
    return value if value is None else str(value)


@atomic_with_files()
def add_reading(
    indicator: Indicator,
    *,
    by: User,
    at: datetime,
    as_of: date,
    source: str,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    agency: Agency | None = None,
    files: Iterable[Upload] = (),
    **fields: Any,
) -> Reading:
    """Note a figure as of a local date: a value, or a numerator and its denominator; with the files it comes from.

    The secretariat enters any; the agency that a target names as its reporter enters its own. Raises NotAllowed or
    Invalid.
    """
    own = agency is not None and agency.pk == indicator.reported_by_id
    by_agency = agency if own and not may(by, Verb.MEASURE, indicator.committee, on=local_day(at)) else None
    if by_agency is not None:
        require(by, Verb.REPORT, by_agency, on=local_day(at))
    else:
        require(by, Verb.MEASURE, indicator.committee, on=local_day(at))
    _given(value, numerator, denominator)
    if as_of > local_day(at):
        raise Invalid("as_of", _("A figure cannot be of a day that has not come yet."))
    in_line(indicator)
    if Reading.objects.filter(indicator=indicator, agency=agency, as_of=as_of).exists():
        raise Invalid("as_of", _("There is a figure for this day already."))
    reading = Reading(
        indicator=indicator,
        agency=agency,
        as_of=as_of,
        value=value,
        numerator=numerator,
        denominator=denominator,
        source=source,
        by=by,
        at=at,
        **fields,
    )
    fit(reading, "as_of", "source", "value", "numerator", "denominator", *fields)
    reading.save()
    attach(files, reading=reading)
    record(
        reading,
        "add_reading",
        by=by,
        at=at,
        on_behalf_of=by_agency.name_vi if by_agency else indicator.committee.name_vi,
        after={"indicator": indicator.code, "as_of": as_of.isoformat(), **_facts(reading.reported)},
    )
    return reading


@transaction.atomic
def verify_reading(
    reading: Reading,
    *,
    by: User,
    at: datetime,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    bound: str = "",
    reason: str = "",
) -> Reading:
    """The secretariat verifies a figure: as it was reported, where no other is given, or another one with a reason.

    Both stay. Raises NotAllowed (also to whoever entered it), WrongMoment (verified before) or Invalid.
    """
    rows = Reading.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("indicator__committee", "report__assignment__directive__notice").get(pk=reading.pk)
    committee = row.indicator.committee
    require(by, Verb.VERIFY, committee, on=local_day(at))
    if row.by_id == by.pk:
        raise NotAllowed(NOT_YOUR_OWN)
    if row.verified_by_id is not None:
        raise WrongMoment(VERIFIED_ALREADY)
    as_it_is = value is None and numerator is None and denominator is None
    if as_it_is:
        value, numerator, denominator = row.value, row.numerator, row.denominator
    else:
        _given(value, numerator, denominator)
    row.verified_value, row.verified_numerator, row.verified_denominator = value, numerator, denominator
    row.verified_bound = bound or row.bound
    row.verified_by, row.verified_at, row.reason = by, at, reason.strip()
    fit(row, "verified_value", "verified_numerator", "verified_denominator", "verified_bound", "reason")
    fit_text("reason", reason)
    if row.verified != row.reported and not row.reason:
        raise Invalid("reason", WHY_ANOTHER)
    row.save()
    record(
        row,
        "verify_reading",
        by=by,
        at=at,
        on_behalf_of=committee.name_vi,
        before={"indicator": row.indicator.code, "as_of": row.as_of.isoformat(), **_facts(row.reported)},
        after=_facts(row.figure),
        reason=row.reason,
    )
    return row


def _given(value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> None:
    """Pass when something is said, and by no denominator below one."""
    if value is None and (numerator is None or denominator is None):
        raise Invalid("value", NO_FIGURE)
    if denominator is not None and denominator <= 0:
        raise Invalid("denominator", NO_FIGURE)


def _facts(figure: Figure) -> dict[str, str]:
    """A figure as history keeps it."""
    shown = {"value": figure.value, "numerator": figure.numerator, "denominator": figure.denominator}
    facts = {name: f"{number:f}" for name, number in shown.items() if isinstance(number, Decimal)}
    return facts | ({} if figure.bound == "exact" else {"bound": str(figure.bound)})


def read_figures(report: Report, figures: Mapping[UUID, Decimal | None], *, by: User, at: datetime) -> list[Reading]:
    """Note the figures that an agency gives with its report, by indicator (uuid), as of the report's local date.

    The verb that calls it has asked who reports. None: nothing is said of that indicator. Raises Invalid('figures')
    for an indicator that does not belong to the work, or a figure that cannot be kept.
    """
    given = {uuid: value for uuid, value in figures.items() if value is not None}
    work = report.assignment
    rows = Indicator.objects.filter(uuid__in=given) if given else ()
    asked = {row.uuid: row for row in rows if row.is_asked_of(work)}
    readings = []
    for uuid, value in given.items():
        if uuid not in asked:
            raise Invalid("figures", NOT_ASKED)
        reading = Reading(indicator=asked[uuid], agency=work.agency, as_of=local_day(at), value=value, by=by, at=at)
        reading.report, reading.source = report, work.agency.name_vi
        if not fits(value):
            raise Invalid("figures", TOO_LONG)
        readings.append(reading)
    for reading in readings:
        reading.save()
    told = [
        {"indicator": row.indicator.code, "as_of": row.as_of.isoformat(), "value": f"{row.value:f}"} for row in readings
    ]
    record_all(readings, "add_reading", by=by, at=at, on_behalf_of=work.agency.name_vi, after=told)
    return readings
