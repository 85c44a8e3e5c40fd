"""The database as the application sees it: migrated by its owner, used by a role that may only add to history."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as laws

from tests.postbox import Postbox, free_port, listening
from tracker.environment import PLANS

APPLICATION = "dondoc_app"
# A statement that takes so long is stuck: it shall fail by itself before everything else has to wait for it.
STUCK = "5min"
# Walks of a minute and more: begun first, so that no core waits for the last of them.
LONG = ("test_a_server_without_docker", "test_the_demo", "test_desk_pages", "test_desk_costs", "test_routes")
SHARED = Path(__file__).resolve().parents[2] / "shared"

# No test asserts a time, neither its own nor that of its examples: machines are shared.
laws.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
laws.load_profile("shared")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONG))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """After the owner has migrated, the tests act as the application's role, so that a missing grant shows."""
    with django_db_blocker.unblock():
        act_as(APPLICATION)
    yield
    with django_db_blocker.unblock():
        act_as("")


@pytest.fixture
def owner() -> Iterator[psycopg.Connection]:
    """The owner's own connection, for a test about what even the owner may not do, or only the owner may."""
    with owner_connection() as connected:
        yield connected


@pytest.fixture
def shared() -> Path:
    """The folder of public sources beside the project; a test that needs it says loudly when it is not there."""
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not here: what is read from public documents was not tested")
    return SHARED


@pytest.fixture
def smtp_port(settings) -> int:
    """The port to which mail goes; nobody listens there yet."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.DEFAULT_FROM_EMAIL = "Đôn đốc <dondoc@vpcp.example>"
    return settings.EMAIL_PORT


@pytest.fixture
def postbox(smtp_port: int) -> Iterator[Postbox]:
    """A real SMTP server that takes everything, unless it is told otherwise."""
    with listening(Postbox(), smtp_port) as postbox:
        yield postbox


def act_as(role: str) -> None:
    """Let every later connection of the tests act as `role`; as the owner where it is empty."""
    connection.close()
    settings = [*PLANS, *([f"role={role}", f"statement_timeout={STUCK}"] if role else [])]
    connection.settings_dict["OPTIONS"]["options"] = " ".join(f"-c {setting}" for setting in settings)


def owner_connection() -> psycopg.Connection:
    """A connection of the owner to the database of this test run."""
    whole = connection.get_connection_params()
    parameters = {name: whole[name] for name in ("dbname", "host", "port", "user", "password") if name in whole}
    return psycopg.connect(**parameters, autocommit=True)


def _empty_tables(self: TransactionTestCase) -> None:
    """Empty what a test left behind. History refuses that to everybody by trigger, so the owner sets triggers aside.

    To delete the rows would be quicker, but what the database believes of the tables would be those of earlier tests:
    a later one with ten thousand rows then waits minutes for a plan that was made for none.
    """
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = sorted(set(connection.introspection.table_names()) - kept)
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


TransactionTestCase._fixture_teardown = _empty_tables


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is skipped silently."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT TESTED HERE: {reason.removeprefix('Skipped: ').upper()}", red=True, bold=True)
