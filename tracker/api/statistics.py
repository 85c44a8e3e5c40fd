"""Statistics for other systems: the official cells as of a day, in all and by agency, committee, notice or field."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as Refused
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import Agency, Committee
from directives.figures import Basis, By, Cells, Scope, totals, totals_by
from directives.models import Notice
from tracker.api.answers import answer
from tracker.api.callers import Caller
from tracker.api.filters import WordFilter as Word
from tracker.api.filters import agency, agency_under, committee, one_of, refused_parameters
from tracker.api.finding import find_day
from tracker.api.parts import BODY, NOTICE_IN_SHORT, body, notice_in_short
from tracker.api.views import READING

WAYS = {by.name.lower(): by for by in By}
BASES = {basis.name.lower(): basis for basis in Basis}
TOLD_BY: dict[By, type[Agency] | type[Committee]] = {By.AGENCY: Agency, By.COMMITTEE: Committee}
PARAMETERS = {
    "committee": committee("committee"),
    "agency": agency("agency"),
    "agency_under": agency_under("agency"),
    "as_of": Word("as_of", find=find_day, refusal=Refused(_("Write a day as 2024-12-31."))),
    "by": one_of("by", WAYS),
    "basis": one_of("basis", BASES),
}


class Statistics(APIView):
    """GET the cells of what the caller sees: a committee's of all that it gave, an agency's of its own and below."""

    http_method_names = READING

    def get(self, request: Request) -> HttpResponse:
        asked, caller = _asked(request), Caller(request)
        as_of: date = asked.get("as_of", caller.today)
        if as_of > caller.today:
            raise ValidationError({"as_of": [gettext("This day has not come yet.")]})
        basis = BASES[asked.get("basis", "current")]
        scope = _scope(asked, caller)
        told: dict[str, Any] = {"as_of": as_of, "basis": basis.name.lower()}
        told["total"] = _cells(totals(scope, as_of, basis=basis))
        if by := WAYS.get(asked.get("by", "")):
            told["by"] = by.name.lower()
            told["rows"] = list(_rows(by, totals_by(scope, by, as_of, basis=basis)))
        return answer(told)


def _asked(request: Request) -> dict[str, Any]:
    given = {name: PARAMETERS[name].field for name in request.query_params if name in PARAMETERS}
    form = type("AskedForm", (forms.Form,), given)(request.query_params)
    wrong = {**refused_parameters(request.query_params, set(PARAMETERS)), **form.errors}
    if wrong:
        raise ValidationError(wrong)
    return form.cleaned_data


def _scope(asked: dict[str, Any], caller: Caller) -> Scope:
    """What is asked for, of that only what the caller sees: what is not seen counts as nothing."""
    sight = caller.reach
    committees = frozenset([asked["committee"]]) if "committee" in asked else None
    agencies: frozenset[int] | None = None
    if not sight.everything:
        if committees is None and sight.committees:
            committees = sight.committees
        elif committees is None or not committees <= sight.committees:
            agencies = sight.agencies
    for named in _named(asked):
        agencies = named if agencies is None else agencies & named
    return Scope(committees=committees, agencies=agencies)


def _named(asked: dict[str, Any]) -> Iterable[frozenset[int]]:
    if "agency" in asked:
        yield frozenset([asked["agency"]])
    if "agency_under" in asked:
        yield asked["agency_under"]


def _cells(cells: Cells) -> dict[str, int]:
    return {**asdict(cells), "total": cells.total}


def _rows(by: By, found: dict[Any, Cells]) -> Iterable[dict[str, Any]]:
    """A row for each key, with what it stands for; one query more for names."""
    name = by.name.lower()
    if by is By.FIELD:
        yield from ({name: field, **_cells(found[field])} for field in sorted(found))
    elif by is By.NOTICE:
        rows = Notice.objects.filter(pk__in=found).order_by("-issued_on", "-pk")
        for row in rows.values("pk", *NOTICE_IN_SHORT):
            yield {
                name: notice_in_short({f"n__{key}": said for key, said in row.items()}, "n"),
                **_cells(found[row["pk"]]),
            }
    else:
        for row in TOLD_BY[by].objects.filter(pk__in=found).order_by("code").values("pk", *BODY):
            yield {name: body(_beside(row), "it"), **_cells(found[row["pk"]])}


def _beside(row: dict[str, Any]) -> dict[str, Any]:
    """The columns as lists have them, where they come across a relation."""
    return {f"it__{column}": said for column, said in row.items()}
