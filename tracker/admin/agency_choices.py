"""Agencies to choose from: in groups, ministries first, each group as a dictionary would order it.

A register holds thousands of agencies. Only what a choice shows is read of them, and a page reads and writes them once.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.agencies import besides_committees
from accounts.models import Agency, AgencyGroup, AgencyKind
from tracker.admin.long_choices import written

KIND_ORDER = {kind: place for place, kind in enumerate(AgencyKind.values)}

Choices = list[tuple[str, list[tuple[str, str]]]]


class Choosable(NamedTuple):
    """What a choice says of an agency."""

    pk: int
    kind: str
    name: str
    valid_from: date | None
    valid_to: date | None

    def exists_on(self, day: date) -> bool:
        """Whether the agency exists on the local date `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def agencies_on(day: date | None, *others: date) -> list[Choosable]:
    """Who can be given work: the agencies that exist on one of these local dates (all where `day` is not known yet),
    by kind and name.
    """
    if day is None:
        return in_order_of_kind(besides_committees(Agency.objects.all()))
    found = Agency.objects.on(day)
    for other in others:
        found |= Agency.objects.on(other)
    return in_order_of_kind(besides_committees(found))


def in_order_of_kind(rows: QuerySet[Agency]) -> list[Choosable]:
    """Agencies by kind and name."""
    english = get_language() == "en"
    found = rows.order_by().values_list("pk", "kind", "name_vi", "name_en", "valid_from", "valid_to")
    named = (
        Choosable(pk, kind, (english and name_en) or name_vi, *days) for pk, kind, name_vi, name_en, *days in found
    )
    return sorted(named, key=lambda agency: (KIND_ORDER[agency.kind], spelled(agency.name), agency.pk))


@lru_cache(maxsize=20_000)
def spelled(name: str) -> tuple[str, str]:
    """How Vietnamese dictionaries order: letters first, đ after d, marks only where letters are alike."""
    composed = unicodedata.normalize("NFC", name).casefold()
    letters = unicodedata.normalize("NFD", composed.replace("đ", "dz"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign)), composed


def by_kind(agencies: Iterable[Choosable], prefix: str = "") -> Choices:
    """Choices in groups, ministries first: `[(kind, [(value, name)])]`."""
    kinds = groupby(agencies, key=lambda agency: agency.kind)
    return [
        (str(AgencyKind(kind).label), [(f"{prefix}{agency.pk}", agency.name) for agency in found])
        for kind, found in kinds
    ]


def groups() -> Choices:
    """The groups of agencies as one group of choices."""
    rows = sorted(AgencyGroup.objects.all(), key=lambda group: spelled(group.name))
    return [(str(_("Groups of agencies")), [(f"group:{group.pk}", group.name) for group in rows])]


class AgenciesByKind(ModelChoiceIterator):
    """The agencies of a choice in groups; `read` keeps them for all forms of a page."""

    def __init__(self, field: forms.ModelChoiceField, read: dict[str, Any]) -> None:
        super().__init__(field)
        self._read = read

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        if "choices" not in self._read:
            self._read["choices"] = by_kind(in_order_of_kind(self.queryset.all()))
        yield from self._read["choices"]

    def written(self) -> str:
        """The choices as they stand in the page."""
        if "written" not in self._read:
            self._read["written"] = written(self)
        return self._read["written"]


def choose_by_kind(field: forms.ModelChoiceField) -> None:
    """Let an agency be chosen in groups; what was read serves all copies of this field."""
    field.iterator = partial(AgenciesByKind, read={})
    field.queryset = field.queryset.all()  # the widget asks the new iterator


def choosable_bodies(*days: date | None) -> list[list[str]]:
    """Agencies that exist on one of these local dates (all where none is known) and all groups, to be found by typing.

    Each as its value, the name that is shown, and the other names it may be found by; two queries.
    """
    known = [day for day in days if day]
    rows = Agency.objects.on(known[0]) if known else Agency.objects.all()
    for day in known[1:]:
        rows |= Agency.objects.on(day)
    english = get_language() == "en"
    named = rows.order_by().values_list("pk", "kind", "name_vi", "name_en", "short_name_vi", "abbreviation", "aliases")
    found = sorted(
        (KIND_ORDER[kind], spelled(name), pk, (english and in_english) or short or name, [name, short, brief, *others])
        for pk, kind, name, in_english, short, brief, others in named
    )
    groups_known = sorted(AgencyGroup.objects.all(), key=lambda group: spelled(group.name))
    return [
        *([f"agency:{pk}", shown, " | ".join(filter(None, names))] for _kind, _name, pk, shown, names in found),
        *([f"group:{one.pk}", one.name, " | ".join([one.name_vi, *one.aliases])] for one in groups_known),
    ]
