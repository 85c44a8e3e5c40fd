"""Putting off reminders from the page of an assignment."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from directives.models import Snooze
from tests.edges.visiting import MONDAY, World, make_world, visit
from tests.make import DUE_ON, at

pytestmark = pytest.mark.django_db
THURSDAY = date(2025, 3, 13)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def page_of(world):
    return f"/assignments/{world.assignment.uuid}/"


def test_it_is_chosen_shown_and_taken_back_on_the_page_of_the_assignment(world):
    client = visit(world.officer)
    assert "Put off reminders for me" in client.get(page_of(world)).content.decode()
    assert client.post(page_of(world) + "snooze/", {"until": "2025-03-13"})["Location"] == page_of(world)
    shown = client.get(page_of(world))
    assert shown.context["rest"].until == THURSDAY
    assert "You are not reminded until 13/03/2025." in shown.content.decode()
    assert "until 13/03/2025" in [change for line in shown.context["history"] for change in line.changes]
    client.post(page_of(world) + "wake/")
    assert client.get(page_of(world)).context["rest"].until is None
    assert not Snooze.objects.exists()


def test_the_form_knows_the_first_and_the_last_day(world):
    page = visit(world.officer).get(page_of(world) + "snooze/").content.decode()
    assert f'min="{MONDAY.isoformat()}" max="{DUE_ON.isoformat()}"' in page


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2025-03-09", "This day has passed. Choose today or a later one."),
        ("2025-03-15", "Reminders can be put off until the deadline at most: 14/03/2025."),
        ("", "Write a day such as 31/12/2024."),
        ("soon", "Write a day such as 31/12/2024."),
    ],
)
def test_a_day_that_will_not_do_is_answered_beside_its_field(world, until, sentence):
    answer = visit(world.officer).post(page_of(world) + "snooze/", {"until": until})
    assert (answer.status_code, answer.context["form"].errors["until"]) == (400, [sentence])
    assert not Snooze.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("secretary", 403), ("auditor", 403), ("stranger", 404)])
def test_who_is_not_of_the_agency_is_offered_nothing_and_refused(world, who, status):
    client = visit(getattr(world, who))
    assert client.get(page_of(world) + "snooze/").status_code == status
    assert client.post(page_of(world) + "snooze/", {"until": "2025-03-13"}).status_code == status
    if status == 403:
        assert client.get(page_of(world)).context["rest"].form is None
    assert not Snooze.objects.exists()


@pytest.mark.parametrize("due_on", [None, date(2025, 3, 7)], ids=["undated", "overdue"])
def test_where_nothing_can_be_put_off_nothing_is_offered(due_on):
    world = make_world(due_on=due_on)
    client = visit(world.officer)
    assert client.get(page_of(world)).context["rest"].form is None
    assert client.get(page_of(world) + "snooze/").status_code == 409
