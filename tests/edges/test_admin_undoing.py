"""What was just decided in the table of proposals is taken back: the rows and their paragraphs are as they were."""

import re

import pytest
import time_machine
from django.urls import reverse

from directives.models import Directive, Proposal
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import ENTERED_ON, drafted, make_desk
from tests.make import at

pytestmark = pytest.mark.django_db
UNDO = re.compile(r'<form class="undo" method="post" action="([^"]+)">')


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
    return UNDO.search(answer.content.decode())[1].replace("&amp;", "&")


@pytest.mark.parametrize("act", ["aside", "take", "take all"])
def test_a_decision_is_taken_back_with_its_ticks(desk, act):
    notice = drafted(desk)
    before, (address, sent) = as_it_is(notice), acts(desk, notice)[act]
    answer = desk.client.post(address, sent, follow=True)
    assert as_it_is(notice) != before
    notice.refresh_from_db()
    back = desk.client.post(undo_of(answer), {"seen": notice.version}, follow=True)
    assert "Đã hoàn tác: mọi việc trở lại như trước." in back.content.decode()
    assert as_it_is(notice) == before
    assert [check.is_ticked for check in back.context["bench"].checks] == [True, True]
    assert UNDO.search(back.content.decode()) is None


def test_beside_a_paragraph_the_way_back_leads_to_it(desk):
    notice = drafted(desk)
    proposal = notice.proposals.order_by("start")[0]
    answer = desk.client.post(reverse("admin:proposal_aside", args=[notice.pk, proposal.pk]), follow=True)
    notice.refresh_from_db()
    back = desk.client.post(undo_of(answer), {"seen": notice.version})
    assert back.url.endswith(f"?p={proposal.paragraph_id}#p{proposal.paragraph_id}")


def test_what_was_changed_meanwhile_is_not_taken_back(desk):
    notice = drafted(desk)
    address, sent = acts(desk, notice)["take all"]
    undo = undo_of(desk.client.post(address, sent, follow=True))
    notice.refresh_from_db()
    with nothing_changes():
        desk.client.post(undo, {"seen": notice.version - 1})
    Directive.objects.get(position=1).addressees.all().delete()
    desk.client.post(undo, {"seen": notice.version})
    notice.refresh_from_db()
    with nothing_changes():
        desk.client.post(undo, {"seen": notice.version})
    assert Proposal.objects.filter(directive=None).count() == 2
