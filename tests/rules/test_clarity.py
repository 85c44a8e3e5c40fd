"""The 6 rõ: what a directive leaves open."""

from dataclasses import replace
from datetime import date

import pytest

from directives.rules.clarity import LABELS, WARNINGS, Point, Stated, missing
from directives.rules.deadlines import Kind

CLEAR = Stated(
    wording="Trình Chính phủ dự thảo Nghị quyết",
    leads=1,
    coordinating=2,
    deadline_kind=Kind.DATE,
    due_on=date(2025, 11, 10),
    product="Dự thảo Nghị quyết",
    decided_by="Chính phủ",
)


def test_a_directive_that_says_all_is_clear():
    assert missing(CLEAR) == []


def test_a_sentence_alone_leaves_four_points_open():
    assert missing(Stated(wording="Khẩn trương điều chỉnh hệ thống thông tin")) == [
        Point.PEOPLE, Point.TIME, Point.RESPONSIBILITY, Point.PRODUCT,
    ]  # fmt: skip


ONE_OPEN = [
    pytest.param({"leads": 0, "coordinating": 0}, [Point.PEOPLE, Point.RESPONSIBILITY], id="nobody"),
    pytest.param({"wording": " \n"}, [Point.WORK], id="blank wording"),
    pytest.param({"due_on": None, "deadline_kind": Kind.URGENT_UNDATED}, [Point.TIME], id="urgent without a date"),
    pytest.param({"due_on": None, "deadline_kind": Kind.RELATIVE}, [Point.TIME], id="after an event not yet dated"),
    pytest.param({"deadline_kind": Kind.RELATIVE}, [], id="after an event that has its date"),
    pytest.param({"due_on": None, "deadline_kind": Kind.RECURRING}, [], id="recurring"),
    pytest.param({"due_on": None, "deadline_kind": Kind.ONGOING}, [], id="ongoing"),
    pytest.param({"leads": 0}, [Point.RESPONSIBILITY], id="only coordinating agencies"),
    pytest.param({"leads": 2}, [Point.RESPONSIBILITY], id="two leads"),
    pytest.param({"leads": 0, "shares": 63}, [], id="each agency leads its share"),
    pytest.param({"product": ""}, [Point.PRODUCT], id="no product"),
    pytest.param({"decided_by": ""}, [], id="it is said to whom it is submitted"),
    pytest.param(
        {"decided_by": "", "wording": "Hoàn thiện, trình phê duyệt Đề án"}, [Point.AUTHORITY], id="nobody decides"
    ),
    pytest.param(
        {"decided_by": "", "wording": "Trình cấp có thẩm quyền ban hành"}, [Point.AUTHORITY], id="who, is not said"
    ),
    pytest.param({"decided_by": "", "wording": "Rà soát trình tự, thủ tục"}, [], id="nothing is to be decided"),
    pytest.param({"decided_by": "", "wording": "Xây dựng Đề án, báo cáo Trưởng Ban phê duyệt"}, [], id="a chair"),
]


@pytest.mark.parametrize(("change", "left_open"), ONE_OPEN)
def test_what_is_left_open_is_named(change, left_open):
    assert missing(replace(CLEAR, **change)) == left_open


def test_every_point_has_a_label_and_a_warning():
    assert list(LABELS) == list(WARNINGS) == list(Point)
