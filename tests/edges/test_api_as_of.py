"""Work as the register knew it at the end of a day gone by: found, put in order and told as it stood then."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Role as Office
from directives.actions.assigning import reassign
from directives.actions.drafting import To
from directives.actions.extending import grant_extension, request_extension
from directives.actions.reporting import hand_in, verify
from directives.models import Role, soon_until, soon_until_at_once
from tests.edges.calling import with_key
from tests.make import at, make_agency, make_calendar, make_committee, make_issued, make_ladder, make_user

pytestmark = pytest.mark.django_db
ISSUED, DUE, LATER, NOW = date(2025, 3, 3), date(2025, 3, 14), date(2025, 3, 31), date(2025, 4, 15)


class World:
    """Work that was given more time and done, and work that went from one ministry to another."""

    def __init__(self) -> None:
        make_ladder()
        self.committee = make_committee()
        self.bca, self.byt = make_agency("Bộ Công an", code="bca"), make_agency("Bộ Y tế", code="byt")
        given = {"committee": self.committee, "issued_on": ISSUED, "due_on": DUE}
        (self.done,) = make_issued(To(Role.LEAD, self.bca), **given)
        (self.moved,) = make_issued(To(Role.LEAD, self.bca), **given)
        officer = make_user(Office.OFFICER, self.bca)
        secretary = self.committee.offices.filter(role=Office.SECRETARIAT).first().user
        asked = request_extension(self.done, by=officer, at=at(date(2025, 3, 10)), asked_due_on=LATER, reason="Chờ.")
        grant_extension(asked, by=secretary, at=at(date(2025, 3, 20)))
        hand_in(self.done, by=officer, at=at(date(2025, 3, 25)), text="Xong.")
        verify(self.done, by=secretary, at=at(date(2025, 4, 2)))
        told = {"by": secretary, "at": at(date(2025, 4, 1)), "reason": "Giao lại."}
        self.heir = reassign(self.moved, self.byt, due_on=date(2025, 5, 30), **told)
        self.names = {str(self.done.uuid): "done", str(self.moved.uuid): "moved", str(self.heir.uuid): "heir"}

    def found(self, asked: str, name: str = "assignments") -> list[str]:
        return [self.names[row] for row in with_key(self.committee).ids(f"{name}/?{asked}")]


@pytest.fixture
def world():
    with time_machine.travel(at(NOW), tick=False):
        yield World()


AS_OF = {
    "as_of=2025-03-02": [],
    "as_of=2025-03-03": ["done", "moved"],
    "as_of=2025-03-14&standing=due_soon": ["done", "moved"],
    "as_of=2025-03-15&standing=overdue": ["done", "moved"],
    # The more time came after the day: until it did, the work was overdue.
    "as_of=2025-03-20&standing=overdue": ["moved"],
    "as_of=2025-03-24&standing=due_soon": ["done"],
    "as_of=2025-03-25&state=handed_in": ["done"],
    "as_of=2025-04-02&standing=done_on_time": ["done"],
    "as_of=2025-03-31&agency=byt": [],
    "as_of=2025-04-01&agency=byt": ["heir"],
    "as_of=2025-04-01&standing=outside": ["moved"],
    "as_of=2025-03-31&due_before=2025-03-31": ["moved"],
    "as_of=2025-03-31&exchange_status=06": ["done"],
    "as_of=2025-03-31&q=bo cong an": ["moved", "done"],
    "as_of=2025-04-15&standing=on_track": ["heir"],
    "standing=on_track": ["heir"],
}


@pytest.mark.parametrize(("asked", "found"), AS_OF.items(), ids=AS_OF)
def test_work_is_found_as_it_stood_at_the_end_of_the_day(world, asked, found):
    assert world.found(asked) == found


def test_a_line_tells_how_the_work_stood_then(world):
    line = with_key(world.committee).read("assignments/?as_of=2025-03-25&state=handed_in")["results"][0]
    names = ("id", "state", "standing", "due_on", "original_due_on", "handed_in_on", "done_on", "exchange_status")
    assert {name: line[name] for name in names} == {
        "id": str(world.done.uuid),
        "state": "handed_in",
        "standing": "waiting",
        "due_on": "2025-03-31",
        "original_due_on": "2025-03-14",
        "handed_in_on": "2025-03-25",
        "done_on": None,
        "exchange_status": "06",
    }


def test_pages_of_a_day_gone_by_hold_every_row_once(world):
    address, read = "assignments/?as_of=2025-03-20&limit=1&ordering=-due_on", []
    while address:
        told = with_key_of(world).read(address)
        read += [world.names[row["id"]] for row in told["results"]]
        address = told["next"]
    assert read == ["done", "moved"]


def with_key_of(world: World):
    """One and the same system for all pages."""
    world.caller = getattr(world, "caller", None) or with_key(world.committee)
    return world.caller


def test_notices_and_directives_are_found_by_how_their_parts_stood(world):
    caller = with_key(world.committee)
    for name, of in (("notices", lambda row: row.directive.notice), ("directives", lambda row: row.directive)):
        assert caller.ids(f"{name}/?as_of=2025-03-20&standing=overdue") == [str(of(world.moved).uuid)]
        assert caller.ids(f"{name}/?as_of=2025-03-02") == []
        assert caller.ids(f"{name}/?standing=overdue") == []


def test_a_day_to_come_is_refused(world):
    answer = with_key(world.committee).get("assignments/?as_of=2025-04-16")
    assert (answer.status_code, answer.json()["errors"]) == (400, {"as_of": ["This day has not come yet."]})


def test_what_is_not_in_reach_today_is_not_there_on_any_day(world):
    assert with_key(world.byt).ids("assignments/?as_of=2025-03-20") == []
    assert with_key(world.bca).ids("assignments/?as_of=2025-04-02&state=reassigned") == [str(world.moved.uuid)]


@pytest.mark.parametrize(
    "asked", ["as_of=2025-03-20", "as_of=2025-03-20&standing=overdue&agency_under=bca&q=bo cong an"]
)
def test_a_day_gone_by_costs_a_fixed_number_of_queries(world, asked, django_assert_num_queries):
    caller = with_key_of(world)
    caller.read("notices/")  # the use of the key is noted here
    with django_assert_num_queries(5 if "&" not in asked else 6):
        caller.read(f"assignments/?{asked}")


@pytest.mark.parametrize("soon_days", [0, 3, 7, 30])
def test_what_counts_as_soon_is_the_same_however_it_is_asked(soon_days):
    """The API asks in one statement what the pages ask in two."""
    make_ladder(soon_days=soon_days)
    make_calendar(date(2025, 3, 10), date(2025, 3, 11), working=(date(2025, 3, 8),))
    days = [date(2025, 3, 1) + timedelta(days=n) for n in range(20)]
    assert [soon_until_at_once(day) for day in days] == [soon_until(day) for day in days]
