"""What a message to the secretariat or the leaders says: what is late, what is coming, and why it is told to them."""

from datetime import date

import pytest

from directives.models import Assignment, Role
from tests.edges.letters import DUE, MORNING, Desk, lines_of, render
from tests.make import make_assignment, make_delivery, make_directive, make_reminder

pytestmark = pytest.mark.django_db
SOON = date(2025, 1, 6)


@pytest.fixture
def desk() -> Desk:
    """The committee's deputy reads English here."""
    desk = Desk()
    desk.deputy.language = "en"
    return desk


def coming(desk: Desk) -> Assignment:
    return make_assignment(desk.helper, directive=make_directive(desk.notice, due_on=SOON), due_on=SOON)


def test_an_escalation_says_what_is_late_by_how_much_and_who_leads(desk):
    help_of = make_assignment(desk.helper, directive=desk.directive, role=Role.COORDINATING, due_on=DUE)
    row = make_delivery(desk.deputy, kind="escalated")
    make_reminder(row, help_of, 7, audience="deputy")
    message = render(row, at=MORNING)
    assert message.subject == "Reported to you: 1 assignment overdue"
    assert "Ministry of Justice coordinates; Ministry of Public Security leads" in message.text
    assert "31/12/2024 (2 working days overdue)" in message.text


def test_a_reminder_that_nobody_at_the_agency_can_get_says_so(desk):
    soon = coming(desk)
    row = make_delivery(desk.deputy, kind="escalated")
    make_reminder(row, soon, -1, audience="secretariat", for_nobody=True)
    message = render(row, at=MORNING)
    assert message.subject == "Nobody in office at the agency: 1 assignment coming due"
    assert lines_of(message.text)[1] == (
        "1 assignment that is not overdue is told to you because its agency has nobody in office who could be reminded."
    )


EARLY = {
    "en": (
        "Early notice: 1 assignment coming due",
        (
            "As of 03/01/2025, 1 assignment is coming due; by the committee's rules of reminding you are told before "
            "its deadline."
        ),
    ),
    "vi": (
        "Báo trước thời hạn: 1 phần việc sắp đến hạn",
        "Tính đến ngày 03/01/2025, 1 phần việc sắp đến hạn; xin báo trước thời hạn theo chế độ đôn đốc.",
    ),
}


@pytest.mark.parametrize("language", EARLY)
@pytest.mark.parametrize("audience", ["secretariat", "deputy", "chair"])
def test_what_a_ladder_tells_them_before_the_deadline_is_an_early_notice(desk, audience, language):
    desk.deputy.language = language
    row = make_delivery(desk.deputy, kind="escalated")
    make_reminder(row, coming(desk), -1, audience=audience)
    message = render(row, at=MORNING)
    assert (message.subject, lines_of(message.text)[1]) == EARLY[language]
    assert EARLY[language][1] in message.html.replace("&#x27;", "'")


def test_what_is_late_what_comes_and_what_nobody_else_can_hear_are_told_apart(desk):
    row = make_delivery(desk.deputy, kind="escalated")
    make_reminder(row, desk.assignment, 1, audience="secretariat")
    make_reminder(row, coming(desk), -1, audience="secretariat")
    for _more in range(2):
        make_reminder(row, coming(desk), -1, audience="secretariat", for_nobody=True)
    message = render(row, at=MORNING)
    assert message.subject == "Reported to you: 1 assignment overdue, 3 assignments coming due"
    assert lines_of(message.text)[1] == (
        "As of 03/01/2025, 1 assignment is past its deadline and is reported to you by the committee's rules of "
        "escalation. As of 03/01/2025, 1 assignment is coming due; by the committee's rules of reminding you are told "
        "before its deadline. 2 assignments that are not overdue are told to you because their agencies have nobody "
        "in office who could be reminded."
    )


def test_a_report_that_nobody_at_the_agency_can_be_asked_for_says_so(desk):
    row = make_delivery(desk.deputy, kind="escalated")
    make_reminder(row, coming(desk), 12501, kind="monthly", audience="secretariat", for_nobody=True)
    assert render(row, at=MORNING).subject == "Nobody in office at the agency: 1 assignment without a report"
