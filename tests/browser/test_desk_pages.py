"""Every page of the desk, as the table of routes names them: nothing shuts anybody out, nothing goes sideways.

One world and one page at each width for all of them: the desk by day, the telephone by night.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.urls import reverse

from accounts.models import Absence, Agency, Role
from tests.browser.conftest import DESK, PHONE, Opening
from tests.edges.routes import OWN, read_table, routes
from tests.edges.routes_table import ROUTES
from tests.edges.routes_world import Side, seal
from tracker import clock
from tracker.admin.waiting import KINDS

pytestmark = pytest.mark.django_db(transaction=True)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told: to tell of all that is right takes longer than to look.
ASK = """async (rules) => {
    const root = document.documentElement, wider = root.scrollWidth - root.clientWidth;
    const found = await axe.run({runOnly: rules, resultTypes: ["violations"]});
    return [...(wider ? [`${wider} px too wide`] : []),
        ...found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 160)}`))];
}"""
VIEWS = {"desk by day": (DESK, "light"), "telephone by night": (PHONE, "dark")}
NO_PAGES = ("_sheet", "jsi18n", "evidence")  # files
OWN_PAGES = ("password", "preferences", "absence", "messages", "extensions", "questions")
LONG = "Ban Quản lý các khu công nghệ cao và khu công nghiệp tập trung về công nghệ thông tin {}"
ASKED = {
    "admin:directives_assignment_changelist": ("?standing=overdue", "?q=khong-co-gi", "?lead=1"),
    "admin:directives_notice_changelist": ("?q=369",),
}


def addresses(side: Side, role: str) -> Iterator[str]:
    """Where the secretary may go at the desk, and the administrator where the secretary may not."""
    there = {route.name: route for route in routes()}
    for row in read_table(ROUTES).values():
        wanted = row.name.startswith("admin") and not row.route.endswith(NO_PAGES)
        if wanted and _first_who_may(row.outcomes) == role:
            yield there[row.route].address(**side.parts(row.parts, role))
    if role == Role.SECRETARIAT:
        yield from (reverse("admin:waiting", args=[key]) for key in KINDS)
        yield from (reverse(name) for name in OWN_PAGES)
        yield reverse("question", args=[side.things["question"].uuid])
        yield from (reverse(name) + asked for name, more in ASKED.items() for asked in more)


def _first_who_may(outcomes) -> str | None:
    may = (role for role in (Role.SECRETARIAT, Role.ADMINISTRATOR) if outcomes["GET", role, OWN] == "200")
    return next(may, None)


@pytest.mark.parametrize(("size", "scheme"), VIEWS.values(), ids=VIEWS)
def test_every_page_of_the_desk_can_be_read_and_used_by_everybody(open_as: Opening, size, scheme):
    own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
    seal(own, other)
    begins = clock.today() + timedelta(days=3)
    Absence.objects.update(begins_on=begins, ends_on=begins)  # one that has begun is deleted by nobody
    for agency in Agency.objects.all():
        Agency.objects.filter(pk=agency.pk).update(name_vi=LONG.format(agency.pk))
    found = {}
    for role in (Role.SECRETARIAT, Role.ADMINISTRATOR):
        page = open_as(own.users[role], size=size, scheme=scheme)
        page.add_init_script(path=AXE_FILE_PATH)
        for address in addresses(own, role):
            answer = page.goto(address)
            found[address] = [str(answer.status)] if answer.status != 200 else page.evaluate(ASK, RULES)
        page.close()
    assert len(found) > 70
    assert {address: said for address, said in found.items() if said} == {}
