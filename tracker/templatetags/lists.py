"""What the lists of the desk show beside their rows: how many there are, and the years and months to choose from."""

from calendar import monthrange
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django import template
from django.contrib.admin.views.main import ChangeList
from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directives.rules.working_days import local_day
from tracker.counted import counted

register = template.Library()
PARTS = ("year", "month", "day")


@register.filter
def so_many(shown: ChangeList, where: str = "") -> SafeString:
    """How many there are, leading to the rows, or beside them (`where` is 'in_place'); 'more than 5000' where nobody
    counted further."""
    count, address = shown.paginator.count, "" if where else "#result_list"
    if shown.paginator.has_more:
        more = _("more than %(n)d") % {"n": count}
        return format_html('<span class="{}">{}</span>', "" if where else "count", more)
    return counted(count, address, "" if where else "count")


@register.inclusion_tag("admin/date_hierarchy.html")
def days_of_list(shown: ChangeList) -> dict[str, Any]:
    """Years, then the months of one, then the days of one: by the calendar, so that no row is read for them.

    At most one query, for the first and the last day that the register has at all.
    """
    field = shown.date_hierarchy
    named = [shown.params.get(f"{field}__{part}") for part in PARTS]
    chosen = [int(one) for one in takewhile(bool, named) if one]  # the list has refused what is no day

    def link(*numbers: int) -> str:
        asked = zip(PARTS, numbers, strict=False)
        return shown.get_query_string({f"{field}__{part}": number for part, number in asked}, [f"{field}__"])

    if not chosen:
        return {"show": True, "choices": [{"link": link(year), "title": str(year)} for year in _years(shown)]}
    year = chosen[0]
    if len(chosen) == 1:
        back = {"link": link(), "title": _("All dates")}
        months = [{"link": link(year, month), "title": _month(year, month)} for month in range(1, 13)]
        return {"show": True, "back": back, "choices": months}
    month = chosen[1]
    if len(chosen) == 2:
        back = {"link": link(year), "title": str(year)}
        days = range(1, monthrange(year, month)[1] + 1)
        return {
            "show": True,
            "back": back,
            "choices": [{"link": link(year, month, day), "title": str(day)} for day in days],
        }
    back = {"link": link(year, month), "title": _month(year, month)}
    return {"show": True, "back": back, "choices": [{"title": date_format(date(*chosen), "MONTH_DAY_FORMAT")}]}


def _years(shown: ChangeList) -> range:
    field = shown.date_hierarchy
    ends = shown.model._default_manager.aggregate(first=Min(field), last=Max(field))  # noqa: SLF001
    if ends["first"] is None:
        return range(0)
    first, last = (local_day(one) if isinstance(one, datetime) else one for one in (ends["first"], ends["last"]))
    return range(first.year, last.year + 1)


def _month(year: int, month: int) -> str:
    return str(capfirst(date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")))
