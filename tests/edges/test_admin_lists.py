"""The lists of the desk: found by words without marks, counted no further than anybody leafs, by year, month, day."""

from datetime import date

import pytest
from django.utils.translation import override

from accounts.models import Role
from directives.models import Event
from tests.edges.visiting import visit
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_delivery,
    make_directive,
    make_extension,
    make_notice,
    make_user,
)
from tracker.admin import paging
from tracker.admin.rows import DeskAdmin

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def listed(client, room: str, **asked: str):
    return client.get(f"/admin/{room}/", asked).context["cl"]


@pytest.fixture
def desk():
    """The browser of an administrator; the work of the Ministry of Health, and other work of others."""
    notice = make_notice(make_committee(), number=369, subject="Kết luận về chuyển đổi số")
    work = make_assignment(make_agency("Bộ Y tế"), directive=make_directive(notice, "Nâng cấp bệnh án điện tử"))
    make_extension(work, reason="Chờ ý kiến thẩm định.")
    make_delivery(make_user(name="Phòng Tổng hợp"), assignment=work, subject="Đôn đốc bệnh án")
    Event.objects.create(at=at(TODAY), verb="issue", by_name="Ban Thư ký", subject="x:1", notice=notice, reason="Vội")
    other = make_extension()
    make_delivery(make_user(), assignment=other.assignment, subject="Việc khác")
    Event.objects.create(at=at(date(2023, 5, 6)), verb="issue", by_name="Khác", subject="x:2")
    return visit(make_user(Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("room", "typed"),
    [
        ("directives/assignment", "benh an dien tu"),
        ("directives/assignment", "bo y te benh an"),
        ("directives/assignment", "369/TB-VPCP"),
        ("directives/notice", "chuyen doi so"),
        ("directives/notice", "369/TB-VPCP"),
        ("directives/extensionrequest", "bo y te"),
        ("directives/extensionrequest", "thẩm định"),
        ("directives/delivery", "benh an"),
        ("directives/delivery", "phòng tổng"),
        ("directives/event", "ban thu ky"),
        ("directives/event", "voi"),
        ("directives/event", "x:1"),
        ("directives/event", "369/TB-VPCP"),
        ("accounts/agency", "y te"),
    ],
)
def test_a_row_is_found_by_its_words(desk, room, typed):
    assert listed(desk, room, q=typed).result_count == 1
    assert listed(desk, room, q=f"{typed} khongdau").result_count == 0


def test_a_long_list_says_that_there_is_more_and_shows_what_was_counted(desk, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 3)
    monkeypatch.setattr(DeskAdmin, "list_per_page", 2)
    monkeypatch.setattr(DeskAdmin, "list_max_show_all", 2)
    for _ in range(2):
        make_agency("Cục")
    assert (listed(desk, "accounts/agency", q="cuc").paginator.count, paging.COUNTED) == (2, 3)
    page = desk.get("/admin/accounts/agency/")
    assert (page.context["cl"].result_count, page.context["cl"].paginator.has_more) == (3, True)
    assert [len(listed(desk, "accounts/agency", p=nth).result_list) for nth in ("1", "2")] == [2, 1]
    assert "more than 3" in page.content.decode()


def test_the_days_of_a_list_go_from_year_to_month_to_day(desk):
    def links(**chosen: str) -> int:
        page = desk.get("/admin/directives/event/", {f"at__{part}": one for part, one in chosen.items()})
        return page.content.decode().partition('<nav class="toplinks">')[2].partition("</nav>")[0].count("<a ")

    assert links() == 3  # 2023 to 2025
    assert links(year="2025") == 1 + 12
    assert links(year="2025", month="2") == 1 + 28
    assert links(year="2025", month="2", day="3") == 1
    assert links(month="2") == 3
    assert listed(desk, "directives/event", at__year="2023", at__month="5").result_count == 1
    assert desk.get("/admin/directives/event/?at__year=x").status_code == 302
