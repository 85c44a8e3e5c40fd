"""What the tests of the doors share: a day, and something to look at."""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils.translation import override

from accounts.models import User
from tests.edges.both_hands import OPENED
from tests.edges.desk_of import make_administrator
from tests.edges.one_notice import BEFORE_DUE, Register
from tests.edges.visiting import MONDAY, World, make_world
from tests.listener import Listener, listening, trust
from tests.make import at, make_agency, make_committee, make_issued


@pytest.fixture
def monday() -> Iterator[None]:
    """It is that Monday, and lazy sentences are read in English."""
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


@pytest.fixture
def administrator(client: Client) -> User:
    """Whose browser `client` is."""
    return make_administrator(client)


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def listener(db) -> Iterator[Listener]:
    """A real endpoint, in a network that is trusted."""
    with listening() as one:
        trust(one)
        yield one


@pytest.fixture
def ministries(db) -> dict[str, Any]:
    """A ministry with an office below it, another ministry, and work of each."""
    ministry = make_agency()
    office, other = make_agency(parent=ministry), make_agency()
    committee = make_committee()
    own, below, foreign = (make_issued(agency, committee=committee)[0] for agency in (ministry, office, other))
    return {"ministry": ministry, "committee": committee, "own": own, "below": below, "foreign": foreign}


@pytest.fixture
def register(db) -> Register:
    return Register()


@pytest.fixture
def eight_working_days_before() -> Iterator[None]:
    with time_machine.travel(BEFORE_DUE, tick=False):
        yield


# Argon2 is slow on purpose, which is not what is looked at where a demo is loaded.
QUICK_PASSWORDS = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture
def quick_passwords() -> Iterator[None]:
    with override_settings(**QUICK_PASSWORDS):
        yield


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """The demo for all tests of a file, each of which takes back what it does itself."""
    path = tmp_path_factory.mktemp("demo") / "demo.json"
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**QUICK_PASSWORDS):
            call_command("load_seeds", demo_json=path, stdout=StringIO())
        yield path
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_once: Path, db: None, quick_passwords: None, tmp_path: Path) -> Path:
    """The loaded demo, and a copy of what was written down for its owner."""
    return Path(shutil.copy2(loaded_once, tmp_path / "demo.json"))


@pytest.fixture
def that_morning(time_machine) -> Iterator[None]:
    """The moment at which two people open the same page; lazy sentences are read in English."""
    time_machine.move_to(OPENED, tick=False)
    with override("en"):
        yield


@pytest.fixture
def first(client: Client) -> Client:
    """The browser of the administrator who opened the page first."""
    make_administrator(client)
    return client


@pytest.fixture
def second(db) -> Client:
    """The browser of the other one, Chị Lan."""
    browser = Client()
    make_administrator(browser)
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(name="Chị Lan")
    return browser
