"""Sending on hold: nothing is claimed, what was claimed is given back, and a person lets it go."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import closing
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.holding import hold_sending, open_hold, release_sending
from directives.models import Delivery, DeliveryState, Event, SendingHold
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.make import at, make_delivery, make_user
from tracker import clock
from tracker.delivery.channels.email import EmailChannel
from tracker.delivery.claiming import claim
from tracker.delivery.deliver import Sending, deliver

pytestmark = pytest.mark.django_db
MORNING = at(date(2025, 3, 4), 7, 30)
LATER = MORNING + timedelta(seconds=2)
AFTER_A_RESTORE = {"who": "root@maychu", "at": MORNING, "reason": "Khôi phục dữ liệu."}


@pytest.fixture
def waiting() -> list[Delivery]:
    return [make_delivery(make_user(Role.OFFICER), channel=channel) for channel in ("email", "in_app", "email")]


def facts() -> set[tuple[object, ...]]:
    return set(Delivery.objects.values_list("state", "attempts", "leased_until"))


def test_on_hold_nothing_is_claimed_and_then_all_is_sent(postbox, waiting):
    hold_sending(**AFTER_A_RESTORE)
    assert deliver(now=MORNING) == Counter()
    assert facts() == {(DeliveryState.WAITING, 0, None)}
    release_sending(who="root@maychu", at=LATER)
    assert deliver(now=MORNING) == Counter(sent=3)
    assert len(postbox.letters) == 2


def test_a_pass_that_is_under_way_gives_back_what_it_has_not_sent(postbox, waiting):
    claimed = claim("email", at=MORNING)
    hold_sending(**AFTER_A_RESTORE)
    tally: Counter[str] = Counter()
    with closing(EmailChannel()) as channel:
        Sending(claimed, channel, lambda: LATER, tally, claimed_at=MORNING).run(LATER + timedelta(seconds=60))
    assert (tally.total(), postbox.letters) == (0, [])
    assert facts() == {(DeliveryState.WAITING, 0, None)}


@pytest.mark.django_db(transaction=True)
def test_once_it_is_on_hold_no_claim_is_under_way(waiting):
    def hold() -> SendingHold:
        try:
            return hold_sending(**AFTER_A_RESTORE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            assert len(claim("email", at=MORNING).rows) == 2
            holding = other.submit(hold)
            with pytest.raises(NotYet):
                holding.result(0.5)
        assert holding.result(30).who == "root@maychu"


def test_history_tells_who_held_and_who_released():
    hold_sending(**AFTER_A_RESTORE)
    release_sending(who="an@maychu", at=LATER)
    events = Event.objects.order_by("pk").values_list("verb", "on_behalf_of", "reason")
    assert list(events) == [("hold_sending", "root@maychu", "Khôi phục dữ liệu."), ("release_sending", "an@maychu", "")]
    assert SendingHold.objects.get().released_by == "an@maychu"
    assert open_hold() is None


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_a_hold_needs_a_reason_that_fits(reason):
    with pytest.raises(Invalid):
        hold_sending(**{**AFTER_A_RESTORE, "reason": reason})
    assert (SendingHold.objects.count(), Event.objects.count()) == (0, 0)


def test_what_is_on_hold_is_not_held_twice_and_what_is_not_is_not_released():
    with pytest.raises(WrongMoment):
        release_sending(who="root", at=MORNING)
    hold_sending(**AFTER_A_RESTORE)
    with override("en"), pytest.raises(WrongMoment, match="by root@maychu: Khôi phục"):
        hold_sending(**AFTER_A_RESTORE)
    assert (SendingHold.objects.count(), Event.objects.count()) == (1, 1)


# --- the commands, and the desk


def said(capsys: pytest.CaptureFixture[str], *command: str) -> list[str]:
    with override("en"):
        call_command(*command)
    return capsys.readouterr().out.splitlines()


def test_the_command_holds_and_prints_what_would_go_out(waiting, capsys):
    make_delivery(waiting[0].recipient, kind="digest", due_at=clock.now() + timedelta(days=1))
    lines = said(capsys, "hold_sending", "--who", "root", "--reason", "Khôi phục.", "--list")
    assert lines[0].endswith("by root: Khôi phục.")
    assert lines[1:4] == [
        "New assignments, E-mail: 2 due now, 0 later",
        "New assignments, In the application: 1 due now, 0 later",
        "Reminders of the day, E-mail: 0 due now, 1 later",
    ]
    assert (
        lines[4]
        == f"04/03/2025 07:30  New assignments, E-mail → {waiting[0].recipient.name} <{waiting[0].recipient.email}>"
    )
    assert lines[8:] == ["4 messages wait.", "To let it go out: manage.py release_sending"]
    assert said(capsys, "hold_sending", "--who", "other")[0].endswith("by root: Khôi phục.")
    assert "Nothing is sent: sending is on hold, by root: Khôi phục." in said(capsys, "deliver")


@pytest.mark.parametrize(("answer", "goes_on"), [("yes", True), ("no", False), ("", False)])
def test_the_command_asks_before_it_lets_go(waiting, capsys, monkeypatch, answer, goes_on):
    hold_sending(**AFTER_A_RESTORE)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    if goes_on:
        assert said(capsys, "release_sending")[-1] == "Sending goes on."
    else:
        with override("en"), pytest.raises(CommandError, match="stays on hold"):
            call_command("release_sending")
    assert (open_hold() is None) is goes_on


def test_without_a_hold_the_command_says_so():
    with override("en"), pytest.raises(CommandError, match="not on hold"):
        call_command("release_sending", "--yes")


def test_the_desk_says_that_nothing_is_sent(client):
    client.force_login(make_user(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "en"
    assert b"Nothing is sent at present." not in client.get(reverse("admin:index")).content
    hold_sending(**AFTER_A_RESTORE)
    page = client.get(reverse("admin:index")).content.decode()
    assert "Nothing is sent at present." in page
    assert "Sending is on hold since 04/03/2025 07:30, by root@maychu: Khôi phục dữ liệu." in page
