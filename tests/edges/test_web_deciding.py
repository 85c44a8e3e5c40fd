"""Requests for more time before the chair and the standing deputy: where they find them, and what they answer."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from directives.models import Assignment, Event, ExtensionRequest
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import make_world, visit
from tests.make import DUE_ON, ISSUED_ON, at, make_assignment, make_directive, make_extension, make_notice, make_user
from tests.numbers import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ASKED = date(2025, 4, 15)
DECIDERS = [Role.CHAIR, Role.STANDING_DEPUTY, Role.SECRETARIAT]


@pytest.fixture
def world():
    return make_world(state="in_progress")


@pytest.fixture
def asked(world) -> ExtensionRequest:
    return make_extension(world.assignment, asked_by=world.officer, asked_due_on=ASKED, reason="Chờ ý kiến thẩm định.")


def chair_of(world):
    return visit(make_user(Role.CHAIR, world.committee))


@pytest.mark.parametrize("role", DECIDERS)
def test_whoever_may_decide_finds_the_request_from_the_first_page(world, asked, role):
    browser = visit(make_user(role, world.committee))
    first, one = (browser.get(reverse("assignments")), browser.get(reverse("assignment", args=[world.assignment.uuid])))
    assert [one.sentence for one in first.context["desk_waits"]] == ["1 request for more time waits for your decision."]
    assert reverse("extensions") in first.content.decode()
    assert reverse("extension", args=[asked.uuid]) in one.content.decode()
    assert list(browser.get(reverse("extensions")).context["shown"]) == [asked]


def test_others_are_shown_no_way_there(world, asked):
    browser = visit(world.officer)
    assert browser.get(reverse("assignments")).context["desk_waits"] == []
    assert browser.get(reverse("assignment", args=[world.assignment.uuid])).context["decide"] is None
    assert browser.get(reverse("extensions")).status_code == 403


def test_another_committees_request_does_not_wait_here_nor_one_whose_work_was_withdrawn(world, asked):
    make_extension()
    make_extension(
        make_assignment(directive=make_directive(make_notice(world.committee)), state="withdrawn"), reason="Thôi"
    )
    assert list(chair_of(world).get(reverse("extensions")).context["shown"]) == [asked]


def test_the_chair_grants_the_day_asked_for_and_the_agency_is_told(world, asked):
    browser = chair_of(world)
    page = browser.get(reverse("extension", args=[asked.uuid]))
    assert page.context["grant_form"]["due_on"].value() == ASKED
    answer = browser.post(reverse("grant_extension", args=[asked.uuid]), {"grant-due_on": ASKED.isoformat()})
    assert answer.url == reverse("extensions")
    one = Assignment.objects.get(pk=world.assignment.pk)
    assert (one.due_on, one.original_due_on) == (ASKED, DUE_ON)
    assert Event.objects.get(verb="grant_extension").by.offices.get().role == Role.CHAIR
    assert "extension_decided" in world.officer.deliveries.values_list("kind", flat=True)


def test_the_chair_refuses_with_a_reason(world, asked):
    chair_of(world).post(reverse("refuse_extension", args=[asked.uuid]), {"refuse-reason": "Đã gia hạn một lần."})
    asked.refresh_from_db()
    assert (asked.state, asked.decision_reason) == ("refused", "Đã gia hạn một lần.")
    assert Assignment.objects.get(pk=world.assignment.pk).due_on == DUE_ON


WRONG = {
    "no day": ("grant", {"grant-due_on": "", "grant-reason": "Được"}, "due_on", "Write a day such as 31/12/2024."),
    "not a day": ("grant", {"grant-due_on": "mai"}, "due_on", "Write a day such as 31/12/2024."),
    "before the deadline": (
        "grant",
        {"grant-due_on": "2025-03-11"},
        "due_on",
        "The new deadline must lie after the present one and not in the past.",
    ),
    "no reason": ("refuse", {"refuse-reason": " "}, "reason", "Please give a reason."),
}


@pytest.mark.parametrize(("verb", "typed", "field", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_told_at_its_field_and_changes_nothing(world, asked, verb, typed, field, sentence):
    chair = chair_of(world)
    with nothing_changes():
        page = chair.post(reverse(f"{verb}_extension", args=[asked.uuid]), typed)
    form = page.context[f"{verb}_form"]
    assert page.status_code == 400
    assert form.errors == {field: [sentence]}
    assert {f"{verb}-{name}": form[name].value() for name in form.fields if f"{verb}-{name}" in typed} == typed


def test_what_was_decided_is_shown_and_not_decided_again(world, asked):
    browser = chair_of(world)
    browser.post(reverse("refuse_extension", args=[asked.uuid]), {"refuse-reason": "Không"})
    with nothing_changes():
        again = browser.post(reverse("grant_extension", args=[asked.uuid]), {"grant-due_on": ASKED.isoformat()})
    assert again.status_code == 409
    assert "This request was decided already." in again.content.decode()
    assert not browser.get(reverse("extension", args=[asked.uuid])).context["open"]


def test_what_waits_is_read_by_pages_of_fifty_the_oldest_first(world):
    notice = make_notice(world.committee)
    asked = [
        make_extension(make_assignment(directive=make_directive(notice)), asked_at=at(ISSUED_ON, 9, minute))
        for minute in range(51)
    ]
    browser = chair_of(world)
    first = browser.get(reverse("extensions"))
    assert list(first.context["shown"]) == asked[:50]
    assert "1–50 of 51" in words_of(first.content.decode())
    assert list(browser.get(reverse("extensions"), {"page": 2}).context["shown"]) == asked[50:]


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_for_any_length(world, number, django_assert_num_queries):
    for _one in range(number):
        make_extension(make_assignment(directive=make_directive(make_notice(world.committee))))
    browser = chair_of(world)
    browser.get(reverse("extensions"))
    with django_assert_num_queries(6):
        assert len(browser.get(reverse("extensions")).context["shown"]) == number
