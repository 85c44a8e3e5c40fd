"""What was just decided in the table of proposals is undone: the rows and their paragraphs are as they were."""

import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from directives.actions.drafting import change_directive
from directives.actions.entering import mark_paragraph
from directives.models import Directive, HandledAs
from tests.actions.conftest import nothing_changes
from tests.actions.test_at_once import beside
from tests.edges.desk_of import ENTERED_ON, drafted, make_desk
from tests.make import at, make_user

pytestmark = pytest.mark.django_db
UNDO = re.compile(r'<form class="undo" method="post" action="([^"]+)">.*?name="back" value="([^"]+)"')
DONE = "Đã hoàn tác: mọi việc trở lại như trước."
FASTER = "Trong lúc đó đã có người khác thay đổi nội dung này. Đề nghị xem lại trước khi làm tiếp."


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def as_it_is(notice):
    rows = [(row.pk, row.found, row.set_aside, row.directive_id) for row in notice.proposals.order_by("pk")]
    return rows, list(notice.paragraphs.order_by("pk").values_list("pk", "handled_as"))


def shown(desk, notice):
    return desk.client.get(reverse("admin:notice_paragraphs", args=[notice.pk]), {"p": "all"}).context["bench"]


def acts(desk, notice):
    """Each way to decide in the table: its address, with what the table sends along."""
    first, second = notice.proposals.order_by("start")
    rest = [f"{row.paragraph.pk}:{row.paragraph.start}:{row.paragraph.end}" for row in shown(desk, notice).markable]
    both = {"proposal": [first.pk, second.pk]}
    return {
        "aside": (reverse("admin:proposal_aside", args=[notice.pk, first.pk]) + "?p=all", both),
        "take": (reverse("admin:proposal_take", args=[notice.pk, first.pk]) + "?p=all", both),
        "take all": (reverse("admin:proposals_take", args=[notice.pk]), {**both, "rest": rest}),
    }


def undo_of(answer):
    """Where the message of a decision undoes it, and the way back that its form sends along."""
    address, back = UNDO.search(answer.content.decode()).groups()
    return address, {"back": unescape(back)}


def undone(desk, answer):
    return desk.client.post(*undo_of(answer), follow=True).content.decode()


def mark(desk, paragraph, handled_as, *, by=None):
    mark_paragraph(paragraph, handled_as, by=by or desk.secretary, at=at(ENTERED_ON))


@pytest.mark.parametrize("act", ["aside", "take", "take all"])
def test_a_decision_is_undone_with_its_ticks(desk, act):
    notice = drafted(desk)
    before, (address, sent) = as_it_is(notice), acts(desk, notice)[act]
    answer = desk.client.post(address, sent, follow=True)
    assert as_it_is(notice) != before
    back = desk.client.post(*undo_of(answer), follow=True)
    assert DONE in back.content.decode()
    assert as_it_is(notice) == before
    assert [check.is_ticked for check in back.context["bench"].checks] == [True, True]
    assert UNDO.search(back.content.decode()) is None


def test_what_was_decided_without_a_tick_is_not_ticked_then(desk):
    notice = drafted(desk)
    address, sent = acts(desk, notice)["take"]
    answer = desk.client.post(address, {"proposal": sent["proposal"][1:]}, follow=True)
    back = desk.client.post(*undo_of(answer), follow=True)
    assert [check.is_ticked for check in back.context["bench"].checks] == [False, True]


@pytest.mark.parametrize("by_hand", [HandledAs.TARGET, HandledAs.INFORMATION, HandledAs.DIRECTIVE])
@pytest.mark.parametrize("act", ["aside", "take", "take all"])
def test_a_paragraph_keeps_the_mark_that_it_was_given_by_hand(desk, act, by_hand):
    notice = drafted(desk)
    mark(desk, notice.proposals.order_by("start")[0].paragraph, by_hand)
    before, (address, sent) = as_it_is(notice), acts(desk, notice)[act]
    assert DONE in undone(desk, desk.client.post(address, sent, follow=True))
    assert as_it_is(notice) == before


def test_beside_a_paragraph_the_way_back_leads_to_it(desk):
    notice = drafted(desk)
    proposal = notice.proposals.order_by("start")[0]
    answer = desk.client.post(reverse("admin:proposal_aside", args=[notice.pk, proposal.pk]), follow=True)
    back = desk.client.post(*undo_of(answer))
    assert back.url.endswith(f"?p={proposal.paragraph_id}#p{proposal.paragraph_id}")


def test_what_another_changed_before_the_message_was_shown_is_not_undone(desk):
    notice = drafted(desk)
    answer = desk.client.post(*acts(desk, notice)["take"])
    other = make_user(Role.SECRETARIAT, desk.committee)
    change_directive(Directive.objects.get(), by=other, at=at(ENTERED_ON), wording="Lời của người khác")
    page = desk.client.get(answer.url)
    with nothing_changes():
        assert FASTER in undone(desk, page)
    assert Directive.objects.get().wording == "Lời của người khác"


@pytest.mark.parametrize("line", ["", "seen=", "seen={seen}", "{line}&seen=²", "{line}&seen=0", "nothing at all"])
def test_without_the_version_after_the_decision_nothing_is_undone(desk, line):
    notice = drafted(desk)
    address, sent = undo_of(desk.client.post(*acts(desk, notice)["take all"], follow=True))
    notice.refresh_from_db()
    with nothing_changes():
        answer = desk.client.post(
            address, {"back": line.format(seen=notice.version - 1, line=sent["back"])}, follow=True
        )
        desk.client.post(address, {"seen": notice.version})
        desk.client.post(f"{address}?{sent['back']}")
    assert FASTER in answer.content.decode()
    assert Directive.objects.count() == 2


def test_what_is_not_as_the_decision_left_it_is_not_undone(desk):
    notice = drafted(desk)
    address, sent = undo_of(desk.client.post(*acts(desk, notice)["take all"], follow=True))
    foreign = drafted(desk, number="370").proposals.first().pk
    notice.refresh_from_db()
    for line in (f"seen={notice.version}&taken={foreign}", f"seen={notice.version}&aside={foreign}"):
        with nothing_changes():
            desk.client.post(address, {"back": line})
    desk.client.post(address, sent)
    with nothing_changes():
        desk.client.post(address, sent)
    assert not notice.proposals.exclude(directive=None).exists()


def test_of_a_long_notice_the_form_carries_the_way_back(desk):
    words = "Bộ Y tế chủ trì xây dựng đề án số {} về y tế, hoàn thành trước ngày 31/12/2024."
    text = "II. NHIỆM VỤ\n\n" + "\n\n".join(f"{n}. {words.format(7 * n)}" for n in range(1, 41))
    notice = drafted(desk, text=text)
    pks = list(notice.proposals.values_list("pk", flat=True))
    before = as_it_is(notice)
    answer = desk.client.post(reverse("admin:proposals_take", args=[notice.pk]), {"proposal": pks}, follow=True)
    address, sent = undo_of(answer)
    assert (len(pks), address) == (40, reverse("admin:proposals_undo", args=[notice.pk]))
    assert "&ticked=&" in sent["back"]
    assert DONE in undone(desk, answer)
    assert as_it_is(notice) == before


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_another_sets_meanwhile_is_theirs(desk):
    notice = drafted(desk)
    theirs = notice.paragraphs.filter(proposals=None).last()
    other = make_user(Role.SECRETARIAT, desk.committee)
    address, sent = acts(desk, notice)["take"]
    answer = beside(
        lambda: mark(desk, theirs, HandledAs.TARGET, by=other),
        lambda: desk.client.post(address, sent, follow=True),
    )
    assert DONE in undone(desk, answer)
    theirs.refresh_from_db()
    assert (theirs.handled_as, Directive.objects.count()) == (HandledAs.TARGET, 0)
