"""What the first page says: what needs a decision now, counted and with the oldest of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
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
    Paragraph,
    Reminder,
    Report,
    load_calendar,
)
from directives.models.levels import of_committees
from directives.rules.lifecycle import LIVE, OPEN, WORKING, State
from tracker.admin.pages import page
from tracker.admin.seat import Seat, seat_of

SHOWN = 6  # of each kind, on the first page
PAGE = 50
LONG_OVERDUE = 10  # working days


@dataclass(frozen=True)
class Kind:
    """One kind of work: its title, how a line of it is written, which rows, and where they are worked off in a row."""

    title: Any
    line: str
    rows: Callable[[Seat], QuerySet[Any]]
    desk: str = ""


@dataclass(frozen=True)
class Pile:
    """One kind of work: how much of it there is, the first of it, and where all of it lies."""

    key: str
    title: str
    total: int
    rows: Sequence[Any]
    url: str
    template: str
    desk: str


def what_waits(seat: Seat) -> list[Pile]:
    """The piles of this person's committees; one query for each and one that counts, whatever their height."""
    kinds = kinds_of(seat)
    rows = {key: KINDS[key].rows(seat) for key in kinds}
    totals = _counted(rows)
    return [_pile(key, totals[key], list(rows[key][:SHOWN])) for key in kinds]


def kinds_of(seat: Seat) -> Iterable[str]:
    """Which kinds somebody has: a secretariat all of its committees.

    An administrator, who keeps the mail running, has that of all messages that could not be delivered: a digest that
    reminds of nothing is of no committee.
    """
    if seat.sight.drafts_of:
        return tuple(KINDS)
    return ("messages",) if seat.sight.everything and seat.can(Verb.SEND_AGAIN) else ()


def pile_page(request: HttpRequest, key: str) -> HttpResponse:
    """All of one kind by pages: as many rows as the first page counts."""
    seat = seat_of(request)
    if key not in kinds_of(seat):
        raise Http404
    part = Paginator(KINDS[key].rows(seat), PAGE).get_page(request.GET.get("page"))
    pile = _pile(key, part.paginator.count, list(part.object_list))
    return page(request, "admin/waiting.html", title=pile.title, model=Assignment, pile=pile, part=part)


def _counted(rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of them has, in one query."""
    counts = [some.order_by().values(pile_key=Value(key)).annotate(many=Count("pk")) for key, some in rows.items()]
    found = counts[0].union(*counts[1:], all=True) if counts else []
    return dict.fromkeys(rows, 0) | {one["pile_key"]: one["many"] for one in found}


def _pile(key: str, total: int, rows: Sequence[Any]) -> Pile:
    kind = KINDS[key]
    desk = reverse(kind.desk) if kind.desk else ""
    return Pile(
        key, str(kind.title), total, rows, reverse("admin:waiting", args=[key]), f"admin/desk/_{kind.line}.html", desk
    )


# --- the rows of each kind


def _assignments(seat: Seat) -> QuerySet[Assignment]:
    return Assignment.objects.filter(of_committees(seat.sight.drafts_of, "directive__")).for_list()


def _hand_ins(seat: Seat) -> QuerySet[Assignment]:
    return _assignments(seat).filter(state=State.HANDED_IN).order_by("handed_in_on", "pk")


def _requests(seat: Seat) -> QuerySet[ExtensionRequest]:
    rows = ExtensionRequest.objects.filter(
        of_committees(seat.sight.drafts_of, "assignment__directive__"), state=ExtensionState.OPEN
    )
    return rows.select_related("assignment__agency", "assignment__directive__notice").order_by("asked_at", "pk")


def _declined(seat: Seat) -> QuerySet[Assignment]:
    """What somebody must still decide: to whom it goes instead, or that it is asked of nobody any more."""
    later = Assignment.objects.filter(
        directive=OuterRef("directive"),
        role=OuterRef("role"),
        period=OuterRef("period"),
        state__in=LIVE,
        pk__gt=OuterRef("pk"),
    )
    rows = _assignments(seat).filter(~Exists(later), state=State.DECLINED, directive__notice__state=NoticeState.ISSUED)
    return rows.order_by("-assigned_on", "-pk")


def _long_overdue(seat: Seat) -> QuerySet[Assignment]:
    before = load_calendar().shift(seat.today, -LONG_OVERDUE)
    return _assignments(seat).filter(state__in=WORKING, due_on__lt=before).order_by("due_on", "pk")


def _drafts(seat: Seat) -> QuerySet[Notice]:
    rows = Notice.objects.filter(state=NoticeState.DRAFT, committee__in=seat.sight.drafts_of)
    return rows.select_related("committee").defer("text").order_by(F("entered_at").desc(), "-pk")


def _paragraphs(seat: Seat) -> QuerySet[Paragraph]:
    """Paragraphs of drafts of which nobody has said yet what they are."""
    rows = Paragraph.objects.filter(handled_as=HandledAs.UNHANDLED, notice__state=NoticeState.DRAFT)
    rows = rows.filter(notice__committee__in=seat.sight.drafts_of).select_related("notice__committee")
    return rows.order_by("notice__entered_at", "notice", "position", "pk")


def _petitions(seat: Seat) -> QuerySet[Report]:
    """What agencies ask of the level above, in reports on work that is still asked, and nobody has taken note of."""
    rows = Report.objects.filter(asks_seen_at=None, assignment__state__in=LIVE).exclude(asks="")
    rows = rows.filter(of_committees(seat.sight.drafts_of, "assignment__directive__"))
    return rows.select_related("assignment__agency", "assignment__directive__notice").order_by("at", "pk")


def _of_gone(seat: Seat) -> QuerySet[Assignment]:
    """Open work of agencies that have ended: it waits until they are merged, or until it is given to another."""
    return _assignments(seat).filter(state__in=OPEN, agency__valid_to__lt=seat.today).order_by("agency", "due_on", "pk")


def _messages(seat: Seat) -> QuerySet[Delivery]:
    mine = seat.sight.drafts_of
    reminding = Reminder.objects.filter(of_committees(mine, "assignment__directive__"))
    own = Q(notice__committee__in=mine) | Q(pk__in=reminding.values("delivery"))
    rows = Delivery.objects.filter(own if mine else Q(), state=DeliveryState.DEAD)
    return rows.select_related("recipient", "notice").order_by("-due_at", "-pk")


KINDS = {
    "hand_ins": Kind(_("Results waiting for verification"), "assignment", _hand_ins, "admin:verification"),
    "extensions": Kind(_("Requests for more time"), "extension", _requests, "admin:extension_desk"),
    "declined": Kind(_("Declined, and given to nobody else"), "assignment", _declined),
    "overdue": Kind(_("Overdue by more than 10 working days"), "assignment", _long_overdue),
    "petitions": Kind(_("Asked of the level above"), "petition", _petitions),
    "drafts": Kind(_("Drafts"), "notice", _drafts),
    "paragraphs": Kind(_("Unhandled paragraphs of drafts"), "paragraph", _paragraphs),
    "gone": Kind(_("Open work of agencies that have ended"), "assignment", _of_gone),
    "messages": Kind(_("Messages that could not be delivered"), "message", _messages),
}
