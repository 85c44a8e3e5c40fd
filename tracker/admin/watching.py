"""The desk that watches: what goes out on the next working day, what waits, what failed and why, who has not read."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Committee
from accounts.roles import Verb
from directives.actions.holding import open_hold
from directives.actions.prospects import said_on
from directives.models import (
    Assignment,
    Audience,
    Channel,
    Delivery,
    DeliveryState,
    Notice,
    Reminder,
    ReminderKind,
    channel_name,
    load_calendar,
)
from directives.rules.escalation import Rung
from directives.rules.nudges import MONTHLY, REVIEW
from directives.rules.working_days import DAY, HANOI
from tracker import clock
from tracker.admin.pages import page
from tracker.admin.seat import Seat, seat_of
from tracker.watching import changes

SHOWN = 10
# What failed and waits for its next attempt, as the list of messages is asked for it.
TRIED = {"state": DeliveryState.WAITING, "last_error__gt": " "}
UNREAD_FOR = 2  # working days after which an unread message is worth a telephone call


@dataclass(frozen=True)
class Saying:
    """One rung of the next working day: for which work it speaks, to whom, and of how many assignments."""

    committee: str
    due_on: date | None
    rung: Rung
    many: int

    @property
    def audiences(self) -> str:
        return ", ".join(str(Audience(audience).label) for audience in self.rung.audiences)

    @property
    def offset(self) -> str:
        """Working days from the deadline, '-3'; in words where the rung is none of the ladder's."""
        if self.rung.kind in (REVIEW, MONTHLY):
            return str(ReminderKind(self.rung.kind).label)
        return f"{self.rung.offset:+d}" if self.rung.offset else "0"


def watch(request: HttpRequest) -> HttpResponse:
    """One page; what is listed is cut at `SHOWN`, the rest lies in the list of messages."""
    seat = seat_of(request)
    if not seat.can(Verb.HOLD_MESSAGE, Verb.READ_HISTORY):
        raise PermissionDenied
    now, calendar = clock.now(), load_calendar()
    tomorrow = calendar.next_working(seat.today + DAY)
    rows = visible_messages(Delivery.objects.all(), seat)
    return page(
        request,
        "admin/watching.html",
        title=_("Sending"),
        model=Delivery,
        tomorrow=tomorrow,
        sayings=_sayings(tomorrow, seat),
        leaving=_by_kind(rows, _end_of(tomorrow)),
        late=_first(_tried(rows).order_by("due_at", "pk"), "#late", **TRIED),
        held=_first(rows.filter(state=DeliveryState.HELD).order_by("due_at", "pk"), "#held", state="held"),
        failed=_first(rows.filter(state=DeliveryState.DEAD).order_by("-due_at", "-pk"), "#failed", state="dead"),
        unread=_unread(rows, before=_end_of(calendar.shift(seat.today, -UNREAD_FOR))),
        now=now,
        hold=open_hold(),
        changes=changes(),
    )


def visible_messages(rows: QuerySet[Delivery], seat: Seat) -> QuerySet[Delivery]:
    """Administrators and auditors see all; a secretariat what speaks of its committees' notices."""
    if seat.sight.everything:
        return rows
    return speaking_of(rows, seat.sight.committees)


def speaking_of(rows: QuerySet[Delivery], committees: Collection[int]) -> QuerySet[Delivery]:
    """The messages about what these committees (ids) gave, and those that remind of it: asked of each message.

    An EXISTS would first be gathered, and a join made, for all messages there ever were.
    """
    own = Notice.objects.filter(committee__in=committees)
    reminding = Reminder.objects.filter(assignment__committee__in=committees, delivery=OuterRef("pk"))
    inner = Assignment.objects.filter(pk=OuterRef("assignment"), directive__given_by__isnull=False)
    rows = rows.alias(
        reminds=Subquery(reminding.order_by().values("pk")[:1]), inner=Subquery(inner.order_by().values("pk")[:1])
    )
    return rows.filter(Q(notice__in=own, inner=None) | Q(reminds__isnull=False))


def _sayings(day: date, seat: Seat) -> list[Saying]:
    """What the ladders will say on `day` if nothing moves until then, the furthest up first."""
    said = said_on(day, None if seat.sight.everything else seat.sight.committees)
    names = {committee.pk: committee.name for committee in Committee.objects.all()}
    every = Counter[tuple[str, date | None, Rung]]()
    for saying, many in said.items():
        every[names[saying.committee_id], saying.due_on, saying.step.rung] += many
    rows = [Saying(committee, due_on, rung, many) for (committee, due_on, rung), many in every.items()]
    return sorted(rows, key=lambda row: (-row.rung.offset, row.committee, row.due_on or date.max))


def _by_kind(every: QuerySet[Delivery], until: datetime) -> list[dict[str, object]]:
    """How many of each kind leave by each channel until then, and when the first of them does."""
    which = {"state": DeliveryState.WAITING, "due_at__lte": until}
    sums = (
        every.filter(**which)
        .order_by("kind", "channel")
        .values("kind", "channel")
        .annotate(many=Count("pk"), first=Min("due_at"))
    )
    kinds = dict(Delivery._meta.get_field("kind").flatchoices)  # noqa: SLF001
    return [
        {
            **row,
            "kind": kinds[row["kind"]],
            "channel": channel_name(row["channel"]),
            "address": _listed(**which, kind=row["kind"], channel=row["channel"]),
        }
        for row in sums
    ]


def _tried(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """What failed and waits for its next attempt, and the first of a channel that is down; not what is just claimed."""
    return rows.filter(state=DeliveryState.WAITING).exclude(last_error="")


def _first(rows: QuerySet[Delivery], here: str, **which: object) -> tuple[int, Sequence[Delivery], str]:
    """How many there are, the first of them, and where all lie: `here`, or in the list of messages."""
    many = rows.count()
    shown = list(rows.select_related("recipient", "notice").defer("notice__text")[:SHOWN])
    return many, shown, here if many <= SHOWN else _listed(**which)


def _listed(**which: object) -> str:
    """The address of these in the list of messages."""
    asked = {name if "__" in name else f"{name}__exact": value for name, value in which.items()}
    return f"{reverse('admin:directives_delivery_changelist')}?{urlencode(asked)}"


def _unread(rows: QuerySet[Delivery], *, before: datetime) -> list[dict[str, object]]:
    """Who has messages in the application that nobody has opened since `before`, the longest silent first."""
    silent = rows.filter(channel=Channel.IN_APP, state=DeliveryState.SENT, seen_at=None, sent_at__lt=before)
    people = silent.order_by().values(person=F("recipient"), name=F("recipient__name"), email=F("recipient__email"))
    people = people.annotate(many=Count("pk"), oldest=Min("sent_at"), last_login=Max("recipient__last_login"))
    which = {"channel": Channel.IN_APP, "state": DeliveryState.SENT, "seen_at__isnull": 1, "sent_at__lt": before}
    return [
        {**row, "address": _listed(**which, recipient=row["person"])}
        for row in people.order_by("oldest", "person")[: 3 * SHOWN]
    ]


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, HANOI)
