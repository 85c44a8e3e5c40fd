"""What a message says: subject, text and HTML, in both languages, and at what cost."""

import re
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from accounts.models import Role as Seat
from directives.models import Notice, Role
from directives.rules.lifecycle import State
from tests.edges.letters import DUE, FRIDAY, MORNING, VNEID, Desk, lines_of, render
from tests.make import (
    make_agency,
    make_assignment,
    make_delivery,
    make_directive,
    make_extension,
    make_notice,
    make_office,
    make_reminder,
    make_report,
)
from tracker.delivery.rendering import NothingToSay

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- in the reader's language


def test_the_digest_in_vietnamese(desk):
    message = render(desk.digest(because="bạn giữ chức vụ Chuyên viên, Bộ Công an"), at=MORNING)
    assert message.subject == "Đôn đốc ngày 03/01/2025: 1 phần việc quá hạn"
    assert lines_of(message.text) == [
        "Kính gửi: Chuyên viên, Bộ Công an",
        "Phần việc của cơ quan tính đến ngày 03/01/2025: 1 phần việc quá hạn.",
        f"{kind_of(desk.notice)} số 369/TB-VPCP ngày 09/08/2024",
        f"- {VNEID}",
        "Bộ Công an chủ trì",
        "Thời hạn: 31/12/2024 (quá hạn 2 ngày làm việc)",
        f"http://localhost:8000/assignments/{desk.assignment.uuid}/",
    ]
    assert "Bạn nhận được thư này vì bạn giữ chức vụ Chuyên viên, Bộ Công an." in message.text
    assert "Bạn nhận được thư này vì bạn giữ chức vụ Chuyên viên, Bộ Công an." in message.html


def kind_of(notice: Notice) -> str:
    with override("vi"):
        return notice.get_kind_display()


def test_the_digest_in_english(desk):
    desk.officer.language = "en"
    message = render(desk.digest(because="you serve as Officer"), at=MORNING)
    assert message.subject == "Reminder of 03/01/2025: 1 assignment overdue"
    assert lines_of(message.text) == [
        "To: Chuyên viên, Bộ Công an",
        "Your agency's work as of 03/01/2025: 1 assignment overdue.",
        "Conclusion notice No. 369/TB-VPCP of 09/08/2024",
        f"- {VNEID}",
        "Ministry of Public Security leads",
        "Deadline: 31/12/2024 (2 working days overdue)",
        f"http://localhost:8000/assignments/{desk.assignment.uuid}/",
    ]
    assert "You receive this message because you serve as Officer." in message.text


# --- what a digest lists


@pytest.fixture
def _english(desk):
    desk.officer.language = desk.deputy.language = "en"


@pytest.mark.usefixtures("_english")
def test_the_digest_lists_the_worst_first_by_notice(desk):
    later = make_notice(desk.committee, number=400, issued_on=date(2024, 9, 2))
    worst = make_assignment(
        desk.lead, directive=make_directive(later, "Worst", due_on=date(2024, 12, 2)), due_on=date(2024, 12, 2)
    )
    soon = make_assignment(
        desk.lead, directive=make_directive(later, "Soon", due_on=date(2025, 1, 6)), due_on=date(2025, 1, 6)
    )
    row = desk.digest()
    make_reminder(row, soon, -1)
    message = render(row, at=MORNING)
    said = [line for line in lines_of(message.text) if line.startswith(("- ", "Conclusion"))]
    assert said == [
        "Conclusion notice No. 400/TB-VPCP of 02/09/2024",
        "- Worst",
        "- Soon",
        "Conclusion notice No. 369/TB-VPCP of 09/08/2024",
        f"- {VNEID}",
    ]
    assert message.subject == "Reminder of 03/01/2025: 2 assignments overdue, 1 assignment coming due"
    assert worst.reminders.count() == 0  # overdue work is listed every day, reminded today or not


@pytest.mark.usefixtures("_english")
def test_the_digest_is_silent_about_what_was_handed_in_and_about_other_agencies(desk):
    for agency, state in ((desk.lead, State.HANDED_IN), (desk.lead, State.SUSPENDED), (desk.helper, State.ASSIGNED)):
        make_assignment(agency, directive=make_directive(desk.notice, due_on=DUE), due_on=DUE, state=state)
    assert render(desk.digest(), at=MORNING).subject == "Reminder of 03/01/2025: 1 assignment overdue"


@pytest.mark.usefixtures("_english")
def test_the_digest_shows_twenty_lines_and_a_link_for_the_rest(desk):
    for _number in range(24):
        make_assignment(desk.lead, directive=make_directive(desk.notice, "One of many", due_on=DUE), due_on=DUE)
    message = render(desk.digest(), at=MORNING)
    assert len(re.findall(r"^- ", message.text, re.MULTILINE)) == 20
    assert "And 5 more. http://localhost:8000/" in message.text
    assert message.subject == "Reminder of 03/01/2025: 25 assignments overdue"


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (date(2025, 1, 2), "02/01/2025 (1 working day overdue)"),
        (FRIDAY, "03/01/2025 (due today)"),
        (date(2025, 1, 5), "05/01/2025 (last working day)"),
        (date(2025, 1, 6), "06/01/2025 (1 working day left)"),
        (date(2025, 1, 10), "10/01/2025 (5 working days left)"),
        (None, "none set"),
    ],
)
@pytest.mark.usefixtures("_english")
def test_how_a_deadline_stands_is_said_in_working_days(desk, due_on, said):
    assignment = make_assignment(desk.lead, directive=make_directive(desk.notice, due_on=due_on), due_on=due_on)
    assert f"Deadline: {said}" in render(make_delivery(desk.officer, assignment=assignment), at=MORNING).text


@pytest.mark.parametrize("lines", [1, 12])
@pytest.mark.parametrize("kind", ["digest", "escalated", "assigned"])
def test_a_message_costs_the_same_for_any_length(desk, django_assert_num_queries, lines, kind):
    notice = make_notice(desk.committee, issued_on=date(2024, 8, 9))
    row = make_delivery(desk.officer, kind=kind, notice=notice)
    for _line in range(lines):
        assignment = make_assignment(desk.lead, directive=make_directive(notice, due_on=DUE), due_on=DUE)
        if kind != "assigned":
            make_reminder(row, assignment)
    with django_assert_num_queries(4):
        message = render(row, at=MORNING)
    assert message.text.count("\n- ") == lines + (kind == "digest")


# --- the other kinds


@pytest.mark.usefixtures("_english")
def test_new_work_of_a_notice_is_what_the_readers_agencies_got(desk):
    make_office(desk.officer, Seat.HEAD, desk.helper)
    make_assignment(desk.helper, directive=desk.directive, role=Role.COORDINATING, due_on=DUE)
    make_assignment(make_agency("Bộ Y tế"), directive=desk.directive, role=Role.COORDINATING, due_on=DUE)
    message = render(make_delivery(desk.officer, notice=desk.notice), at=MORNING)
    assert message.subject == "2 new assignments under Conclusion notice No. 369/TB-VPCP of 09/08/2024"
    assert "Bộ Y tế" not in message.text


@pytest.mark.usefixtures("_english")
def test_a_returned_report_says_why_and_by_when(desk):
    desk.assignment.redo_by = date(2025, 1, 10)
    desk.assignment.save()
    make_report(desk.assignment, kind="hand_in", state="returned", reason="Thiếu giấy kết hôn.", decided_at=MORNING)
    message = render(make_delivery(desk.officer, kind="returned", assignment=desk.assignment), at=MORNING)
    assert message.subject == f"Report returned: {VNEID}"
    said = "Reason: Thiếu giấy kết hôn.\nTo be redone by: 10/01/2025\nDeadline, unchanged: 31/12/2024"
    assert said in message.text


@pytest.mark.parametrize(
    ("decision", "subject", "said"),
    [
        (
            {"state": "granted", "granted_due_on": date(2025, 1, 20)},
            f"Extension granted until 20/01/2025: {VNEID}",
            "New deadline: 20/01/2025",
        ),
        (
            {"state": "refused", "decision_reason": "Đã gia hạn một lần."},
            f"Extension refused: {VNEID}",
            "Deadline, unchanged: 31/12/2024 (2 working days overdue)\nReason: Đã gia hạn một lần.",
        ),
    ],
    ids=["granted", "refused"],
)
@pytest.mark.usefixtures("_english")
def test_a_decided_extension_says_what_holds_now(desk, decision, subject, said):
    make_extension(desk.assignment, decided_at=MORNING, **decision)
    make_extension(desk.assignment, decided_at=MORNING + timedelta(minutes=1), state="lapsed")
    message = render(make_delivery(desk.officer, kind="extension_decided", assignment=desk.assignment), at=MORNING)
    assert message.subject == subject
    assert said in message.text


def test_news_without_its_cause_says_nothing(desk):
    with pytest.raises(NothingToSay):
        render(make_delivery(desk.officer, kind="returned", assignment=desk.assignment), at=MORNING)
