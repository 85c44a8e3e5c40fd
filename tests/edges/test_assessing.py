"""Self-assessment at both doors: one table that an agency fills in, one in which it is verified, both totals."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from directives.actions.assessing import ask_to_assess
from directives.actions.weeding import weed_all
from directives.models import Assessment, CriteriaSet, Delivery, Event
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import MONDAY, visit
from tests.make import (
    PASSWORD,
    at,
    make_agency,
    make_assessment,
    make_indicator,
    make_office,
    make_set,
    make_user,
)
from tests.numbers import words_of
from tracker.delivery.deliver import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def asked(world):
    """Two criteria of yes or no and one of 10 points, asked of the agency."""
    return make_assessment(make_set(world.committee, "yes_no", "yes_no", "scored"), world.agency)


def place(row):
    return reverse("self_assessment", args=[row.uuid])


def desk_of(row):
    return reverse("admin:assessment_verify", args=[row.pk])


def typed(row, *answers, answer="given", words="remark", **more):
    """What stands in the lines of a table, each an answer or an answer with words."""
    said = {"version": Assessment.objects.get(pk=row.pk).version, **more}
    for criterion, line in zip(row.criteria_set.criteria.all(), answers, strict=False):
        said[f"{answer}-{criterion.pk}"], said[f"{words}-{criterion.pk}"] = (
            line if isinstance(line, tuple) else (line, "")
        )
    return said


def send(world, row, *answers, language="vi", **more):
    return visit(world.officer, language=language).post(place(row), typed(row, *answers, **more))


def marks(row):
    return [(mark.reported, mark.verified) for mark in row.marks.order_by("criterion__position")]


def test_the_first_page_says_that_a_table_is_to_be_filled_in_and_leads_to_it(world, asked):
    client = visit(world.officer)
    page = client.get("/").content.decode()
    assert "1 self-assessment is to be filled in." in words_of(page)
    assert f'href="{reverse("assessments")}?state=asked"' in page
    assert place(asked) in client.get(reverse("assessments")).content.decode()


def test_a_table_is_filled_in_and_sent_in_vietnamese_numbers(world, asked):
    assert send(world, asked, "1", ("0", "Chưa có quyết định."), "7,5").status_code == 302
    assert [reported for reported, _verified in marks(asked)] == [1, 0, 7.5]
    page = visit(world.officer, language="vi").get(place(asked)).content.decode()
    assert "1 trên 3 (33,33 %); 7,5 trên 10 điểm" in words_of(page)
    assert "<select" not in page.split("<main")[1]


def test_a_draft_is_kept_with_what_there_is_and_sends_nothing(world, asked):
    assert send(world, asked, "1", keep="1").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, marks(asked)[0]) == ("asked", (1, None))
    page = visit(world.officer).get(place(asked)).content.decode()
    assert re.search(r'<option value="1" selected>', page)
    assert not Event.objects.filter(verb="send_assessment").exists()


WRONG = {
    "a line is empty": (("1", ("", "Chờ số liệu."), "7,5"), 1, "Đề nghị điền mục này"),
    "a word for points": (("1", ("1", "Chờ số liệu."), "nhiều"), 2, "“nhiều” không phải là số."),
    "more points than there are": (("1", ("1", "Chờ số liệu."), "10,5"), 2, "điểm từ 0 đến điểm tối đa"),
}


@pytest.mark.parametrize(("answers", "line", "sentence"), WRONG.values(), ids=WRONG)
def test_a_refused_table_keeps_all_that_was_typed_and_says_where(world, asked, answers, line, sentence):
    client = visit(world.officer, language="vi")
    with nothing_changes():
        answer = client.post(place(asked), typed(asked, *answers))
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert sentence in page
    assert f'href="#c{asked.criteria_set.criteria.all()[line].pk}"' in page
    assert "Chờ số liệu." in page
    assert f'value="{answers[2]}"' in page


def test_who_was_slower_keeps_the_words_and_may_send_them_after_reading_why(world, asked):
    late = typed(asked, "1", ("1", "Của tôi."), "5")
    send(world, asked, "0", keep="1")
    client = visit(world.officer)
    with nothing_changes():
        answer = client.post(place(asked), late)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Của tôi." in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert client.post(place(asked), {**late, "version": version}).status_code == 302


def test_words_typed_before_the_session_ended_become_a_draft_after_log_in(world, asked):
    world.officer.set_password(PASSWORD)
    world.officer.save()
    client = visit(world.officer)
    client.logout()
    door = client.post(place(asked), typed(asked, "1", "1", "5", who=world.officer.uuid))
    assert door.status_code == 401
    page = door.content.decode()
    carried = {name: unescape(re.findall(rf'name="{name}" value="([^"]*)"', page)[-1]) for name in ("next", "typed")}
    client.post(reverse("log_in"), {"username": world.officer.email, "password": PASSWORD, **carried})
    assert [reported for reported, _verified in marks(asked)] == [1, 1, 5]
    assert Assessment.objects.get(pk=asked.pk).state == "asked"


def test_the_secretariat_reads_and_does_not_fill_in(world, asked):
    page = visit(world.secretary).get(place(asked)).content.decode()
    assert "<select" not in page.split("<main")[1]
    assert visit(world.stranger).get(place(asked)).status_code == 404


# --- the desk


@pytest.fixture
def sent(world, asked):
    send(world, asked, "1", ("1", "Quyết định 12."), "7,5")
    return asked


def test_the_table_is_verified_in_one_go_and_both_totals_stand_side_by_side(world, sent):
    client = visit(world.secretary, language="vi")
    page = client.get(desk_of(sent)).content.decode()
    assert 'value="7,5"' in page
    assert page.count('<option value="1" selected>') == 2
    given = typed(sent, "1", ("0", "Chưa ban hành."), "7,5", answer="found", words="why")
    assert client.post(desk_of(sent), given).status_code == 302
    assert [verified for _reported, verified in marks(sent)] == [1, 0, 7.5]
    of_set = reverse("admin:directives_criteriaset_change", args=[sent.criteria_set_id])
    page = words_of(client.get(of_set).content.decode())
    assert "2 trên 3 (66,67 %)" in page
    assert "1 trên 3 (33,33 %)" in page


def test_another_result_without_a_reason_is_refused_in_its_line(world, sent):
    second = sent.criteria_set.criteria.all()[1].pk
    given = typed(sent, "1", ("0", ""), "7.5", answer="found", words="why")
    client = visit(world.secretary)
    with nothing_changes():
        answer = client.post(desk_of(sent), given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [f"why-{second}"])


def test_a_table_goes_back_with_a_reason_and_what_was_filled_in(world, sent):
    client = visit(world.secretary)
    with nothing_changes():
        assert client.post(desk_of(sent), {"return": "1", "reason": "", "version": "2"}).status_code == 400
    assert client.post(desk_of(sent), {"return": "1", "reason": "Thiếu tệp.", "version": "2"}).status_code == 302
    page = visit(world.officer).get(place(sent)).content.decode()
    assert "Thiếu tệp." in page
    assert "Quyết định 12." in page


def test_a_set_is_pasted_from_a_spreadsheet_and_sent_to_agencies(world):
    make_indicator(world.committee, code="cap-quang")
    client = visit(world.secretary, language="vi")
    lines = "Nhận thức số\tCó kế hoạch\nNhận thức số\tĐào tạo\t10\t7,5\n"
    lines += "Hạ tầng số | Cáp quang | = cap-quang\nCó tổ công nghệ số"
    given = {"committee": world.committee.pk, "code": "cap-xa", "name_vi": "Bộ tiêu chí cấp xã", "criteria": lines}
    assert client.post(reverse("admin:directives_criteriaset_add"), given).status_code == 302
    row = CriteriaSet.objects.get()
    read = [(one.heading, one.name_vi, one.full, one.enough, one.kind) for one in row.criteria.all()]
    assert read == [
        ("Nhận thức số", "Có kế hoạch", None, None, "yes_no"),
        ("Nhận thức số", "Đào tạo", 10, 7.5, "scored"),
        ("Hạ tầng số", "Cáp quang", None, None, "indicator"),
        ("", "Có tổ công nghệ số", None, None, "yes_no"),
    ]
    asking = {"agencies": [world.agency.pk, make_agency().pk], "as_of": "2025-03-03", "due_on": "2025-03-31"}
    assert client.post(reverse("admin:directives_criteriaset_change", args=[row.pk]), asking).status_code == 302
    assert row.assessments.count() == 2


@pytest.mark.parametrize(
    "line", ["a | b | nhiều", "a | b | = khong-co", ""], ids=["no number", "no indicator", "nothing"]
)
def test_a_line_that_cannot_be_read_is_said_at_its_field(world, line):
    given = {"committee": world.committee.pk, "code": "cap-xa", "name_vi": "Bộ tiêu chí cấp xã", "criteria": line}
    client = visit(world.secretary)
    with nothing_changes():
        answer = client.post(reverse("admin:directives_criteriaset_add"), given)
    assert list(answer.context["form"].errors) == ["criteria"]


def test_pages_cost_the_same_for_few_and_for_many(world):
    def cost(client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    officer, secretary = visit(world.officer), visit(world.secretary)
    costs = []
    for many in (1, 12):
        row = make_assessment(make_set(world.committee, *["yes_no"] * many), world.agency)
        for _ in range(many):
            make_assessment(row.criteria_set, make_agency(parent=world.agency))
        page = reverse("admin:directives_criteriaset_change", args=[row.criteria_set_id])
        costs.append([cost(officer, place(row)), cost(officer, reverse("assessments")), cost(secretary, page)])
    assert costs[0] == costs[1]


def test_who_is_asked_is_told_once_and_nobody_any_more_once_it_was_sent(world, asked):
    head, other = make_user(Role.HEAD, world.agency), make_agency("Bộ Y tế")
    make_office(world.officer, Role.OFFICER, other)
    wanted = {"by": world.secretary, "at": at(MONDAY), "as_of": MONDAY, "due_on": MONDAY + timedelta(days=14)}
    rows = ask_to_assess(asked.criteria_set, [world.agency, other], **wanted)
    in_app = Delivery.objects.filter(kind="assess", channel="in_app")
    assert {(row.recipient, row.assessment) for row in in_app} == {(world.officer, rows[0]), (head, rows[0])}
    deliver(now=at(MONDAY, 10), by=["in_app"])
    page = words_of(visit(head).get(reverse("messages")).content.decode())
    assert f"Đề nghị tự đánh giá: {asked.criteria_set.name}" in page
    assert "đề nghị Bộ Công an tự đánh giá:" in page
    assert "Gửi chậm nhất ngày 24/03/2025." in page
    waiting = Delivery.objects.filter(kind="assess", channel="email")
    assert len(weed_all(list(waiting), at=at(MONDAY))) == 2
    Assessment.objects.filter(pk=rows[0].pk).update(state="submitted", submitted_by=world.officer)
    assert weed_all(list(waiting.all()), at=at(MONDAY)) == set()
