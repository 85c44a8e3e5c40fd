"""Periods and rhythms of recurring work in words, as offices write them."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.rules.deadlines import Every
from directives.rules.recurrence import DECEMBER, Rhythm, Shift, read_label

ROMAN = ("", "I", "II", "III", "IV")
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


class DayOffShift(models.TextChoices):
    """What becomes of a due date on a day off."""

    BEFORE = Shift.BEFORE.value, gettext_lazy("The working day before")
    AFTER = Shift.AFTER.value, gettext_lazy("The working day after")
    NONE = Shift.NONE.value, gettext_lazy("It stays")


def period_name(label: str) -> str:
    """'Tháng 11/2026' for '2026-11', in the active language; another text as it is."""
    read = read_label(label)
    if read is None:
        return label
    every, year, part = read
    if every is Every.HALF:
        return (_("First half of %(year)s") if part == 1 else _("Second half of %(year)s")) % {"year": year}
    names = {
        Every.WEEK: _("Week %(part)s/%(year)s"),
        Every.MONTH: _("Month %(part)s/%(year)s"),
        Every.QUARTER: _("Quarter %(part)s/%(year)s"),
        Every.YEAR: _("Year %(year)s"),
    }
    return names[every] % {"year": year, "part": ROMAN[part] if every is Every.QUARTER else part}


def rhythm_name(rhythm: Rhythm) -> str:
    """'Hằng tháng, ngày 25', in the active language."""
    day = rhythm.day
    if rhythm.every is Every.WEEK:
        return _("Every week, on %(weekday)s") % {"weekday": WEEKDAYS[(day or 5) - 1]}
    if rhythm.every is Every.YEAR:
        month = rhythm.month or DECEMBER
        if day is None:
            return _("Every year, at the end of month %(month)s") % {"month": month}
        return _("Every year, by day %(day)s of month %(month)s") % {"day": day, "month": month}
    ends = {
        Every.MONTH: _("Every month, on its last day"),
        Every.QUARTER: _("Every quarter, on its last day"),
        Every.HALF: _("Every half-year, on its last day"),
    }
    days = {
        Every.MONTH: _("Every month, by day %(day)s"),
        Every.QUARTER: _("Every quarter, by day %(day)s of its last month"),
        Every.HALF: _("Every half-year, by day %(day)s of its last month"),
    }
    return ends[rhythm.every] if day is None else days[rhythm.every] % {"day": day}
