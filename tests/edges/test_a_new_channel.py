"""A new channel is one file: what it is called, and how a message leaves. All else finds it."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from directives.actions.preferring import choose_preferences
from directives.models import Delivery, Reminder
from tests.make import at, make_agency, make_assignment, make_ladder, make_user
from tests.rounds import round_on
from tracker.delivery.deliver import deliver_waiting
from tracker.environment import channels_in

FILE = '''
"""By text message; here into a file."""

from pathlib import Path

from tracker.delivery.channels import Channel


class SmsChannel(Channel):
    label = "Tin nhắn SMS"

    def send(self, packed):
        with Path(__file__).with_suffix(".sent").open("a") as sent:
            sent.write(f"{packed.recipient}: {packed.subject}\\n")
'''
DUE = date(2025, 3, 14)


@pytest.fixture
def sent(db, settings, monkeypatch, tmp_path):
    """Where the messages of the new channel arrive."""
    ways = tmp_path / "ways_out"
    ways.mkdir()
    (ways / "__init__.py").touch()
    (ways / "sms.py").write_text(FILE)
    monkeypatch.syspath_prepend(tmp_path)
    settings.DELIVERY_CHANNELS = settings.DELIVERY_CHANNELS | channels_in(ways, "ways_out")
    return ways / "sms.sent"


@pytest.fixture
def officer(sent):
    make_ladder()
    agency = make_agency()
    make_assignment(agency, due_on=DUE, look_on=DUE)
    return make_user("officer", agency)


def test_the_round_plans_for_it_and_the_sender_sends_by_it(officer, sent):
    round_on(DUE)
    assert Reminder.objects.filter(channel="sms").exists()
    deliver_waiting(now=at(DUE, 8), by=("sms",))
    assert sent.read_text().startswith(f"{officer.name}: ")
    message = Delivery.objects.get(recipient=officer, channel="sms")
    assert (message.state, message.get_channel_display()) == ("sent", "Tin nhắn SMS")


def test_the_reader_finds_it_among_the_preferences_and_can_switch_it_off(officer, client):
    client.force_login(officer)
    assert "Tin nhắn SMS" in client.get("/preferences/").content.decode()
    choose_preferences({("digest", "sms"): False}, by=officer, at=at(DUE))
    round_on(DUE)
    assert not Reminder.objects.filter(channel="sms").exists()


def test_the_desk_calls_it_by_its_name(officer, client):
    client.force_login(make_user("administrator"))
    with override("vi"):
        round_on(DUE)
        assert "Tin nhắn SMS" in client.get("/admin/directives/delivery/").content.decode()


def test_a_name_that_has_no_room_in_its_column_is_refused_at_the_start(tmp_path):
    (tmp_path / "carrier_pigeon.py").touch()
    with pytest.raises(ImproperlyConfigured, match="at most 10 letters: 'carrier_pigeon'"):
        channels_in(tmp_path, "ways_out")
