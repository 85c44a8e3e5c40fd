"""The messenger on the page of preferences: which addresses are taken, which are refused, and that none is told."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.utils.translation import override

from accounts.models import MessengerAddress, Role, User
from accounts.roles import NotAllowed
from directives.actions.reaching import forget_messenger, set_messenger
from directives.models import Event
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import ISSUED_ON, at, make_user

pytestmark = pytest.mark.django_db
PAGE, SET, REMOVE = "/preferences/", "/preferences/messenger/", "/preferences/messenger/remove/"
TOKEN = "123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr"
TELEGRAM = f"tgram://{TOKEN}/987654321"
GOOGLE = "https://chat.googleapis.com/v1/spaces/AAAAbbbb/messages?key=khoa-bi-mat&token=ma-bi-mat"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def officer() -> User:
    return make_user(Role.OFFICER)


def kept() -> list[str]:
    return list(MessengerAddress.objects.values_list("address", flat=True))


TAKEN = {
    "Telegram": TELEGRAM,
    "a thread of a group in Telegram": f"tgram://{TOKEN}/-100987654321?topic=3",
    "Zalo": "zalo://123456789:bi-mat/nguoi-nhan",
    "Viber": "viber://bi-mat/nguoi-nhan",
    "LINE": "line://bi-mat/nguoi-nhan",
    "Slack, as it gives the address out": "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
    "Discord, as it gives the address out": f"https://discord.com/api/webhooks/417429632418316298/{'J' * 68}",
    "Google Chat, as it gives the address out": GOOGLE,
}


@pytest.mark.parametrize("address", TAKEN.values(), ids=TAKEN)
def test_an_address_of_a_known_service_is_kept_and_its_boxes_appear(officer, address):
    client = visit(officer)
    assert client.post(SET, {"address": f" {address} "})["Location"] == PAGE
    assert kept() == [address]
    page = client.get(PAGE)
    assert "returned:messenger" in {box.name for row in page.context["rows"] for box in row.boxes}


UNDERSTOOD = "The address of the messenger is not understood."
ELSEWHERE = (
    "Only these messengers can be set here: Zalo, Telegram, Viber, LINE, Slack, Discord, Google Chat, Webex. "
    "Ask the administrator for any other."
)
OPTIONS = "The address ends before the question mark: its options are not taken."
REFUSED = {
    "nothing": ("", "Write the address."),
    "nonsense": ("nonsense", UNDERSTOOD),
    "an unheard-of service": ("unheard-of://x", UNDERSTOOD),
    "a web page": ("https://127.0.0.1/x", UNDERSTOOD),
    "a broken token": ("tgram://localhost/1", UNDERSTOOD),
    "too long": ("tgram://" + "x" * 500, "An address has at most 500 characters."),
    "nobody to write to": (f"tgram://{TOKEN}", "The address does not say to whom to write."),
    "a host inside": ("json://127.0.0.1:6379/x", ELSEWHERE),
    "a host inside, encrypted": ("jsons://10.0.0.1/x", ELSEWHERE),
    "a server of one's own": ("mmost://chat.noi-bo/bi-mat", ELSEWHERE),
    "a flow at a host of choice": ("workflows://169.254.169.254/a/b", ELSEWHERE),
    "the log of the machine": ("syslog://", ELSEWHERE),
    "the desktop of the machine": ("dbus://", ELSEWHERE),
    "mail from another's account": ("mailto://user:secret@example.com", ELSEWHERE),
    "a file of the machine": (f"{TELEGRAM}?template=/etc/passwd", OPTIONS),
    "a file of the machine behind a hash": (f"{TELEGRAM}#?template=/etc/passwd", OPTIONS),
    "unchecked certificates": (f"{TELEGRAM}?topic=3&verify=no", OPTIONS),
    "a sender kept waiting": (f"{GOOGLE}&rto=86400", OPTIONS),
    "a header of choice": (f"{TELEGRAM}?+Host=noi-bo", OPTIONS),
}


@pytest.mark.parametrize(("address", "sentence"), REFUSED.values(), ids=REFUSED)
def test_any_other_address_is_refused_beside_its_field_and_changes_nothing(officer, address, sentence):
    MessengerAddress.objects.create(user=officer, address=TELEGRAM)
    client = visit(officer)
    with nothing_changes():
        answer = client.post(SET, {"address": address})
    assert (answer.status_code, answer.context["form"].errors) == (400, {"address": [sentence]})


def test_what_is_kept_is_shown_by_its_service_alone(officer):
    client = visit(officer)
    client.post(SET, {"address": GOOGLE})
    page = client.get(PAGE).content.decode()
    assert "Messages also come to you by <strong>Google Chat: gchat://••••••••</strong>." in page
    assert "bi-mat" not in page
    client.post(SET, {"address": TELEGRAM})
    assert TOKEN not in client.get(PAGE).content.decode()
    assert kept() == [TELEGRAM]


def test_an_address_set_at_the_keyboard_is_not_told_either(officer):
    MessengerAddress.objects.create(user=officer, address="json://noi-bo.example/bi-mat")
    page = visit(officer).get(PAGE).content.decode()
    assert "<strong>json: json://••••••••</strong>" in page
    assert "noi-bo" not in page


def test_it_is_removed_with_one_press_and_pressing_twice_does_no_harm(officer):
    MessengerAddress.objects.create(user=officer, address=TELEGRAM)
    client = visit(officer)
    for _ in range(2):
        assert client.post(REMOVE)["Location"] == PAGE
    assert kept() == []
    assert [event.verb for event in Event.objects.all()] == ["forget_messenger"]
    assert "returned:messenger" not in client.get(PAGE).content.decode()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What reaches the root of the logs, and so the house's own log."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_history_and_logs_say_who_and_never_the_secret(officer, log):
    client = visit(officer)
    client.post(SET, {"address": TELEGRAM})
    client.post(SET, {"address": f"{TOKEN}/987654321"})
    client.post(REMOVE)
    told = list(Event.objects.order_by("pk").values_list("verb", "by", "subject", "before", "after", "on_behalf_of"))
    subject = f"user:{officer.uuid}"
    assert told == [(verb, officer.pk, subject, {}, {}, "") for verb in ("set_messenger", "forget_messenger")]
    assert log.getvalue() == "Bad Request: /preferences/messenger/\n"


def test_everybody_sets_only_their_own(officer):
    other = make_user(Role.ADMINISTRATOR)
    MessengerAddress.objects.create(user=officer, address=TELEGRAM)
    with nothing_changes(), pytest.raises(NotAllowed, match="People set only their own address"):
        set_messenger(officer, GOOGLE, by=other, at=at(ISSUED_ON))
    with nothing_changes(), pytest.raises(NotAllowed, match="People set only their own address"):
        forget_messenger(officer, by=other, at=at(ISSUED_ON))
