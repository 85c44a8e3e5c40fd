"""What an agency declined, at the desk: the two ways to settle it."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.assigning import decline
from directives.models import Assignment
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.desk_of import ENTERED_ON, do, issued, make_desk
from tests.make import at, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    with time_machine.travel(at(ENTERED_ON), tick=False), override("en"):
        client.cookies["django_language"] = "en"
        yield make_desk(client)


def declined(desk) -> Assignment:
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    officer = make_user(Role.OFFICER, desk.lead)
    return decline(assignment, by=officer, at=at(ENTERED_ON), reason="Không thuộc chức năng")


def test_the_page_offers_to_give_it_to_another_agency_or_to_nobody(desk):
    page = desk.client.get(reverse("admin:directives_assignment_change", args=[declined(desk).pk]))
    assert [offer.verb.verb.value for offer in page.context["offers"]] == ["reassign", "withdraw"]


@pytest.mark.parametrize(
    ("verb", "given", "state", "leads"),
    [("reassign", {"to_agency": "other"}, State.REASSIGNED, 1), ("withdraw", {}, State.WITHDRAWN, 0)],
)
def test_what_was_declined_leaves_the_desk_once_it_is_settled(desk, verb, given, state, leads):
    assignment = declined(desk)
    assert "Declined, and given to nobody else" in desk.client.get(reverse("admin:index")).content.decode()
    do(desk, assignment, verb, reason="Đã rà soát", **{name: getattr(desk, body).pk for name, body in given.items()})
    assignment.refresh_from_db()
    assert assignment.state == state
    assert Assignment.objects.live().filter(role=Part.LEAD).count() == leads
    piles = desk.client.get(reverse("admin:index")).context["waiting"]
    assert {pile.key: pile.total for pile in piles}["declined"] == 0
