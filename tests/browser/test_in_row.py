"""Rows of the checking table are set right where they stand: by keys, with refusals in the row, on a telephone too."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from directives.models import Directive, HandledAs, Notice, Proposal
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.looking import strike
from tests.browser.test_admin import House, sound
from tests.browser.test_intake import dropped, house

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["house"]  # a fixture


def row(page: Page, nth: int):
    return page.locator("#cards tr").nth(nth)


def typed(page: Page, words: str) -> None:
    """Written into the open cell and kept; the focus is then in the next row."""
    expect(page.locator("#cell-field")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_rows_are_set_right_by_keys_alone(house: House, open_as: Opening):
    page = open_as(house.secretary, size=DESK)
    dropped(page, look=lambda page: None)
    page.locator("#proposals").focus()
    page.keyboard.press("ArrowDown")
    strike(page, "h")
    typed(page, "31/2")
    expect(row(page, 0).get_by_role("alert")).to_have_text("Thời hạn ghi một ngày không có trong lịch.")
    sound(page)
    page.locator("#cell-field").fill("")
    typed(page, "5/12")
    expect(row(page, 0).locator('[data-cell="deadline"]')).to_have_text("05/12/2024")
    expect(row(page, 1).locator('[data-cell="deadline"]')).to_be_focused()
    strike(page, "c")
    page.keyboard.press("Backspace")
    page.keyboard.type("bo cong")
    expect(page.get_by_role("option", name="Bộ Công an")).to_have_attribute("aria-selected", "true")
    sound(page)
    page.keyboard.press("Enter")
    expect(row(page, 1).locator('[data-cell="leads"]')).to_have_text("Bộ Công an")
    strike(page, "ArrowUp")
    strike(page, "p")
    typed(page, "byt")
    expect(row(page, 1).locator('[data-cell="coordinating"]')).to_contain_text("+1 phối hợp")
    page.keyboard.press("Escape")
    strike(page, "o")
    expect(page.locator("#cards tr")).to_have_count(2)
    strike(page, "a")
    expect(page.get_by_text("Đã nhận 2 nhiệm vụ từ đề xuất.")).to_be_visible()
    first, second = Directive.objects.order_by("quote_start")
    assert (f"{first.due_on:%d/%m/%Y}", second.addressees.get(role="lead").agency) == ("05/12/2024", house.lead)
    assert Proposal.objects.get(set_aside=True).paragraph.handled_as == HandledAs.ORIENTATION


def test_on_a_telephone_and_in_english_a_name_is_touched_and_typed(house: House, open_as: Opening):
    page = open_as(house.secretary, size=PHONE)
    dropped(page, look=lambda page: None)
    english = open_as(house.secretary, size=PHONE, language="en", scheme="dark")
    english.goto(f"{reverse('admin:notice_paragraphs', args=[Notice.objects.get().pk])}?p=all")
    english.get_by_label("Correct the lead: Bộ Y tế").click()
    english.locator("#cell-field").fill("công")
    english.get_by_role("option", name="Bộ Công an").click()
    sound(english)
    english.get_by_role("button", name="Keep").click()
    expect(row(english, 1).locator('[data-cell="leads"]')).to_contain_text("Bộ Công an")
    sound(english)
