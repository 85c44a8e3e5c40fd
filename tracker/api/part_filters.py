"""What a list can be narrowed by that is of assignments: their own filters; of what has parts, those of its parts."""

from typing import ClassVar

from django.db.models import QuerySet

from directives.models import Role
from directives.models.standing import stands
from directives.rules.exchange import STATES_OF
from directives.rules.lifecycle import State
from directives.rules.standing import DATED, Standing
from tracker.api.filters import NO_DAY, Filters, Mode, OneOfFilter, agency, agency_under, one_of
from tracker.api.finding import find_past_day


class StandingFilter(OneOfFilter):
    """How the work stands on the day of the list."""

    def asks_for(self, column: str, value: Standing) -> bool:
        return column == "due_on" and value in DATED

    def filter(self, qs: QuerySet, value: Standing) -> QuerySet:
        asked: PartFilters = self.parent
        return qs.filter(stands(value, asked.day, asked.caller.soon_until(asked.day)))


class StatesFilter(OneOfFilter):
    """Work in a state that the document exchange calls by this code."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__in": STATES_OF[value]})


class PartFilters(Filters):
    """Filters on the assignments themselves; of a notice or a directive, on those of its parts that the caller sees."""

    agency = agency("agency")
    agency_under = agency_under("agency")
    role = one_of("role", Role.values)
    state = one_of("state", State)
    standing = one_of("standing", Standing, by=StandingFilter)
    exchange_status = one_of("state", STATES_OF, by=StatesFilter)
    as_of = Mode(find=find_past_day, refusal=NO_DAY)


class ByTheirParts(PartFilters):
    """Lists of what has parts: one part must pass all the part filters at once."""

    PARTS: ClassVar[frozenset[str]] = frozenset(PartFilters.base_filters)
    FROM_PART: ClassVar[str]

    def ask_for(self, column: str) -> bool:
        # What a part has, that of which it is a part may lack.
        return False

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        asked = self.cleaned
        for name in asked.keys() - self.PARTS:
            queryset = self.filters[name].filter(queryset, asked[name])
        if not asked.keys() & self.PARTS:
            return queryset
        parts = self.caller.assignments_as_of(self.day) if "as_of" in asked else self.caller.assignments()
        for name in asked.keys() & self.PARTS:
            parts = self.filters[name].filter(parts, asked[name])
        return queryset.filter(pk__in=parts.values(self.FROM_PART))
