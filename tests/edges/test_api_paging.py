"""Pages by keyset: every row that stays where it is comes exactly once, whatever happens to others meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import Role as Office
from directives.models import Assignment, Directive, Notice, NoticeState
from tests.edges.calling import Caller, with_key
from tests.make import make_agency, make_assignment, make_committee, make_directive, make_notice, make_user

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2025, 3, 3)


@dataclass
class Shelf:
    """A list that rows can be put into and taken from, and a caller that reads all of it."""

    name: str
    caller: Caller
    put: Callable[[date | None], Assignment | Directive | Notice]

    def pages(self, limit: int):
        """The ids on each page, read as a consumer does: from `next` to `next`."""
        address = f"{self.name}/?limit={limit}"
        while address:
            told = self.caller.read(address)
            yield [row["id"] for row in told["results"]]
            address = told["next"]


def assignments_shelf() -> Shelf:
    directive, committee = make_directive(), make_committee()
    Notice.objects.filter(pk=directive.notice_id).update(committee=committee)
    return Shelf(
        "assignments",
        with_key(committee),
        lambda day: make_assignment(
            make_agency(), directive=directive, role="share", due_on=day, assigned_on=FIRST_DAY
        ),
    )


def notices_shelf() -> Shelf:
    committee, issuer = make_committee(), make_agency()
    secretary = make_user(Office.SECRETARIAT, committee)
    drafts = {"state": NoticeState.DRAFT, "issuer": issuer, "entered_by": secretary}
    return Shelf("notices", Caller(user=secretary), lambda day: make_notice(committee, issued_on=day, **drafts))


def directives_shelf() -> Shelf:
    committee = make_committee()
    notices = {day: make_notice(committee) for day in (*DAYS, None)}
    positions = count(1)
    return Shelf("directives", with_key(committee), lambda day: make_directive(notices[day], position=next(positions)))


DAYS = [FIRST_DAY + timedelta(days=n) for n in range(3)]
SHELVES = {"assignments": assignments_shelf, "notices": notices_shelf, "directives": directives_shelf}
# Few days and some rows without one, so that most rows have equals.
days = some.sampled_from([*DAYS, None])
# What happens between two pages: rows come, and some of those that were there go.
turns = some.lists(some.tuples(some.lists(days, max_size=3), some.integers(0, 10)), max_size=6)


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=SHELVES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=some.lists(days, max_size=12), limit=some.integers(1, 5), happens=turns)
def test_every_row_that_stays_comes_exactly_once(shelf, start, limit, happens):
    shelf = shelf()
    rows = [shelf.put(day) for day in start]
    stay, read = {str(row.uuid) for row in rows}, []
    for page in shelf.pages(limit):
        read += page
        come, goes = happens.pop() if happens else ([], None)
        for day in come:
            shelf.put(day)
        if goes is not None and goes < len(rows) and rows[goes].pk:
            stay.discard(str(rows[goes].uuid))
            rows[goes].delete()
    assert len(read) == len(set(read))
    assert stay <= set(read)


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=SHELVES)
def test_a_thousand_equals_come_exactly_once(shelf):
    shelf = shelf()
    one, two = shelf.put(FIRST_DAY), shelf.put(None)
    for row in (one, two):
        copies = [copy_of(row, number) for number in range(500)]
        type(row).objects.bulk_create(copies)
    read = [row for page in shelf.pages(97) for row in page]
    assert len(read) == len(set(read)) == 1002


def copy_of(row, number: int):
    """One more row like this, with what must be its own."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del fields["id"], fields["uuid"]
    if isinstance(row, Assignment):
        fields["agency_id"] = make_agency().pk
    elif isinstance(row, Directive):
        fields["position"] = 100 + number
    else:
        fields["number"] = None
    return type(row)(**fields)


def test_assignments_come_by_due_date_and_those_without_one_last():
    shelf = assignments_shelf()
    for day in (DAYS[2], None, DAYS[0], DAYS[1]):
        shelf.put(day)
    told = shelf.caller.read("assignments/")["results"]
    assert [row["due_on"] for row in told] == ["2025-03-03", "2025-03-04", "2025-03-05", None]


def test_notices_come_newest_first_and_those_without_a_date_last():
    shelf = notices_shelf()
    for day in (DAYS[1], None, DAYS[2], DAYS[0]):
        shelf.put(day)
    told = shelf.caller.read("notices/")["results"]
    assert [row["issued_on"] for row in told] == ["2025-03-05", "2025-03-04", "2025-03-03", None]


def test_directives_come_in_the_order_of_their_notice():
    committee = make_committee()
    notice = make_notice(committee)
    second, first = (make_directive(notice, position=position) for position in (2, 1))
    later = make_directive(make_notice(committee), position=1)
    assert with_key(committee).ids("directives/") == [str(row.uuid) for row in (first, second, later)]


# --- the cursor


@pytest.fixture
def shelf() -> Shelf:
    """Three assignments that are due on one day each."""
    shelf = assignments_shelf()
    for day in DAYS:
        shelf.put(day)
    return shelf


def test_a_page_holds_fifty_where_nobody_says_how_many():
    shelf = assignments_shelf()
    for _ in range(51):
        shelf.put(FIRST_DAY)
    told = shelf.caller.read("assignments/")
    assert (len(told["results"]), len(shelf.caller.ids(told["next"]))) == (50, 1)


def test_the_last_page_has_no_next_one_even_where_it_is_full(shelf):
    told = shelf.caller.read("assignments/", limit=3)
    assert (len(told["results"]), told["next"]) == (3, None)


def test_next_is_a_full_address_that_keeps_filters_and_limit(shelf):
    told = shelf.caller.read("assignments/", limit=1, role="share", due_after="2025-03-01")
    address = urlsplit(told["next"])
    asked = parse_qs(address.query)
    assert (address.scheme, address.netloc, address.path) == ("http", "testserver", "/api/v1/assignments/")
    assert {name: asked[name] for name in asked if name != "cursor"} == {
        "limit": ["1"],
        "role": ["share"],
        "due_after": ["2025-03-01"],
    }


def cursor_of(shelf: Shelf, **asked) -> str:
    return parse_qs(urlsplit(shelf.caller.read("assignments/", limit=1, **asked)["next"]).query)["cursor"][0]


def test_the_limit_may_change_from_page_to_page(shelf):
    assert len(shelf.caller.ids("assignments/", cursor=cursor_of(shelf), limit=2)) == 2


def forged(cursor: str) -> str:
    body, rest = cursor.split(":", 1)
    return f"{body[:-1]}{'A' if body[-1] != 'A' else 'B'}:{rest}"


FOREIGN = {
    "a changed letter": lambda shelf: ("assignments/", {"cursor": forged(cursor_of(shelf))}),
    "signed for something else": lambda shelf: ("assignments/", {"cursor": signing.dumps([1, 2, 3, 4])}),
    "of a filtered list": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf, role="share")}),
    "of the whole list": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf), "role": "share"}),
    "of another filter": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf, role="share"), "role": "lead"}),
    "of another resource": lambda shelf: ("directives/", {"cursor": cursor_of(shelf)}),
}


@pytest.mark.parametrize("request_of", FOREIGN.values(), ids=FOREIGN)
def test_a_cursor_is_good_for_its_own_list_and_filters_only(shelf, request_of):
    address, asked = request_of(shelf)
    answer = shelf.caller.get(address, **asked)
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"cursor": ["This cursor does not belong to this list with these filters."]}


def test_anothers_cursor_shows_nothing_that_is_not_ones_own(shelf):
    assert with_key(make_committee()).ids("assignments/", cursor=cursor_of(shelf)) == []
