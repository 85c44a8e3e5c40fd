"""The desk that decides on more time: what each request would do, and one answer for several."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.extending import grant_extension
from directives.models import ExtensionState
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import (
    at,
    make_absence,
    make_agency,
    make_assignment,
    make_calendar,
    make_committee,
    make_directive,
    make_extension,
    make_ladder,
    make_notice,
    make_office,
    make_user,
)

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 3, 10)
FRIDAY, LATER = date(2025, 3, 14), date(2025, 3, 28)  # ten working days apart
DESK = "/admin/directives/extensionrequest/desk/"


class Asked:
    """Three requests of one committee, and who decides on them."""

    def __init__(self) -> None:
        make_ladder()
        self.committee, self.agency = make_committee(), make_agency("Bộ Công an")
        self.notice = make_notice(self.committee)
        self.officer = make_user(Role.OFFICER, self.agency)
        self.secretary = make_user(Role.SECRETARIAT, self.committee)
        self.requests = [self.ask() for _ in range(3)]
        self.client = visit(self.secretary)

    def ask(self, **fields):
        row = make_assignment(self.agency, directive=make_directive(self.notice), due_on=FRIDAY)
        return make_extension(row, asked_due_on=LATER, **{"asked_by": self.officer, **fields})

    def answer(self, answer, *chosen, reason="", **due_on):
        typed = {answer: "1", "reason": reason}
        for request in self.requests:
            request.assignment.refresh_from_db()
            name = f"r{request.pk}"
            typed[f"{name}-version"] = request.assignment.version
            typed[f"{name}-due_on"] = due_on.get(name, LATER.isoformat())
            if request in chosen:
                typed[f"{name}-chosen"] = "on"
        return self.client.post(DESK, typed)

    def states(self):
        for request in self.requests:
            request.refresh_from_db()
        return [request.state for request in self.requests]


@pytest.fixture
def asked():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield Asked()


def lines(answer):
    return {line.request.pk: line for line in answer.context["lines"]}


def test_each_request_tells_its_dates_how_often_it_was_extended_and_what_it_would_do(asked):
    first = asked.requests[0]
    make_extension(first.assignment, state=ExtensionState.GRANTED, granted_due_on=FRIDAY)
    make_calendar(date(2025, 3, 20))
    line = lines(asked.client.get(DESK))[first.pk]
    assert line.times == 1
    assert line.effect.working_days == 9


def test_the_reminders_told_are_those_that_the_ladder_then_moves(asked):
    first = asked.requests[0]
    told = lines(asked.client.get(DESK))[first.pk].effect
    grant_extension(first, by=asked.secretary, at=at(MONDAY))
    assert (told.cancelled, told.added) != (0, 0)
    first.assignment.refresh_from_db()
    assert told.next_on == first.assignment.look_on


def test_several_are_granted_at_once_with_one_reason(asked):
    first, second, third = asked.requests
    answer = asked.answer("grant", first, third, reason="Đồng ý")
    assert answer.url == DESK
    assert asked.states() == ["granted", "open", "granted"]
    assert {request.decision_reason for request in (first, third)} == {"Đồng ý"}
    first.assignment.refresh_from_db()
    second.assignment.refresh_from_db()
    assert (first.assignment.due_on, second.assignment.due_on) == (LATER, FRIDAY)
    assert first.assignment.original_due_on == FRIDAY


def test_several_are_refused_at_once_with_one_reason(asked):
    first, second, _third = asked.requests
    asked.answer("refuse", first, second, reason="Không đủ căn cứ")
    assert asked.states() == ["refused", "refused", "open"]


def test_one_may_be_granted_until_another_day(asked):
    first = asked.requests[0]
    asked.answer("grant", first, **{f"r{first.pk}": "2025-03-21"})
    first.assignment.refresh_from_db()
    assert first.assignment.due_on == date(2025, 3, 21)


def test_what_cannot_be_is_told_at_its_line_and_the_others_are_decided(asked):
    first, second, third = asked.requests
    days = {f"r{first.pk}": "2025-03-01", f"r{third.pk}": "không rõ"}
    answer = asked.answer("grant", first, second, third, reason="Đồng ý", **days)
    assert answer.status_code == 200
    assert asked.states() == ["open", "granted", "open"]
    told = lines(answer)
    assert told[first.pk].refused == "The new deadline must lie after the present one and not in the past."
    assert told[third.pk].refused != ""
    assert told[first.pk].form["chosen"].value() is True
    assert answer.context["form"]["reason"].value() == "Đồng ý"


REFUSED = {
    "nothing chosen": ("grant", [], "Đồng ý", 400),
    "refused without a reason": ("refuse", [0, 1], " ", 400),
}


@pytest.mark.parametrize(("answer", "places", "reason", "status"), REFUSED.values(), ids=REFUSED)
def test_an_answer_that_lacks_something_changes_nothing(asked, answer, places, reason, status):
    with nothing_changes():
        refused = asked.answer(answer, *[asked.requests[place] for place in places], reason=reason)
    assert refused.status_code == status
    assert refused.context["form"].errors
    assert len(lines(refused)) == 3


def test_whoever_asked_decides_on_nothing_and_the_other_rows_are_decided(asked):
    own = asked.ask(asked_by=asked.secretary)
    asked.requests.append(own)
    make_office(asked.secretary, Role.OFFICER, asked.agency)
    answer = asked.answer("grant", asked.requests[0], own)
    assert asked.states() == ["granted", "open", "open", "open"]
    assert lines(answer)[own.pk].refused == "Whoever asked for more time cannot decide on it."


def test_nobody_decides_on_what_a_substitute_asked_in_their_name(asked):
    seat = make_office(asked.secretary, Role.OFFICER, asked.agency)
    make_absence(seat, asked.officer, date(2025, 1, 1), date(2025, 12, 31))
    with nothing_changes():
        assert asked.answer("grant", asked.requests[0]).status_code == 403


def test_an_older_state_of_the_page_is_refused(asked):
    first = asked.requests[0]
    name = f"r{first.pk}"
    with nothing_changes():
        answer = asked.client.post(DESK, {"grant": "1", f"{name}-chosen": "on", f"{name}-version": "0"})
    assert answer.status_code == 412


def test_what_was_decided_meanwhile_is_said_and_stays(asked):
    first = asked.requests[0]
    grant_extension(first, by=asked.secretary, at=at(MONDAY))
    with nothing_changes():
        answer = asked.answer("refuse", first, reason="Không")
    assert answer.status_code == 409
    assert "This request was decided already." in answer.content.decode()


def test_another_committee_sees_and_decides_nothing_here(asked):
    asked.client = visit(make_user(Role.SECRETARIAT, make_committee()))
    assert lines(asked.client.get(DESK)) == {}
    with nothing_changes():
        assert asked.answer("grant", *asked.requests).status_code == 400


def test_an_auditor_reads_and_is_not_asked(asked):
    asked.client = visit(make_user(Role.AUDITOR))
    page = asked.client.get(DESK)
    assert len(lines(page)) == 3
    assert 'name="grant"' not in page.content.decode()
    with nothing_changes():
        assert asked.answer("grant", *asked.requests).status_code == 403


def test_all_of_the_page_are_chosen_without_a_script(asked):
    page = asked.client.get(f"{DESK}?all=1").content.decode()
    assert page.count("checked") == 3


def test_the_page_costs_the_same_for_three_and_for_thirty(asked):
    def cost() -> int:
        asked.client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            asked.client.get(DESK)
        return len(queries)

    few = cost()
    for _ in range(27):
        asked.ask()
    assert cost() == few <= 18


def test_the_list_leads_to_the_desk(asked):
    assert DESK in asked.client.get(reverse("admin:directives_extensionrequest_changelist")).content.decode()
