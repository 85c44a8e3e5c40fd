"""The life of an assignment, verb by verb."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.assigning import acknowledge, assign, decline, reassign, resume, start, suspend, withdraw
from directives.actions.drafting import To, add_directive
from directives.actions.extending import grant_extension, refuse_extension, request_extension
from directives.actions.issuing import draft_notice, issue, mark_paragraph, set_paragraphs, withdraw_notice
from directives.actions.reminding import recorded, rehearse, remind_all
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.models import Assignment, Delivery, Event, Reminder, Role, Span
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.make import at, make_agency, make_calendar, make_committee, make_ladder, make_user

pytestmark = pytest.mark.django_db
ISSUED = date(2024, 8, 9)
DUE = date(2024, 12, 31)


class House:
    """A committee, its secretary, a lead with an officer, and one issued directive."""

    def __init__(self) -> None:
        make_calendar()
        make_ladder()
        self.committee = make_committee()
        self.secretary = make_user(Office.SECRETARIAT, self.committee)
        self.lead, self.other = make_agency("Bộ Công an"), make_agency("Bộ Y tế")
        self.officer = make_user(Office.OFFICER, self.lead)
        self.stranger = make_user(Office.OFFICER, self.other)
        text = "1. Đưa tiện ích lên VNeID trước ngày 31/12/2024."
        notice = draft_notice(
            committee=self.committee,
            by=self.secretary,
            at=at(ISSUED),
            number=369,
            symbol="TB-VPCP",
            issuer=make_agency("Văn phòng Chính phủ"),
            issued_on=ISSUED,
            text=text,
        )
        self.directive = add_directive(
            notice,
            by=self.secretary,
            at=at(ISSUED),
            quote="Đưa tiện ích lên VNeID",
            deadline_kind="date",
            due_on=DUE,
            addressees=[To(Role.LEAD, self.lead), To(Role.COORDINATING, self.other)],
        )
        self.notice = notice
        issue(notice, by=self.secretary, at=at(ISSUED))
        self.assignment = Assignment.objects.get(role=Role.LEAD)


@pytest.fixture
def house() -> House:
    return House()


def test_done_is_the_day_of_the_hand_in_once_verified(house):
    hand_in(house.assignment, by=house.officer, at=at(date(2024, 12, 30)), text="Xong")
    verify(house.assignment, by=house.secretary, at=at(date(2025, 1, 7)))
    house.assignment.refresh_from_db()
    assert (house.assignment.state, house.assignment.done_on) == (State.DONE, date(2024, 12, 30))


def test_a_round_plans_each_rung_once(house):
    first = remind_all(now=at(date(2024, 12, 26), 0, 5), today=date(2024, 12, 26))
    second = remind_all(now=at(date(2024, 12, 26), 0, 6), today=date(2024, 12, 26))
    assert sorted(
        {(line.rung, line.state, line.recipient) for line in first if line.assignment == house.assignment}
    ) == [(-15, "superseded", house.officer), (-7, "superseded", house.officer), (-3, "planned", house.officer)]
    assert second == []
    assert Delivery.objects.filter(kind="digest", recipient=house.officer).count() == 2
