"""What an agency handed down is its own inner work: the committee's lists and figures do not hold it."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.people import reach, reach_of_key
from accounts.roles import verbs_of
from directives.actions.assigning import decline
from directives.actions.extending import request_extension
from directives.actions.reminding import remind_all
from directives.actions.reporting import hand_in
from directives.actions.sending import hold
from directives.briefing import briefing
from directives.figures import Cells, cells
from directives.models import Assignment, Delivery, Directive, Notice, Reminder, Span
from directives.rules.lifecycle import WrongMoment
from tests.actions.a_province import DUE, EARLIER, GIVEN, NEXT_DAY, Province
from tests.make import at, make_agency, make_key, make_user
from tracker.admin.deciding import open_requests
from tracker.admin.seat import Seat
from tracker.admin.verifying import pile
from tracker.admin.waiting import what_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    province = Province()
    province.parts = province.gives()
    hand_in(province.parts[1], by=province.people[1], at=at(NEXT_DAY), text="Xong.")
    return province


def seen_by(user, model=Assignment) -> set:
    return set(model.objects.in_reach(reach(user, NEXT_DAY)))


def test_who_sees_what_was_handed_down(province):
    parts, chair = set(province.parts), make_user(Role.CHAIR, province.committee)
    assert seen_by(province.officer) == seen_by(province.head) == {province.whole, *parts}
    for person, part in zip(province.people, province.parts, strict=True):
        assert seen_by(person) == {part}
        assert seen_by(person, Directive) == {part.directive}
        assert seen_by(person, Notice) == {province.whole.directive.notice}
    assert seen_by(province.secretary) == seen_by(chair) == {province.whole}
    assert seen_by(province.secretary, Directive) == {province.whole.directive}
    assert seen_by(make_user(Role.OFFICER)) == set()
    assert seen_by(make_user(Role.AUDITOR)) == {province.whole, *parts}


def test_the_words_that_lists_are_narrowed_with(province):
    rows, agency, communes = Assignment.objects, province.agency, province.communes
    assert set(rows.from_committees()) == {province.whole}
    assert set(rows.handed_down_by([agency.pk])) == set(rows.parts_of([province.whole])) == set(province.parts)
    assert set(rows.handed_down_to([communes[0].pk, agency.pk])) == {province.parts[0]}
    assert not rows.handed_down_by([communes[0].pk]).exists()


def test_the_database_keeps_in_whose_figures_work_and_its_history_count_whatever_is_written(province):
    Assignment.objects.filter(pk=province.whole.pk).update(committee=None)
    Assignment.objects.exclude(pk=province.whole.pk).update(committee=province.committee)
    Span.objects.update(committee=province.committee)
    of = dict(Assignment.objects.values_list("pk", "committee"))
    assert of == {province.whole.pk: province.committee.pk} | dict.fromkeys((part.pk for part in province.parts), None)
    assert set(Span.objects.values_list("assignment", "committee")) == set(of.items())


def test_the_committees_figures_count_what_it_gave_and_nothing_below(province):
    mine = Assignment.objects.in_reach(reach(province.secretary, NEXT_DAY))
    assert cells(mine, NEXT_DAY) == Cells(open_in_time=1)
    told = briefing(province.committee, since=date(2025, 2, 28), until=NEXT_DAY)
    assert told.cells_now == Cells(open_in_time=1)
    assert [len(directive.lines) for chapter in told.chapters for directive in chapter.directives] == [1]


def test_no_pile_of_the_desk_and_no_key_of_the_committee_holds_it(province):
    asked = {"asked_due_on": DUE, "reason": "Cần thêm.", "at": at(NEXT_DAY)}
    request_extension(province.parts[0], by=province.people[0], **asked)
    decline(province.parts[2], by=province.people[2], at=at(NEXT_DAY), reason="Không thuộc xã.")
    desk = Seat(province.secretary, NEXT_DAY, verbs_of(province.secretary, on=NEXT_DAY))
    assert {found.key: found.total for found in what_waits(desk) if found.total} == {}
    assert not pile(desk).exists()
    assert not open_requests(desk).exists()
    key, _plain = make_key(province.committee)
    assert set(Assignment.objects.in_reach(reach_of_key(key))) == {province.whole}


# --- reminders climb within the agency that gave the work


def told_on(day: date, part: Assignment) -> set[tuple[str, int]]:
    remind_all(now=at(day, 0, 5), today=day)
    rows = Reminder.objects.filter(assignment=part, planned_on=day, channel="email")
    return set(rows.values_list("audience", "recipient"))


def test_what_is_late_climbs_to_the_officers_and_then_the_head_of_the_agency_that_gave_it(province):
    part, (officer, head) = province.parts[0], (province.officer.pk, province.head.pk)
    own = {("officer", province.people[0].pk)}
    third, seventh = date(2025, 3, 26), date(2025, 4, 1)
    assert told_on(date(2025, 3, 24), part) == own
    assert told_on(third, part) == own | {("secretariat", officer)}
    assert told_on(seventh, part) == own | {("secretariat", officer), ("deputy", head)}
    assert not Reminder.objects.filter(assignment=part, recipient=province.secretary).exists()


def test_the_head_hears_at_once_and_no_secretariat_holds_the_message_back(province):
    day = date(2025, 4, 1)  # seven working days after the date
    told_on(day, province.parts[0])
    message = Delivery.objects.get(kind="escalated", recipient=province.head, channel="email")
    assert message.due_at == at(day, 7, 30)
    with pytest.raises(WrongMoment):
        hold(message, by=province.secretary, at=at(day, 7), reason="Chờ xác minh.")


def test_where_a_unit_has_nobody_in_office_the_agency_that_gave_it_hears(province):
    (part,) = province.gives(make_agency("Xã vắng", parent=province.agency), wording="Việc khác", at=at(GIVEN, 10))
    assert told_on(EARLIER, part) == {("secretariat", province.officer.pk)}
    assert DUE > EARLIER
