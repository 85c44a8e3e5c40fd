"""Targets and what was read of them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.roles import Verb, require
from directives.actions.fitting import fit
from directives.actions.moving import in_line
from directives.actions.recording import record, record_all
from directives.models import Indicator, Reading, Report
from directives.rules.numbers import fits
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NOT_ASKED = _("No figure of this indicator is asked for with this work.")
TOO_LONG = _("A figure has at most 14 digits before and 4 after the comma.")


@transaction.atomic
def add_indicator(*, committee: Committee, by: User, at: datetime, code: str, **fields: Any) -> Indicator:
    """Set a target for a committee. Raises NotAllowed, or Invalid where the code is taken."""
    require(by, Verb.MEASURE, committee, on=local_day(at))
    in_line(committee)
    if Indicator.objects.filter(committee=committee, code=code).exists():
        raise Invalid("code", _("This committee has an indicator of this code already."))
    indicator = Indicator(committee=committee, code=code, **fields)
    fit(indicator, "code", *fields)
    indicator.save()
    record(
        indicator,
        "add_indicator",
        by=by,
        at=at,
        on_behalf_of=committee.name_vi,
        after={"code": code, "target": str(indicator.target), "unit": indicator.unit},
    )
    return indicator


@transaction.atomic
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
    **fields: Any,
) -> Reading:
    """Note a figure as of a local date: a value, or a numerator and its denominator. Raises NotAllowed or Invalid."""
    require(by, Verb.MEASURE, indicator.committee, on=local_day(at))
    if value is None and (numerator is None or not denominator):
        raise Invalid("value", _("Give a value, or a numerator and a denominator above zero."))
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
    shown = {"value": value, "numerator": numerator, "denominator": denominator}
    record(
        reading,
        "add_reading",
        by=by,
        at=at,
        on_behalf_of=indicator.committee.name_vi,
        after={"indicator": indicator.code, "as_of": as_of.isoformat()}
        | {name: str(figure) for name, figure in shown.items() if figure is not None},
    )
    return reading


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
