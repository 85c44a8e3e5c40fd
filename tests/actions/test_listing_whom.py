"""Whom the rows of a list name: matched without marks, asked where unclear, one lead or what the secretary says."""

from datetime import date

import pytest

from accounts.models import AgencyKind
from directives.actions.list_reading import NOBODY, Wishes
from directives.models import Addressee
from tests.actions.a_list import (
    FIRST,
    SECOND,
    World,
    faults,
)
from tests.make import (
    make_agency,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_a_name_of_two_is_asked_and_the_answer_is_taken(world):
    twin = make_agency("Bộ Y tế", kind=AgencyKind.OTHER)
    plan = world.check({"wording": FIRST, "lead": "Bộ Y tế"})
    (question,) = plan.questions
    assert ([body.pk for body in question.bodies], question.rows) == ([world.health.pk, twin.pk], [2])
    assert len(plan.faults) == 1
    wishes = Wishes(answers={question.key: f"agency:{twin.pk}"}, annex=True)
    world.enter({"wording": FIRST, "lead": "Bộ Y tế"}, wishes=wishes)
    assert Addressee.objects.get().agency == twin


def test_words_that_name_nobody_may_be_left_out(world):
    row = {"wording": FIRST, "lead": "Bộ Công an", "coordinating": "Bộ Y tế và các đơn vị liên quan"}
    (question,) = world.check(row).questions
    assert (question.text, list(question.bodies)) == ("đơn vị liên quan", [])
    world.enter(row, wishes=Wishes(answers={question.key: NOBODY}))
    assert Addressee.objects.count() == 2


def test_an_answer_that_is_nobody_of_ours_is_no_answer(world):
    plan = world.check({"wording": FIRST, "lead": "Bộ X"}, wishes=Wishes(answers={"bo x": "agency:999999"}))
    assert len(plan.questions) == 1


def test_marks_decide_between_names_that_are_alike_without_them(world):
    make_agency("Bộ Công An", valid_to=date(2000, 1, 1))
    other = make_agency("Bộ Cống An")
    plan = world.check({"wording": FIRST, "lead": "Bộ Công an"}, {"wording": SECOND, "lead": "bo cong an"})
    assert ([q.text for q in plan.questions], plan.questions[0].bodies[1]) == (["bo cong an"], other)


def test_the_register_of_the_issue_date_is_asked_and_then_todays(world):
    gone = make_agency("Bộ Cũ", valid_to=date(2024, 8, 10))
    new = make_agency("Bộ Mới", valid_from=date(2024, 8, 11))
    long_gone = make_agency("Bộ Xưa", valid_to=date(2020, 1, 1))
    plan = world.check(*({"wording": f"Việc {body}", "lead": body.name_vi} for body in (gone, new, long_gone)))
    assert [[to.agency for to in line.whom] for line in plan.lines] == [[gone], [new], []]


@pytest.mark.parametrize(
    ("wish", "roles"),
    [("share", ["share", "share"]), ("first", ["coordinating", "lead"])],
)
def test_of_several_leads_the_secretary_decides(world, wish, roles):
    world.enter({"wording": FIRST, "lead": "Bộ Công an; Bộ Y tế"}, wishes=Wishes(several_leads=wish))
    assert sorted(Addressee.objects.values_list("role", flat=True)) == roles


def test_several_leads_are_a_fault_where_nothing_is_said(world):
    assert [means for _row, means, _ in faults(world.check({"wording": FIRST, "lead": "BCA; Bộ Y tế"}))] == ["lead"]


def test_a_group_that_leads_answers_by_its_members_shares(world):
    world.enter({"wording": FIRST, "lead": "Các địa phương"})
    assert Addressee.objects.values_list("role", "group").get() == ("share", world.provinces.pk)
