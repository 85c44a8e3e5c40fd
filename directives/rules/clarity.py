"""Clarity: the "6 rõ" of a directive, and which of them it leaves open.

Rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm, rõ thẩm quyền. It warns the
secretariat before a notice is issued and never stops it: notices without a lead or a date are
everyday.
Whoever leads decides what is not submitted to anybody.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directives.rules.deadlines import Kind
from directives.rules.refusals import N_


class Point(StrEnum):
    """The six points, in the order in which they are spoken."""

    PEOPLE = "people"
    WORK = "work"
    TIME = "time"
    RESPONSIBILITY = "responsibility"
    PRODUCT = "product"
    AUTHORITY = "authority"


LABELS: dict[Point, str] = {
    Point.PEOPLE: N_("Clear who"),
    Point.WORK: N_("Clear what"),
    Point.TIME: N_("Clear when"),
    Point.RESPONSIBILITY: N_("Clear who answers for it"),
    Point.PRODUCT: N_("Clear what product"),
    Point.AUTHORITY: N_("Clear who decides"),
}
WARNINGS: dict[Point, str] = {
    Point.PEOPLE: N_("No agency is named."),
    Point.WORK: N_("The work is not worded."),
    Point.TIME: N_("No date or interval is settled."),
    Point.RESPONSIBILITY: N_("No single lead, and no agency that leads its own share, answers for it."),
    Point.PRODUCT: N_("No product is named by which it is seen to be done."),
    Point.AUTHORITY: N_("It is not said who decides or approves."),
}

SUBMITTED = re.compile(r"(?<!\w)(?:trình(?! (?:độ|tự|bày|diễn))|phê duyệt|cho phép|xin ý kiến|chấp thuận)(?!\w)")
# The levels that decide, behind a word that brings it to them.
LEVEL = re.compile(
    r"(?<!\w)(?:trình|báo cáo|xin ý kiến|đề xuất|kiến nghị)(?!\w)[^;.]{0,80}(?<!\w)(?:(?:phó )?thủ tướng|chính phủ|"
    r"quốc hội|bộ chính trị|ban bí thư|(?:phó )?trưởng ban|chủ tịch|hội đồng nhân dân|hđnd|ubnd|ủy ban|bộ trưởng|"
    r"bộ [^\W\d]+|tỉnh ủy|thành ủy|ban chỉ đạo|ban thường vụ)(?!\w)"
)


@dataclass(frozen=True)
class Stated:
    """What a directive says of itself; `leads`, `shares` and `coordinating` are numbers of addressees."""

    wording: str
    leads: int = 0
    shares: int = 0
    coordinating: int = 0
    deadline_kind: str = Kind.NONE
    due_on: date | None = None
    product: str = ""
    decided_by: str = ""


def missing(stated: Stated) -> list[Point]:
    """The points that `stated` leaves open, in the order of `Point`; empty where all six are clear."""
    return [point for point, is_clear in CLEAR.items() if not is_clear(stated)]


def _time_is_clear(stated: Stated) -> bool:
    return stated.due_on is not None or stated.deadline_kind in (Kind.RECURRING, Kind.ONGOING)


def _responsibility_is_clear(stated: Stated) -> bool:
    """One lead (decree 39/2022/NĐ-CP: one task, one who answers for it), or shares and no second lead."""
    return stated.leads == 1 or (stated.leads == 0 and stated.shares > 0)


def _authority_is_clear(stated: Stated) -> bool:
    """Who decides is only asked where something is to be submitted, approved or allowed, and it is not said to whom."""
    words = " ".join(stated.wording.lower().split())
    return bool(stated.decided_by.strip()) or not SUBMITTED.search(words) or bool(LEVEL.search(words))


CLEAR: dict[Point, Callable[[Stated], bool]] = {
    Point.PEOPLE: lambda stated: stated.leads + stated.shares + stated.coordinating > 0,
    Point.WORK: lambda stated: bool(stated.wording.strip()),
    Point.TIME: _time_is_clear,
    Point.RESPONSIBILITY: _responsibility_is_clear,
    Point.PRODUCT: lambda stated: bool(stated.product.strip()),
    Point.AUTHORITY: _authority_is_clear,
}
