"""What the leaders' page has no room for: the agencies' table with its switch, k of N, and how long things take."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Agency
from directives.figures import (
    Basis,
    Cells,
    Delays,
    Given,
    Part,
    entry_delays,
    given_to_several,
    league,
    response_times,
    stale,
)
from directives.models import Directive
from tracker.web.desk import SignedIn, desk_of
from tracker.web.leaders.asked import Asked, read_asked
from tracker.web.leaders.words import Number, Numbers, Share

PAGE = 100
YEAR = timedelta(days=365)
STALE_AFTER = 7  # calendar days
ENTRY, DECISION = 1, 3  # working days that a committee wants to keep


@dataclass(frozen=True)
class AgencyLine:
    """An agency as the table tells it: by the deadlines that hold, and by those first given."""

    agency: Agency
    address: str
    now: Numbers
    first: Numbers


class League:
    """The agencies' table, each as it was or with what its predecessors left behind; six queries at most."""

    def __init__(self, asked: Asked, *, succession: bool) -> None:
        self.asked, self.succession = asked, succession
        told = {basis: league(asked.scope, asked.as_of, succession=succession, basis=basis) for basis in Basis}
        self._first = told[Basis.ORIGINAL]
        self.order = [row for row in told[Basis.CURRENT].items() if row[1].total or row[1].coordinating]

    def between(self, begin: int, end: int) -> list[AgencyLine]:
        """Those from one place to another."""
        return [self._line(agency, cells) for agency, cells in self.order[begin:end]]

    def _line(self, agency: Agency, cells: Cells) -> AgencyLine:
        narrowed = {"of": agency.uuid, "succession": "1" if self.succession else ""}
        own = self.asked.address(agency=agency.uuid, handed_down="")
        first = Numbers(self._first.get(agency, Cells()), self.asked, {**narrowed, "basis": "original"})
        return AgencyLine(agency, own, Numbers(cells, self.asked, narrowed), first)

    @property
    def switches(self) -> list[tuple[str | Promise, str, bool]]:
        """Each agency for itself, or with what it took over: the words, the address, and whether it is shown."""
        page = self.asked.address("figures_league")
        with_it = self.asked.address("figures_league", succession="1")
        return [
            (_("Each agency as it was"), page, not self.succession),
            (_("With the work of predecessors"), with_it, self.succession),
        ]


@login_required
@require_safe
def figures_league(request: SignedIn) -> HttpResponse:
    """The agencies' table with and without succession, against the deadlines that hold and those first given."""
    asked = read_asked(desk_of(request), request.GET)
    if asked.is_nobodys or (asked.agency and not asked.handed_down):
        raise Http404
    table = League(asked, succession=request.GET.get("succession") == "1")
    shown = Paginator(range(len(table.order)), PAGE).get_page(request.GET.get("page"))
    rows = table.between(max(shown.start_index() - 1, 0), shown.end_index())
    hidden = [("succession", "1")] if table.succession else []
    page = {"asked": asked, "table": table, "rows": rows, "shown": shown, "hidden": hidden}
    return render(request, "web/figures_league.html", {"section": "figures", **page})


@dataclass(frozen=True)
class GivenLine:
    """A directive, and how many of those who answer for it have done it."""

    directive: Directive
    address: str
    done: Share
    missing: Number


@login_required
@require_safe
def figures_shares(request: SignedIn) -> HttpResponse:
    """k of N of each directive that several agencies answer for, those of which most is missing first."""
    asked = read_asked(desk_of(request), request.GET)
    found = [] if asked.is_nobodys else given_to_several(asked.scope, asked.as_of)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    page = {"asked": asked, "rows": _given(asked, list(shown)), "shown": shown, "hidden": []}
    return render(request, "web/figures_shares.html", {"section": "figures", **page})


def _given(asked: Asked, found: list[Given]) -> list[GivenLine]:
    rows = Directive.objects.select_related("notice").defer("notice__text", "quote")
    directives = rows.in_bulk([one.directive for one in found])
    return [_given_line(asked, directives[one.directive], one) for one in found]


def _given_line(asked: Asked, directive: Directive, one: Given) -> GivenLine:
    def number(many: int, part: Part) -> Number:
        return Number(many, asked.address("figure_rows", cell=part, directive=directive.uuid) if many else "")

    whole = number(one.total, Part.ANSWERING)
    done, left = number(one.done, Part.FINISHED), number(one.total - one.done, Part.MISSING)
    address = reverse("directive_parts", args=[directive.uuid]) if asked.sees_notices else ""
    return GivenLine(directive, address, Share(done, whole), left)


@dataclass(frozen=True)
class Taken:
    """How long one thing takes: of how many, how many kept the bound, and by what they are looked at."""

    name: str
    title: str | Promise
    explained: str | Promise
    found: Delays
    asked: Asked

    def _number(self, many: int, which: str) -> Number:
        return Number(many, self.asked.address("figures_taken", self.name, which=which) if many else "")

    @property
    def kept(self) -> Share:
        """Within the bound, of all."""
        return Share(self._number(self.found.within, "within"), self._number(self.found.total, "all"))

    @property
    def late(self) -> Number:
        """Those that took longer."""
        return self._number(self.found.total - self.found.within, "late")


ENTRY_WORDS = (_("Notices entered"), _("From the issue of a notice to its entry, in working days."))
DECISION_WORDS = (_("Results decided on"), _("From the hand-in to the decision, in working days."))


@dataclass(frozen=True)
class Pace:
    """How long the secretariat takes, over a year up to the day, and what nobody has reported on for long."""

    asked: Asked

    @property
    def days(self) -> dict[str, date]:
        """The year that ends with the day."""
        return {"first": self.asked.as_of - YEAR, "last": self.asked.as_of}

    @cached_property
    def taken(self) -> list[Taken]:
        """Entry, where notices are told apart by committee alone; decisions."""
        scope, asked = self.asked.scope, self.asked
        found = [Taken("decision", *DECISION_WORDS, response_times(scope, bound=DECISION, **self.days), asked)]
        if asked.agency:
            return found
        return [Taken("entry", *ENTRY_WORDS, entry_delays(scope, bound=ENTRY, **self.days), asked), *found]

    @cached_property
    def stale(self) -> Share:
        """What nobody has reported on for more than a week, of what agencies are at."""
        many, every = stale(self.asked.scope, self.asked.as_of, days=STALE_AFTER)
        return Share(self._rows(many, Part.STALE), self._rows(every, Part.AT_WORK))

    def _rows(self, many: int, part: Part) -> Number:
        return Number(many, self.asked.address("figure_rows", cell=part) if many else "")


@login_required
@require_safe
def figures_pace(request: SignedIn) -> HttpResponse:
    """How long entry and decisions take, and which work has not been heard of for long."""
    asked = read_asked(desk_of(request), request.GET)
    page = {"asked": asked, "page": Pace(asked), "hidden": []}
    return render(request, "web/figures_pace.html", {"section": "figures", **page})
