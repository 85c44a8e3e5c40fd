"""Pages by keyset: every row that stays where it is comes exactly once, whatever happens to others meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import Agency
from directives.models import (
    Assessment,
    Assignment,
    Directive,
    ExtensionRequest,
    Indicator,
    Notice,
    Paragraph,
    Question,
    Reading,
    Report,
)
from tests.edges.calling import with_key
from tests.edges.shelves import DAYS, FIRST_DAY, SHELVES, Shelf, assignments, auditor, notices
from tests.make import make_committee, make_directive, make_notice
from tracker.api.urls import RESOURCES

pytestmark = pytest.mark.django_db

ORDERS = {many: resource.ORDERS for (many, _one), resource in RESOURCES.items()}
# Few days and some rows without one, so that most rows have equals.
days = some.sampled_from([*DAYS, None])
# What happens between two pages: rows come, one is moved, and one of those that were there goes.
turns = some.lists(
    some.tuples(some.lists(days, max_size=2), some.integers(0, 8), days, some.integers(0, 8)), max_size=5
)


def test_there_is_a_shelf_for_every_list():
    assert SHELVES.keys() == ORDERS.keys()


@contextmanager
def undone() -> Iterator[None]:
    """What is put on a shelf for one example is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", SHELVES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=some.lists(days, max_size=9), limit=some.integers(1, 4), happens=turns, order=some.data())
def test_every_row_that_stays_comes_exactly_once(name, start, limit, happens, order):
    with undone():
        shelf = SHELVES[name]()
        rows = [shelf.put(day) for day in start]
        # Some stand there besides: agencies that the others need.
        stay, read = set(shelf.all()), []
        for page in shelf.pages(limit, order.draw(some.sampled_from(sorted(ORDERS[name])))):
            read += page
            come, moves, to, goes = happens.pop() if happens else ([], len(rows), None, len(rows))
            for day in come:
                shelf.put(day)
            for row in rows[moves : moves + 1] if shelf.move else ():
                stay.discard(str(row.uuid))
                shelf.move(row, to)
            for row in rows[goes : goes + 1] if shelf.goes else ():
                stay.discard(str(row.uuid))
                type(row).objects.filter(pk=row.pk).delete()
        assert {row: read.count(row) for row in stay} == dict.fromkeys(stay, 1)


# What must be their own of rows that are otherwise alike, by a number and an agency for each.
OWN: dict[type, Callable[[int, int], dict[str, object]]] = {
    Notice: lambda number, agency: {"number": None},
    Directive: lambda number, agency: {"position": 100 + number},
    Paragraph: lambda number, agency: {"position": 100 + number},
    Assignment: lambda number, agency: {"agency_id": agency},
    Report: lambda number, agency: {},
    Reading: lambda number, agency: {"agency_id": agency},
    Assessment: lambda number, agency: {"agency_id": agency},
    ExtensionRequest: lambda number, agency: {"state": "lapsed"},
    Question: lambda number, agency: {},
    Indicator: lambda number, agency: {"code": f"cung-ngay-{number}"},
}
ALONE = {"committees", "agencies", "criteria-sets", "events"}  # no two of them are equal


@pytest.mark.parametrize("name", [name for name in SHELVES if name not in ALONE])
def test_a_thousand_equals_come_exactly_once_in_every_order(name):
    shelf = SHELVES[name]()
    made = Agency.objects.bulk_create(Agency(code=f"cung-{n}", name_vi="Cơ quan", kind="other") for n in range(1000))
    agencies = enumerate(agency.pk for agency in made)
    for row in (shelf.put(FIRST_DAY), shelf.put(None)):
        type(row).objects.bulk_create(copy_of(row, OWN[type(row)](*next(agencies))) for _ in range(500))
    for ordering in ORDERS[name]:
        read = [row for page in shelf.pages(334, ordering) for row in page]
        assert (ordering, len(read), len(set(read))) == (ordering, 1002, 1002)


def copy_of(row, own: dict[str, object]):
    """One more row like this, but for what is its own."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del fields["id"], fields["uuid"]
    return type(row)(**{**fields, **own})


@pytest.mark.parametrize("name", SHELVES)
def test_a_list_stands_in_the_order_that_is_asked_for(name):
    shelf = SHELVES[name]()
    for day in (DAYS[1], None, DAYS[0], DAYS[2]):
        shelf.put(day)
    for ordering, order in ORDERS[name].items():
        field = ordering.removeprefix("-")
        told = [row[field] for row in shelf.caller.read(f"{name}/", ordering=ordering, fields=field)["results"]]
        if field == "notice":
            told = [row["id"] for row in told]
            known = list(Notice.objects.filter(uuid__in=told).order_by(f"{'-' * order.descending}pk"))
            assert (ordering, told) == (ordering, [str(row.uuid) for row in known])
            continue
        known = sorted((day for day in told if day is not None), reverse=order.descending)
        assert (ordering, told) == (ordering, [*known, *[None] * (len(told) - len(known))])


def test_assignments_come_by_due_date_and_those_without_one_last():
    shelf = assignments()
    for day in (DAYS[2], None, DAYS[0], DAYS[1]):
        shelf.put(day)
    told = shelf.caller.read("assignments/")["results"]
    assert [row["due_on"] for row in told] == ["2025-03-03", "2025-03-04", "2025-03-05", None]


def test_notices_come_newest_first_and_those_without_a_date_last():
    shelf = notices()
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
    shelf = assignments()
    for day in DAYS:
        shelf.put(day)
    return shelf


def test_a_page_holds_fifty_where_nobody_says_how_many():
    shelf = assignments()
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


FOREIGN = {
    "signed for something else": lambda shelf: ("assignments/", {"cursor": signing.dumps([1, 2, 3, 4])}),
    "of a filtered list": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf, role="share")}),
    "of the whole list": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf), "role": "share"}),
    "of another filter": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf, role="share"), "role": "lead"}),
    "of another resource": lambda shelf: ("directives/", {"cursor": cursor_of(shelf)}),
    "of another order": lambda shelf: ("assignments/", {"cursor": cursor_of(shelf), "ordering": "-due_on"}),
}
NOT_OURS = {"cursor": ["This cursor does not belong to this list with these filters."]}


@pytest.mark.parametrize("request_of", FOREIGN.values(), ids=FOREIGN)
def test_a_cursor_is_good_for_its_own_list_filters_and_order_only(shelf, request_of):
    address, asked = request_of(shelf)
    answer = shelf.caller.get(address, **asked)
    assert (answer.status_code, answer.json()["errors"]) == (400, NOT_OURS)


def test_a_cursor_is_good_for_its_own_caller_only(shelf):
    answer = auditor().get("assignments/", cursor=cursor_of(shelf))
    assert (answer.status_code, answer.json()["errors"]) == (400, NOT_OURS)


def test_a_cursor_of_which_a_single_letter_is_changed_is_good_for_nothing(shelf):
    cursor = cursor_of(shelf)
    for place, letter in enumerate(cursor):
        changed = f"{cursor[:place]}{'B' if letter == 'A' else 'A'}{cursor[place + 1 :]}"
        answer = shelf.caller.get("assignments/", cursor=changed)
        assert (place, answer.status_code, answer.json()["errors"]) == (place, 400, NOT_OURS)


def test_the_default_order_is_the_same_whether_it_is_named_or_not(shelf):
    assert len(shelf.caller.ids("assignments/", cursor=cursor_of(shelf), ordering="due_on")) == 2


# --- the fields


def test_the_chosen_fields_are_told_and_no_others(shelf):
    told = shelf.caller.read("assignments/", fields="standing,id", limit=1)
    assert [list(row) for row in told["results"]] == [["id", "standing"]]
    assert len(shelf.caller.ids(told["next"])) == 1


def test_of_one_the_fields_are_chosen_too_and_its_version_is_still_known(shelf):
    (row, *_others) = shelf.caller.ids("assignments/")
    answer = shelf.caller.get(f"assignments/{row}/", fields="reports,id")
    assert (answer.json(), answer["ETag"][:3]) == ({"id": row, "reports": []}, '"1-')


REFUSED = {
    "assignments/?fields=id,colour": {"fields": ["There is no such field here: colour."]},
    "assignments/?fields=": {"fields": ["Give a value, or leave the parameter out."]},
    "assignments/?fields=history": {"fields": ["There is no such field here: history."]},
    "assignments/?ordering=colour": {"ordering": ["Choose one of: due_on, -due_on, assigned_on, -assigned_on."]},
    "assignments/?ordering=": {"ordering": ["Choose one of: due_on, -due_on, assigned_on, -assigned_on."]},
    "events/?ordering=at": {"ordering": ["Choose one of: sequence, -sequence."]},
}


@pytest.mark.parametrize(("asked", "errors"), REFUSED.items(), ids=REFUSED)
def test_an_unknown_field_or_order_is_refused_by_name(asked, errors):
    answer = auditor().get(asked)
    assert (answer.status_code, answer.json()["errors"]) == (400, errors)
