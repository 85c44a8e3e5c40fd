"""Decisions on assignments that cannot be: each gets a sentence where it was asked for, and changes nothing."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in
from directives.models import Assignment
from directives.models import Role as Part
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import (
    DUE_ON,
    ENTERED_ON,
    Desk,
    do,
    errors,
    issued,
    make_desk,
)
from tests.make import at, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False), override("en"):
        yield


@pytest.fixture
def desk(client) -> Desk:
    client.cookies["django_language"] = "en"
    return make_desk(client)


def test_a_second_lead_is_refused(desk):
    notice = issued(desk)
    page = reverse("admin:directive_assign", args=[notice.pk, notice.directives.get().pk])
    with nothing_changes():
        answer = desk.client.post(page, {"role": "lead", "agency": desk.office.pk})
    assert errors(answer) == {"agency": ["Bộ Công an leads already: a directive has one lead."]}


WITHOUT_REASON = ["suspend", "withdraw", "reassign"]


@pytest.mark.parametrize("verb", WITHOUT_REASON)
def test_a_verb_that_needs_a_reason_says_so(desk, verb):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    given = {"to_agency": desk.office.pk} if verb == "reassign" else {}
    with nothing_changes():
        answer = do(desk, assignment, verb, reason=" ", **given)
    offered = {offer.verb.verb.value: offer.form for offer in answer.context["offers"]}
    assert answer.status_code == 400
    assert offered[verb].errors == {"reason": ["Please give a reason."]}


def test_a_report_is_not_returned_without_a_reason_or_to_a_day_gone_by(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    hand_in(assignment, by=make_user(Role.OFFICER, desk.lead), at=at(ENTERED_ON), text="Đã xong")
    with nothing_changes():
        bare = do(desk, assignment, "return", reason="")
        past = do(desk, assignment, "return", reason="Thiếu", redo_by="2024-08-01")
    forms = [
        next(offer.form for offer in answer.context["offers"] if offer.verb.verb == "return") for answer in (bare, past)
    ]
    assert forms[0].errors == {"reason": ["Please give a reason."]}
    assert forms[1].errors == {"redo_by": ["The date to redo it by has passed already."]}
    assert forms[1]["reason"].value() == "Thiếu"


def test_nothing_is_verified_that_was_not_handed_in(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    with nothing_changes():
        assert do(desk, assignment, "verify").status_code == 409


def test_a_decision_on_an_older_state_of_the_page_is_refused(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    hand_in(assignment, by=make_user(Role.OFFICER, desk.lead), at=at(ENTERED_ON), text="Đã xong")
    page = reverse("admin:assignment_verb", args=[assignment.pk, "verify"])
    with nothing_changes():
        answer = desk.client.post(page, {"verify-version": 1, "verify-reason": "Đạt"})
    assert answer.status_code == 412
    offered = {offer.verb.verb.value: offer.form for offer in answer.context["offers"]}["verify"]
    told = offered.non_field_errors()[1]
    assert told.endswith(" at 09:00 12/08/2024: State: Assigned → Handed in; Handed in on: – → 12/08/2024.")
    again = {"verify-version": offered["version"].value(), "verify-reason": offered["reason"].value()}
    assert desk.client.post(page, again).status_code == 302


def test_what_changed_since_the_list_was_shown_is_not_verified_with_the_others(desk):
    issued(desk)
    lead, other = Assignment.objects.order_by("role")
    for row, agency in ((lead, lead.agency), (other, other.agency)):
        hand_in(row, by=make_user(Role.OFFICER, agency), at=at(ENTERED_ON), text="Đã xong")
    listed = reverse("admin:directives_assignment_changelist")
    seen = desk.client.get(listed).context["seen"]
    do(desk, lead, "return", reason="Thiếu phụ lục")
    hand_in(lead, by=make_user(Role.OFFICER, lead.agency), at=at(ENTERED_ON), text="Bản mới")
    typed = {"action": "verify_chosen", "_selected_action": [lead.pk, other.pk], "seen": seen}
    told = " ".join(str(one) for one in desk.client.post(listed, typed, follow=True).context["messages"])
    assert f"{lead}: Somebody else changed this in the meantime." in told
    assert sorted(Assignment.objects.values_list("state", flat=True)) == ["done", "handed_in"]


def test_an_extension_to_a_day_before_the_deadline_or_without_a_reason_is_refused(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    asked = request_extension(
        assignment,
        by=make_user(Role.OFFICER, desk.lead),
        at=at(ENTERED_ON),
        asked_due_on=DUE_ON.replace(year=2025),
        reason="Chờ văn bản",
    )
    with nothing_changes():
        early = desk.client.post(
            reverse("admin:extension_decide", args=[asked.pk, "grant"]),
            {"grant-version": assignment.version, "grant-due_on": DUE_ON.isoformat()},
        )
        bare = desk.client.post(
            reverse("admin:extension_decide", args=[asked.pk, "refuse"]), {"refuse-version": assignment.version}
        )
        old = desk.client.post(
            reverse("admin:extension_decide", args=[asked.pk, "refuse"]),
            {"refuse-version": assignment.version + 1, "refuse-reason": "Không"},
        )
    assert early.context["grant_form"].errors == {
        "due_on": ["The new deadline must lie after the present one and not in the past."]
    }
    assert bare.context["refuse_form"].errors == {"reason": ["Please give a reason."]}
    assert old.status_code == 412


def test_nobody_reassigns_to_an_agency_that_is_gone(desk):
    issued(desk)
    gone = make_agency("Bộ Thông tin và Truyền thông", valid_to=DUE_ON.replace(year=2020))
    with nothing_changes():
        answer = do(desk, Assignment.objects.get(role=Part.LEAD), "reassign", to_agency=gone.pk, reason="Sắp xếp")
    assert answer.status_code == 400
