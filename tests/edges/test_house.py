"""The house keeps its own rules: sizes, migrations, health, and what every answer carries."""

import ast
import re
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from accounts.passwords import FourClasses
from directives.models import Event
from tests.make import make_user
from tracker.celery import TICKS, app
from tracker.embedded.places import PROJECT
from tracker.logs import HIDDEN, hide_secrets

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 40
TOLD_IN_ONE_PIECE = {"journeys", "browser"}
MODULES = sorted(
    path.relative_to(PROJECT)
    for room in ("accounts", "directives", "tracker", "tests")
    for path in PROJECT.joinpath(room).rglob("*.py")
    if "migrations" not in path.parts
)


def test_a_file_and_a_function_stay_small_enough_to_be_read():
    found = {str(module): too_long(module) for module in MODULES}
    assert {module: what for module, what in found.items() if what} == {}


def too_long(module):
    """What of it is too long, with the number of lines."""
    text = (PROJECT / module).read_text()
    lines = len(text.splitlines())
    found = {"the file": lines} if lines > MOST_LINES_OF_A_FILE else {}
    if TOLD_IN_ONE_PIECE & set(module.parts):
        return found
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    sizes = {function.name: lines_of_code(function) for function in functions}
    return found | {name: lines for name, lines in sizes.items() if lines > MOST_LINES_OF_A_FUNCTION}


def lines_of_code(function):
    """What it does: without its signature and docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return function.end_lineno - first.lineno + 1


@pytest.mark.django_db
def test_no_migration_is_missing():
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.django_db
def test_tests_act_as_the_application_does():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("dondoc_app",)


@pytest.mark.django_db
def test_every_answer_tells_browsers_what_they_may_do(client):
    answer = client.get("/healthz")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "same-origin")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_request_keeps_the_plain_name_it_came_with_and_no_other(client):
    assert client.get("/healthz", headers={"x-request-id": "proxy-4711"})["X-Request-ID"] == "proxy-4711"
    forged = 'x"}\n{"level":"error'
    assert forged not in client.get("/healthz", headers={"x-request-id": forged})["X-Request-ID"]


@pytest.mark.django_db
def test_what_a_request_does_stands_in_the_history_under_its_name(client):
    client.force_login(make_user(Role.ADMINISTRATOR))
    day = {"day": "2025-04-07", "kind": "holiday", "name": "Giỗ Tổ", "confirmed": "on"}
    page = reverse("admin:directives_calendarday_add")
    assert client.post(page, day, headers={"x-request-id": "proxy-4711"}).status_code == 302
    assert Event.objects.get().request_id == "proxy-4711"


def test_logs_hide_what_is_secret():
    told = hide_secrets(None, "info", {"event": "log in", "password": "Bí-mật-2024!", "Authorization": "Bearer dd_x"})
    assert told == {"event": "log in", "password": HIDDEN, "Authorization": HIDDEN}


def test_every_duty_is_looked_at_at_least_twice_a_minute():
    app.loader.import_default_modules()
    assert {f"tracker.tasks.{duty}" for duty in TICKS} <= set(app.tasks)
    assert max(TICKS.values()) <= 30


def test_work_that_a_killed_worker_held_is_given_back_and_none_is_kept_for_later():
    wanted = {"task_acks_late": True, "task_reject_on_worker_lost": True, "worker_prefetch_multiplier": 1}
    assert {name: getattr(app.conf, name) for name in wanted} == wanted
    assert app.conf.result_backend is None
    assert app.conf.broker_transport_options == {
        "visibility_timeout": 300,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < 300
    assert app.conf.worker_cancel_long_running_tasks_on_connection_loss is False
    assert app.conf.broker_connection_max_retries is None


LATER = {"eta", "countdown", "retry", "retry_backoff", "autoretry_for", "apply_async", "send_task"}


def test_nothing_is_put_off_in_the_queue():
    found = {str(module): names_in(module) & LATER for module in MODULES if module.parts[0] != "tests"}
    assert {module: names for module, names in found.items() if names} == {}


def names_in(module):
    """The attributes and keywords that its code speaks of."""
    tree = ast.walk(ast.parse((PROJECT / module).read_text()))
    return {getattr(node, "attr", getattr(node, "arg", None)) for node in tree}


TELLS_METHODS_APART = re.compile(r"def (patch|delete)\(self, request|DeleteView|method\b.*\b(PATCH|DELETE)\b")


def test_no_page_and_no_paper_of_the_desk_tells_patch_and_delete_from_put():
    """The walk over the routes asks them of the API alone, and relies on this."""
    doors = [module for module in MODULES if module.parts[:2] in {("tracker", "web"), ("tracker", "admin")}]
    assert len(doors) > 100
    assert [str(module) for module in doors if TELLS_METHODS_APART.search((PROJECT / module).read_text())] == []


@pytest.mark.parametrize(
    ("password", "enough"),
    [
        ("Phiên họp lần thứ 3", True),
        ("đôn-đốc-ĐÔN-ĐỐC-369", True),
        ("phiên họp lần thứ 3", False),
        ("PHIÊN HỌP LẦN THỨ 3", False),
        ("Phiên họp lần thứ ba", False),
        ("PhienHopLanThu3", False),
    ],
)
def test_a_password_needs_four_kinds_of_signs(password, enough):
    if enough:
        FourClasses().validate(password)
    else:
        with pytest.raises(ValidationError):
            FourClasses().validate(password)
