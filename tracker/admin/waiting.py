"""What the first page says: what needs a decision now, counted and with the oldest of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Least, Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey
from accounts.roles import Verb
from directives.models import (
    Assessment,
    AssessmentState,
    Assignment,
    Delivery,
    DeliveryState,
    ExtensionRequest,
    ExtensionState,
    HandledAs,
    Notice,
    NoticeState,
    Paragraph,
    Question,
    Reading,
    Report,
    load_calendar,
)
from directives.rules.lifecycle import LIVE, OPEN, WORKING, State
from tracker import clock
from tracker.admin.pages import page
from tracker.admin.paging import slice_of
from tracker.admin.seat import Seat, seat_of
from tracker.admin.watching import speaking_of

SHOWN = 6  # of each kind, on the first page
PAGE = 50
LONG_OVERDUE = 10  # working days
FIRST_WORDS = 400  # letters of a paragraph; a line shows fewer


@dataclass(frozen=True)
class Kind:
    """One kind of work: its title, how a line of it is written, which rows, and where they are worked off in a row.

    `read` gives the rows that are shown what only a line of them needs.
    """

    title: Any
    line: str
    rows: Callable[[Seat], QuerySet[Any]]
    desk: str = ""
    read: Callable[[Sequence[Any]], None] | None = None


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
    reminds of nothing is of no committee. So they have the keys that end soon.
    """
    messages = ("messages",) if seat.sight.everything and seat.can(Verb.SEND_AGAIN) else ()
    of_committees = tuple(key for key in KINDS if key != "keys") if seat.sight.drafts_of else messages
    return (*of_committees, "keys") if seat.can(Verb.MANAGE_KEYS) else of_committees


def pile_page(request: HttpRequest, key: str) -> HttpResponse:
    """All of one kind, some at a time: as many rows as the first page counts. `?at=` marks where they go on."""
    seat = seat_of(request)
    if key not in kinds_of(seat):
        raise Http404
    rows = KINDS[key].rows(seat)
    part = slice_of(rows, size=PAGE, mark=request.GET.get("at", ""))
    pile = _pile(key, _counted({key: rows})[key], part.rows)
    return page(request, "admin/waiting.html", title=pile.title, model=Assignment, pile=pile, part=part)


def _counted(rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of them has, in one query."""
    counts = [some.order_by().values(pile_key=Value(key)).annotate(many=Count("pk")) for key, some in rows.items()]
    found = counts[0].union(*counts[1:], all=True) if counts else []
    return dict.fromkeys(rows, 0) | {one["pile_key"]: one["many"] for one in found}


def _pile(key: str, total: int, rows: Sequence[Any]) -> Pile:
    kind = KINDS[key]
    if kind.read and rows:
        kind.read(rows)
    desk = reverse(kind.desk) if kind.desk else ""
    return Pile(
        key, str(kind.title), total, rows, reverse("admin:waiting", args=[key]), f"admin/desk/_{kind.line}.html", desk
    )


# --- the rows of each kind


# Of an assignment, what a line says of it. Each table more costs the database milliseconds of thought before it looks.
SAID = (
    "agency__name_vi",
    "agency__name_en",
    "directive__wording",
    "directive__notice__number",
    "directive__notice__symbol",
)


def _assignments(seat: Seat) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(committee__in=seat.sight.drafts_of)
    rows = rows.select_related("agency", "directive__notice")
    return rows.only("agency_id", "state", "assigned_on", "due_on", "handed_in_on", *SAID)


def _hand_ins(seat: Seat) -> QuerySet[Assignment]:
    return _assignments(seat).filter(state=State.HANDED_IN).order_by("handed_in_on", "pk")


def _requests(seat: Seat) -> QuerySet[ExtensionRequest]:
    rows = ExtensionRequest.objects.filter(state=ExtensionState.OPEN, assignment__committee__in=seat.sight.drafts_of)
    rows = rows.select_related("assignment__agency", "assignment__directive__notice")
    said = ("asked_at", "asked_due_on", "due_on_then", "assignment_id", *(f"assignment__{name}" for name in SAID))
    return rows.only(*said).order_by("asked_at", "pk")


def _questions(seat: Seat) -> QuerySet[Question]:
    rows = Question.objects.waiting().filter(assignment__committee__in=seat.sight.drafts_of)
    rows = rows.select_related("assignment__agency", "assignment__directive__notice")
    return rows.defer("assignment__directive__notice__text")


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
    return rows.select_related("committee").defer("text").order_by("-entered_at", "-pk")


def _paragraphs(seat: Seat) -> QuerySet[Paragraph]:
    """Paragraphs of drafts of which nobody has said yet what they are."""
    rows = Paragraph.objects.filter(handled_as=HandledAs.UNHANDLED, notice__state=NoticeState.DRAFT)
    rows = rows.filter(notice__committee__in=seat.sight.drafts_of).select_related("notice").defer("notice__text")
    return rows.order_by("notice__entered_at", "notice_id", "position", "pk")


def _read_words(rows: Sequence[Any]) -> None:
    """Give these paragraphs their first words, one query: the whole texts of their drafts would be megabytes."""
    words = Substr("notice__text", F("start") + 1, Least(F("end") - F("start"), FIRST_WORDS))
    found = dict(Paragraph.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", words))
    for row in rows:
        row.words = found.get(row.pk, "")


def _petitions(seat: Seat) -> QuerySet[Report]:
    """What agencies ask of the level above, in reports on work that is still asked, and nobody has taken note of."""
    rows = Report.objects.filter(asks_seen_at=None, assignment__state__in=LIVE).exclude(asks="")
    rows = rows.filter(assignment__committee__in=seat.sight.drafts_of)
    rows = rows.select_related("assignment__agency", "assignment__directive__notice")
    return rows.only("at", "asks", "assignment_id", *(f"assignment__{name}" for name in SAID)).order_by("at", "pk")


def _tables(seat: Seat) -> QuerySet[Assessment]:
    """Self-assessments that were sent, the one that waits longest first."""
    mine = Assessment.objects.filter(state=AssessmentState.SUBMITTED, criteria_set__committee__in=seat.sight.drafts_of)
    return mine.select_related("agency", "criteria_set").order_by("submitted_at", "pk")


def _figures(seat: Seat) -> QuerySet[Reading]:
    """Figures that nobody has verified yet, the one that was entered first in front."""
    mine = Reading.objects.filter(verified_by=None, indicator__committee__in=seat.sight.drafts_of)
    return mine.select_related("indicator", "agency").order_by("at", "pk")


def _of_gone(seat: Seat) -> QuerySet[Assignment]:
    """Open work of agencies that have ended: it waits until they are merged, or until it is given to another."""
    rows = _assignments(seat).filter(state__in=OPEN, agency__valid_to__lt=seat.today)
    rows = rows.annotate(by_day=Coalesce("due_on", Value(date.max)))  # undated work last
    return rows.order_by("agency_id", "by_day", "pk")


def _messages(seat: Seat) -> QuerySet[Delivery]:
    mine = seat.sight.drafts_of
    rows = Delivery.objects.filter(state=DeliveryState.DEAD)
    if mine:
        rows = speaking_of(rows, mine)
    return rows.select_related("recipient").order_by("-due_at", "-pk")


def _keys(seat: Seat) -> QuerySet[ApiKey]:
    """Keys that end soon and have no successor: a system would stand still."""
    return ApiKey.objects.ending(clock.now()).select_related("agency", "committee")


KINDS = {
    "hand_ins": Kind(_("Results waiting for verification"), "assignment", _hand_ins, "admin:verification"),
    "extensions": Kind(_("Requests for more time"), "extension", _requests, "admin:extension_desk"),
    "questions": Kind(_("Questions waiting for an answer"), "question", _questions, "admin:question_desk"),
    "declined": Kind(_("Declined, and given to nobody else"), "assignment", _declined),
    "overdue": Kind(_("Overdue by more than 10 working days"), "assignment", _long_overdue),
    "petitions": Kind(_("Asked of the level above"), "petition", _petitions),
    "assessments": Kind(_("Self-assessments waiting for verification"), "assessment", _tables),
    "readings": Kind(_("Figures that nobody has verified"), "reading", _figures),
    "drafts": Kind(_("Drafts"), "notice", _drafts),
    "paragraphs": Kind(_("Unhandled paragraphs of drafts"), "paragraph", _paragraphs, read=_read_words),
    "gone": Kind(_("Open work of agencies that have ended"), "assignment", _of_gone),
    "messages": Kind(_("Messages that could not be delivered"), "message", _messages),
    "keys": Kind(_("Keys that end soon and have no successor"), "key", _keys),
}
