"""A wrong setting stops the start and names itself; without the demo everything is locked down."""

import os
import subprocess
import sys

import pytest

from tracker.embedded.places import PROJECT

GOOD = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "a-key-of-a-server-that-is-long-enough-for-the-check-0123456789",
    "DATABASE_URL": "postgres://dondoc_app@db/dondoc",
    "REDIS_URL": "redis://redis:6379/0",
}


def shown(expression, **environment):
    """What a fresh process says of its settings, or the last line of why it does not start."""
    script = f"from django.conf import settings; print({expression})"
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env={**GOOD, "DJANGO_SETTINGS_MODULE": "tracker.settings", **environment},
        capture_output=True,
        text=True,
    )
    return (told.stdout or told.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_there_is_no_default_for_what_is_secret_or_somewhere_else(name, monkeypatch):
    monkeypatch.delitem(GOOD, name)
    assert name in shown("settings.DEBUG")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("DEMO", "2x"),
        ("CONN_MAX_AGE", "ten minutes"),
        ("REMEMBERED", "1001"),
        ("LOG_LEVEL", "LOUD"),
        ("EMAIL_TIMEOUT", "soon"),
        ("HISTORY_ANCHOR_MAIL", "the auditor"),
        ("HISTORY_ANCHOR_MAIL", "a@x.example, b@x.example"),
        ("DATABASE_URL", "sqlite:///dondoc.db"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "amqp://queue"),
        ("DATABASE_ROLE", "dondoc app; DROP"),
    ],
)
def test_a_value_that_cannot_be_understood_stops_the_start_and_names_the_variable(name, value):
    assert f"{name} must be" in shown("settings.DEBUG", **{name: value})


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    assert shown("settings.SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "secret")) == "from the file"


def test_a_server_is_locked_down_without_being_asked():
    names = ["DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    wanted = ", ".join(f"settings.{name}" for name in names)
    assert shown(f"{wanted}, settings.SECURE_HSTS_SECONDS") == "False False True True True 31536000"


def test_the_demo_speaks_plain_http():
    assert shown("settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT", DEMO="1") == "False False"


def test_the_application_acts_as_a_role_that_cannot_change_history():
    options = shown("settings.DATABASES['default']['OPTIONS']['options']")
    assert options == "-c random_page_cost=1.1 -c jit=off -c role=dondoc_app"


def test_statements_are_not_prepared_where_a_pool_of_connections_forgets_them():
    wanted = "settings.DATABASES['default']['OPTIONS']['prepare_threshold']"
    assert (shown(wanted), shown(wanted, PREPARED_STATEMENTS="0")) == ("5", "None")


def test_the_queue_is_said_as_celery_wants_it():
    socket = "unix:///var/lib/dondoc/valkey.sock?db=3"
    wanted = "redis+socket:///var/lib/dondoc/valkey.sock?virtual_host=3"
    assert shown("settings.CELERY_BROKER_URL", REDIS_URL=socket) == wanted
