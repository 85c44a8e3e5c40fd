"""What the tests of the doors share: a day, and something to look at."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from accounts.models import User
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
