"""A self-assessment from the asking to the verified table, in the browser: on the desk and on a phone."""

import pytest
from playwright.sync_api import expect

from directives.models import Assessment
from tests.browser.conftest import PHONE, Opening
from tests.browser.looking import bring_axe, wrong_for_fingers
from tests.edges.visiting import World, make_world
from tests.make import make_set
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return make_world(due_on=None)


def test_an_agency_is_asked_fills_in_sends_and_is_verified_with_a_difference(world, open_as: Opening):
    criteria = make_set(world.committee, "yes_no", "yes_no", "scored", name_vi="Bộ chỉ số chuyển đổi số")
    desk = bring_axe(open_as(world.secretary, language="en"))
    desk.goto(f"/admin/directives/criteriaset/{criteria.pk}/change/")
    desk.get_by_label("Agencies that assess themselves").select_option(label=world.agency.name)
    desk.get_by_label("As of").fill(clock.today().isoformat())
    assert wrong_for_fingers(desk) == []
    desk.get_by_role("button", name="Ask them").click()

    phone = bring_axe(open_as(world.officer, size=PHONE))
    phone.goto("/")
    phone.get_by_role("link", name="Xem và điền").click()
    phone.get_by_role("link", name="Điền bảng").first.click()
    for number, answer in ((1, "Đạt"), (2, "Đạt")):
        phone.get_by_label(f"{number}. Tiêu chí {number}").select_option(label=answer)
    phone.get_by_label("3. Tiêu chí 3").fill("7,5")
    assert wrong_for_fingers(phone) == []
    phone.get_by_role("button", name="Gửi bản tự đánh giá").click()
    expect(phone.locator(".facts")).to_contain_text("2 trên 3 (66,67 %); 7,5 trên 10 điểm")

    desk.goto("/admin/")
    desk.locator(".count-assessments a").click()
    desk.get_by_role("link", name=world.agency.name).click()
    desk.get_by_label("2. Tiêu chí 2").select_option(label="Not reached")
    desk.get_by_label("2. Reason for the difference").fill("Chưa có quyết định.")
    assert wrong_for_fingers(desk) == []
    desk.get_by_role("button", name="Verify the whole table").click()
    expect(desk.locator("#rows")).to_contain_text("1 of 3 (33.33 %)")

    phone.reload()
    row = phone.locator("tr.differs")
    expect(row).to_contain_text("Chưa có quyết định.")
    assert [cell.inner_text().split("\n")[0] for cell in row.locator("td").all()] == ["Đạt", "Chưa đạt"]
    assert wrong_for_fingers(phone) == []
    assert Assessment.objects.get().state == "verified"
