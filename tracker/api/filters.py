"""What a list can be narrowed by, in the field's words. What is not known is refused, never ignored."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet
from rest_framework.exceptions import ValidationError

from accounts.agencies import under
from accounts.models import Agency, Committee
from directives.models import Notice, Role
from directives.models.notices import REFERENCE
from directives.rules.lifecycle import State
from directives.rules.standing import Standing
from tracker.api.callers import Caller
from tracker.api.paging import PAGING

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)

Find = Callable[[str], Any]


class WordField(forms.CharField):
    """A word in an address. `find` says what it stands for; where that is None, `refusal` is raised."""

    default_error_messages: ClassVar = {"required": _("Give a value, or leave the parameter out.")}

    def __init__(self, *, find: Find, refusal: Refused, **how: Any) -> None:
        super().__init__(**{**how, "required": True})
        self.find = find
        self.refusal = refusal

    def clean(self, value: Any) -> Any:
        # A byte that no column of text can hold must not reach the database.
        found = None if "\0" in value else self.find(super().clean(value))
        if found is None:
            raise self.refusal
        return found


class WordFilter(Filter):
    field_class = WordField


def find_day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if DAY.fullmatch(word) else None
    except ValueError:
        return None


def find_agency(code: str) -> Agency | None:
    return Agency.objects.filter(code=code).first()


def find_subtree(code: str) -> QuerySet[Agency] | None:
    agency = find_agency(code)
    return under(agency) if agency else None


def find_committee(code: str) -> Committee | None:
    return Committee.objects.filter(code=code).first()


def find_notices(word: str) -> QuerySet[Notice] | None:
    """By number and symbol, which two years may share, or by id."""
    if REFERENCE.match(word):
        return Notice.objects.by_reference(word)
    return Notice.objects.filter(uuid=UUID(word)) if ID.fullmatch(word) else None


def agency(field: str) -> WordFilter:
    """Exactly the agency of this code."""
    return WordFilter(field, find=find_agency, refusal=Refused(_("There is no agency with this code.")))


def agency_under(field: str) -> WordFilter:
    """The agency of this code and all below it."""
    return WordFilter(field, "in", find=find_subtree, refusal=Refused(_("There is no agency with this code.")))


def committee(field: str) -> WordFilter:
    """Exactly the committee of this code."""
    return WordFilter(field, find=find_committee, refusal=Refused(_("There is no committee with this code.")))


def notice(field: str) -> WordFilter:
    """A notice as 369/TB-VPCP, or by its id."""
    return WordFilter(field, "in", find=find_notices, refusal=Refused(_("Name a notice as 369/TB-VPCP, or by its id.")))


def one_of(field: str, codes: Iterable[str]) -> WordFilter:
    """One of these codes; the refusal names them all."""
    known = {str(code): code for code in codes}
    refusal = Refused(_("Choose one of: %(codes)s."), params={"codes": ", ".join(known)})
    return WordFilter(field, find=known.get, refusal=refusal)


def before(field: str) -> WordFilter:
    """Earlier than the day given, which is not among them."""
    return WordFilter(field, "lt", find=find_day, refusal=Refused(_("Write a day as 2024-12-31.")))


def after(field: str) -> WordFilter:
    """Later than the day given, which is not among them."""
    return WordFilter(field, "gt", find=find_day, refusal=Refused(_("Write a day as 2024-12-31.")))


class Filters(FilterSet):
    """The filters of one list: `asked` of `rows` by `caller`."""

    def __init__(self, asked: QueryDict, rows: QuerySet, *, caller: Caller) -> None:
        super().__init__(asked, rows)
        self.caller = caller

    def get_form_class(self) -> type[forms.Form]:
        """A form of nothing but what was asked for: a list with twelve filters costs no more than one with two."""
        asked = {name: self.filters[name].field for name in self.data if name in self.filters}
        return type("AskedForm", (forms.Form,), asked)

    def narrowed(self) -> QuerySet:
        """The rows that pass. Raises ValidationError naming each parameter that is wrong, and why."""
        wrong = {**refused_parameters(self.data, {*self.filters, *PAGING}), **self.errors}
        if wrong:
            raise ValidationError(wrong)
        return self.qs


class PartFilters(Filters):
    """Filters on the assignments themselves; of a notice or a directive, on those of its parts that the caller sees."""

    agency = agency("agency")
    agency_under = agency_under("agency")
    role = one_of("role", Role.values)
    state = one_of("state", State)
    standing = one_of("standing", Standing)


class ByTheirParts(PartFilters):
    """Lists of what has parts: one part must pass all the part filters at once."""

    PARTS: ClassVar[frozenset[str]] = frozenset(PartFilters.base_filters)
    FROM_PART: ClassVar[str]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        asked = self.form.cleaned_data
        for name in asked.keys() - self.PARTS:
            queryset = self.filters[name].filter(queryset, asked[name])
        if not asked.keys() & self.PARTS:
            return queryset
        parts = self.caller.assignments_with_standing() if "standing" in asked else self.caller.assignments()
        for name in asked.keys() & self.PARTS:
            parts = self.filters[name].filter(parts, asked[name])
        return queryset.filter(pk__in=parts.values(self.FROM_PART))


def refused_parameters(asked: QueryDict, known: set[str]) -> dict[str, list[str]]:
    """The parameters that nobody knows, or that were given more than once, each with a sentence."""
    refused = {name: [gettext("There is no such parameter here.")] for name in asked if name not in known}
    twice = {name: [gettext("Give this parameter once.")] for name, values in asked.lists() if len(values) > 1}
    return {**twice, **refused}
