"""What people arrange for themselves, on a phone and without JavaScript."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from icalendar import Calendar
from playwright.sync_api import expect

from accounts.models import Role
from directives.models import Preference, Snooze
from tests.browser.conftest import SMALLEST, WIDEST, Opening
from tests.edges.visiting import make_world
from tests.make import make_user
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize(("size", "scripts"), [(SMALLEST, False), (WIDEST, True)], ids=["phone", "desk"])


@BOTH
def test_from_the_account_to_fewer_mails_and_a_lock_that_holds(open_as: Opening, size, scripts):
    officer = make_user(Role.OFFICER)
    page = open_as(officer, size=size, scripts=scripts)
    page.goto("/")
    page.locator("details.who summary").click()
    page.get_by_role("navigation", name="Dành cho cá nhân").get_by_role("link", name="Cách nhận tin").click()
    news = page.get_by_role("group", name="Giao việc mới")
    expect(news.get_by_label("Thư điện tử")).to_be_checked()
    expect(news.get_by_label("Trong hệ thống")).to_be_disabled()
    expect(page.get_by_role("group", name="Báo cáo vượt cấp").get_by_label("Thư điện tử")).to_be_disabled()
    news.get_by_label("Thư điện tử").uncheck()
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận")
    expect(page.get_by_role("group", name="Giao việc mới").get_by_label("Thư điện tử")).not_to_be_checked()
    assert list(Preference.objects.values_list("kind", "channel", "wanted")) == [("assigned", "email", False)]


@BOTH
def test_from_an_assignment_to_some_days_without_reminders_and_back(open_as: Opening, size, scripts):
    today = clock.today()
    world = make_world(due_on=today + timedelta(days=20), assigned_on=today, armed_on=today)
    page = open_as(world.officer, size=size, scripts=scripts)
    page.goto(f"/assignments/{world.assignment.uuid}/")
    page.get_by_text("Hoãn nhắc cho riêng tôi").click()
    page.get_by_label("Không nhắc tôi đến hết ngày").fill((today + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="Hoãn nhắc").click()
    expect(page.get_by_text(f"Bạn đã hoãn nhắc đến hết ngày {today + timedelta(days=5):%d/%m/%Y}.")).to_be_visible()
    page.get_by_role("button", name="Nhắc tôi trở lại").click()
    expect(page.get_by_text("Hoãn nhắc cho riêng tôi")).to_be_visible()
    assert not Snooze.objects.exists()


@BOTH
def test_from_the_account_to_a_calendar_that_another_program_reads(open_as: Opening, size, scripts):
    world = make_world(due_on=clock.today())
    page = open_as(world.officer, size=size, scripts=scripts)
    page.goto("/")
    page.locator("details.who summary").click()
    page.get_by_role("link", name="Lịch thời hạn").click()
    page.get_by_role("button", name="Tạo địa chỉ").click()
    address = page.get_by_label("Địa chỉ lịch").input_value()
    expect(page.get_by_role("button", name="Sao chép")).to_be_visible(visible=scripts)
    page.get_by_role("link", name="Tôi đã sao chép địa chỉ").click()
    expect(page.get_by_text("chưa lần nào")).to_be_visible()
    [entry] = Calendar.from_ical(Client().get(urlsplit(address).path).content).walk("VEVENT")
    assert entry["SUMMARY"] == "Hạn: Đưa tiện ích lên VNeID"
    page.get_by_role("button", name="Thu hồi địa chỉ").click()
    expect(page.get_by_role("status")).to_contain_text("địa chỉ đã hết hiệu lực")
    assert Client().get(urlsplit(address).path).status_code == 404


@BOTH
def test_from_the_account_to_a_substitute_and_back(open_as: Opening, size, scripts):
    lan = make_user(Role.OFFICER, name="Chị Lan")
    make_user(Role.HEAD, lan.offices.get().agency, name="Anh Minh")
    today = clock.today()
    page = open_as(lan, size=size, scripts=scripts)
    page.goto("/absence/")
    page.get_by_label("Người thay").select_option("Anh Minh")
    page.get_by_label("Đến hết ngày").fill((today - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Ngày cuối đứng trước ngày đầu.")).to_be_visible()
    page.get_by_label("Đến hết ngày").fill((today + timedelta(days=4)).isoformat())
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Anh Minh là người thay của bạn")).to_be_visible()
    page.get_by_role("button", name="Tôi đã trở lại").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận bạn trở lại làm việc")
    absence = lan.offices.get().absences.get()
    assert (absence.begins_on, absence.ends_on) == (today, today)
