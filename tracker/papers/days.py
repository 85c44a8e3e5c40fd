"""Days as they are asked for in an address, and kept with what was asked."""

from datetime import date

from django.utils.dateparse import parse_date

from directives.actions.fitting import fit_day
from directives.rules.refusals import N_, Invalid

NO_DAY = N_("This is no day. Write it as 2026-11-22.")


def day_of(written: str, field: str) -> date:
    """The local date that is written. Raises Invalid(field) where it is none, or none that can be meant."""
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise Invalid(field, NO_DAY)
    fit_day(field, day)
    return day
