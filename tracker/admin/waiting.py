"""What the first page says: what needs a decision now, counted and with the oldest of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.models import (
    Assignment,
    Delivery,
    DeliveryState,
    ExtensionRequest,
    ExtensionState,
    HandledAs,
    Notice,
    NoticeState,
    Reminder,
)
from directives.rules.lifecycle import LIVE, State
from directives.rules.standing import Standing
from tracker.admin.seat import Seat

SHOWN = 6
# Pile -> its title, the list where the rest of it lies, and how a line of it is written.
PILES = {
    "hand_ins": (_("Results waiting for verification"), "assignment", f"state__exact={State.HANDED_IN}", "assignment"),
    "extensions": (_("Requests for more time"), "extensionrequest", f"state__exact={ExtensionState.OPEN}", "extension"),
    "declined": (_("Declined, and given to nobody else"), "assignment", f"state__exact={State.DECLINED}", "assignment"),
    "overdue": (_("Overdue"), "assignment", f"standing={Standing.OVERDUE}", "assignment"),
    "drafts": (_("Drafts"), "notice", f"state__exact={NoticeState.DRAFT}", "notice"),
    "messages": (
        _("Messages that could not be delivered"),
        "delivery",
        f"state__exact={DeliveryState.DEAD}",
        "message",
    ),
}


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
    """The piles of this person's committees; two queries for each, whatever their height.

    An administrator, who keeps the mail running, has that of all messages that could not be delivered: a digest that
    reminds of nothing is of no committee.
    """
    mine = seat.sight.drafts_of
    if not mine:
        return [_pile("messages", _dead(Q()))] if seat.sight.everything and seat.can(Verb.SEND_AGAIN) else []
    assignments = Assignment.objects.filter(directive__notice__committee__in=mine).for_list()
    overdue = assignments.with_standing(seat.today, seat.soon_until).filter(standing=Standing.OVERDUE)
    rows: dict[str, QuerySet[Any]] = {
        "hand_ins": assignments.filter(state=State.HANDED_IN).order_by("handed_in_on", "pk"),
        "extensions": _requests(mine),
        "declined": _declined(assignments),
        "overdue": overdue.order_by("due_on", "pk"),
        "drafts": _drafts(mine),
        "messages": _undelivered(mine),
    }
    return [_pile(key, rows[key]) for key in PILES]


def _pile(key: str, rows: QuerySet[Any]) -> Pile:
    title, room, query, line = PILES[key]
    url = f"{reverse(f'admin:directives_{room}_changelist')}?{query}"
    return Pile(key, str(title), rows.count(), list(rows[:SHOWN]), url, f"admin/desk/_{line}.html")


def _undelivered(committees: frozenset[int]) -> QuerySet[Delivery]:
    reminding = Reminder.objects.filter(assignment__directive__notice__committee__in=committees)
    own = Q(notice__committee__in=committees) | Q(pk__in=reminding.values("delivery"))
    return _dead(own)


def _dead(which: Q) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(which, state=DeliveryState.DEAD)
    return rows.select_related("recipient", "notice").order_by("-due_at", "-pk")


def _requests(committees: frozenset[int]) -> QuerySet[ExtensionRequest]:
    rows = ExtensionRequest.objects.filter(
        state=ExtensionState.OPEN, assignment__directive__notice__committee__in=committees
    )
    return rows.select_related("assignment__agency", "assignment__directive__notice").order_by("asked_at", "pk")


def _declined(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What somebody must still decide: to whom it goes instead, or that it is asked of nobody any more."""
    later = Assignment.objects.filter(
        directive=OuterRef("directive"),
        role=OuterRef("role"),
        period=OuterRef("period"),
        state__in=LIVE,
        pk__gt=OuterRef("pk"),
    )
    open_still = assignments.filter(~Exists(later), state=State.DECLINED, directive__notice__state=NoticeState.ISSUED)
    return open_still.order_by("-assigned_on", "-pk")


def _drafts(committees: frozenset[int]) -> QuerySet[Notice]:
    unhandled = Count("paragraphs", filter=Q(paragraphs__handled_as=HandledAs.UNHANDLED))
    rows = Notice.objects.filter(state=NoticeState.DRAFT, committee__in=committees).annotate(unhandled=unhandled)
    return rows.select_related("committee").order_by(F("entered_at").desc(), "-pk")
