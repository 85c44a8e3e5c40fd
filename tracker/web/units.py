"""Choosing to whom work is handed down: all units of a kind, groups, or single units found by their name.

The register below a ministry holds thousands of units, so they are searched for on the server and never listed whole.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.agencies import under
from accounts.models import Agency, AgencyGroup, AgencyKind
from directives.actions.handing_down import Units
from directives.rules.searching import words_typed

SHOWN = 30  # units that are found; whoever wants another says more of its name
ALL_OF = {
    AgencyKind.MINISTRY: _("All ministries"),
    AgencyKind.MINISTERIAL_AGENCY: _("All ministerial-level agencies"),
    AgencyKind.GOVERNMENT_AGENCY: _("All agencies under the Government"),
    AgencyKind.PROVINCE: _("All provinces and centrally-run cities"),
    AgencyKind.DISTRICT: _("All districts"),
    AgencyKind.COMMUNE: _("All communes, wards and special zones"),
    AgencyKind.DEPARTMENT: _("All departments"),
    AgencyKind.OTHER: _("All other bodies"),
}


@dataclass(frozen=True)
class Several:
    """Many units by one tick: what they are called, how many they are, and what the form sends."""

    value: str
    words: str | Promise
    many: int | None
    chosen: bool


class Choice:
    """What the page offers below `agency` on the local date `on`, and what of it is chosen; six queries at most."""

    def __init__(self, agency: Agency, given: QueryDict, *, on: date) -> None:
        self._agency, self._given, self._on = agency, given, on
        self.text = given.get("q", "")[:100]

    def _below(self) -> Any:
        return under(self._agency).exclude(pk=self._agency.pk).on(self._on)

    @cached_property
    def _counts(self) -> dict[str, int]:
        rows = self._below().order_by().values_list("kind").annotate(many=Count("pk"))
        return dict(rows.values_list("kind", "many"))

    @property
    def total(self) -> int:
        """How many units there are below the agency."""
        return sum(self._counts.values())

    @cached_property
    def kinds(self) -> list[Several]:
        """Each kind of which there are several."""
        wanted = self._given.getlist("kinds")
        return [
            Several(kind, ALL_OF[kind], self._counts[kind], kind in wanted)
            for kind in AgencyKind
            if self._counts.get(kind, 0) > 1
        ]

    @cached_property
    def groups(self) -> list[Several]:
        """The groups of the register that were made for units below the agency."""
        return [
            Several(str(group.uuid), group.name, None, group.uuid in self._uuids("groups")) for group in self._groups
        ]

    @cached_property
    def _groups(self) -> list[AgencyGroup]:
        inside = self._below().values("pk")
        own = Q(parent=self._agency) | Q(parent__in=inside) | Q(members__in=inside)
        return list(AgencyGroup.objects.filter(pk__in=AgencyGroup.objects.filter(own).values("pk")).order_by("code"))

    @cached_property
    def named(self) -> list[Agency]:
        """The units that are ticked; one that is not below is not there."""
        wanted = self._uuids("units")
        return list(self._below().filter(uuid__in=wanted).order_by("code")) if wanted else []

    @cached_property
    def found(self) -> list[Agency]:
        """The first units whose names hold the words that were typed, or the first of all, without those ticked."""
        rows = self._below().exclude(uuid__in=self._uuids("units"))
        if words := words_typed(self.text):
            rows = rows.named_by(words)
        return list(rows.select_related("parent").order_by("code")[: SHOWN + 1])

    @property
    def shown(self) -> list[Agency]:
        return self.found[:SHOWN]

    @property
    def more(self) -> bool:
        """Whether there are units that are not shown."""
        return len(self.found) > SHOWN

    def units(self) -> Units:
        """What was chosen, as the action takes it."""
        kinds = [several.value for several in self.kinds if several.chosen]
        chosen = self._uuids("groups")
        groups = [group for group in self._groups if group.uuid in chosen] if chosen else []
        return Units(self.named, kinds, groups)

    def _uuids(self, name: str) -> set[UUID]:
        return {uuid for typed in self._given.getlist(name) if (uuid := _uuid(typed))}


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
