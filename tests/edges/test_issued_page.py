"""The pages before and after the issue say what matters in few lines, in the notice's own words."""

import pytest
import time_machine
from django.urls import reverse

from directives.models import Role as Part
from tests.edges.desk_of import ENTERED_ON, directive_form, drafted, make_desk
from tests.make import at, make_agency, make_assignment, make_directive, make_notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def issued(desk, notice):
    answer = desk.client.get(reverse("admin:directives_notice_change", args=[notice.pk]))
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(("helpers", "folded"), [(6, ""), (7, "2"), (12, "7")])
def test_of_many_who_help_five_are_shown_and_the_others_folded(desk, helpers, folded):
    directive = make_directive(make_notice(desk.committee))
    for _each in range(helpers):
        make_assignment(make_agency(), directive=directive, role=Part.COORDINATING)
    words = issued(desk, directive.notice)
    told = f'<summary>còn <span class="said-below">{folded}</span> cơ quan phối hợp</summary>'
    assert (told in words, "cơ quan phối hợp</summary>" in words) == (bool(folded), bool(folded))
    assert "Nhập thông báo tiếp theo" in words


def test_the_shares_of_one_agency_over_two_periods_are_said_to_be_so(desk):
    directive = make_directive(
        make_notice(desk.committee), recurrence="quarterly", due_on=None, deadline_kind="recurring"
    )
    for period in ("2024-Q3", "2024-Q4"):
        make_assignment(desk.lead, directive=directive, role=Part.SHARE, period=period)
    assert 'Chủ trì phần mình, <span class="forecast">2</span> kỳ: đã hoàn thành' in issued(desk, directive.notice)


def test_the_page_before_the_issue_tells_of_what_is_undecided_and_hides_the_six_points(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice, product=""))
    page = reverse("admin:notice_issue", args=[notice.pk])
    words = desk.client.get(page).content.decode()
    assert words.count('class="note note-warning"') == 1
    assert words.index("<summary>Thông tin thêm</summary>") < words.index("chưa đủ yêu cầu “6 rõ”")


def test_a_name_that_was_taken_is_marked_no_more_as_given_nothing(desk):
    row = drafted(desk).proposals.order_by("start")[0]
    text, name = row.notice.text, "Bộ Y tế"
    start = text.index(name, row.start)
    row.found = {**row.found, "coordinating": [], "grounds": [{"what": "other", "start": start, "end": start + 7}]}
    row.save()
    page = reverse("admin:notice_paragraphs", args=[row.notice_id]) + "?p=all"
    marked = f'<mark class="ground ground-other">{name}</mark>'
    assert marked in desk.client.get(page).content.decode()
    row.found = {**row.found, "leads": [{"name": name, "code": desk.other.code, "is_group": False}]}
    row.save()
    assert marked not in desk.client.get(page).content.decode()


@pytest.mark.parametrize(("name", "told"), [("các địa phương", "“Các địa phương”"), ("các cơ quan", "các cơ quan")])
def test_a_group_that_is_not_settled_is_named_in_the_notices_words_or_not_as_a_quotation(desk, name, told):
    row = drafted(desk).proposals.order_by("start")[1]
    body = {"name": name, "code": None, "is_group": True, "is_open": True}
    row.found = {**row.found, "coordinating": [body]}
    row.save()
    page = desk.client.get(reverse("admin:notice_paragraphs", args=[row.notice_id]) + "?p=all")
    assert f"{told}: chưa xác định cơ quan nào" in page.content.decode()
