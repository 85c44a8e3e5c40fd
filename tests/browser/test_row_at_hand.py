"""The lit row of the checking table is the one on which the keys act, on any path; and what they did is taken back."""

import pytest
from playwright.sync_api import Page, expect

from directives.models import Directive, Proposal
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.looking import fits, strike
from tests.browser.test_admin import House, sound
from tests.browser.test_intake import dropped, house

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["house"]  # a fixture


def rows(page: Page):
    return page.locator("#cards tr")


def lit(page: Page, nth: int) -> None:
    """This row is lit, and no other."""
    expect(page.locator(".is-at")).to_have_count(1)
    expect(rows(page).nth(nth)).to_have_class("is-sure is-at")


def test_the_lit_row_is_the_one_that_a_key_sets_aside_and_gets_back(house: House, open_as: Opening):
    page = open_as(house.secretary, size=DESK)
    dropped(page, look=lambda page: None)
    expect(page.locator(".is-at")).to_have_count(0)
    rows(page).nth(0).locator(".more-of-row > summary").click()
    strike(page, "x")
    expect(rows(page)).to_have_count(2)
    lit(page, 0)
    rows(page).nth(1).hover()
    lit(page, 0)
    hovered = rows(page).nth(1).evaluate("one => getComputedStyle(one).backgroundColor")
    assert hovered == "rgba(0, 0, 0, 0)"
    sound(page)
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Đã hoàn tác: mọi việc trở lại như trước.")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    lit(page, 0)
    assert not Proposal.objects.filter(set_aside=True).exists()
    rows(page).nth(2).locator(".check-when").click()
    page.keyboard.press("Escape")
    lit(page, 2)
    strike(page, "x")
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_in_viewport()
    assert Proposal.objects.get(set_aside=True) == Proposal.objects.order_by("start").last()
    strike(page, "u")
    expect(rows(page)).to_have_count(3)
    lit(page, 2)


def test_all_that_was_taken_is_taken_back(house: House, open_as: Opening):
    page = open_as(house.secretary, size=DESK)
    dropped(page, look=lambda page: None)
    strike(page, "a")
    expect(page.get_by_text("Đã nhận 3 nhiệm vụ từ đề xuất.")).to_be_visible()
    assert Directive.objects.count() == 3
    page.get_by_role("button", name="Hoàn tác").click()
    expect(rows(page)).to_have_count(3)
    assert not Directive.objects.exists()
    expect(page.locator(".take-bar button")).to_contain_text("Nhận 3 nhiệm vụ đã chọn")


def test_a_row_out_of_sight_is_shown_before_a_key_acts_on_it(house: House, open_as: Opening):
    page = open_as(house.secretary, size={"width": 1366, "height": 300})
    dropped(page, look=lambda page: None)
    rows(page).nth(0).get_by_role("checkbox").focus()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(rows(page).nth(0)).not_to_be_in_viewport()
    strike(page, "x")
    expect(page.locator("#key-told")).to_contain_text("Nhấn phím lần nữa để thực hiện.")
    expect(rows(page).nth(0)).to_be_in_viewport()
    assert not Proposal.objects.filter(set_aside=True).exists()
    strike(page, "x")
    expect(rows(page)).to_have_count(2)


def test_a_cleared_tick_stays_cleared_in_another_language(house: House, open_as: Opening):
    page = open_as(house.secretary, size=DESK)
    dropped(page, look=lambda page: None)
    rows(page).nth(1).get_by_role("checkbox").uncheck()
    expect(page.get_by_text("Dòng không chọn vẫn để ngỏ, sẽ được hỏi lại trước khi phát hành.")).to_be_visible()
    page.reload()
    expect(rows(page).nth(1).get_by_role("checkbox")).not_to_be_checked()
    page.locator("button[name=language][value=en]").first.click()
    expect(page.locator(".take-bar button")).to_contain_text("Accept 2 ticked")
    expect(rows(page).nth(1).get_by_role("checkbox")).not_to_be_checked()


def test_on_a_telephone_the_act_is_at_hand_at_once(house: House, open_as: Opening):
    page = open_as(house.secretary, size=PHONE)
    dropped(page, look=lambda page: None)
    expect(page.get_by_role("button", name="Nhận 3 nhiệm vụ đã chọn")).to_be_in_viewport()
    adds = rows(page).nth(1).locator(".cell-none")
    lead = rows(page).nth(1).locator('[data-cell="leads"]')
    assert adds.bounding_box()["y"] < lead.bounding_box()["y"] + lead.bounding_box()["height"]
    fits(page)
    sound(page)
