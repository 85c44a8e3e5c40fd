"""What every test may ask for: the database as the application sees it, and real neighbours."""

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase

APPLICATION = "dondoc_app"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """After the owner has migrated, the tests act as the application's role, so that a missing grant shows."""
    with django_db_blocker.unblock():
        with connection.cursor() as owner:
            owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
            known = owner.fetchone()
        if known:
            act_as(APPLICATION)


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path_factory):
    """Static files as they lie in the folders, and evidence in a folder of the run."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "files"


def act_as(role: str) -> None:
    """Let every later connection of the tests act as `role`."""
    connection.close()
    connection.settings_dict["OPTIONS"]["options"] = f"-c role={role}" if role else ""


def owner_connection() -> psycopg.Connection:
    """A connection of the owner to the database of this test run."""
    whole = connection.get_connection_params()
    parameters = {name: whole[name] for name in ("dbname", "host", "port", "user", "password") if name in whole}
    return psycopg.connect(**parameters, autocommit=True)


def _empty_tables(self: TransactionTestCase) -> None:
    """Empty what a test left behind. History refuses that to everybody by trigger, so the owner sets triggers aside."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = sorted(set(connection.introspection.table_names()) - kept)
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


TransactionTestCase._fixture_teardown = _empty_tables
