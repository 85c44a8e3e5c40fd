"""Proposals at the desk: each shows what it rests on, the sure ones are taken together, a doubtful one is set right."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from directives.models import Directive, Notice
from directives.models import Role as Part
from tests.edges.desk_of import DUE_ON, ENTERED_ON, LEAD_SENTENCE, directive_form, drafted, make_desk
from tests.make import at
from tracker.admin.checking import written_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def look(desk, notice, wanted="all"):
    return desk.client.get(reverse("admin:notice_paragraphs", args=[notice.pk]), {"p": wanted})


def test_the_overview_shows_each_proposal_with_its_words_and_ticks_what_is_sure(desk):
    notice = drafted(desk)
    page = look(desk, notice)
    first, second = page.context["bench"].cards
    assert (first.is_sure, second.is_sure) == (True, True)
    assert next((piece.words, piece.what) for piece in first.pieces if piece.what) == ("Bộ Công an", "lead")
    assert first.deadline["due_on"] == DUE_ON
    boxes = re.findall(r'<input type="checkbox" name="proposal" value="(\d+)" checked>', page.content.decode())
    assert boxes == [str(first.proposal.pk), str(second.proposal.pk)]


def test_the_ticked_are_taken_over_and_no_other(desk):
    notice = drafted(desk)
    first = look(desk, notice).context["bench"].cards[0]
    desk.client.post(reverse("admin:proposals_take", args=[notice.pk]), {"proposal": [first.proposal.pk]})
    assert [row.quote for row in Directive.objects.all()] == [notice.text[first.proposal.start : first.proposal.end]]
    assert len(look(desk, notice).context["bench"].cards) == 1


def taken(desk, notice, ticked, **more):
    """The act of the table, with all that the table shows beside the ticks."""
    rest = [f"{row.paragraph.pk}:{row.paragraph.start}:{row.paragraph.end}" for row in shown(desk, notice).markable]
    sent = {"proposal": [row.pk for row in ticked], "rest": rest, **more}
    return desk.client.post(reverse("admin:proposals_take", args=[notice.pk]), sent, follow=True)


def shown(desk, notice):
    return look(desk, notice).context["bench"]


def test_headings_and_information_are_marked_in_the_same_act_and_what_is_left_stays_open(desk):
    notice = drafted(desk)
    first, second = notice.proposals.order_by("start")
    before = len(shown(desk, notice).markable)
    words = taken(desk, notice, [first]).content.decode()
    assert f"Đã nhận 1 nhiệm vụ từ đề xuất. Đã đánh dấu {before} mục khác." in words
    assert notice.paragraphs.get(label="I.1").handled_as == "information"
    assert [row.pk for row in notice.paragraphs.unhandled()] == [second.paragraph_id]
    taken(desk, notice, [second])
    assert not notice.paragraphs.unhandled().exists()


def test_a_refusal_takes_and_marks_nothing(desk):
    notice = drafted(desk)
    first, second = notice.proposals.order_by("start")
    words = taken(desk, notice, [first, second], **{f"seen-{second.pk}": "x"}).content.decode()
    assert "Đã nhận" not in words
    assert not Directive.objects.exists()
    assert not notice.paragraphs.exclude(handled_as="").exists()


def test_a_paragraph_that_was_cut_since_it_was_shown_is_not_marked(desk):
    notice = drafted(desk)
    row = shown(desk, notice).markable[-1].paragraph
    rest = {"rest": [f"{row.pk}:{row.start}:{row.end - 1}", "x", "1:2"]}
    desk.client.post(reverse("admin:proposals_take", args=[notice.pk]), rest)
    assert not notice.paragraphs.exclude(handled_as="").exists()


def test_a_proposal_that_is_left_beside_a_directive_of_its_paragraph_is_unhandled(desk):
    notice = drafted(desk)
    first, second = notice.proposals.order_by("start")
    second.paragraph = first.paragraph
    second.save()
    taken(desk, notice, [first])
    assert [row.paragraph.pk for row in shown(desk, notice).open][:1] == [first.paragraph_id]
    assert first.paragraph in notice.paragraphs.unhandled()


def test_what_was_not_ticked_is_not_ticked_when_the_others_are_taken(desk):
    notice = drafted(desk)
    first, second = notice.proposals.order_by("start")
    aside = reverse("admin:proposal_aside", args=[notice.pk, first.pk])
    for page, kept in ((f"{aside}?p=all", [second.pk]), (reverse("admin:proposals_take", args=[notice.pk]), [])):
        answer = desk.client.post(page, {"proposal": kept}, follow=True)
        assert [check.card.proposal.pk for check in answer.context["bench"].checks if check.is_ticked] == kept


@pytest.mark.parametrize(
    ("words", "due_on", "sentence", "shown"),
    [
        ("trước ngày 31/12/2026", date(2026, 12, 31), "", ""),
        ("trước ngày 05/12", date(2026, 12, 5), "", ""),
        ("trước ngày 31/12/2026", date(2027, 12, 31), "", "trước ngày 31/12/2026"),
        ("trong tuần đầu tháng 12 năm 2026", date(2026, 12, 31), "", "trong tuần đầu tháng 12 năm 2026"),
        ("", None, "Báo cáo Ban Chỉ đạo tại phiên họp tiếp theo.", "tại phiên họp tiếp theo"),
        ("", None, "Báo cáo Ban Chỉ đạo.", ""),
    ],
)
def test_a_row_shows_what_is_written_where_the_date_is_not_in_it(words, due_on, sentence, shown):
    assert written_of(words, due_on, sentence) == shown


@pytest.mark.parametrize("kind", ["none", ""])
def test_a_date_that_is_typed_is_a_deadline_where_none_was_chosen(desk, kind):
    notice = drafted(desk)
    row = notice.proposals.order_by("start")[0]
    row.found = {**row.found, "deadline": None}
    row.save()
    page = reverse("admin:directive_add", args=[notice.pk]) + f"?proposal={row.pk}"
    desk.client.post(page, directive_form(desk, notice, deadline_kind=kind, due_on="31/12/2024"))
    directive = Directive.objects.get()
    assert (directive.deadline_kind, directive.due_on) == ("date", date(2024, 12, 31))


def test_one_is_taken_over_and_the_way_leads_to_the_next_paragraph(desk):
    notice = drafted(desk)
    first, second = notice.proposals.order_by("start")
    answer = desk.client.post(reverse("admin:proposal_take", args=[notice.pk, first.pk]))
    assert f"?p={second.paragraph_id}" in answer.url
    assert Directive.objects.get().addressees.filter(role=Part.LEAD).get().agency == desk.lead


def test_the_form_of_a_proposal_is_filled_in_and_what_is_corrected_counts(desk):
    notice = drafted(desk)
    proposal = notice.proposals.order_by("start")[0]
    page = reverse("admin:directive_add", args=[notice.pk]) + f"?proposal={proposal.pk}"
    initial = desk.client.get(page).context["form"].initial
    assert (initial["lead"], initial["coordinating"]) == (f"agency:{desk.lead.pk}", [f"agency:{desk.other.pk}"])
    assert (initial["due_on"], initial["deadline_kind"]) == (DUE_ON, "date")
    desk.client.post(
        page, directive_form(desk, notice, wording="Đưa tiện ích", lead=f"agency:{desk.other.pk}", coordinating=[])
    )
    proposal.refresh_from_db()
    assert proposal.directive.wording == "Đưa tiện ích"
    assert [row.agency for row in proposal.directive.addressees.all()] == [desk.other]


def test_selected_words_fill_the_form_with_what_they_say(desk):
    notice = drafted(desk)
    paragraph = notice.paragraphs.get(label="II.1")
    start = notice.text.index(LEAD_SENTENCE)
    where = {"paragraph": paragraph.pk, "from": start, "to": start + len(LEAD_SENTENCE)}
    initial = desk.client.get(reverse("admin:directive_add", args=[notice.pk]), where).context["form"].initial
    assert (initial["quote"], initial["lead"]) == (LEAD_SENTENCE, f"agency:{desk.lead.pk}")
    assert initial["due_on"] == DUE_ON


def test_a_proposal_is_set_aside_and_taken_up_again(desk):
    notice = drafted(desk)
    proposal = notice.proposals.order_by("start")[0]
    verb = reverse("admin:proposal_aside", args=[notice.pk, proposal.pk])
    desk.client.post(verb)
    assert notice.proposals.open().count() == 1
    desk.client.post(verb, {"back": "1"})
    assert notice.proposals.open().count() == 2


def test_the_rest_is_marked_as_proposed(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:proposals_mark", args=[notice.pk]))
    assert notice.paragraphs.get(label="I.1").handled_as == "information"
    assert notice.paragraphs.get(label="II.1").handled_as == ""


def test_another_drafts_proposal_is_not_taken(desk):
    notice = drafted(desk)
    proposal = notice.proposals.order_by("start")[0]
    other = Notice.objects.create(committee=desk.committee, entered_at=at(ENTERED_ON), entered_by=desk.secretary)
    assert desk.client.post(reverse("admin:proposal_take", args=[other.pk, proposal.pk])).status_code == 404
    assert not Directive.objects.exists()
