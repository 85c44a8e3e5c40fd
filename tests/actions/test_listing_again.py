"""What the cells of a list say of deadlines, and what a list changes of the directives that are there already."""

from datetime import date

import pytest

from directives.actions.list_lines import Outcome
from directives.models import Addressee, Directive, Event
from directives.rules.lists.columns import Means
from tests.actions.a_list import (
    FIRST,
    FULL,
    SECOND,
    World,
    faults,
)
from tests.make import (
    make_directive,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


DEADLINES = {
    "a day": ({"due_on": date(2024, 12, 31)}, ("date", date(2024, 12, 31), "31/12/2024")),
    "a day as text": ({"due_on": "31/12/2024"}, ("date", date(2024, 12, 31), "31/12/2024")),
    "words": ({"due_on": "Quý III/2024"}, ("period", date(2024, 9, 30), "Quý III/2024")),
    "words and the day": (
        {"deadline_text": "trong tháng 9/2024", "due_on": date(2024, 9, 30)},
        ("period", date(2024, 9, 30), "trong tháng 9/2024"),
    ),
    "another day than is written": (
        {"deadline_text": "trong tháng 9/2024", "due_on": date(2024, 10, 15)},
        ("date", date(2024, 10, 15), "trong tháng 9/2024"),
    ),
    "its kind in English": (
        {"deadline_kind": "Ongoing", "deadline_text": "thường xuyên", "due_on": None},
        ("ongoing", None, "thường xuyên"),
    ),
    "nothing": ({"due_on": None}, ("none", None, "")),
    "urgent": ({"due_on": "Khẩn trương"}, ("urgent_undated", None, "Khẩn trương")),
}


@pytest.mark.parametrize(("cells", "means"), DEADLINES.values(), ids=DEADLINES)
def test_a_deadline_is_a_day_or_words_or_both(world, cells, means):
    row = {"wording": FIRST, **cells}
    world.enter(row)
    assert Directive.objects.values_list("deadline_kind", "due_on", "deadline_text").get() == means
    assert [line.outcome for line in world.enter(row).lines] == [Outcome.SAME]


def test_recurring_work_recurs(world):
    world.enter({"wording": FIRST, "due_on": "định kỳ hằng tháng, trước ngày 25"})
    assert Directive.objects.values_list("deadline_kind", "recurrence", "recurrence_day").get() == (
        "recurring",
        "monthly",
        25,
    )


def test_what_was_understood_with_doubt_is_shown(world):
    plan = world.check({"wording": FIRST, "due_on": "theo kế hoạch riêng"})
    assert [(note.number, note.said) for note in plan.notes] == [(2, "theo kế hoạch riêng")]
    assert plan.faults == []


def test_a_cell_that_differs_changes_its_directive_and_nothing_else(world):
    world.enter(FULL, {"wording": SECOND, "lead": "BCA"})
    plan = world.enter({**FULL, "product": "Đề án"}, {"wording": SECOND, "lead": "Bộ Y tế"})
    assert [(line.outcome, line.changed) for line in plan.lines] == [
        (Outcome.CHANGED, [Means.PRODUCT]),
        (Outcome.CHANGED, [Means.LEAD]),
    ]
    first, second = Directive.objects.order_by("position")
    assert (first.product, first.version, first.addressees.count()) == ("Đề án", 2, 3)
    assert [row.agency for row in second.addressees.all()] == [world.health]
    changed = Event.objects.filter(verb="change_directive").order_by("pk")
    assert [event.after["wording"] for event in changed] == [FIRST, SECOND]


def test_a_column_that_is_not_in_the_list_is_left_alone(world):
    world.enter(FULL)
    plan = world.enter({"wording": FIRST})
    assert plan.lines[0].outcome is Outcome.SAME
    assert (Directive.objects.get().product, Addressee.objects.count()) == ("Báo cáo", 3)


def test_a_code_names_the_directive_whose_words_change(world):
    world.enter(FULL)
    code = str(Directive.objects.get().uuid)
    world.enter({"code": code.upper(), "wording": "Kết nối xong"})
    assert Directive.objects.values_list("wording", "quote").get() == ("Kết nối xong", FIRST)


STRANGE_CODES = {"no code": "abc", "of another draft": None, "of nobody": "00000000-0000-0000-0000-000000000000"}


@pytest.mark.parametrize("code", STRANGE_CODES.values(), ids=STRANGE_CODES)
def test_a_code_that_is_not_of_this_draft_is_a_fault(world, code):
    code = code or str(make_directive().uuid)
    assert {means for _row, means, _ in faults(world.check({"code": code, "wording": FIRST}))} == {"code"}


def test_a_row_of_another_notice_is_a_fault(world):
    rows = [
        {"notice": text, "wording": wording} for text, wording in ((f"{world.notice}", FIRST), ("1/QĐ-BYT", SECOND))
    ]
    assert [(row, means) for row, means, _ in faults(world.check(*rows))] == [(3, "notice")]
