"""What the first page says: what needs a decision now, counted and with the oldest of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from directives.models import (
    Assignment,
    Delivery,
    DeliveryState,
    ExtensionRequest,
    ExtensionState,
    HandledAs,
    Notice,
    NoticeState,
)
from directives.rules.lifecycle import LIVE, State
from directives.rules.standing import Standing
from tracker.admin.seat import Seat

SHOWN = 6
# How a line of a pile is written, where it is not an assignment.
LINES = {"extensions": "extension", "drafts": "notice", "messages": "message"}


@dataclass(frozen=True)
class Pile:
    """One kind of work: how much of it there is, the first of it, and where the rest lies."""

    key: str
    title: str
    total: int
    rows: Sequence[Any]
    url: str
    template: str


def what_waits(seat: Seat) -> list[Pile]:
    """The piles of this person's committees; two queries for each, whatever their height."""
    mine = seat.sight.drafts_of
    return [*_work(seat, mine), *_papers(mine)] if mine else []


def _work(seat: Seat, mine: frozenset[int]) -> list[Pile]:
    """What agencies have asked, answered or left undone."""
    assignments = Assignment.objects.filter(directive__notice__committee__in=mine).for_list()
    listed = reverse("admin:directives_assignment_changelist")
    handed_in = assignments.filter(state=State.HANDED_IN).order_by("handed_in_on", "pk")
    overdue = assignments.with_standing(seat.today, seat.soon_until).filter(standing=Standing.OVERDUE)
    return [
        _pile(
            "hand_ins",
            _("Results waiting for verification"),
            handed_in,
            f"{listed}?state__exact={State.HANDED_IN}",
        ),
        _pile(
            "extensions",
            _("Requests for more time"),
            _requests(mine),
            f"{reverse('admin:directives_extensionrequest_changelist')}?state__exact={ExtensionState.OPEN}",
        ),
        _pile(
            "declined",
            _("Declined, and given to nobody else"),
            _declined(assignments),
            f"{listed}?state__exact={State.DECLINED}",
        ),
        _pile(
            "overdue",
            _("Overdue"),
            overdue.order_by("due_on", "pk"),
            f"{listed}?standing={Standing.OVERDUE}",
        ),
    ]


def _papers(mine: frozenset[int]) -> list[Pile]:
    """What the secretariat has not finished, and what did not arrive."""
    return [
        _pile(
            "drafts",
            _("Drafts"),
            _drafts(mine),
            f"{reverse('admin:directives_notice_changelist')}?state__exact={NoticeState.DRAFT}",
        ),
        _pile(
            "messages",
            _("Messages that could not be delivered"),
            Delivery.objects.filter(state=DeliveryState.DEAD, notice__committee__in=mine)
            .select_related("recipient", "notice")
            .order_by("-due_at", "-pk"),
            f"{reverse('admin:directives_delivery_changelist')}?state__exact={DeliveryState.DEAD}",
        ),
    ]


def _pile(key: str, title: str, rows: QuerySet[Any], url: str) -> Pile:
    template = f"admin/desk/_{LINES.get(key, 'assignment')}.html"
    return Pile(key, title, rows.count(), list(rows[:SHOWN]), url, template)


def _requests(committees: frozenset[int]) -> QuerySet[ExtensionRequest]:
    rows = ExtensionRequest.objects.filter(
        state=ExtensionState.OPEN, assignment__directive__notice__committee__in=committees
    )
    return rows.select_related("assignment__agency", "assignment__directive__notice").order_by("asked_at", "pk")


def _declined(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    later = Assignment.objects.filter(
        directive=OuterRef("directive"),
        role=OuterRef("role"),
        period=OuterRef("period"),
        state__in=LIVE,
        pk__gt=OuterRef("pk"),
    )
    return assignments.filter(~Exists(later), state=State.DECLINED).order_by("-assigned_on", "-pk")


def _drafts(committees: frozenset[int]) -> QuerySet[Notice]:
    unhandled = Count("paragraphs", filter=Q(paragraphs__handled_as=HandledAs.UNHANDLED))
    rows = Notice.objects.filter(state=NoticeState.DRAFT, committee__in=committees).annotate(unhandled=unhandled)
    return rows.select_related("committee").order_by(F("entered_at").desc(), "-pk")
