"""The messenger: against a real HTTP server on loopback, through the library and its plainest service."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from accounts.models import MessengerAddress, Role, User
from accounts.people import Holder
from directives.actions.recording import tell
from directives.models import Delivery, DeliveryState, Event, Preference
from tests.make import at, make_agency, make_assignment, make_calendar, make_delivery, make_user
from tests.postbox import free_port
from tracker.delivery.deliver import deliver

pytestmark = pytest.mark.django_db
MORNING = at(date(2025, 3, 4), 8)
SECRET = "ma-bi-mat-4711"


class Service(HTTPServer):
    """Takes what is posted, and answers with `status`."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.taken: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/{SECRET}"


class Answering(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status == 200:
            self.server.taken.append(body)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nothing: the test looks at what was taken."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        Thread(target=service.serve_forever, daemon=True).start()
        yield service
        service.shutdown()


@pytest.fixture
def officer(service) -> User:
    officer = make_user(Role.OFFICER, make_agency("Bộ Công an"))
    MessengerAddress.objects.create(user=officer, address=service.address)
    return officer


def message(officer: User) -> Delivery:
    return make_delivery(officer, channel="messenger", due_at=MORNING)


def stands(row: Delivery) -> tuple[str, int, str]:
    row.refresh_from_db()
    return row.state, row.attempts, row.last_error


def test_a_message_goes_to_the_address_of_its_reader(service, officer):
    row = message(officer)
    assert deliver(now=MORNING) == Counter(sent=1)
    (taken,) = service.taken
    row.refresh_from_db()
    assert taken["title"] == row.subject
    assert taken["message"] == row.body
    assert f"/assignments/{row.assignment.uuid}/" in row.body
    assert row.body.endswith("Bạn nhận được thư này vì bạn giữ chức vụ Chuyên viên.")
    assert deliver(now=MORNING + timedelta(hours=1)) == Counter()


@pytest.mark.parametrize("status", [404, 403, 410])
def test_an_address_that_is_refused_for_good_is_a_dead_letter(service, officer, status):
    service.status, row = status, message(officer)
    with override("en"):
        assert deliver(now=MORNING) == Counter(dead=1)
    assert stands(row) == (DeliveryState.DEAD, 1, f"The messenger did not take the message: {status}")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_service_in_trouble_is_tried_again(service, officer, status):
    service.status, row = status, message(officer)
    with override("en"):
        assert deliver(now=MORNING) == Counter(failed=1)
    assert stands(row) == (DeliveryState.WAITING, 1, f"The messenger did not take the message: {status}")
    service.status = 200
    assert deliver(now=MORNING + timedelta(minutes=2)) == Counter(sent=1)


def test_one_address_where_nobody_listens_stops_no_other(service, officer):
    other = make_user(Role.OFFICER)
    MessengerAddress.objects.create(user=other, address=f"json://127.0.0.1:{free_port()}/")
    message(other), message(officer)
    assert deliver(now=MORNING) == Counter(failed=1, sent=1)
    assert len(service.taken) == 1


def test_whoever_has_no_address_any_more_gets_nothing(service, officer):
    row = message(officer)
    officer.messenger.delete()
    assert deliver(now=MORNING) == Counter(superseded=1)
    assert (service.taken, stands(row)[0]) == ([], DeliveryState.SUPERSEDED)


def test_only_whoever_has_an_address_is_told_by_messenger_and_may_decline_it(service, officer):
    make_calendar()
    other = make_user(Role.OFFICER, officer.offices.get().agency)
    assignment = make_assignment(officer.offices.get().agency)
    people = [Holder(user, user.offices.get()) for user in (officer, other)]
    tell(people, "returned", key="first", at=MORNING, assignment=assignment)
    assert Delivery.objects.get(channel="messenger").recipient == officer
    Preference.objects.create(user=officer, kind="returned", channel="messenger", wanted=False)
    tell(people, "returned", key="second", at=MORNING, assignment=assignment)
    assert Delivery.objects.filter(channel="messenger").count() == 1


def test_no_log_and_no_row_tells_the_secret(service, officer, caplog):
    service.status = 404
    caplog.set_level(logging.WARNING)
    row = message(officer)
    deliver(now=MORNING)
    assert SECRET not in caplog.text
    assert SECRET not in stands(row)[2]
    assert SECRET not in str(officer.messenger)


# --- the command


def told(monkeypatch: pytest.MonkeyPatch, typed: str, *words: str) -> None:
    monkeypatch.setattr("tracker.management.commands.messenger.getpass", lambda _question: typed)
    with override("en"):
        call_command("messenger", *words)


def test_the_command_keeps_an_address_and_history_does_not_tell_it(officer, monkeypatch, capsys):
    told(monkeypatch, f"json://chat.example/{SECRET}", officer.email)
    assert MessengerAddress.objects.get(user=officer).address == f"json://chat.example/{SECRET}"
    event = Event.objects.get()
    assert event.verb == "set_messenger"
    assert SECRET not in f"{event.before}{event.after}{event.reason}{capsys.readouterr().out}"
    told(monkeypatch, "", officer.email, "--forget")
    assert not MessengerAddress.objects.filter(user=officer).exists()
    with pytest.raises(CommandError, match="There was no address"):
        told(monkeypatch, "", officer.email, "--forget")


@pytest.mark.parametrize("typed", ["", "nonsense", "unheard-of://x"])
def test_an_address_that_is_not_understood_is_not_kept(officer, monkeypatch, typed):
    before = officer.messenger.address
    with pytest.raises(CommandError, match="not understood"):
        told(monkeypatch, typed, officer.email)
    assert MessengerAddress.objects.get(user=officer).address == before
    assert Event.objects.count() == 0
