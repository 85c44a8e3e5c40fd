"""Targets and what was read of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.roles import Verb, require
from directives.actions.fitting import fit
from directives.actions.moving import in_line
from directives.actions.recording import record
from directives.models import Indicator, Reading
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day


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
