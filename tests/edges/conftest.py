"""What the tests of the doors share: a day, and something to look at."""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

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
from tests.make import at


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
