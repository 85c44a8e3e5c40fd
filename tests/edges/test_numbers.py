"""Every number on a screen leads to the rows that it counts; those rows count to it; no other number stands there."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role, User
from directives.models import (
    Assessment,
    Assignment,
    Channel,
    Delivery,
    DeliveryState,
    Indicator,
    KeptPaper,
    Notice,
    PaperSchedule,
)
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.desk_pages import pages_of
from tests.edges.visiting import visit
from tests.make import (
    at,
    make_agency,
    make_assessment,
    make_assignment,
    make_committee,
    make_directive,
    make_group,
    make_indicator,
    make_ladder,
    make_notice,
    make_reading,
    make_set,
    make_user,
)
from tests.make.crowd import make_crowd
from tests.make.filling import Crowd
from tests.numbers import Reader

pytestmark = pytest.mark.django_db
TODAY, EARLIER = date(2026, 3, 2), date(2026, 1, 20)  # a Monday, and a day before
# Pages of one row's history, of searches, and the register itself: their numbers are those of the lists that are read.
LEFT_OUT = re.compile("history|searched|middle|links|^seal|^event$|, new$|two months|choose a list")
# What the rows of the crowd are called, and sentences in which a figure is part of the wording.
WORDS = re.compile(
    r"(đề án|số|Chuyên viên|[Pp]hiên họp|thứ|bước|[Tt]iêu chí|chuyển đổi số|Ban Chỉ đạo|Dự thảo kết luận|"
    r"[Nn]hiệm vụ|trực tuyến|Khóa|Nhóm|Hệ thống|Văn phòng|Cơ quan|paragraph|Directive|[A-Z]+) ?(II\.)?\d+|"
    r"1\. Cơ quan|\b(a|co-quan|nhom|he-thong)-\d+|msg_\w+|\S+@\S+|dd_\w+…|550 No such user|6 rõ|Decree 30/2020|UTC\+7"
)
# The figures that count no rows: by the class, attribute or tag that they stand in, and why.
EXCEPTED = {
    "asked-number": "the number of a directive in its notice",
    "asked-number-plain": "the number of a directive in its notice",
    "mark-number": "the number of a directive in its notice",
    "step-number": "which step it is",
    "inline_label": "which line of a form it is",
    "field-sealed_as": "the number of a seal",
    "field-sequence": "the number of a change",
    "field-ports_named": "ports of a network",
    "field-begins_with": "how a key begins",
    "visually-hidden": "said aloud: a number that stands beside it, or an ordinal",
    "paginator": "numbers of pages; how many rows there are stands in the heading as well",
    "data-place": "a place in a list, whose rows stand above",
    "timeline-rung": "working days before or after a deadline",
    "timeline-rung-plain": "working days before or after a deadline",
    "field-rungs_named": "working days before or after a deadline",
    "field-offset": "working days before or after a deadline",
    "field-soon_days": "working days",
    "work-when": "working days, and how they were counted",
    "measured": "what was measured, or a sum of points",
    "criteria": "the number of a criterion, and what was answered to it",
    "would-choose": "how many units a tick stands for",
    "field-wanted": "a target",
    "field-latest": "a reading",
    "field-shown": "a reading",
    "field-as_verified": "a reading",
    "in-file": "rows of a file, which is handed out above",
    "cell-hint": "a help that shows how a date is typed",
    "field-attempts": "how often it was tried",
    "readonly": "what a form holds",
    "was-moved": "what a step did; it is told row by row in the history",
    "forecast": "what would come of it: rows that are not there yet",
    "unseen": "parts that are not there for the reader",
    "form-text": "a help that names a bound",
    "help": "a help that names a bound",
    "action-counter": "what is ticked, where it is ticked",
    "ticked": "what is ticked, beside it",
    "said-below": "a title; the same number stands below with its rows",
    "button": "what a press would do; the rows stand above it",
}


class Everybody:
    """A committee with a crowd of work, whose secretary, chair and administrator read; an agency that hands down."""

    def __init__(self) -> None:
        make_ladder()
        self.committee = make_committee("Ủy ban Quốc gia")
        self.secretary = make_user(Role.SECRETARIAT, self.committee)
        self.administrator, self.chair = make_user(Role.ADMINISTRATOR), make_user(Role.CHAIR, self.committee)
        self.crowd: Crowd = make_crowd(60, self.committee, self.secretary, today=TODAY, mark="a")
        self.officer = User.objects.get(pk=self.crowd.people.first)
        self.agency = self.officer.offices.get().agency
        make_group(self.agency, make_agency())
        self.whole = self._handed_down()
        self.table = self._assessed()
        self.target = self._measured()
        self.papers = [self._kept(committee=self.committee), self._kept(agency=self.agency, kind="own_list")]
        Delivery.objects.filter(recipient=self.officer).update(channel=Channel.IN_APP, state=DeliveryState.SENT)

    def _handed_down(self) -> Assignment:
        """Work in two directives for three units each: done, handed in, late, declined."""
        notice, later = make_notice(self.committee, issued_on=TODAY - timedelta(days=60)), TODAY + timedelta(days=40)
        whole = make_assignment(self.agency, directive=make_directive(notice), state=State.IN_PROGRESS, due_on=later)
        states = (State.DONE, State.HANDED_IN, State.IN_PROGRESS, State.ASSIGNED, State.DECLINED, State.DONE)
        units = [make_agency(parent=self.agency) for _ in range(3)]
        given = [make_directive(notice, handed_down_from=whole, given_by=self.agency) for _ in range(2)]
        for number, state in enumerate(states):
            due_on = TODAY + timedelta(days=(20, 30, -40)[number % 3])
            make_assignment(
                units[number % 3], directive=given[number // 3], role=Part.SHARE, state=state, due_on=due_on
            )
        return whole

    def _measured(self) -> Indicator:
        """A target with three figures, of which one was verified."""
        told = {"target": 80, "due_on": date(2026, 12, 31), "reported_by": self.agency}
        target = make_indicator(self.committee, **told)
        for days in (90, 60, 20):
            make_reading(target, TODAY - timedelta(days=days), value=61 - days // 10, by=self.officer)
        target.readings.filter(as_of=TODAY - timedelta(days=60)).update(
            verified_value=54, verified_by=self.secretary, verified_at=at(TODAY), reason="Kiểm tra lại."
        )
        return target

    def _kept(self, **told: Any) -> KeptPaper:
        """A paper that a schedule made."""
        days = {"rhythm": "weekly", "number": 1, "hour": 8, "at": at(TODAY), "counts_from": at(TODAY)}
        told = {"kind": "overdue", "form": "xlsx", "language": "vi", "by": self.secretary, **told}
        schedule = PaperSchedule.objects.create(**told, **days)
        schedule.recipients.add(self.officer, self.chair)
        made = {"state": "made", "made_at": at(TODAY), "sha256": "0" * 64, "file": "x", "size": 2048, "rows": 12}
        return KeptPaper.objects.create(**told, **made, schedule=schedule, as_of=TODAY, at=at(TODAY), key=uuid4().hex)

    def _assessed(self) -> Assessment:
        """One table to fill in, and one that was verified with a difference and two lines left open."""
        criteria = make_set(self.committee, *["yes_no"] * 5, "scored")
        make_assessment(criteria, self.agency, TODAY)
        row = make_assessment(
            criteria, self.agency, state="verified", verified_by=self.secretary, verified_at=at(TODAY)
        )
        for mark, said, found in zip(row.marks.all(), (1, 1, 0, 1, None, 8), (1, 0, 0, 1, None, 8), strict=True):
            mark.reported, mark.verified, mark.reason = said, found, "Kiểm tra tại chỗ."
            mark.save()
        return row

    def pages(self) -> Iterator[tuple[User, str]]:
        """What is read, by whom."""
        for page in pages_of(self.crowd, self.administrator, every_filter=False):
            if not LEFT_OUT.search(page.name):
                yield page.reader, page.address
        yield self.secretary, reverse("admin:assessment_verify", args=[self.table.pk])
        yield self.secretary, reverse("admin:paper_schedules")
        yield self.secretary, reverse("admin:paper_schedule", args=[self.papers[0].schedule.uuid])
        yield self.secretary, reverse("admin:kept_paper", args=[self.papers[0].uuid])
        yield self.secretary, reverse("admin:paper_templates", args=[self.committee.pk])
        yield from self.own_pages()

    def own_pages(self) -> Iterator[tuple[User, str]]:
        """What agencies and leaders read, today and as of an earlier day."""
        lists = ("/", "/notices/", "/figures/", "/messages/", "/assessments/", "/extensions/", "/papers/")
        of_whole = reverse("assignment", args=[self.whole.uuid])
        notice = Notice.objects.get(pk=self.crowd.notices.first)
        of_notice = reverse("notice", args=[notice.uuid])
        yield from ((self.chair, address) for address in (*lists, *self._figures(), of_notice, of_whole))
        yield self.chair, reverse("kept_paper", args=[self.papers[0].uuid])
        table = reverse("self_assessment", args=[self.table.uuid])
        acts = (of_whole, f"{of_whole}parts/", f"{of_whole}hand-in/", f"{of_whole}hand-down/")
        paper = self.papers[1]
        papers = (
            reverse("paper_schedules"),
            reverse("paper_schedule", args=[paper.schedule.uuid]),
            reverse("kept_paper", args=[paper.uuid]),
        )
        more = ("/questions/", "/?tab=down", table, *acts, *papers, *self._figures()[-2:], "/preferences/")
        yield from ((self.officer, address) for address in (*lists, *more))

    def _figures(self) -> list[str]:
        """The pages behind the leaders' page, of today and of an earlier day; that of a target last."""
        told = [reverse("figures_by", args=[by]) for by in ("agency", "notice", "field")]
        told += map(reverse, ("figures_league", "figures_shares", "figures_pace", "figures"))
        told.append(reverse("target", args=[self.target.uuid]))
        return [one + asked for one in told for asked in ("", f"?as_of={EARLIER.isoformat()}")]


def walked(pages: Iterable[tuple[User, str]], language: str, followed: set[Any]) -> str:
    """What is wrong on these pages; each number is followed once, and so once for both languages."""
    readers: dict[int, Reader] = {}
    wrong, bare = [], set()
    for who, address in pages:
        reader = readers.setdefault(who.pk, Reader(visit(who, language=language)))
        screen = reader.screen(address)
        if screen is None:
            continue
        bare |= {f"{left} on {address}" for left in screen.bare(WORDS, EXCEPTED)}
        wrong += screen.wrong_here()
        for number in screen.numbers:
            if (who.pk, number.place) not in followed:
                followed.add((who.pk, number.place))
                found = reader.counted(number)
                wrong += [] if found == number.value else [f"{address}: {number}, but {found} rows there"]
    return "\n".join([*wrong, *sorted(bare)])


def test_every_number_counts_rows_that_it_leads_to_and_none_stands_alone():
    followed: set[Any] = set()
    with time_machine.travel(at(TODAY), tick=False):
        world = Everybody()
        with override("en"):
            assert walked(world.pages(), "en", followed) == ""
        in_english = len(followed)
        assert in_english > 250
        with override("vi"):
            assert walked(world.own_pages(), "vi", followed) == ""
    assert len(followed) - in_english < 50  # the same numbers in both languages
