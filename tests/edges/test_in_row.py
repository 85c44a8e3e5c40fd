"""Setting right in the row: the answer is the row as it is then; a refusal is its sentence alone."""

import pytest
import time_machine
from django.urls import reverse

from directives.actions.proposing import seen_of
from directives.models import Directive
from tests.edges.desk_of import ENTERED_ON, drafted, make_desk
from tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def correct(desk, row, **typed):
    page = reverse("admin:proposal_correct", args=[row.notice_id, row.pk])
    return desk.client.post(page, {"seen": seen_of(row), **typed})


def test_the_row_comes_back_with_what_was_typed(desk):
    row = drafted(desk).proposals.order_by("start")[0]
    answer = correct(desk, row, cell="deadline", due="5/12")
    assert (answer.status_code, "05/12/2024" in answer.content.decode()) == (200, True)
    row.refresh_from_db()
    answer = correct(desk, row, cell="leads", body=[f"agency:{desk.other.pk}"])
    assert f'value="{row.pk}" checked' in answer.content.decode()
    desk.client.post(reverse("admin:proposals_take", args=[row.notice_id]), {"proposal": [row.pk]})
    directive = Directive.objects.get()
    assert (f"{directive.due_on:%d/%m}", directive.addressees.get(role="lead").agency) == ("05/12", desk.other)


def test_a_doubtful_row_that_was_set_right_is_ticked_and_its_words_say_so(desk):
    row = drafted(desk).proposals.order_by("start")[0]
    row.found, row.is_sure = {**row.found, "doubts": ["A doubt that a name does not settle."]}, False
    row.save()
    answer = correct(desk, row, cell="leads", body=[f"agency:{desk.other.pk}"]).content.decode()
    assert f'value="{row.pk}" checked' in answer
    assert "Nhận với nội dung đã sửa" in answer


REFUSED = [
    pytest.param({"cell": "deadline", "due": "31/2"}, 400, "Thời hạn ghi một ngày không có trong lịch.", id="no day"),
    pytest.param({"cell": "leads", "body": ["agency:999999"]}, 400, "Chọn một cơ quan trong danh sách.", id="unknown"),
    pytest.param({"cell": "leads"}, 400, "Cần nêu cơ quan thực hiện.", id="nobody"),
    pytest.param({"cell": "deadline", "due": "5/12", "seen": "x"}, 412, None, id="somebody was faster"),
]


@pytest.mark.parametrize(("typed", "status", "sentence"), REFUSED)
def test_a_refusal_is_a_sentence_and_changes_nothing(desk, typed, status, sentence):
    row = drafted(desk).proposals.order_by("start")[0]
    answer = correct(desk, row, **typed)
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert sentence is None or answer.content.decode() == sentence
    before = row.found
    row.refresh_from_db()
    assert row.found == before


def test_a_row_becomes_two_rows(desk):
    notice = drafted(desk)
    row = notice.proposals.order_by("start")[0]
    cut_at = notice.text.index("hoàn thành trước ngày 31/12/2024")
    page = reverse("admin:proposal_split", args=[notice.pk, row.pk])
    answer = desk.client.post(page, {"seen": seen_of(row), "cut_at": cut_at})
    assert answer.content.decode().count('data-row="proposal"') == 2
    assert [one.found["leads"][0]["name"] for one in notice.proposals.order_by("start")[:2]] == ["Bộ Công an"] * 2


def test_a_paragraph_becomes_a_row_and_the_table_is_shown(desk):
    notice = drafted(desk)
    paragraph = notice.paragraphs.get(label="I.1")
    answer = desk.client.post(reverse("admin:paragraph_propose", args=[notice.pk, paragraph.pk]), follow=True)
    assert notice.proposals.get(paragraph=paragraph).is_sure is False
    assert answer.context["bench"].checks[0].card.paragraph == paragraph


def test_agencies_are_found_by_all_their_names_in_two_queries(desk):
    notice = drafted(desk)
    told = desk.client.get(reverse("admin:draft_bodies", args=[notice.pk])).json()["bodies"]
    assert [f"agency:{desk.lead.pk}", "Bộ Công an", "Bộ Công an"] in told
    assert told[-1][0] == f"group:{desk.provinces.pk}"


def test_an_urgent_row_opens_with_its_words_and_is_cleared_by_typing_nothing(desk):
    row = drafted(desk).proposals.order_by("start")[1]
    assert row.found["deadline"]["kind"] == "urgent_undated"
    page = desk.client.get(reverse("admin:notice_paragraphs", args=[row.notice_id]), {"p": "all"})
    typed = {check.card.proposal.pk: check.typed_due for check in page.context["bench"].checks}
    assert typed[row.pk] == row.found["deadline"]["text"] == "khẩn trương"
    correct(desk, row, cell="deadline", due="")
    row.refresh_from_db()
    assert (row.found["deadline"]["kind"], row.found["deadline"]["text"]) == ("none", "")


def test_a_row_with_an_unknown_name_is_taken_without_it(desk):
    row = drafted(desk).proposals.order_by("start")[0]
    unknown = {"name": "Ban A", "code": "", "is_group": False, "is_open": False}
    row.found, row.is_sure = {**row.found, "coordinating": [unknown], "doubts": []}, False
    row.save()
    page = desk.client.get(reverse("admin:notice_paragraphs", args=[row.notice_id]), {"p": "all"}).content.decode()
    assert "Nhận, bỏ qua tên chưa có trong danh mục" in page
    take = reverse("admin:proposal_take", args=[row.notice_id, row.pk])
    desk.client.post(take, {"seen": seen_of(row)})
    assert not Directive.objects.exists()
    desk.client.post(take, {"seen": seen_of(row), "without_unknown": "1"})
    assert list(Directive.objects.get().addressees.values_list("role", flat=True)) == ["lead"]
