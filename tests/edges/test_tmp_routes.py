import os
from datetime import date
import pytest, time_machine
from tests.edges.routes import Walk, in_short, read_table, routes
from tests.edges.routes_bodies import BODIES
from tests.edges.routes_table import ROUTES
from tests.edges.routes_world import TODAY, Side, seal
from tests.make import at

@pytest.mark.django_db
def test_mine():
    want = os.environ["MINE"].split()
    there = {route.name: route for route in routes()}
    table = {n: r for n, r in read_table(ROUTES).items()}
    assert set(there) == {r.route for r in table.values()}, set(there) ^ {r.route for r in table.values()}
    faults = []
    with time_machine.travel(at(TODAY), tick=False):
        own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
        seal(own, other)
        walk = Walk(own, other, BODIES)
        for name, row in table.items():
            if not any(w in name for w in want): continue
            found = walk.outcomes(row, there[row.route])
            wrong = {m for (m, *rest), o in found.items() if row.outcomes[m, *rest] != o}
            faults += [f"{name} {m}: {in_short(found, m)}" for m in sorted(wrong)]
    assert not faults, "\n".join(faults)
