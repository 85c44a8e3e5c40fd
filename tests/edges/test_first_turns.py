"""What recurs says in its row when it is due first, as the page before the issue does; the issuer as registered."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from directives.models import Notice
from tests.edges.desk_of import ENTERED_ON, TEXT, header, issued, make_desk
from tests.make import at
from tracker.admin.checking import checks_of
from tracker.admin.first_turns import first_turns

pytestmark = pytest.mark.django_db
SENTENCE = "Các địa phương khẩn trương kết nối hệ thống thông tin của mình."
RECURS = TEXT.replace(SENTENCE, "Bộ Y tế báo cáo kết quả hằng tháng, trước ngày 25.")
SUNDAY, FRIDAY = date(2024, 8, 25), date(2024, 8, 23)


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


@pytest.fixture
def notice(desk):
    desk.client.post(reverse("admin:directives_notice_add"), header(desk, text=RECURS))
    desk.client.post(reverse("admin:notice_split", args=[Notice.objects.get().pk]))
    return Notice.objects.get()


def rows(desk, notice):
    return desk.client.get(reverse("admin:notice_paragraphs", args=[notice.pk]), {"p": "all"})


def test_a_row_that_recurs_says_its_rhythm_and_when_it_is_due_first(desk, notice):
    page = rows(desk, notice)
    once, monthly = (check.card for check in checks_of(page.context["bench"].cards))
    assert once.first is None
    assert (monthly.first.period, monthly.first.due_on, monthly.first.moved_from) == ("2024-08", FRIDAY, SUNDAY)
    told = page.content.decode()
    assert "Hằng tháng, ngày 25" in told
    assert "kỳ đầu 23/08/2024 (25/08 là Chủ nhật)" in told


def test_the_day_is_that_of_the_page_before_the_issue(desk, notice):
    proposal = notice.proposals.order_by("start").last()
    first = first_turns([proposal])[proposal.pk]
    desk.client.post(reverse("admin:proposal_take", args=[notice.pk, proposal.pk]))
    (line,) = desk.client.get(reverse("admin:notice_issue", args=[notice.pk])).context["preview"].lines
    assert line.first_turn() == first


def test_a_deadline_set_right_in_its_row_says_its_first_day_at_once(desk, notice):
    proposal = notice.proposals.order_by("start").first()
    page = reverse("admin:proposal_correct", args=[notice.pk, proposal.pk])
    seen = next(check.seen for check in rows(desk, notice).context["bench"].checks if check.card.proposal == proposal)
    answer = desk.client.post(page, {"cell": "deadline", "due": "hằng tháng ngày 20", "seen": seen})
    assert "kỳ đầu 20/08/2024" in answer.content.decode()


def test_the_table_costs_the_same_with_one_that_recurs_and_with_twelve(desk, notice, django_assert_num_queries):
    proposal = notice.proposals.order_by("start").last()
    proposal.notice = notice
    for many in (1, 12):
        with django_assert_num_queries(1):
            first_turns([proposal] * many)


def test_an_issued_notice_names_its_issuer_as_the_register_does(desk):
    page = desk.client.get(reverse("admin:directives_notice_change", args=[issued(desk).pk])).content.decode()
    assert "<dd>Văn phòng Chính phủ</dd>" in page
    assert "VĂN PHÒNG CHÍNH PHỦ" not in page
