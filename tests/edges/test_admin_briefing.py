"""What changed since the last session: from what the register knew on two days, to a page for the printer."""

from datetime import date, datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role as Seat
from accounts.models import User
from directives.actions.amending import restate
from directives.actions.amendment_issue import issue_amendment
from directives.actions.assigning import withdraw
from directives.actions.entering import draft_notice
from directives.actions.extending import grant_extension, request_extension
from directives.actions.reporting import hand_in, return_report, verify
from directives.actions.stating import named
from directives.briefing import briefing
from directives.figures import cells_as_of
from directives.models import Assignment, Span
from directives.rules.changes import Change
from tests.edges.desk_of import Desk, make_desk
from tests.make import at, make_committee, make_issued, make_session, make_user

BEFORE, SESSION, TODAY = date(2025, 3, 3), date(2025, 3, 10), date(2025, 4, 10)


@pytest.fixture
def desk(client, db, time_machine) -> Desk:
    time_machine.move_to(at(TODAY), tick=False)
    desk = make_desk(client)
    client.cookies["django_language"] = "en"
    make_session(desk.committee, held_on=SESSION)
    with override("en"):
        yield desk


def given(desk: Desk, *, on: date = BEFORE, due_on: date | None = date(2025, 6, 2)) -> Assignment:
    """Work of the lead, issued on a day."""
    (row,) = make_issued(desk.lead, committee=desk.committee, issued_on=on, due_on=due_on)
    return row


@pytest.fixture
def month(desk) -> dict[str, Assignment]:
    """One assignment for each thing that can happen between the session and today."""
    officer, who = make_user(Seat.OFFICER, desk.lead), {"by": desk.secretary, "at": at(date(2025, 3, 21))}
    rows = {word: given(desk) for word in ("done", "returned", "amended", "extended", "withdrawn", "same")}
    rows["slipped"] = given(desk, due_on=date(2025, 3, 14))
    rows["new"] = given(desk, on=date(2025, 3, 17))
    for word in ("done", "returned"):
        hand_in(rows[word], by=officer, at=at(date(2025, 3, 20)), text="Xong")
    verify(rows["done"], **who)
    return_report(rows["returned"], reason="Thiếu biên bản", **who)
    asked = request_extension(
        rows["extended"], by=officer, at=at(date(2025, 3, 20)), asked_due_on=date(2025, 7, 1), reason="Chờ"
    )
    grant_extension(asked, **who)
    withdraw(rows["withdrawn"], reason="Trùng", **who)
    amend(rows["amended"], due_on=date(2025, 5, 5), **who)
    return rows


def amend(row: Assignment, *, due_on: date, by: User, at: datetime) -> None:
    """A corrected text gives the work another date."""
    notice, directive = row.directive.notice, row.directive
    draft = draft_notice(
        committee=notice.committee, corrects=notice, text=notice.text, issued_on=at.date(), by=by, at=at
    )
    stated = {"quote": directive.quote, "addressees": named(directive), "deadline_kind": "date", "due_on": due_on}
    restate(draft, directive, by=by, at=at, **stated)
    issue_amendment(draft, by=by, at=at)


def test_each_change_stands_with_its_directive_once(desk, month):
    told = briefing(desk.committee, since=SESSION, until=TODAY)
    found = {one.directive.pk: [line.change for line in one.lines] for row in told.chapters for one in row.directives}
    assert found == {month[change.value].directive_id: [change] for change in Change}
    assert dict(told.counts) == dict.fromkeys(Change, 1)
    lines = [line for row in told.chapters for one in row.directives for line in one.lines if line.was_due_on]
    assert {line.change: (line.was_due_on, line.due_on, line.named) for line in lines} == {
        Change.EXTENDED: (date(2025, 6, 2), date(2025, 7, 1), "Bộ Công an"),
        Change.AMENDED: (date(2025, 6, 2), date(2025, 5, 5), "Bộ Công an"),
    }
    assert (told.cells_then.total, told.cells_now.total) == (7, 7)
    assert (told.cells_now.done_on_time, told.cells_now.open_overdue) == (1, 1)


def test_a_briefing_of_days_gone_by_tells_what_was_known_then(desk, month):
    told = briefing(desk.committee, since=BEFORE, until=SESSION)
    assert dict(told.counts) == {}
    assert told.cells_now.total == 7
    told = briefing(desk.committee, since=date(2025, 3, 2), until=BEFORE)
    assert dict(told.counts) == {Change.NEW: 7}


def test_the_cells_before_are_what_the_register_knew_then(desk, month):
    spans = Span.objects.filter(committee=desk.committee)
    for since, until in pairwise(date(2025, 3, day) for day in (2, 3, 10, 14, 15, 17, 20, 21)):
        told = briefing(desk.committee, since=since, until=until)
        assert (told.cells_then, told.cells_now) == (cells_as_of(spans, since), cells_as_of(spans, until))


def test_a_long_paper_comes_in_parts_and_no_notice_is_torn_apart(desk, month, monkeypatch):
    whole = briefing(desk.committee, since=SESSION, until=TODAY)
    monkeypatch.setattr("directives.briefing.OF_A_PART", 3)
    parts = [briefing(desk.committee, since=SESSION, until=TODAY, part=n) for n in (1, 2, 3)]
    assert [(part.part, part.parts, len(part.chapters)) for part in parts] == [(1, 3, 3), (2, 3, 3), (3, 3, 1)]
    assert [chapter for part in parts for chapter in part.chapters] == whole.chapters
    assert {part.counts == whole.counts for part in parts} == {True}
    assert briefing(desk.committee, since=SESSION, until=TODAY, part=9) == parts[2]
    query = {"since": SESSION, "until": TODAY, "part": "2"}
    text = desk.client.get(reverse("admin:briefing", args=[desk.committee.pk]), query).content.decode()
    assert "Part 2 of 3" in text
    assert "part=1" in text
    assert "part=3" in text


def test_one_kind_of_change_is_shown_alone(desk, month):
    query = {"since": SESSION, "until": TODAY, "only": "extended"}
    told = desk.client.get(reverse("admin:briefing", args=[desk.committee.pk]), query).context["told"]
    (chapter,) = told.chapters
    assert [one.directive.pk for one in chapter.directives] == [month["extended"].directive_id]
    assert dict(told.counts) == dict.fromkeys(Change, 1)


def test_a_part_or_a_change_that_is_none_shows_the_paper(desk, month):
    for asked in ({"part": "x"}, {"part": "-1"}, {"part": "9" * 40}, {"only": "x"}):
        query = {"since": SESSION, "until": TODAY, **asked}
        told = desk.client.get(reverse("admin:briefing", args=[desk.committee.pk]), query).context["told"]
        assert len(told.chapters) == 7, asked


def test_another_committees_work_is_not_told(desk, month):
    assert briefing(make_committee(), since=SESSION, until=TODAY).chapters == []


def test_the_page_begins_at_the_last_session_and_is_reached_from_it(desk, month):
    session = desk.committee.sessions.get()
    address = reverse("admin:briefing", args=[desk.committee.pk])
    for page in ("admin:directives_session_change", "admin:accounts_committee_change"):
        row = session if "session" in page else desk.committee
        assert address in desk.client.get(reverse(page, args=[row.pk])).content.decode()
    answer = desk.client.get(address)
    assert (answer.context["told"].since, answer.context["told"].until) == (SESSION, TODAY)
    text = answer.content.decode()
    assert "From the end of 10/03/2025 to the end of 10/04/2025" in text
    assert "Became overdue" in text
    assert "02/06/2025 → 01/07/2025" in text


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2025-04-10", "2025-03-10"),
        ("2025-03-10", "2025-04-11"),
        ("x", "2025-04-10"),
        ("", ""),
        ("0001-01-01", "2025-04-10"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(desk, since, until):
    answer = desk.client.get(reverse("admin:briefing", args=[desk.committee.pk]), {"since": since, "until": until})
    assert (answer.status_code, answer.context["told"]) == (400, None)
    assert answer.context["form"].errors


def test_the_briefing_of_another_committee_is_not_there(desk):
    assert desk.client.get(reverse("admin:briefing", args=[make_committee().pk])).status_code == 404


def test_a_briefing_costs_the_same_for_much_work(desk):
    costs = []
    desk.client.get(reverse("admin:briefing", args=[desk.committee.pk]))
    for _ in range(2):
        given(desk, on=date(2025, 3, 17))
        with CaptureQueriesContext(connection) as asked:
            desk.client.get(reverse("admin:briefing", args=[desk.committee.pk]))
        costs.append(len(asked))
        for _row in range(6):
            given(desk, on=date(2025, 3, 17))
    assert costs[0] == costs[1] <= 25
