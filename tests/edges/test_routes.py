"""Who gets what at which address: every route, method and caller against one table."""

import logging
from datetime import date

import pytest
import time_machine

from tests.edges.routes import Walk, in_short, read_table, routes
from tests.edges.routes_bodies import BODIES
from tests.edges.routes_table import ROUTES
from tests.edges.routes_world import TODAY, Side, seal
from tests.make import at

# The walk in parts, so that they can be walked side by side: what is not of the API or the desk is a page.
AREAS = {"api": "api:", "papers at the desk": "admin:directives", "desk": "admin", "pages": ""}


def area_of(name: str) -> str:
    return next(area for area, beginning in AREAS.items() if name.startswith(beginning))


@pytest.fixture
def _quiet():
    """Thousands of refusals are meant here; nobody needs a line of the log for each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("area", AREAS)
def test_every_route_answers_every_caller_as_the_table_says(area):
    there = {route.name: route for route in routes() if area_of(route.name) == area}
    table = {name: row for name, row in read_table(ROUTES).items() if area_of(name) == area}
    rows = {row.route for row in table.values()}
    assert there.keys() - rows == set(), "routes without a row"
    assert rows - there.keys() == set(), "rows without a route"
    faults = []
    with time_machine.travel(at(TODAY), tick=False):
        own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
        seal(own, other)
        walk = Walk(own, other, BODIES)
        for name, row in table.items():
            found = walk.outcomes(row, there[row.route])
            wrong = {method for (method, *rest), outcome in found.items() if row.outcomes[method, *rest] != outcome}
            faults += [f"{name} {method}: {in_short(found, method)}" for method in sorted(wrong)]
            # Only what the table expects may say that something is not there, as a probe does.
            broken = {key: outcome for key, outcome in found.items() if outcome.startswith("5")}
            faults += [f"{name} {key}: {outcome}" for key, outcome in broken.items() if row.outcomes[key] != outcome]
    assert not faults, "\n".join(["the table says otherwise of:", *faults])


def test_two_routes_never_share_a_name():
    names = [route.name for route in routes()]
    assert sorted(names) == sorted(set(names))


UNREADABLE = {
    "a role that is nobody": "home\n  rest  boss 200, others 404",
    "somebody of whom nothing is said": "home\n  rest  agency 200",
    "a method of which nothing is said": "home\n  GET  others 200",
    "two rows for one route": "home\n  rest  others 200\nabout home\n  rest  others 404",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_a_table_with_a_gap_cannot_be_read(text):
    with pytest.raises(ValueError, match="home"):
        read_table(text)
