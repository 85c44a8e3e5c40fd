"""The lists of the API as shelves: rows are put there, moved and taken away while somebody reads from page to page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.models import Model

from accounts.models import Agency, Committee
from accounts.models import Role as Office
from directives.actions.recording import record
from directives.actions.sealing import seal_events
from directives.models import (
    Assessment,
    Assignment,
    CriteriaSet,
    ExtensionRequest,
    Notice,
    NoticeState,
    Question,
    Reading,
    Report,
)
from tests.edges.calling import Caller
from tests.make import (
    at,
    make_agency,
    make_assessment,
    make_assignment,
    make_committee,
    make_directive,
    make_extension,
    make_indicator,
    make_notice,
    make_paragraph,
    make_question,
    make_reading,
    make_report,
    make_set,
    make_user,
)

FIRST_DAY = date(2025, 3, 3)
DAYS = [FIRST_DAY + timedelta(days=n) for n in range(3)]
LATE = date(2026, 1, 1)
Day = date | None


@dataclass
class Shelf:
    """One list in one order, and a caller who reads all of it. `put` and `move` say where a row stands by a day."""

    name: str
    caller: Caller
    put: Callable[[Day], Model]
    move: Callable[[Any, Day], None] | None = None
    goes: bool = True

    def all(self) -> list[str]:
        """The ids of all rows."""
        return [row for page in self.pages(500) for row in page]

    def pages(self, limit: int, ordering: str = "") -> Iterator[list[str]]:
        """The ids on each page, read as a consumer does: from `next` to `next`."""
        asked = f"&ordering={ordering}" if ordering else ""
        address: str | None = f"{self.name}/?limit={limit}&fields=id{asked}"
        while address:
            told = self.caller.read(address)
            yield [row["id"] for row in told["results"]]
            address = told["next"]


def changing(
    model: type[Model], column: str, made: Callable[[date], Any] = lambda day: day
) -> Callable[[Any, Day], None]:
    """Moves a row by changing the column that it is ordered by; where it must have one, to a late day."""

    def move(row: Model, day: Day) -> None:
        model.objects.filter(pk=row.pk).update(**{column: made(day or LATE)})

    return move


def auditor() -> Caller:
    return Caller(user=make_user(Office.AUDITOR))


def code_of(day: Day) -> str:
    """Codes in the order of days; rows of one day stand side by side."""
    return f"{day or 'x'}-{next(CODES)}"


CODES = count(1)


def committees() -> Shelf:
    return Shelf(
        "committees", auditor(), lambda day: make_committee(code=code_of(day)), changing(Committee, "code", code_of)
    )


def agencies() -> Shelf:
    return Shelf("agencies", auditor(), lambda day: make_agency(code=code_of(day)), changing(Agency, "code", code_of))


def notices() -> Shelf:
    committee, issuer = make_committee(), make_agency()
    secretary = make_user(Office.SECRETARIAT, committee)
    drafts = {"state": NoticeState.DRAFT, "issuer": issuer, "entered_by": secretary}

    def put(day: Day) -> Notice:
        return make_notice(committee, issued_on=day, **drafts)

    return Shelf("notices", Caller(user=secretary), put, lambda row, day: _set(row, issued_on=day))


def directives() -> Shelf:
    committee, positions = make_committee(), count(1)
    notices = {day: make_notice(committee) for day in (*DAYS, None)}

    def put(day: Day) -> Model:
        kind = "date" if day else "none"
        return make_directive(notices[day], position=next(positions), due_on=day, deadline_kind=kind)

    def move(row: Any, day: Day) -> None:
        _set(row, notice=notices[day], due_on=day, deadline_kind="date" if day else "none")

    return Shelf("directives", auditor(), put, move)


def paragraphs() -> Shelf:
    notices, positions = {day: make_notice() for day in (*DAYS, None)}, count(1)

    def put(day: Day) -> Model:
        return make_paragraph(notices[day], position=next(positions))

    return Shelf(
        "paragraphs", auditor(), put, lambda row, day: _set(row, notice=notices[day], position=next(positions))
    )


def assignments() -> Shelf:
    directive = make_directive()

    def put(day: Day) -> Assignment:
        given_on = (day or LATE) - timedelta(days=100)
        return make_assignment(make_agency(), directive=directive, role="share", due_on=day, assigned_on=given_on)

    def move(row: Any, day: Day) -> None:
        _set(row, due_on=day, assigned_on=(day or LATE) - timedelta(days=100))

    return Shelf("assignments", auditor(), put, move)


def reports() -> Shelf:
    assignment, by = make_assignment(), make_user()
    return Shelf(
        "reports",
        auditor(),
        lambda day: make_report(assignment, by=by, at=at(day or LATE)),
        changing(Report, "at", at),
    )


def extensions() -> Shelf:
    by = make_user()

    def put(day: Day) -> Model:
        return make_extension(asked_by=by, asked_at=at(day or LATE))

    return Shelf("extensions", auditor(), put, changing(ExtensionRequest, "asked_at", at))


def questions() -> Shelf:
    by = make_user()

    def put(day: Day) -> Model:
        return make_question(asked_by=by, asked_at=at(day or LATE))

    return Shelf("questions", auditor(), put, changing(Question, "asked_at", at))


def indicators() -> Shelf:
    committees = [make_committee() for _ in range(2)]
    turns = count()

    def put(day: Day) -> Model:
        # The same code in two committees: rows that only their ids tell apart.
        turn = next(turns)
        return make_indicator(committees[turn % 2], code=f"{day or 'x'}-{turn // 2}", due_on=day)

    return Shelf("indicators", auditor(), put, lambda row, day: _set(row, due_on=day, code=code_of(day)))


def readings() -> Shelf:
    by = make_user()
    return Shelf(
        "readings",
        auditor(),
        lambda day: make_reading(as_of=day or LATE, by=by),
        changing(Reading, "as_of"),
    )


def criteria_sets() -> Shelf:
    move = changing(CriteriaSet, "code", code_of)
    return Shelf("criteria-sets", auditor(), lambda day: make_set(code=code_of(day)), move, goes=False)


def assessments() -> Shelf:
    criteria = make_set()
    return Shelf(
        "assessments",
        auditor(),
        lambda day: make_assessment(criteria, as_of=day or LATE),
        changing(Assessment, "as_of"),
        goes=False,
    )


def events() -> Shelf:
    """Rows come at the end and stay: nothing in history is changed or taken away."""
    assignment = make_assignment()

    def put(day: Day) -> Model:
        event = record(assignment, "assign", by=None, at=at(day or LATE))
        seal_events()
        return event

    return Shelf("events", auditor(), put, goes=False)


def _set(row: Any, **fields: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


SHELVES: dict[str, Callable[[], Shelf]] = {
    "committees": committees,
    "agencies": agencies,
    "notices": notices,
    "paragraphs": paragraphs,
    "directives": directives,
    "assignments": assignments,
    "reports": reports,
    "extensions": extensions,
    "questions": questions,
    "indicators": indicators,
    "readings": readings,
    "criteria-sets": criteria_sets,
    "assessments": assessments,
    "events": events,
}
