"""A notice that was issued: to be read, with what became of each directive."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Verb, may
from directives.models import Assignment, Directive, Edition, Event, Notice, NoticeState, Role
from directives.rules.lifecycle import LIVE, State
from tracker.admin.fields import DeskForm
from tracker.admin.pages import page
from tracker.admin.seat import Seat, seat_of
from tracker.admin.ties import TIED, Tie, ties_of
from tracker.counted import counted
from tracker.papers.form import KINDS

EVENTS_SHOWN = 30
SHOWN_BESIDE = 5  # of those who only help; the others are folded


class ReasonForm(DeskForm):
    """A verb that needs a written reason; the action says so where it is missing."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


@dataclass
class Line:
    """A directive with its assignments and links, and how many shares are done."""

    directive: Directive
    assignments: list[Any]
    links: list[Tie]

    def of(self, role: str) -> list[Any]:
        return [row for row in self.assignments if row.role == role]

    @property
    def leads(self) -> list[Any]:
        return self.of(Role.LEAD)

    @property
    def shares(self) -> list[Any]:
        return self.of(Role.SHARE)

    @property
    def coordinating(self) -> list[Any]:
        return self.of(Role.COORDINATING)

    @property
    def first_beside(self) -> list[Any]:
        """Who helps, as far as it is shown at once."""
        return self.coordinating if len(self.coordinating) <= SHOWN_BESIDE + 1 else self.coordinating[:SHOWN_BESIDE]

    @property
    def more_beside(self) -> list[Any]:
        return self.coordinating[len(self.first_beside) :]

    @property
    def periods(self) -> int:
        """For how many periods its shares were given out; 0 where it does not recur."""
        return len({row.period for row in self.shares if row.period})

    @property
    def shares_done(self) -> SafeString:
        """k of N, counting those that are still asked."""
        states = Counter(row.state for row in self.shares)
        every = sum(states[state] for state in LIVE)
        return format_html("{}/{}", counted(states[State.DONE], of="done"), counted(every, of="live"))


def lines_of(notice: Notice, request: HttpRequest) -> list[Line]:
    """The directives of an issued notice with their assignments, in eight queries."""
    seat = seat_of(request)
    rows = (
        Assignment.objects.with_standing(seat.today, seat.soon_until)
        .select_related("agency")
        .order_by("agency__code", "pk")
    )
    found = notice.directives.filter(given_by=None).select_related("paragraph")
    found = found.prefetch_related(Prefetch("assignments", rows), *TIED)
    return [
        Line(directive, list(directive.assignments.all()), ties_of(directive))
        for directive in found.order_by("position")
    ]


@dataclass(frozen=True)
class Versions:
    """Its versions, the later notices that amend it, and the drafts that are about to; empty where there is none."""

    editions: list[Edition]
    later: list[Notice]
    drafts: list[Notice]
    amends: bool

    def __bool__(self) -> bool:
        return bool(self.editions or self.later or self.drafts or self.amends)


def versions_of(notice: Notice, seat: Seat) -> Versions:
    """By what a notice was amended, as far as this person may see it; two queries."""
    tied = Q(corrects=notice) | Q(amends=notice) | Q(supersedes=notice)
    rows = Notice.objects.in_reach(seat.sight).filter(tied, state__in=(NoticeState.ISSUED, NoticeState.DRAFT))
    found = list(rows.select_related("corrects").defer("text", "corrects__text").order_by("issued_on", "pk"))
    return Versions(
        list(notice.editions.defer("text", "paragraphs")),
        [row for row in found if row.state == NoticeState.ISSUED],
        [row for row in found if row.state == NoticeState.DRAFT],
        notice.amended is not None,
    )


def issued_page(
    request: HttpRequest, notice: Notice, *, withdraw_form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The notice as it stands: facts, directives, text, what happened; and the verbs that remain."""
    seat = seat_of(request)
    issued = notice.state == NoticeState.ISSUED
    lines = lines_of(notice, request)
    return page(
        request,
        "admin/directives/notice/issued.html",
        title=_("Notice %(notice)s") % {"notice": notice},
        model=Notice,
        status=status,
        notice=notice,
        lines=lines,
        n_assignments=sum(len(line.assignments) for line in lines),
        events=Event.objects.filter(notice=notice, assignment=None)
        .exclude(verb="mark")
        .order_by("-at", "-pk")[:EVENTS_SHOWN],
        may_withdraw=issued and may(seat.user, Verb.WITHDRAW, notice.committee, on=seat.today),
        may_amend=issued and may(seat.user, Verb.DRAFT, notice.committee, on=seat.today),
        versions=versions_of(notice, seat),
        may_link=may(seat.user, Verb.DRAFT, notice.committee, on=seat.today),
        may_assign=issued and may(seat.user, Verb.ASSIGN, notice.committee, on=seat.today),
        withdraw_form=withdraw_form or ReasonForm(),
        today=seat.today,
        paper_kinds=KINDS,
    )
