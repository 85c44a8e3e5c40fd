"""The database as the application sees it: migrated by its owner, used by a role that may only add to history."""

import time
from collections.abc import Iterator
from contextlib import suppress
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
WRITTEN = """
SELECT whole.relname, number.oid::regclass::text
FROM pg_class whole
LEFT JOIN (pg_depend JOIN pg_class number ON number.oid = objid AND number.relkind = 'S') ON refobjid = whole.oid
WHERE whole.oid = ANY(%s::regclass[]) AND pg_relation_size(whole.oid) > 0
"""
# A page that a browser left, or a request that nobody waited for, may still write when its test has ended.
STILL_WRITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL
"""
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

    Only what takes room was written to, by this test or by one that was rolled back. To truncate would empty all
    tables, as nearly all hang together. The dead rows are cleared away, and what the database believes of the tables
    with them: a later test with ten thousand rows would wait minutes for a plan that was made for none.
    """
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = sorted(set(connection.introspection.table_names()) - kept)
    connection.close()
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = replica")
        for _ in range(5):
            _await_the_last_writer(owner)
            written = owner.execute(WRITTEN, [tables]).fetchall()
            with suppress(psycopg.errors.DeadlockDetected):
                _empty(owner, written)
                break
        else:
            raise AssertionError("something goes on writing after its test has ended")
        for name, _ in written:
            owner.execute(f"VACUUM {name}")


def _await_the_last_writer(owner: psycopg.Connection) -> None:
    """Give what is still written ten seconds to come to its end; what takes longer is met as it is."""
    for _ in range(200):
        if not owner.execute(STILL_WRITING).fetchone()[0]:
            return
        time.sleep(0.05)


def _empty(owner: psycopg.Connection, written: list[tuple[str, str | None]]) -> None:
    with owner.transaction():
        for name, sequence in written:
            owner.execute(f"DELETE FROM {name}")
            if sequence:
                owner.execute("SELECT setval(%s, 1, false)", [sequence])


TransactionTestCase._fixture_teardown = _empty_tables


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is skipped silently."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT TESTED HERE: {reason.removeprefix('Skipped: ').upper()}", red=True, bold=True)
