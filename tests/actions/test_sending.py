"""Holding a message back, letting it go, sending it again: who may, when, and what a refusal leaves unchanged."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from accounts.models import Role
from accounts.roles import NotAllowed
from directives.actions.sending import hold, release, send_again
from directives.models import Delivery, DeliveryState, Event
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.make import at, make_assignment, make_committee, make_delivery, make_directive, make_notice, make_user
from tests.make import make_reminder as remind

pytestmark = pytest.mark.django_db
PLANNED = at(date(2025, 3, 25), 0, 5)
DUE = at(date(2025, 3, 26), 7, 30)  # one working day later


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


class Desk:
    """A committee with its people, and an escalation that waits for its standing deputy."""

    def __init__(self) -> None:
        self.committee = make_committee()
        self.secretary = make_user(Role.SECRETARIAT, self.committee)
        self.deputy = make_user(Role.STANDING_DEPUTY, self.committee)
        self.stranger = make_user(Role.SECRETARIAT)
        self.assignment = make_assignment(directive=make_directive(make_notice(self.committee)))
        self.message = make_delivery(self.deputy, kind="escalated", due_at=DUE)
        remind(self.message, self.assignment, 7, audience="deputy")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def facts(message: Delivery) -> tuple[object, ...]:
    """What a refusal must leave unchanged."""
    message.refresh_from_db()
    return message.state, message.held_reason, message.attempts, message.due_at, message.token, Event.objects.count()


def test_the_secretariat_holds_a_message_to_the_leadership_with_a_reason(desk):
    hold(desk.message, by=desk.secretary, at=PLANNED, reason="Đang chờ số liệu của Bộ.")
    assert facts(desk.message)[:2] == (DeliveryState.HELD, "Đang chờ số liệu của Bộ.")
    event = Event.objects.get()
    assert (event.verb, event.by, event.assignment, event.reason) == (
        "hold_message",
        desk.secretary,
        desk.assignment,
        "Đang chờ số liệu của Bộ.",
    )
    assert event.after == {
        "message": str(desk.message.uuid),
        "recipient": desk.deputy.name,
        "channel": "email",
    }


def test_a_held_message_goes_at_its_hour_once_released(desk):
    hold(desk.message, by=desk.secretary, at=PLANNED, reason="Chờ.")
    release(desk.message, by=desk.secretary, at=PLANNED + timedelta(hours=9))
    assert facts(desk.message)[:4] == (DeliveryState.WAITING, "", 0, DUE)
    assert [event.verb for event in Event.objects.order_by("pk")] == ["hold_message", "release_message"]


def test_a_message_released_after_its_hour_goes_at_once(desk):
    hold(desk.message, by=desk.secretary, at=PLANNED, reason="Chờ.")
    later = DUE + timedelta(days=2)
    release(desk.message, by=desk.secretary, at=later)
    assert facts(desk.message)[3] == later


@pytest.mark.parametrize("who", ["stranger", "deputy"])
@pytest.mark.parametrize("verb", ["hold", "release", "send_again"])
def test_others_neither_hold_nor_send(desk, who, verb):
    before = facts(desk.message)
    act = {"hold": hold, "release": release, "send_again": send_again}[verb]
    with pytest.raises(NotAllowed):
        act(desk.message, by=getattr(desk, who), at=PLANNED, **({"reason": "Chờ."} if verb == "hold" else {}))
    assert facts(desk.message) == before


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "Please give"), ("x" * 301, "300")])
def test_holding_needs_a_reason_that_fits(desk, reason, sentence):
    before = facts(desk.message)
    with pytest.raises(Invalid, match=sentence) as refusal:
        hold(desk.message, by=desk.secretary, at=PLANNED, reason=reason)
    assert refusal.value.field == "reason"
    assert facts(desk.message) == before


@pytest.mark.parametrize(
    "state", [DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.HELD, DeliveryState.SUPERSEDED]
)
def test_only_a_waiting_message_can_be_held(desk, state):
    Delivery.objects.update(state=state)
    before = facts(desk.message)
    with pytest.raises(WrongMoment, match="This cannot be done now: the message"):
        hold(desk.message, by=desk.secretary, at=PLANNED, reason="Chờ.")
    assert facts(desk.message) == before


def test_the_day_for_holding_ends_when_the_message_is_due(desk):
    before = facts(desk.message)
    with pytest.raises(WrongMoment, match="is over"):
        hold(desk.message, by=desk.secretary, at=DUE, reason="Chờ.")
    assert facts(desk.message) == before


def test_what_is_being_sent_cannot_be_held(desk):
    Delivery.objects.update(leased_until=PLANNED + timedelta(seconds=30))
    before = facts(desk.message)
    with pytest.raises(WrongMoment, match="being sent"):
        hold(desk.message, by=desk.secretary, at=PLANNED, reason="Chờ.")
    assert facts(desk.message) == before


def test_reminders_of_officers_cannot_be_held(desk):
    desk.message.reminders.update(audience="officer")
    before = facts(desk.message)
    with pytest.raises(WrongMoment, match="leadership"):
        hold(desk.message, by=desk.secretary, at=PLANNED, reason="Chờ.")
    assert facts(desk.message) == before


def test_only_a_held_message_can_be_released(desk):
    before = facts(desk.message)
    with pytest.raises(WrongMoment):
        release(desk.message, by=desk.secretary, at=PLANNED)
    assert facts(desk.message) == before


@pytest.mark.parametrize("who", ["secretary", "administrator"])
def test_a_dead_letter_gets_new_attempts(desk, who):
    by = desk.secretary if who == "secretary" else make_user(Role.ADMINISTRATOR)
    Delivery.objects.update(state=DeliveryState.DEAD, attempts=10)
    now = DUE + timedelta(days=1)
    send_again(desk.message, by=by, at=now)
    assert facts(desk.message)[:4] == (DeliveryState.WAITING, "", 0, now)
    assert Delivery.objects.ready(now).get() == desk.message
    assert Event.objects.get().verb == "send_again"


@pytest.mark.parametrize("state", sorted(set(DeliveryState) - {DeliveryState.DEAD}))
def test_only_a_dead_letter_is_sent_again(desk, state):
    Delivery.objects.update(state=state)
    before = facts(desk.message)
    with pytest.raises(WrongMoment):
        send_again(desk.message, by=desk.secretary, at=DUE)
    assert facts(desk.message) == before


def test_sending_news_again_is_told_in_the_history_of_its_assignment(desk):
    news = make_delivery(make_user(Role.OFFICER), assignment=desk.assignment, state=DeliveryState.DEAD)
    send_again(news, by=desk.secretary, at=DUE)
    event = Event.objects.get()
    assert (event.assignment, event.notice) == (desk.assignment, desk.assignment.directive.notice)
