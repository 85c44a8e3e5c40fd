"""Each page of the agencies' side says in one sentence what it is for, in both languages."""

import re
from datetime import date

import pytest
import time_machine

from accounts.models import Role
from tests.edges.routes import read_table, routes
from tests.edges.routes_table import PAGES
from tests.edges.routes_world import TODAY, Side
from tests.edges.visiting import visit
from tests.make import at

HELP = re.compile(r'<p class="help">\s*(\S.*?\S)\s*</p>', re.DOTALL)
# What is shown where nobody is logged in, or where there is no network.
NO_PAGE = {"log_in_again", "not_sent", "demo_mail"}
# What only those who decide open.
DECIDED = ("extensions", "extension")


def helps(browser, rows, side) -> dict[str, list[str]]:
    """By name of the page, its sentences; only of what is shown to this person as a page."""
    there = {route.name: route for route in routes()}
    found = {}
    for name, row in rows.items():
        answer = browser.get(there[row.route].address(**side.parts(row.parts, Role.HEAD)))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = HELP.findall(answer.content.decode())
    return found


@pytest.mark.django_db
def test_every_page_says_in_one_sentence_what_it_is_for():
    table = {name: row for name, row in read_table(PAGES).items() if ":" not in name and name not in NO_PAGE}
    with time_machine.travel(at(TODAY), tick=False):
        side = Side(date(2030, 1, 1))
        shown = set()
        for role, rows in {Role.HEAD: table, Role.CHAIR: {name: table[name] for name in DECIDED}}.items():
            vietnamese = helps(visit(side.users[role], language="vi"), rows, side)
            there = {name: rows[name] for name in vietnamese}
            english = helps(visit(side.users[role], language="en"), there, side)
            assert {name: len(found) for name, found in vietnamese.items()} == dict.fromkeys(english, 1)
            assert [name for name, found in english.items() if found == vietnamese[name]] == []
            shown |= there.keys()
    assert shown >= {"assignments", "assignment", "report", "hand_down", "parts", "notice", "feed", "device", *DECIDED}
