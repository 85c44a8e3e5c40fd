"""What everybody must be able to read and use: asked of a page in a browser, and where the pages lie."""

from collections.abc import Iterator, Mapping

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from tests.edges.routes import OWN, Outcomes, Row, read_table, routes
from tests.edges.routes_table import ROUTES
from tests.edges.routes_world import Side

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told: to tell of all that is right takes longer than to look.
ASK = """async (rules) => {
    const root = document.documentElement, wider = root.scrollWidth - root.clientWidth;
    const found = await axe.run({runOnly: rules, resultTypes: ["violations"]});
    return [...(wider ? [`${wider} px too wide`] : []),
        ...found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 160)}`))];
}"""
# What a finger must hit outside of running text and is less than 44 px high; a box is hit by its label.
TOO_SMALL = """() => [...document.querySelectorAll('.btn, .pick, .tabs a, .site-nav a, .head-button, .brand, .back,'
        + ' .files a, input:not([type=hidden]), textarea')]
    .filter(one => one.checkVisibility())
    .map(one => one.type === 'checkbox' || one.type === 'radio' ? one.closest('label') ?? one : one)
    .filter(one => one.getBoundingClientRect().height < 43.9)
    .map(one => 'too small: ' + one.outerHTML.slice(0, 120))"""


def fits(page: Page) -> None:
    """Nothing makes the page wider than its window; asked when all of it has come."""
    page.wait_for_load_state()
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == 0, f"{page.url} is {too_wide} px too wide"


def strike(page: Page, key: str) -> None:
    """Press a key that the page's own scripts listen to, once they have run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def bring_axe(page: Page) -> Page:
    """Every document that this page opens from now on can be asked."""
    page.add_init_script(path=AXE_FILE_PATH)
    return page


def wrong(page: Page) -> list[str]:
    """Each violation of WCAG 2.2 A/AA, and by how much the page is wider than its window."""
    page.wait_for_load_state()
    return page.evaluate(ASK, RULES)


def wrong_for_fingers(page: Page) -> list[str]:
    """As `wrong`, and what is too small for a finger."""
    return [*wrong(page), *page.evaluate(TOO_SMALL)]


def told(found: Mapping[str, list[str]]) -> str:
    """What is wrong where, a line each; empty where nothing is."""
    return "\n".join(f"{where}: {fault}" for where, faults in found.items() for fault in faults)


def rows_of(role: str, roles: tuple[str, ...], *, desk: bool) -> Iterator[Row]:
    """The rows of the table of routes, of the desk or of the web, which `role` may open as the first of `roles`."""
    for row in read_table(ROUTES).values():
        of_the_desk, of_the_api = row.name.startswith("admin"), row.name.startswith("api:")
        if of_the_desk == desk and not of_the_api and _first_who_may(row.outcomes, roles) == role:
            yield row


def address_of(row: Row, side: Side, role: str) -> str:
    """Where the page of this row lies for somebody with `role` on this side."""
    there = {route.name: route for route in routes()}
    return there[row.route].address(**side.parts(row.parts, role))


def _first_who_may(outcomes: Outcomes, roles: tuple[str, ...]) -> str | None:
    return next((role for role in roles if outcomes["GET", role, OWN] == "200"), None)
