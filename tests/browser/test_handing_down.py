"""A province hands work down to five communes, verifies what one hands in and nudges the others, in a browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from directives.models import Assignment, Delivery
from directives.rules.lifecycle import State
from tests.actions.a_province import Province
from tests.browser.conftest import SMALLEST, WIDEST, Opening
from tests.browser.looking import fits
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def province() -> Province:
    return Province(due_on=clock.today() + timedelta(days=30))


def choose_by_name(page: Page, name: str) -> None:
    """Find a unit by its name as people type it, and tick it."""
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Found:")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile(name.replace("xa", "Xã"))).check()


@pytest.mark.parametrize(
    ("size", "scripts"), [(WIDEST, True), (SMALLEST, False)], ids=["desk", "phone without scripts"]
)
def test_from_handing_down_to_five_units_to_the_nudge_of_four(province, open_as: Opening, size, scripts):
    page = open_as(province.officer, size=size, scripts=scripts, language="en")
    page.goto(f"/assignments/{province.whole.uuid}/")
    page.get_by_role("link", name="Hand down").click()
    page.get_by_label("What the units are to do").fill("Rà soát thủ tục tại xã")
    fits(page)
    choose_by_name(page, "xa 1")
    choose_by_name(page, "xa 2")
    expect(page.get_by_role("checkbox", name="Xã 1", exact=True)).to_be_checked()
    expect(page.get_by_label("What the units are to do")).to_have_value("Rà soát thủ tục tại xã")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Units below your agency:")).to_be_visible()
    for number in (3, 4, 5):
        page.get_by_role("checkbox", name=f"Xã {number}", exact=True).check()
    page.get_by_role("button", name="Hand down", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Handed down to 5 units; each is told.")
    expect(page.get_by_text("0 of 5 done")).to_be_visible()
    fits(page)

    unit = open_as(province.people[0], size=size, scripts=scripts, language="en")
    part = Assignment.objects.get(agency=province.communes[0])
    unit.goto(f"/assignments/{part.uuid}/")
    expect(unit.get_by_text("Handed down by Tỉnh Hà Tĩnh, from notice")).to_be_visible()
    fits(unit)
    unit.get_by_role("link", name="Hand in").click()
    unit.get_by_label("Result").fill("Xã đã rà soát xong.")
    unit.get_by_role("button", name="Hand in").click()
    expect(unit.locator(".one-acts")).to_contain_text("the agency that handed it down now verifies it")

    page.reload()
    page.get_by_role("link", name=re.compile("^Verify")).click()
    expect(page.get_by_text("Xã đã rà soát xong.")).to_be_visible()
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("1 of 5 done")).to_be_visible()
    page.get_by_role("button", name="Nudge the 4 that are missing").click()
    expect(page.get_by_text("Nudged 4 units: Xã 2; Xã 3; Xã 4; Xã 5.")).to_be_visible()
    fits(page)
    part.refresh_from_db()
    assert part.state == State.DONE
    assert Delivery.objects.filter(kind="nudged", channel="email").count() == 4
