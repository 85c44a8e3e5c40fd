"""Sets of criteria: 41 of 72 as an agency says of itself, beside what the secretariat finds."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.assessing import (
    Said,
    ask_to_assess,
    keep_assessment,
    return_assessment,
    send_assessment,
    verify_assessment,
)
from directives.actions.criteria_sets import Wanted, add_set
from directives.models import Assessment, CriteriaSet, Event, Mark
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import ISSUED, nothing_changes
from tests.make import (
    at,
    make_absence,
    make_assessment,
    make_indicator,
    make_office,
    make_set,
    make_user,
)

MORNING = at(ISSUED)
YES, NO = Said(Decimal(1)), Said(Decimal(0))


@pytest.fixture
def asked(house):
    """A table of three, two of them yes or no and one of 10 points, that the lead is asked to fill in."""
    return make_assessment(make_set(house.committee, "yes_no", "yes_no", "scored"), house.lead, ISSUED)


def ids(assessment):
    return list(assessment.criteria_set.criteria.values_list("pk", flat=True))


def said(assessment, *answers):
    return dict(zip(ids(assessment), answers, strict=False))


@pytest.fixture
def sent(house, asked):
    return send_assessment(asked, said(asked, YES, YES, Said(Decimal("7.5"))), by=house.officer, at=MORNING)


def set_up(house, *criteria, **fields):
    given = {"committee": house.committee, "code": "cap-huyen", "name_vi": "Bộ tiêu chí cấp huyện", **fields}
    return add_set(by=house.secretary, at=MORNING, criteria=criteria, **given)


def test_a_set_holds_yes_and_no_points_and_indicators(house):
    indicator = make_indicator(house.committee, code="cap-quang")
    row = set_up(
        house,
        Wanted("Đã ban hành kế hoạch", heading="Nhận thức số"),
        Wanted("Đào tạo", full=Decimal(10), enough=Decimal(8)),
        Wanted("Cáp quang", indicator="cap-quang"),
    )
    lines = [(one.position, one.kind, one.full, one.indicator) for one in row.criteria.all()]
    assert lines == [(1, "yes_no", None, None), (2, "scored", 10, None), (3, "indicator", None, indicator)]
    assert Event.objects.get(verb="add_set").after == {"code": "cap-huyen", "criteria": 3}


SETS_REFUSED = {
    "no criteria": ((), {}),
    "more points enough than there are": ((Wanted("a", full=Decimal(5), enough=Decimal(6)),), {}),
    "no points": ((Wanted("a", full=Decimal(0)),), {}),
    "an indicator that is not there": ((Wanted("a", indicator="khong-co"),), {}),
    "a name that is too long": ((Wanted("a" * 501),), {}),
    "no name": ((Wanted(""),), {}),
    "a code that is none": ((Wanted("a"),), {"code": "cấp huyện"}),
}


@pytest.mark.parametrize(("criteria", "fields"), SETS_REFUSED.values(), ids=SETS_REFUSED)
def test_a_refused_set_leaves_nothing(house, criteria, fields):
    with nothing_changes(), pytest.raises(Invalid):
        set_up(house, *criteria, **fields)


def test_a_code_is_taken_once(house):
    set_up(house, Wanted("a"))
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        set_up(house, Wanted("b"))
    assert refusal.value.field == "code"


def test_agencies_are_asked_each_with_a_line_for_each_criterion(house):
    row = make_set(house.committee, "yes_no", "scored")
    asked = ask_to_assess(row, [house.lead, house.other], as_of=ISSUED, by=house.secretary, at=MORNING)
    assert [one.agency for one in asked] == [house.lead, house.other]
    assert Mark.objects.filter(assessment__in=asked).count() == 4
    assert Event.objects.filter(verb="ask_to_assess").count() == 2


@pytest.mark.parametrize(
    ("agencies", "due_on", "field"),
    [((), None, "agencies"), (("lead",), date(2024, 8, 8), "due_on"), (("other", "third"), None, "agencies")],
    ids=["nobody", "a day that has passed", "one of them again"],
)
def test_a_refused_asking_asks_nobody(house, agencies, due_on, field):
    row = make_set(house.committee)
    make_assessment(row, house.third, ISSUED)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        ask_to_assess(
            row,
            [getattr(house, name) for name in agencies],
            as_of=ISSUED,
            due_on=due_on,
            by=house.secretary,
            at=MORNING,
        )
    assert refusal.value.field == field


def test_a_draft_keeps_what_there_is_and_is_no_history(house, asked):
    before = Event.objects.count()
    row = keep_assessment(asked, said(asked, YES, Said(None, "Chờ số liệu.")), by=house.officer, at=MORNING)
    row = keep_assessment(row, {ids(asked)[2]: Said(Decimal(3))}, by=house.officer, at=MORNING, version=row.version)
    kept = [(mark.reported, mark.remark) for mark in row.marks.order_by("criterion__position")]
    assert kept == [(1, ""), (None, "Chờ số liệu."), (3, "")]
    assert (row.state, Event.objects.count()) == ("asked", before)


def test_what_is_sent_has_its_total(house, sent):
    assert (sent.state, sent.submitted_by, sent.found) == ("submitted", house.officer, None)
    assert (sent.reported.reached, sent.reported.total) == (2, 3)
    assert Event.objects.get(verb="send_assessment").after["points"] == "7.5"


FILLING_REFUSED = {
    "a stranger": (NotAllowed, "stranger", (YES, YES, YES), None),
    "the secretariat": (NotAllowed, "secretary", (YES, YES, YES), None),
    "one is not filled in": (Invalid, "officer", (YES, YES), None),
    "neither yes nor no": (Invalid, "officer", (YES, Said(Decimal(2)), YES), None),
    "more points than there are": (Invalid, "officer", (YES, YES, Said(Decimal(11))), None),
    "more digits than are kept": (Invalid, "officer", (YES, YES, Said(Decimal("0.00001"))), None),
    "somebody was faster": (Stale, "officer", (YES, YES, YES), 7),
}


@pytest.mark.parametrize(("kind", "who", "answers", "version"), FILLING_REFUSED.values(), ids=FILLING_REFUSED)
def test_a_refused_table_changes_nothing(house, asked, kind, who, answers, version):
    with nothing_changes(), pytest.raises(kind):
        send_assessment(asked, said(asked, *answers), by=getattr(house, who), at=MORNING, version=version)


def test_what_was_sent_is_not_filled_in_again(house, sent):
    for verb in (keep_assessment, send_assessment):
        with nothing_changes(), pytest.raises(WrongMoment):
            verb(sent, said(sent, NO, NO, NO), by=house.officer, at=MORNING)


def test_both_totals_stand_side_by_side_once_it_is_verified(house, sent):
    another = said(sent, Said(None), Said(Decimal(0), "Chưa có quyết định."))
    row = verify_assessment(sent, another, by=house.secretary, at=MORNING)
    assert (row.reported.reached, row.found.reached, row.found.total) == (2, 1, 3)
    event = Event.objects.get(verb="verify_assessment")
    assert (event.before["reached"], event.after["reached"], event.after["of"]) == (2, 1, 3)


def test_what_was_said_of_an_indicator_is_its_reading_once_it_is_verified(house):
    indicator = make_indicator(house.committee, code="cap-quang", target=Decimal(100))
    row = set_up(house, Wanted("Cáp quang", indicator="cap-quang"), Wanted("Có kế hoạch"))
    (asked,) = ask_to_assess(row, [house.lead], as_of=ISSUED, by=house.secretary, at=MORNING)
    answers = said(asked, Said(Decimal("71.75")), YES)
    sent = send_assessment(asked, answers, by=house.officer, at=MORNING)
    assert not indicator.readings.exists()
    found = said(sent, Said(Decimal(70), "Trùng hộ."))
    verify_assessment(sent, found, by=house.secretary, at=MORNING)
    reading = indicator.readings.get()
    assert (reading.value, reading.verified_value, reading.reason) == (Decimal("71.75"), 70, "Trùng hộ.")
    assert (reading.agency, reading.by, reading.verified_by) == (house.lead, house.officer, house.secretary)


VERIFYING_REFUSED = {
    "the agency itself": (NotAllowed, "officer", {}, None),
    "another without a reason": (Invalid, "secretary", {1: NO}, None),
    "more points than there are": (Invalid, "secretary", {2: Said(Decimal(11), "Cộng thêm.")}, None),
    "somebody was faster": (Stale, "secretary", {}, 1),
}


@pytest.mark.parametrize(("kind", "who", "found", "version"), VERIFYING_REFUSED.values(), ids=VERIFYING_REFUSED)
def test_a_refused_verification_changes_nothing(house, sent, kind, who, found, version):
    given = {ids(sent)[nth]: answer for nth, answer in found.items()}
    with nothing_changes(), pytest.raises(kind):
        verify_assessment(sent, given, by=getattr(house, who), at=MORNING, version=version)


def test_nobody_verifies_what_they_or_their_substitute_sent(house, asked):
    substitute = make_user(Office.SECRETARIAT, house.committee)
    make_absence(house.officer, substitute, ISSUED)
    row = send_assessment(asked, said(asked, YES, YES, YES), by=substitute, at=MORNING)
    make_office(house.officer, Office.SECRETARIAT, house.committee)
    for who in (substitute, house.officer):
        with nothing_changes(), pytest.raises(NotAllowed):
            verify_assessment(row, {}, by=who, at=MORNING)


def test_what_comes_back_keeps_what_was_filled_in(house, sent):
    row = return_assessment(sent, by=house.secretary, at=MORNING, reason="Thiếu tài liệu.")
    assert (row.state, row.reason, row.reported.reached) == ("asked", "Thiếu tài liệu.", 2)
    again = send_assessment(row, {}, by=house.officer, at=MORNING)
    assert (again.state, again.reason) == ("submitted", "")


def test_it_comes_back_with_a_reason_and_only_once(house, sent):
    with nothing_changes(), pytest.raises(Invalid):
        return_assessment(sent, by=house.secretary, at=MORNING, reason=" ")
    row = return_assessment(sent, by=house.secretary, at=MORNING, reason="Thiếu.")
    for verb in (return_assessment, verify_assessment):
        with nothing_changes(), pytest.raises(WrongMoment):
            verb(
                row, by=house.secretary, at=MORNING, **({"reason": "x"} if verb is return_assessment else {"found": {}})
            )


def test_a_table_of_any_length_costs_the_same(house, django_assert_num_queries):
    for many in (1, 40):
        row = make_assessment(make_set(house.committee, *["yes_no"] * many), house.lead, ISSUED)
        with django_assert_num_queries(9):
            send_assessment(row, dict.fromkeys(ids_of(row), YES), by=house.officer, at=MORNING)


def ids_of(row):
    return [mark.criterion_id for mark in row.marks.all()]


def test_who_sees_what(house, asked):
    foreign = make_assessment(make_set())
    seen = {who: set(Assessment.objects.visible_to(getattr(house, who), ISSUED)) for who in ("officer", "secretary")}
    assert seen == {"officer": {asked}, "secretary": {asked}}
    assert set(Assessment.objects.visible_to(make_user(Office.AUDITOR), ISSUED)) == {asked, foreign}
    assert CriteriaSet.objects.count() == 2
