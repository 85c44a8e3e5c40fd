"""The page of the API: read by anybody and tried with a key, under the same policy for browsers as every page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opening
from tests.make import make_committee, make_key, make_notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_programmer_reads_the_api_and_tries_it_with_a_key(open_as: Opening):
    committee = make_committee()
    notice = make_notice(committee)
    page = open_as()
    page.goto("/api/v1/docs/")
    expect(page.locator("#operations-notices-list_notices")).to_be_visible()
    assert try_out(page) == "401"
    page.locator(".auth-wrapper button.authorize").click()
    page.locator("#auth-bearer-value").fill(make_key(committee)[1])
    page.locator(".auth-btn-wrapper button.authorize").first.click()
    page.locator(".auth-btn-wrapper button.btn-done").first.click()
    assert try_out(page) == "200"
    expect(page.locator("#operations-notices-list_notices .live-responses-table")).to_contain_text(str(notice.uuid))


def try_out(page: Page) -> str:
    """The status of the answer to a list that is asked for as it stands there."""
    part = page.locator("#operations-notices-list_notices")
    if not part.locator("button.execute").count():
        part.locator(".opblock-summary-control").click()
        part.locator("button.try-out__btn").click()
    with page.expect_response("**/api/v1/notices/*") as answer:
        part.locator("button.execute").click()
    return str(answer.value.status)
