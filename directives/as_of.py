"""Each piece of work as the register knew it at the end of a day: what the lists on paper say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Agency, Committee
from accounts.models.agencies import name_in_use
from accounts.people import Reach
from directives.models import Assignment, ExtensionRequest, ExtensionState, Notice, Report, Role, Span, soon_until
from directives.models.history import SpanQuerySet
from directives.models.periods import period_name
from directives.models.standing import standing_on
from directives.rules.lifecycle import LIVE, WORKING, State
from directives.rules.notice_header import reference_of
from directives.rules.standing import Standing
from directives.rules.working_days import HANOI, local_day

STEP = 2000  # rows that are read from the database at a time
NOTICE = "assignment__directive__notice__"
DIRECTIVE = "assignment__directive__"
# In which order a list stands: by notice, the newest first, and in that as the notice has it; by agency; by date.
BY_NOTICE = (
    F(f"{NOTICE}issued_on").desc(nulls_last=True),
    f"-{NOTICE}pk",
    f"{DIRECTIVE}position",
    "agency__code",
    "assignment_id",
)
BY_AGENCY = ("agency__code", F("due_on").asc(nulls_last=True), "assignment_id")
BY_DEADLINE = (F("due_on").asc(nulls_last=True), "agency__code", "assignment_id")
COLUMNS = {
    "number": f"{NOTICE}number",
    "symbol": f"{NOTICE}symbol",
    "issued_on": f"{NOTICE}issued_on",
    "signer": f"{NOTICE}signer",
    "subject": f"{NOTICE}subject",
    "wording": f"{DIRECTIVE}wording",
    "product": f"{DIRECTIVE}product",
    "deadline_text": f"{DIRECTIVE}deadline_text",
    "period": "assignment__period",
    "name_vi": "agency__name_vi",
    "name_en": "agency__name_en",
    **{name: name for name in ("role", "state", "original_due_on", "due_on", "handed_in_on", "done_on", "standing")},
    "said": "said",
}
REASONS = ("difficulties", "extension")


@dataclass(frozen=True, slots=True)
class Extension:
    """The latest request for more time, and what was decided on it by then."""

    asked_due_on: date
    reason: str
    state: str
    decision_reason: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One agency's part in a directive, on a day."""

    reference: str
    issued_on: date | None
    signer: str
    subject: str
    wording: str
    product: str
    deadline_text: str
    period: str
    agency: str
    role: str
    state: State
    standing: Standing
    original_due_on: date | None
    due_on: date | None
    handed_in_on: date | None
    done_on: date | None
    # The latest report: what it says, how far the work is, the number of the product's document, its day.
    report: str
    percent: int | None
    product_ref: str
    reported_on: date | None
    # The difficulties that were reported last, on which day, and the latest request; only where reasons were asked for.
    difficulties: str = ""
    difficulties_on: date | None = None
    extension: Extension | None = None

    def days_overdue(self, day: date) -> int:
        """Calendar days since the due date, up to the end of `day`, or to the day on which it was handed in."""
        until = min(day, self.handed_in_on) if self.state is State.HANDED_IN and self.handed_in_on else day
        return max((until - self.due_on).days, 0) if self.due_on else 0


# --- which


def in_sight(sight: Reach) -> SpanQuerySet:
    """The work, at any time, that exists for whoever sees so far."""
    return Span.objects.filter(assignment__in=Assignment.objects.in_reach(sight))


def of_notice(spans: SpanQuerySet, notice: Notice) -> SpanQuerySet:
    """What the notice itself gives."""
    return spans.filter(**{f"{DIRECTIVE}notice": notice}, committee__isnull=False)


def of_committee(spans: SpanQuerySet, committee: Committee) -> SpanQuerySet:
    """What the committee gave."""
    return spans.filter(committee=committee)


def listed(spans: SpanQuerySet, day: date) -> SpanQuerySet:
    """Live work at the end of the local date `day`."""
    return spans.as_of(day).filter(state__in=LIVE)


def overdue(spans: SpanQuerySet, day: date) -> SpanQuerySet:
    """What the official cell "open, overdue" counts at the end of the local date `day`: lead and share work."""
    handed_in_late = Q(state=State.HANDED_IN, due_on__lt=F("handed_in_on"))
    late = Q(state__in=WORKING, due_on__lt=day) | handed_in_late
    return spans.as_of(day).filter(late).exclude(role=Role.COORDINATING)


def owed(spans: SpanQuerySet, day: date) -> SpanQuerySet:
    """What an agency is reminded of: past its date and still worked on; coordinating work too."""
    return spans.as_of(day).filter(state__in=WORKING, due_on__lt=day)


@dataclass(frozen=True, slots=True)
class Owing:
    """An agency, how much of its work is overdue, and since when the oldest of it is."""

    agency: Agency
    many: int
    since: date


def owing(spans: SpanQuerySet, day: date) -> list[tuple[int, int, date]]:
    """Which agencies (ids) owe how much since when at the end of the local date `day`, who owes most first."""
    rows = owed(spans, day).order_by().values_list("agency").annotate(many=Count("pk"), since=Min("due_on"))
    return list(rows.order_by("-many", "agency"))


def named(found: Sequence[tuple[int, int, date]]) -> list[Owing]:
    """The same with the agencies; one query."""
    agencies = Agency.objects.in_bulk([agency for agency, _many, _since in found])
    return [Owing(agencies[agency], many, since) for agency, many, since in found]


# --- what of it


def work(
    spans: SpanQuerySet, day: date, *, order: Sequence[Any] = BY_NOTICE, reasons: bool = False, standing: str = ""
) -> Iterator[Work]:
    """The rows of `spans`, which are those of one day, as they stood at the end of the local date `day`.

    Three queries, however many rows: they come by a cursor. `standing`: only those that stood so.
    """
    end = datetime.combine(day + timedelta(days=1), time(), HANOI)
    rows: Any = spans.annotate(standing=standing_on(day, soon_until(day)), said=_said(end))
    if reasons:
        rows = rows.annotate(difficulties=_difficulties(end), extension=_extension(end))
    if standing:
        rows = rows.filter(standing=standing)
    names = (*COLUMNS, *(REASONS if reasons else ()))
    columns = (*COLUMNS.values(), *(REASONS if reasons else ()))
    for row in rows.order_by(*order).values_list(*columns).iterator(chunk_size=STEP):
        yield _work(dict(zip(names, row, strict=True)), end)


def how_many(spans: SpanQuerySet, day: date, standing: str = "") -> int:
    """How many rows `work` gives. One query."""
    rows: Any = spans
    if standing:
        rows = rows.annotate(standing=standing_on(day, soon_until(day))).filter(standing=standing)
    return int(rows.count())


def _said(end: datetime) -> Subquery:
    """The latest report before `end`."""
    reports = Report.objects.filter(assignment=OuterRef("assignment_id"), at__lt=end).order_by("-at", "-pk")
    told = JSONObject(text="text", percent="percent", product_ref="product_ref", at="at")
    return Subquery(reports.values(told=told)[:1])


def _difficulties(end: datetime) -> Subquery:
    reports = Report.objects.filter(assignment=OuterRef("assignment_id"), at__lt=end).exclude(difficulties="")
    told = JSONObject(text="difficulties", at="at")
    return Subquery(reports.order_by("-at", "-pk").values(told=told)[:1])


def _extension(end: datetime) -> Subquery:
    requests = ExtensionRequest.objects.filter(assignment=OuterRef("assignment_id"), asked_at__lt=end)
    told = JSONObject(
        asked_due_on="asked_due_on",
        reason="reason",
        state="state",
        decided_at="decided_at",
        decision_reason="decision_reason",
    )
    return Subquery(requests.order_by("-asked_at", "-pk").values(told=told)[:1])


def _work(row: dict[str, Any], end: datetime) -> Work:
    said, difficulties = row.pop("said") or {}, row.pop("difficulties", None) or {}
    return Work(
        reference=reference_of(row.pop("number"), row.pop("symbol")),
        agency=name_in_use(row.pop("name_vi"), row.pop("name_en")),
        period=period_name(row.pop("period")),
        state=State(row.pop("state")),
        standing=Standing(row.pop("standing")),
        extension=_read_extension(row.pop("extension", None), end),
        report=said.get("text", ""),
        percent=said.get("percent"),
        product_ref=said.get("product_ref", ""),
        reported_on=_day(said.get("at")),
        difficulties=difficulties.get("text", ""),
        difficulties_on=_day(difficulties.get("at")),
        **row,
    )


def _read_extension(told: dict[str, Any] | None, end: datetime) -> Extension | None:
    """A decision that came after `end` was not known yet."""
    if told is None:
        return None
    decided = told["decided_at"] is not None and datetime.fromisoformat(told["decided_at"]) < end
    state = told["state"] if decided else ExtensionState.OPEN
    reason = told["decision_reason"] if decided else ""
    return Extension(date.fromisoformat(told["asked_due_on"]), told["reason"], state, reason)


def _day(moment: str | None) -> date | None:
    return local_day(datetime.fromisoformat(moment)) if moment else None
