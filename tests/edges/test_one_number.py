"""The same question has one answer: on the leaders' page, in the API, in the briefing and in the papers."""

import re
from datetime import date, timedelta

import pytest

from accounts.models import Role
from directives.actions.tallying import sum_up
from directives.briefing import briefing
from directives.figures import Cells, Scope, totals
from tests.edges.calling import with_key
from tests.edges.test_papers import fetched, rows_of, text_of_pdf
from tests.edges.test_web_leaders import EARLIER, Ministries
from tests.edges.visiting import MONDAY, visit
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
STANDING = re.compile(
    r"was (\d+) assignments: (\d+) done \((\d+) on time, (\d+) late\), (\d+) not done yet \((\d+) in time, "
    r"(\d+) overdue\) and (\d+) without a deadline"
)
LONG_AGO = date(2024, 1, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("day", [EARLIER, MONDAY - 31 * DAY, MONDAY])
def test_page_api_briefing_and_papers_say_the_same(day):
    world = Ministries()
    sum_up(limit=20)  # some is summed up, and some is not yet
    committee, asked = world.committee, {"as_of": str(day)}
    cells = totals(Scope(committees=frozenset([committee.pk])), day)
    assert cells.total > 0

    page = visit(world.chair).get("/figures/", {"committee": committee.uuid, **asked})
    assert page.context["page"].numbers.cells == cells

    told = with_key(committee).read("statistics/", **asked)["total"]
    assert told.pop("total") == cells.total
    assert Cells(**told) == cells

    assert briefing(committee, since=LONG_AGO, until=day).cells_now == cells

    desk = visit(make_user(Role.SECRETARIAT, committee))
    told = (cells.total, cells.done, cells.done_on_time, cells.done_late, cells.open, cells.open_in_time)
    for reader, name, whose in (
        (visit(world.chair), "report_paper", committee.uuid),
        (desk, "admin:period_paper", committee.pk),
        (desk, "admin:briefing_paper", committee.pk),
    ):
        words = text_of_pdf(fetched(reader, name, whose, "pdf", **asked))
        said = STANDING.search(words)
        assert said, words
        assert tuple(map(int, said.groups())) == (*told, cells.open_overdue, cells.undated)
        assert page.context["page"].numbers.late.percent in words
    sheet = [row for row in rows_of(fetched(desk, "admin:overdue_paper", committee.pk, "xlsx", **asked)) if row[1]]
    assert len(sheet[1:]) == cells.open_overdue
    if cells.open_overdue:
        words = text_of_pdf(fetched(desk, "admin:overdue_paper", committee.pk, "pdf", **asked))
        said = re.search(r"(\d+) of the (\d+) assignments", words)
        assert said, words
        assert (int(said[1]), int(said[2])) == (cells.open_overdue, cells.total)
