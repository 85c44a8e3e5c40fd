"""Who comes to the desk, what each finds there, and what is closed to whom."""

from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from accounts.models import Role
from directives.models import NoticeState
from tests.actions.conftest import nothing_changes
from tests.make import (
    PASSWORD,
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_notice,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)
AT_THE_DESK = [Role.SECRETARIAT, Role.ADMINISTRATOR, Role.AUDITOR]
ELSEWHERE = [Role.CHAIR, Role.STANDING_DEPUTY, Role.MEMBER, Role.HEAD, Role.OFFICER]
ROOMS = [
    "directives_notice",
    "directives_session",
    "directives_assignment",
    "directives_extensionrequest",
    "directives_indicator",
    "directives_reading",
    "directives_delivery",
    "directives_calendarday",
    "directives_ladder",
    "directives_event",
    "directives_seal",
    "accounts_agency",
    "accounts_agencygroup",
    "accounts_committee",
    "accounts_user",
    "accounts_office",
    "accounts_apikey",
]
OPEN = {
    Role.SECRETARIAT: set(ROOMS) - {"accounts_user", "accounts_office", "accounts_apikey", "directives_seal"},
    Role.ADMINISTRATOR: set(ROOMS),
    Role.AUDITOR: set(ROOMS) - {"accounts_user", "accounts_office", "accounts_apikey"},
}
ADDED_TO = {
    Role.SECRETARIAT: {"directives_notice", "directives_session", "directives_indicator", "directives_reading"},
    Role.ADMINISTRATOR: {
        "accounts_agency",
        "accounts_agencygroup",
        "accounts_committee",
        "accounts_user",
        "accounts_office",
        "accounts_apikey",
        "directives_calendarday",
        "directives_ladder",
    },
    Role.AUDITOR: set(),
}


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.mark.parametrize("role", AT_THE_DESK)
def test_the_desk_opens_for_those_who_work_at_it(client, role):
    client.force_login(make_user(role))
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("role", ELSEWHERE)
@pytest.mark.parametrize("page", ["index", "login", "directives_notice_changelist", "notice_read"])
def test_whoever_works_elsewhere_is_told_so(client, role, page):
    client.force_login(make_user(role))
    answer = client.get(reverse(f"admin:{page}"))
    assert answer.status_code == 403
    assert "Bàn làm việc dành cho Ban Thư ký" in answer.content.decode()


def test_a_stranger_is_asked_to_log_in_at_the_one_door(client):
    page = reverse("admin:directives_notice_changelist")
    answer = client.get(page, follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('log_in')}?next={page}"


def test_the_one_door_locks_after_five_wrong_passwords_for_the_desk_too(client):
    user = make_user(Role.SECRETARIAT, password=PASSWORD)
    door = reverse("log_in")
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post(door, {"username": user.email, "password": "sai"})
    client.post(door, {"username": user.email, "password": PASSWORD, "next": reverse("admin:index")})
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_office_that_ended_opens_nothing(client):
    client.force_login(make_user(Role.SECRETARIAT, ends_on=date(2025, 3, 9)))
    assert client.get(reverse("admin:index")).status_code == 403


@pytest.mark.parametrize("role", AT_THE_DESK)
def test_each_finds_the_rooms_of_the_own_work(client, role):
    client.force_login(make_user(role))
    lists = {room: client.get(reverse(f"admin:{room}_changelist")).status_code for room in ROOMS}
    assert lists == {room: 200 if room in OPEN[role] else 403 for room in ROOMS}


@pytest.mark.parametrize("role", AT_THE_DESK)
def test_each_adds_only_to_the_own_rooms(client, role):
    client.force_login(make_user(role))
    pages = {room: client.get(reverse(f"admin:{room}_add")).status_code for room in ROOMS}
    assert pages == {room: 200 if room in ADDED_TO[role] else 403 for room in ROOMS}


def test_another_committees_draft_does_not_exist(client):
    client.force_login(make_user(Role.SECRETARIAT))
    draft = make_notice(state=NoticeState.DRAFT)
    directive = make_directive(draft)
    pages = [
        reverse("admin:directives_notice_change", args=[draft.pk]),
        reverse("admin:notice_paragraphs", args=[draft.pk]),
        reverse("admin:notice_paragraphs", args=[draft.pk]) + "?p=all",
        reverse("admin:directive_add", args=[draft.pk]),
        reverse("admin:directive_change", args=[draft.pk, directive.pk]),
        reverse("admin:notice_issue", args=[draft.pk]),
        reverse("admin:directives_notice_history", args=[draft.pk]),
    ]
    assert {client.get(page).status_code for page in pages} == {404}


def test_another_committees_assignment_does_not_exist(client):
    client.force_login(make_user(Role.SECRETARIAT))
    assignment = make_assignment(state="handed_in")
    page = reverse("admin:directives_assignment_change", args=[assignment.pk])
    verb = reverse("admin:assignment_verb", args=[assignment.pk, "verify"])
    with nothing_changes():
        assert client.get(page).status_code == 404
        assert client.post(verb, {"verify-version": 1}).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_only_reads_sees_everything_issued_and_decides_nothing(client, role):
    assignment = make_assignment(state="handed_in")
    client.force_login(make_user(role))
    page = client.get(reverse("admin:directives_assignment_change", args=[assignment.pk]))
    verb = reverse("admin:assignment_verb", args=[assignment.pk, "verify"])
    assert page.status_code == 200
    assert not page.context["answer"].allowed
    with nothing_changes():
        assert client.post(verb, {"verify-version": 1}).status_code == 403


def test_the_committee_above_reads_below_and_decides_nothing(client):
    above = make_committee()
    below = make_committee(parent=above)
    assignment = make_assignment(directive=make_directive(make_notice(below)), state="handed_in")
    client.force_login(make_user(Role.SECRETARIAT, above))
    page = client.get(reverse("admin:directives_assignment_change", args=[assignment.pk]))
    assert page.status_code == 200
    assert str(page.context["answer"].reason) == f"Chỉ Ban Thư ký của {below.name_vi} được làm việc này."


def test_a_secretariat_drafts_for_its_own_committee_alone(client):
    client.force_login(make_user(Role.SECRETARIAT))
    other = make_committee()
    typed = {"committee": other.pk, "kind": "conclusion", "urgency": "normal", "subject": "Kết luận"}
    with nothing_changes():
        answer = client.post(reverse("admin:directives_notice_add"), typed)
    assert "committee" in answer.context["adminform"].form.errors


def test_verbs_are_never_done_by_a_link(client):
    committee = make_committee()
    assignment = make_assignment(directive=make_directive(make_notice(committee)), state="handed_in")
    notice = assignment.directive.notice
    client.force_login(make_user(Role.SECRETARIAT, committee))
    with nothing_changes():
        statuses = [
            client.get(reverse("admin:assignment_verb", args=[assignment.pk, "verify"])).status_code,
            client.get(reverse("admin:notice_withdraw", args=[notice.pk])).status_code,
            client.get(reverse("admin:logout")).status_code,
        ]
    assert statuses == [302, 405, 405]
    assert client.get(reverse("admin:index")).status_code == 200


def test_what_an_agency_wrote_is_text_and_never_a_page(client):
    committee = make_committee()
    agency = make_agency("<script>alert(1)</script>")
    assignment = make_assignment(agency, directive=make_directive(make_notice(committee)))
    client.force_login(make_user(Role.SECRETARIAT, committee))
    for page in ("directives_assignment_changelist", "index"):
        assert "<script>alert" not in client.get(reverse(f"admin:{page}")).content.decode()
    page = client.get(reverse("admin:directives_assignment_change", args=[assignment.pk])).content.decode()
    assert "<script>alert" not in page
