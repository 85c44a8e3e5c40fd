"""The first page counts what needs a decision; behind each number lie as many rows."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import Role
from directives.models import Assignment, Event, NoticeState
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import (
    at,
    make_agency,
    make_assessment,
    make_assignment,
    make_calendar,
    make_committee,
    make_delivery,
    make_directive,
    make_extension,
    make_indicator,
    make_ladder,
    make_notice,
    make_paragraph,
    make_question,
    make_reading,
    make_report,
    make_set,
    make_user,
)
from tracker.admin import waiting
from tracker.admin.paging import mark_of

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 3, 31)
TEN_BEFORE, ELEVEN_BEFORE = date(2025, 3, 17), date(2025, 3, 14)  # working days


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


@pytest.fixture
def committee():
    make_ladder()
    return make_committee()


@pytest.fixture
def client(committee):
    return visit(make_user(Role.SECRETARIAT, committee))


def one_of_each(committee) -> None:
    """One row in every pile of the committee; the long overdue work is that of an agency that has ended."""
    notice, draft = make_notice(committee), make_notice(committee, state=NoticeState.DRAFT)
    make_paragraph(draft)
    make_paragraph(draft, handled_as="information")

    def work(**fields):
        return make_assignment(directive=make_directive(notice), **{"due_on": TEN_BEFORE, **fields})

    make_report(work(state=State.HANDED_IN, handed_in_on=MONDAY), kind="hand_in")
    work(state=State.DECLINED)
    make_extension(work())
    make_question(work())
    work(due_on=ELEVEN_BEFORE)
    make_report(work(), asks="Đề nghị bố trí kinh phí.")
    make_assignment(
        make_agency(valid_to=date(2025, 3, 20)), directive=make_directive(notice), due_on=date(2025, 12, 31)
    )
    make_delivery(make_user(), state="dead", notice=notice, assignment=None)
    make_assessment(make_set(committee), state="submitted")
    make_reading(make_indicator(committee))


def totals(client) -> dict[str, int]:
    return {pile.key: pile.total for pile in client.get("/admin/").context["waiting"]}


KEYS = [
    "hand_ins",
    "extensions",
    "questions",
    "declined",
    "overdue",
    "petitions",
    "drafts",
    "paragraphs",
    "gone",
    "messages",
    "assessments",
    "readings",
]


def test_behind_each_number_lie_as_many_rows(committee, client):
    for _ in range(3):
        one_of_each(committee)
    one_of_each(make_committee())
    assert totals(client) == dict.fromkeys(KEYS, 3)
    for pile in client.get("/admin/").context["waiting"]:
        behind = client.get(pile.url)
        assert len(behind.context["pile"].rows) == pile.total
        assert f'href="{pile.url}"' in client.get("/admin/").content.decode()


def test_the_desks_that_work_a_pile_off_begin_with_as_many(committee, client):
    for _ in range(3):
        one_of_each(committee)
    assert client.get(client.get("/admin/directives/assignment/verification/").url).context["place"].total == 3
    assert len(client.get("/admin/directives/extensionrequest/desk/").context["lines"]) == 3


def leafed(client, key: str, way: str, mark: str = "") -> list[list[int]]:
    """The rows (ids) of the pages of a pile, from `mark` on as far as they go: `behind`, or `before`."""
    pages = []
    while True:
        shown = client.get(f"/admin/waiting/{key}/", {"at": mark}).context
        pages.append([row.pk for row in shown["pile"].rows])
        mark = getattr(shown["part"], way)
        if not mark:
            return pages


def test_every_pile_is_leafed_through_and_back(committee, client, monkeypatch):
    for _ in range(5):
        one_of_each(committee)
    whole = {key: leafed(client, key, "behind")[0] for key in KEYS}
    monkeypatch.setattr(waiting, "PAGE", 2)
    for key, rows in whole.items():
        assert leafed(client, key, "behind") == [rows[:2], rows[2:4], rows[4:]]
        second = client.get(f"/admin/waiting/{key}/").context["part"].behind
        third = client.get(f"/admin/waiting/{key}/", {"at": second}).context["part"].behind
        assert leafed(client, key, "before", third) == [rows[4:], rows[2:4], rows[:2]]


def test_a_page_of_a_pile_goes_on_where_the_last_one_ended_although_its_rows_are_gone(committee, client, monkeypatch):
    monkeypatch.setattr(waiting, "PAGE", 2)
    for _ in range(4):
        one_of_each(committee)
    first = client.get("/admin/waiting/hand_ins/").context
    Assignment.objects.filter(pk__in=[row.pk for row in first["pile"].rows]).update(state=State.IN_PROGRESS)
    rest = client.get("/admin/waiting/hand_ins/", {"at": first["part"].behind}).context
    assert (len(rest["pile"].rows), rest["pile"].total, rest["part"].behind) == (2, 2, "")


@pytest.mark.parametrize("mark", ["nonsense", "WyJhIl0:a:b"])
def test_a_mark_that_nobody_gave_out_leads_to_the_first_page(committee, client, mark):
    one_of_each(committee)
    assert len(client.get("/admin/waiting/gone/", {"at": mark}).context["pile"].rows) == 1
    foreign = mark_of(Assignment.objects.first(), ["handed_in_on", "pk"])
    assert len(client.get("/admin/waiting/gone/", {"at": foreign}).context["pile"].rows) == 1


def test_ten_working_days_are_counted_by_the_calendar(committee, client):
    make_assignment(directive=make_directive(make_notice(committee)), due_on=ELEVEN_BEFORE)
    assert totals(client)["overdue"] == 1
    make_calendar(date(2025, 3, 20))
    assert totals(client)["overdue"] == 0


def test_nothing_waits_where_nothing_is(client):
    assert totals(client) == dict.fromkeys(KEYS, 0)
    assert client.get("/admin/waiting/gone/").context["pile"].rows == []


@pytest.mark.parametrize("key", ["nonsense", "hand_ins"])
def test_a_pile_that_somebody_has_not_is_not_there(key):
    assert visit(make_user(Role.AUDITOR)).get(f"/admin/waiting/{key}/").status_code == 404


def test_what_is_asked_leaves_the_pile_once_somebody_took_note_of_it(committee, client):
    report = make_report(make_assignment(directive=make_directive(make_notice(committee))), asks="Kinh phí.")
    assert totals(client)["petitions"] == 1
    client.post(f"/admin/waiting/petitions/{report.pk}/")
    report.refresh_from_db()
    assert report.asks_seen_by.offices.get().committee == committee
    assert Event.objects.get(verb="note_petition").assignment == report.assignment
    assert totals(client)["petitions"] == 0


def test_nobody_takes_note_of_what_is_not_asked_or_not_theirs(committee, client):
    work = make_assignment(directive=make_directive(make_notice(committee)))
    silent, asking = make_report(work), make_report(work, asks="Kinh phí.")
    strange, auditor = visit(make_user(Role.SECRETARIAT, make_committee())), visit(make_user(Role.AUDITOR))
    with nothing_changes():
        assert client.post(f"/admin/waiting/petitions/{silent.pk}/").status_code == 409
        assert strange.post(f"/admin/waiting/petitions/{asking.pk}/").status_code == 404
        assert auditor.post(f"/admin/waiting/petitions/{asking.pk}/").status_code == 403


@pytest.mark.parametrize("address", ["/admin/", *[f"/admin/waiting/{key}/" for key in KEYS]])
def test_it_costs_the_same_for_one_row_and_for_twelve(committee, client, address):
    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    one_of_each(committee)
    one = cost()
    for _ in range(11):
        one_of_each(committee)
    assert cost() == one <= 25
