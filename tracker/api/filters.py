"""What a list can be narrowed by, in the field's words. What is not known is refused, never ignored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from enum import Enum, auto
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError as Refused
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet
from rest_framework.exceptions import ValidationError

from accounts.prepared import Given
from directives.models.searching import plain_words, ways
from directives.rules.searching import question, words_typed
from directives.rules.working_days import HANOI
from tracker.api.callers import Eye
from tracker.api.finding import (
    find_agency,
    find_committee,
    find_day,
    find_id,
    find_notices,
    find_subtree,
)
from tracker.api.paging import PAGING

Find = Callable[[str], Any]
NO_DAY = Refused(_("Write a day as 2024-12-31."))
NO_NUMBER = Refused(_("Give a whole number."))
NO_ID = Refused(_("Name it by its id."))
NO_VALUE = Refused(_("Give a value, or leave the parameter out."))
NO_AGENCY = Refused(_("There is no agency with this code."))


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


class Way(Enum):
    """How a question with a filter is put together: once for any value, once for each word, or each time anew."""

    ANY_VALUE = auto()
    EACH_WORD = auto()
    ANEW = auto()


class WordFilter(Filter):
    field_class = WordField
    way = Way.ANY_VALUE

    def asks_for(self, column: str, value: Any) -> bool:
        """Whether only rows pass that have something in this column."""
        return self.field_name == column and self.lookup_expr in ("lt", "gt")

    def bound(self, value: Any) -> Any:
        """What rows are compared with."""
        if not isinstance(value, frozenset):
            return value
        return next(iter(value)) if len(value) == 1 else [*value]


class OneOfFilter(WordFilter):
    way = Way.EACH_WORD


class Mode(WordFilter):
    """Says how the list is read; its filters narrow nothing by it themselves."""

    way = Way.ANEW

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs


class SearchFilter(WordFilter):
    """Words in any order, without diacritics, the last perhaps only begun."""

    way = Way.ANEW

    def __init__(self) -> None:
        super().__init__(find=str, refusal=NO_VALUE)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.searched(value)


class WordsFilter(SearchFilter):
    """The same over these columns: an index over just these answers it, unless there are but some hundreds of rows."""

    def __init__(self, *columns: str) -> None:
        super().__init__()
        self.columns = columns

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        words = words_typed(value)
        return qs.alias(said=plain_words(*self.columns)).filter(said__holds=question(words)) if words else qs.none()


class WaysFilter(SearchFilter):
    """The same of assignments, whose words are those of their directive and the names of their agency."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        self.parent.ways = ways(value)
        return qs


class MomentFilter(WordFilter):
    """Moments before or after the local day that is given, which is not among them."""

    def bound(self, value: date) -> datetime:
        return datetime.combine(value, time.min if self.lookup_expr == "lt" else time.max, HANOI)


class NoticesFilter(WordFilter):
    """Of one or more notices."""

    way = Way.ANEW


def agency(field: str) -> WordFilter:
    """Exactly the agency of this code."""
    return WordFilter(field, find=find_agency, refusal=NO_AGENCY)


def agency_under(field: str) -> WordFilter:
    """The agency of this code and all below it."""
    return WordFilter(field, "among", find=find_subtree, refusal=NO_AGENCY)


def committee(field: str) -> WordFilter:
    """Exactly the committee of this code."""
    return WordFilter(field, find=find_committee, refusal=Refused(_("There is no committee with this code.")))


def notice(field: str) -> WordFilter:
    """A notice as 369/TB-VPCP, or by its id."""
    return NoticesFilter(
        field, "in", find=find_notices, refusal=Refused(_("Name a notice as 369/TB-VPCP, or by its id."))
    )


def one_of(field: str, codes: Iterable[str], *, by: type[WordFilter] = OneOfFilter) -> WordFilter:
    """One of these codes; the refusal names them all."""
    known = {str(code): code for code in codes}
    refusal = Refused(_("Choose one of: %(codes)s."), params={"codes": ", ".join(known)})
    return by(field, find=known.get, refusal=refusal)


def before(field: str) -> WordFilter:
    """Earlier than the day given, which is not among them."""
    return WordFilter(field, "lt", find=find_day, refusal=NO_DAY)


def after(field: str) -> WordFilter:
    """Later than the day given, which is not among them."""
    return WordFilter(field, "gt", find=find_day, refusal=NO_DAY)


def by_id(field: str) -> WordFilter:
    """Exactly the row of this id; none where there is none that the caller sees."""
    return WordFilter(field, find=find_id, refusal=NO_ID)


def exactly(field: str) -> WordFilter:
    """Exactly this word."""
    return WordFilter(field, find=str, refusal=NO_VALUE)


def day_before(field: str) -> WordFilter:
    """Moments before the local day given, which is not among them."""
    return MomentFilter(field, "lt", find=find_day, refusal=NO_DAY)


def day_after(field: str) -> WordFilter:
    """Moments after the local day given, which is not among them."""
    return MomentFilter(field, "gt", find=find_day, refusal=NO_DAY)


# What of the filters that are asked for decides how a question reads: their names, the words of some, and whether it
# is many ids that a word stands for.
Shape = tuple[tuple[str, str | None, bool], ...]


class Filters(FilterSet):
    """The filters of one list, as `asked` by `caller`.

    Only those that are asked for are looked at, without a form: a list with twelve filters costs no more than one with
    two. `cleaned` is what their words stand for.
    """

    # In which ways the rows are found by words, where an index answers each of them only by itself.
    ways: Sequence[Q] | None = None

    def __init__(self, asked: Mapping[str, Any], *, caller: Eye) -> None:
        self.data, self.caller = asked, caller
        self.filters = {name: copy(self.base_filters[name]) for name in asked if name in self.base_filters}
        self.cleaned: dict[str, Any] = {}
        for one in self.filters.values():
            one.parent = self

    @classmethod
    def of_any(cls, shape: Shape, eye: Eye) -> "Filters":
        """Those of a question that is put together for whatever values."""
        filters = cls({name: word for name, word, _many in shape}, caller=eye)
        filters.cleaned = {name: Given(name, many=many) if word is None else word for name, word, many in shape}
        return filters

    @property
    def day(self) -> date:
        """The local date as of which the rows are looked at."""
        return self.as_of or self.caller.today

    @property
    def as_of(self) -> date | None:
        """The past day whose rows are asked for; None: as they are now."""
        return self.cleaned.get("as_of")

    @property
    def shape(self) -> Shape | None:
        """What of them decides how the question reads; None where each value makes another one."""
        ways = {name: one.way for name, one in self.filters.items()}
        if Way.ANEW in ways.values():
            return None
        told = self.cleaned
        return tuple(
            (name, told[name] if way is Way.EACH_WORD else None, isinstance(told[name], list))
            for name, way in ways.items()
        )

    def clean(self) -> None:
        """Read what was asked. Raises ValidationError naming each parameter that is wrong, and why."""
        wrong = refused_parameters(self.data, {*self.base_filters, *PAGING})
        for name, one in self.filters.items():
            try:
                self.cleaned[name] = one.bound(self.base_filters[name].field.clean(self.data[name]))
            except Refused as refused:
                wrong[name] = refused.messages
        if wrong:
            raise ValidationError(wrong)

    def ask_for(self, column: str) -> bool:
        """Whether only rows pass that have something in this column."""
        return any(self.filters[name].asks_for(column, value) for name, value in self.cleaned.items())

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Those of the rows that pass."""
        for name, value in self.cleaned.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


def refused_parameters(asked: QueryDict, known: set[str]) -> dict[str, list[str]]:
    """The parameters that nobody knows, or that were given more than once, each with a sentence."""
    refused = {name: [gettext("There is no such parameter here.")] for name in asked if name not in known}
    twice = {name: [gettext("Give this parameter once.")] for name, values in asked.lists() if len(values) > 1}
    return {**twice, **refused}
