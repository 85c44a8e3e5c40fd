"""Lists narrowed to what a merger of agencies would move: where the numbers of its dry run lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency, Office
from directives.actions.merger_plan import open_work, pointing, sort_out, waiting_messages
from directives.models import Assignment, Delivery, MergedThing, Role
from directives.rules.succession import Fate
from tracker.admin.seat import seat_of

NUMBER = re.compile(r"[0-9]{1,9}")


class Passing(admin.SimpleListFilter):
    """What passes on from the agencies that the address names; nothing is offered where it names none."""

    title = gettext_lazy("merger of agencies")
    parameter_name = "passes"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(asked, _("what would be moved"))] if (asked := self.value()) else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.narrowed(queryset, self.value().split("-"), request) if self.value() else queryset

    def narrowed(self, rows: QuerySet[Any], asked: list[str], request: HttpRequest) -> QuerySet[Any]:
        """The rows that pass on. Raises IncorrectLookupParameters where the address names nothing."""
        raise NotImplementedError


class PassingWork(Passing):
    """Open work by what becomes of it: 'moved-SUCCESSOR-PREDECESSOR-PREDECESSOR'."""

    def narrowed(self, rows: QuerySet[Assignment], asked: list[str], request: HttpRequest) -> QuerySet[Assignment]:
        if asked[0] not in set(Fate):
            raise IncorrectLookupParameters
        successor, *gone = _agencies(asked[1:])
        work = sort_out(open_work(gone, successor), successor)
        return rows.filter(pk__in=[row.pk for row in work.by_fate[Fate(asked[0])]])


class PassingMessages(Passing):
    """Messages that wait to be sent about the work of one agency."""

    def narrowed(self, rows: QuerySet[Delivery], asked: list[str], request: HttpRequest) -> QuerySet[Delivery]:
        return rows.filter(pk__in=waiting_messages(_agencies(asked)[0]).values("pk"))


class PassingOffices(Passing):
    """Offices of one agency that are held today or later."""

    def narrowed(self, rows: QuerySet[Office], asked: list[str], request: HttpRequest) -> QuerySet[Office]:
        held, _field = pointing(_agencies(asked)[0], seat_of(request).today)[MergedThing.OFFICE]
        return rows.filter(pk__in=held.values("pk"))


def _agencies(asked: list[str]) -> list[Agency]:
    """The agencies with these ids, in this order; at least one. Raises IncorrectLookupParameters."""
    found = Agency.objects.in_bulk([int(one) for one in asked if NUMBER.fullmatch(one)])
    if not asked or len(found) < len(set(asked)):
        raise IncorrectLookupParameters
    return [found[int(one)] for one in asked]


@dataclass(frozen=True)
class Ways:
    """Where the rows stand that one predecessor's line of the dry run counts."""

    agency: int
    successor: int
    predecessors: tuple[int, ...]

    def _work(self, fate: Fate, **more: Any) -> str:
        merging = "-".join(map(str, (fate.value, self.successor, *self.predecessors)))
        return _way("assignment", passes=merging, agency__id__exact=self.agency, **more)

    @property
    def moved(self) -> dict[str, str]:
        """By role, the work that passes to the successor."""
        return {role.value: self._work(Fate.MOVED, role__exact=role.value) for role in Role}

    @property
    def joined(self) -> str:
        """The work that ends in the successor's own."""
        return self._work(Fate.JOINED)

    @property
    def left(self) -> str:
        """The work that nobody may decide by rule."""
        return self._work(Fate.LEFT)

    @property
    def overdue(self) -> str:
        """What is overdue of all its work."""
        return _way("assignment", standing="overdue", agency__id__exact=self.agency)

    @property
    def messages(self) -> str:
        """The messages that wait."""
        return _way("delivery", passes=self.agency)

    @property
    def people(self) -> str:
        """The offices that are held."""
        return _way("office", "accounts", passes=self.agency)

    @property
    def keys(self) -> str:
        """The keys that are not revoked."""
        return _way("apikey", "accounts", agency__id__exact=self.agency, revoked_at__isempty=1)

    @property
    def agencies_below(self) -> str:
        """The agencies below."""
        return _way("agency", "accounts", parent__id__exact=self.agency)

    @property
    def committees(self) -> str:
        """The committees whose secretariat it is."""
        return _way("committee", "accounts", secretariat__id__exact=self.agency)


def ways_of(agency: int, predecessors: Sequence[Agency], successor: Agency) -> Ways:
    """Where the rows of one line of the dry run stand; `agency` is the id of the predecessor."""
    return Ways(agency, successor.pk, tuple(one.pk for one in predecessors))


def _way(model: str, app: str = "directives", **asked: Any) -> str:
    return f"{reverse(f'admin:{app}_{model}_changelist')}?{urlencode(asked)}"
