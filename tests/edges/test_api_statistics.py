"""Statistics: the same numbers as everywhere, of what the caller sees, as of any day; what is unfit is refused."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from directives.actions.drafting import To
from directives.actions.reporting import hand_in, verify
from directives.figures import By, Scope, totals, totals_by
from directives.models import Role as Part
from tests.edges.calling import Caller, with_key
from tests.make import at, make_agency, make_committee, make_issued, make_ladder, make_user

pytestmark = pytest.mark.django_db
ISSUED, DUE = date(2025, 3, 3), date(2025, 3, 14)
LATER = DUE + timedelta(days=10)
NOTHING = dict.fromkeys(
    ("done_on_time", "done_late", "open_in_time", "open_overdue", "undated", "suspended", "coordinating", "total"), 0
)


class World:
    """Two committees; the first gave work to three agencies, of which one has done it and one coordinates."""

    def __init__(self) -> None:
        make_ladder()
        self.first, self.second = make_committee(code="uy-ban"), make_committee(code="ban-chi-dao")
        self.bca, self.byt = make_agency("Bộ Công an", code="bca"), make_agency("Bộ Y tế", code="byt")
        self.c06 = make_agency("C06", code="c06", parent=self.bca)
        to = [To(Part.LEAD, self.bca), To(Part.SHARE, self.c06), To(Part.COORDINATING, self.byt)]
        lead, share, _beside = make_issued(*to, committee=self.first, issued_on=ISSUED, due_on=DUE)
        make_issued(self.byt, committee=self.second, issued_on=ISSUED, due_on=None)
        self.notice = lead.directive.notice
        hand_in(share, by=make_user(Role.OFFICER, self.c06), at=at(DUE), text="Xong.")
        verify(share, by=self.first.offices.get().user, at=at(LATER))


@pytest.fixture
def world() -> World:
    return World()


def test_a_committee_counts_what_it_gave_and_an_agency_its_own_and_below(world):
    done, late = {"done_on_time": 1}, {"open_overdue": 1}
    day = {"as_of": str(LATER)}
    told = with_key(world.first).read("statistics/", **day)
    cells = {**NOTHING, **done, **late, "coordinating": 1, "total": 2}
    assert told == {"as_of": str(LATER), "basis": "current", "total": cells}
    assert with_key(world.bca).read("statistics/", **day)["total"] == {**NOTHING, **done, **late, "total": 2}
    assert with_key(world.c06).read("statistics/", **day)["total"] == {**NOTHING, **done, "total": 1}
    mine = {**NOTHING, "undated": 1, "coordinating": 1, "total": 1}
    assert with_key(world.byt).read("statistics/", **day)["total"] == mine
    assert Caller(user=make_user(Role.AUDITOR)).read("statistics/", **day)["total"]["total"] == 3
    assert with_key(world.first).read("statistics/", as_of=str(DUE))["total"]["open_in_time"] == 2


def test_each_row_is_what_the_figures_say_and_they_add_up(world):
    key, scope = with_key(world.first), Scope(committees=frozenset([world.first.pk]))
    for by in By:
        told = key.read("statistics/", as_of=str(LATER), by=by.name.lower())
        assert [row["total"] for row in told["rows"]] == [
            cells.total for _key, cells in sorted(totals_by(scope, by, LATER).items())
        ]
        assert sum(row["total"] for row in told["rows"]) == told["total"]["total"] == totals(scope, LATER).total
    rows = {row["agency"]["code"]: row for row in key.read("statistics/", as_of=str(LATER), by="agency")["rows"]}
    assert rows["bca"] == {"agency": {"code": "bca", "name": "Bộ Công an"}, **NOTHING, "open_overdue": 1, "total": 1}
    (row,) = key.read("statistics/", by="notice")["rows"]
    assert row["notice"]["id"] == str(world.notice.uuid)


def test_what_the_caller_does_not_see_counts_as_nothing(world):
    assert with_key(world.first).read("statistics/", committee="ban-chi-dao")["total"] == NOTHING
    assert with_key(world.c06).read("statistics/", agency="bca")["total"] == NOTHING
    assert with_key(world.bca).read("statistics/", committee="ban-chi-dao", by="agency")["rows"] == []
    assert with_key(world.bca).read("statistics/", committee="uy-ban")["total"]["total"] == 2
    assert with_key(world.first).read("statistics/", agency_under="bca", as_of=str(LATER))["total"]["total"] == 2
    assert Caller(user=make_user(Role.OFFICER)).read("statistics/")["total"] == NOTHING


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("colour=red", "colour"),
        ("as_of=today", "as_of"),
        ("as_of=9999-12-31", "as_of"),
        ("by=moon", "by"),
        ("basis=", "basis"),
        ("by=a&by=b", "by"),
    ],
)
def test_what_is_unfit_is_refused_by_its_name(world, asked, name):
    answer = with_key(world.first).get(f"/api/v1/statistics/?{asked}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("by", ["", "agency", "committee", "notice", "field"])
def test_the_answer_costs_a_fixed_number_of_queries(world, by, django_assert_max_num_queries):
    key = with_key(world.first)
    with django_assert_max_num_queries(7):
        key.read("statistics/", **({"by": by} if by else {}))
