"""The leaders' page: who sees whose figures, as of which day, and that every number leads to the rows it counts."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import Agency, Role, User
from directives.actions.recording import remember
from directives.figures import Cells
from directives.models import Assignment
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.visiting import MONDAY, visit
from tests.make import (
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_indicator,
    make_notice,
    make_reading,
    make_user,
)
from tests.numbers import Reader
from tracker.web.leaders import page as page_of_figures
from tracker.web.leaders import rows as rows_of_the_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
GIVEN, EARLIER = date(2024, 9, 2), date(2024, 12, 31)
DAY = timedelta(days=1)
SHARE = re.compile(r'</(?:a|span)><span class="of">/<a [^>]+>[\d,]+</a></span> <span class="percent">= [\d.]+')
ROW = '<li class="work-row standing-'
# By state: the deadline in days from MONDAY (None: undated), and the day on which that state came, likewise.
LIVES = [
    (State.DONE, 0, -20),
    (State.DONE, -40, -20),
    (State.DONE, -100, -75),
    (State.IN_PROGRESS, 5, -30),
    (State.IN_PROGRESS, -1, -30),
    (State.IN_PROGRESS, -45, -60),
    (State.HANDED_IN, -80, -10),
    (State.IN_PROGRESS, -150, -160),
    (State.SUSPENDED, -3, -30),
    (State.IN_PROGRESS, None, -30),
    (State.WITHDRAWN, -3, -30),
]


def live(agency: Agency, directive, state: str, due: int | None, since: int, **fields) -> Assignment:
    """Work that was assigned on GIVEN and has been in `state` since a day."""
    due_on = None if due is None else MONDAY + due * DAY
    one = make_assignment(agency, directive=directive, due_on=due_on, assigned_on=GIVEN, **fields)
    remember([one], GIVEN)
    one.state = state
    if state in (State.DONE, State.HANDED_IN):
        one.handed_in_on = MONDAY + since * DAY
    if state == State.DONE:
        one.done_on = one.handed_in_on
    one.save()
    remember([one], MONDAY + since * DAY)
    return one


class Ministries:
    """A committee whose work two ministries have, one of which hands down; another committee; and who looks."""

    def __init__(self) -> None:
        self.committee, self.other = make_committee("Ủy ban"), make_committee("Ban Chỉ đạo")
        self.agencies = [make_agency("Bộ Công an"), make_agency("Bộ Tài chính")]
        self.unit = make_agency("Cục C06", parent=self.agencies[0])
        self.notices = [make_notice(self.committee, issued_on=GIVEN) for _ in range(2)]
        self.rows = [self._given(number, *life) for number, life in enumerate(LIVES)]
        inner = make_directive(self.notices[0], handed_down_from=self.rows[4], given_by=self.agencies[0])
        live(self.unit, inner, State.IN_PROGRESS, -2, -30, role=Part.SHARE)
        live(self.agencies[1], make_directive(self.notices[0]), State.IN_PROGRESS, -2, -30, role=Part.COORDINATING)
        live(self.agencies[1], make_directive(make_notice(self.other, issued_on=GIVEN)), State.IN_PROGRESS, -5, -30)
        self.chair, self.head = make_user(Role.CHAIR, self.committee), make_user(Role.HEAD, self.agencies[0])
        self.auditor = make_user(Role.AUDITOR)

    def _given(self, number: int, state: str, due: int | None, since: int) -> Assignment:
        directive = make_directive(self.notices[number % 2], field=("Dữ liệu", "")[number % 3 == 0])
        return live(self.agencies[number % 2], directive, state, due, since)


@pytest.fixture
def ministries() -> Ministries:
    return Ministries()


def page(browser: Client, **asked) -> str:
    """The page that is asked for."""
    answer = browser.get(f"/figures/?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_number_leads_to_the_rows_that_it_counts(ministries, monkeypatch):
    monkeypatch.setattr(page_of_figures, "MONTHS", 3)
    monkeypatch.setattr(rows_of_the_page, "PAGE", 8)  # so that some numbers go over two pages
    committee, agency = ministries.committee.uuid, ministries.agencies[0].uuid
    walks = [
        (ministries.chair, "/figures/"),
        (ministries.chair, f"/figures/?committee={committee}&agency={agency}&as_of={EARLIER}"),
        (ministries.chair, "/figures/by/notice/"),
        (ministries.head, f"/figures/?agency={agency}&handed_down=1"),
        (ministries.chair, "/figures/league/"),
        (ministries.chair, "/figures/league/?succession=1"),
        (ministries.chair, "/figures/shares/"),
        (ministries.chair, "/figures/pace/"),
        (ministries.head, "/figures/pace/"),
        (ministries.head, f"/figures/shares/?agency={agency}&handed_down=1"),
        (ministries.auditor, f"/figures/?as_of={EARLIER}"),
    ]
    seen = set()
    for who, address in walks:
        reader = Reader(visit(who))
        screen = reader.screen(address)
        assert list(screen.wrong_here()) == []
        links = {one.place: one for one in screen.numbers if one.place not in seen}
        seen |= links.keys()
        found = {place: reader.counted(one) for place, one in links.items()}
        assert found == {place: one.value for place, one in links.items()}
    assert len(seen) > 150


def test_the_cells_stand_on_the_page_and_what_is_suspended_or_coordinating_apart(ministries):
    numbers = visit(ministries.chair).get("/figures/").context["page"].numbers
    four = {"done_on_time": 1, "done_late": 2, "open_in_time": 2, "open_overdue": 4}
    assert numbers.cells == Cells(**four, undated=1, suspended=1, coordinating=1)
    assert (str(numbers.total), str(numbers.suspended), str(numbers.coordinating)) == ("10", "1", "1")


def test_a_percentage_is_never_shown_without_its_parts(ministries):
    told = page(visit(ministries.chair))
    assert len(SHARE.findall(told)) == told.count('class="percent"') == 19


def test_overdue_work_is_told_by_its_age(ministries):
    ages = visit(ministries.chair).get("/figures/").context["page"].ages
    assert [(str(one.words), one.number.value, one.bar) for one in ages] == [
        ("30 days or less", 1, 100),
        ("31 to 60 days", 1, 100),
        ("61 to 120 days", 1, 100),
        ("More than 120 days", 1, 100),
    ]


def test_a_day_that_is_over_reads_the_same_whatever_came_since(ministries):
    browser = visit(ministries.chair)
    before = browser.get(f"/figures/?as_of={EARLIER}").context["page"].numbers.cells
    one = ministries.rows[3]
    one.state = State.WITHDRAWN
    one.save()
    remember([one], MONDAY)
    assert browser.get(f"/figures/?as_of={EARLIER}").context["page"].numbers.cells == before
    assert before.total == 11  # the withdrawn one was still asked for
    assert browser.get("/figures/").context["page"].numbers.cells.total == 9


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2025-03-11", "That day has not come yet."),
        ("1999-12-31", "The register does not go back so far."),
        ("hôm qua", "Write a day such as 31/12/2024."),
    ],
)
def test_a_day_that_cannot_be_shown_says_why_and_shows_today(ministries, written, sentence):
    answer = visit(ministries.chair).get("/figures/", {"as_of": written})
    told = answer.content.decode()
    assert sentence in told
    assert answer.context["asked"].as_of == MONDAY
    assert "As of the end of 10/03/2025" in told


def test_only_the_own_figures_are_there(ministries):
    first, second = (one.uuid for one in ministries.agencies)
    committee, other = ministries.committee.uuid, ministries.other.uuid
    stranger = make_user(Role.OFFICER, ministries.agencies[1])
    asked = {
        "committee": {"committee": committee},
        "other committee": {"committee": other},
        "agency in it": {"committee": committee, "agency": second},
        "agency in the other": {"committee": other, "agency": second},
        "agency": {"agency": first},
        "unit": {"agency": ministries.unit.uuid},
        "handed down": {"agency": first, "handed_down": 1},
        "no such": {"committee": "x"},
    }
    may = {
        ministries.chair: {"committee", "agency in it"},
        ministries.head: {"agency", "unit", "handed down"},
        stranger: {"agency in it", "agency in the other"},
        ministries.auditor: set(asked) - {"no such"},
    }
    for who, theirs in may.items():
        browser = visit(who)
        found = {name for name, said in asked.items() if browser.get("/figures/rows/", said).status_code == 200}
        assert (who.name, found) == (who.name, theirs)
    for address in ("/figures/", "/figures/by/notice/"):
        assert visit(ministries.chair).get(address, asked["other committee"]).status_code == 404


def test_whoever_holds_no_office_sees_no_figures(ministries):
    browser = visit(User.objects.create(email="nobody@example.com", name="Không chức vụ"))
    assert "No figures" in page(browser)
    assert ROW not in browser.get("/figures/rows/").content.decode()


@pytest.mark.parametrize("said", [{"cell": "x"}, {"age": "x"}, {"notice": "x"}, {"after": "x"}, {"cell": "total.x"}])
def test_what_counts_nothing_is_not_there(ministries, said):
    assert visit(ministries.chair).get("/figures/rows/", said).status_code == 404


@pytest.mark.parametrize(("who", "handed_down"), [("chair", {}), ("head", {}), ("head", {"handed_down": 1})])
def test_figures_are_told_apart_only_by_what_tells_them_apart(ministries, who, handed_down):
    browser = visit(getattr(ministries, who))
    said = {"agency": ministries.agencies[0].uuid, **handed_down} if who == "head" else {}
    ways = ("agency", "committee", "notice", "field", "x")
    found = [way for way in ways if browser.get(f"/figures/by/{way}/", said).status_code == 200]
    assert found == ["committee" if (who, handed_down) == ("head", {}) else "agency", "notice", "field"]


def test_rows_stand_as_they_stood_and_lead_on_only_where_they_are_still_seen(ministries):
    one, moved = ministries.rows[0], ministries.rows[2]
    moved.agency = ministries.agencies[1]
    moved.save()
    remember([moved], MONDAY)
    answer = visit(ministries.head).get("/figures/rows/", {"as_of": EARLIER})
    found = {row.assignment.pk: (row.assignment.standing, row.linked) for row in answer.context["found"].rows}
    assert found[one.pk] == ("on_track", True)
    assert found[moved.pk] == ("done_late", False)


def test_a_target_stands_beside_its_last_figure_of_that_day(ministries):
    wanted = make_indicator(ministries.committee, name_vi="Số tiêu chí", unit="tiêu chí", target=72, due_on=MONDAY)
    make_reading(wanted, EARLIER, value=30)
    make_reading(wanted, MONDAY, numerator=41, denominator=72)
    told = {}
    for as_of in (EARLIER, MONDAY):
        answer = visit(ministries.chair).get("/figures/", {"as_of": as_of})
        [line] = answer.context["page"].targets.lines
        told[as_of] = (line.reported, line.parts, line.share, str(line.verdict[2]))
    assert told == {
        EARLIER: ("30\u00a0tiêu chí", "30/72", "41.67 %", "Not met yet"),
        MONDAY: ("41/72\u00a0tiêu chí", "41/72", "56.94 %", "Target not met"),
    }


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_as_often_whatever_it_holds(ministries, many, django_assert_num_queries):
    for number in range(many):
        notice = make_notice(ministries.committee, issued_on=GIVEN)
        live(make_agency(), make_directive(notice, field=f"Lĩnh vực {number}"), State.IN_PROGRESS, -5, -30)
    browser = visit(ministries.chair)
    browser.get("/figures/")
    with django_assert_num_queries(16):
        browser.get("/figures/")
