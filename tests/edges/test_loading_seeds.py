"""The seeds as they are loaded into a database that is still empty, on any day."""

from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import Agency, ApiKey, Committee, User
from directives.models import Assignment, Event, ExtensionRequest, Notice, load_calendar
from directives.rules.working_days import HANOI
from tracker import clock

pytestmark = pytest.mark.usefixtures("db", "quick_passwords")


def standings():
    """Where the assignments of the recent notice stand today, coordinating ones apart."""
    today = clock.today()
    rows = Assignment.objects.counted().from_committees().filter(directive__notice__external_ref="demo-recent")
    return Counter(rows.with_standing(today, load_calendar().shift(today, 7)).values_list("standing", flat=True))


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(datetime(2026, 11, 21, 20, tzinfo=HANOI), id="a Saturday"),
        pytest.param(datetime(2026, 11, 24, 0, 5, tzinfo=HANOI), id="a holiday, just after midnight"),
        pytest.param(datetime(2027, 2, 8, 12, tzinfo=HANOI), id="within Tết"),
        pytest.param(datetime(2026, 12, 31, 23, 59, tzinfo=HANOI), id="the last minute of a year"),
    ],
)
def test_the_recent_notice_shows_every_standing_whenever_it_is_loaded(day):
    with time_machine.travel(day, tick=False):
        call_command("load_seeds", stdout=StringIO())
        assert standings() == {
            "on_track": 5,
            "due_soon": 33,
            "overdue": 2,
            "waiting": 2,
            "done_on_time": 2,
            "done_late": 1,
            "undated": 1,
            "suspended": 1,
        }
        assert not Event.objects.filter(at__gt=clock.now()).exists()
    recent = Assignment.objects.filter(directive__notice__external_ref="demo-recent")
    assert recent.filter(returned_on__isnull=False, state="in_progress").count() == 1
    assert recent.filter(state="declined").count() == 1
    assert ExtensionRequest.objects.filter(assignment__in=recent).values_list("state", flat=True).count() == 2
    assert ExtensionRequest.objects.get(state="open").assignment.agency.code == "btc"


def test_without_a_place_to_write_passwords_nobody_can_log_in():
    call_command("load_seeds", stdout=StringIO())
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not ApiKey.objects.exists()


def test_reference_only_brings_no_demo():
    call_command("load_seeds", reference_only=True, stdout=StringIO())
    assert Agency.objects.count() == 134
    assert not User.objects.exists()
    assert not Committee.objects.exists()
    assert not Notice.objects.exists()
