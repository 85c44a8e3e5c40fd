"""What the administrator keeps at the desk: agencies, people, keys, calendar and ladders; and what nobody changes."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Agency, ApiKey, Office, Role, User
from directives.models import Assignment, CalendarDay, DayKind, Delivery, Event, Ladder, Rung
from tests.actions.conftest import nothing_changes
from tests.make import (
    PASSWORD,
    at,
    make_agency,
    make_assignment,
    make_calendar,
    make_committee,
    make_delivery,
    make_directive,
    make_ladder,
    make_notice,
    make_reminder,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)  # a Monday
NO_INLINES = {
    "successions_out-TOTAL_FORMS": 0,
    "successions_out-INITIAL_FORMS": 0,
    "offices-TOTAL_FORMS": 0,
    "offices-INITIAL_FORMS": 0,
}


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False), override("en"):
        yield


@pytest.fixture
def administrator(client) -> User:
    client.cookies["django_language"] = "en"
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def errors(answer: Any) -> dict[str, list[str]]:
    """The sentences of the page's form and of its rows below, by field."""
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {name: list(map(str, told)) for form in forms for name, told in form.errors.items()}


# --- agencies, people


def agency_form(**changed: Any) -> dict[str, Any]:
    names = {"name_vi": "Bộ Dân tộc và Tôn giáo", "code": "bdttg", "kind": "ministry"}
    return {**NO_INLINES, **names, "aliases": "Bộ Dân tộc, Tôn giáo\r\nBDTTG", **changed}


def test_an_agency_is_added_with_names_that_hold_commas(client, administrator):
    client.post(reverse("admin:accounts_agency_add"), agency_form())
    agency = Agency.objects.get(code="bdttg")
    assert agency.aliases == ["Bộ Dân tộc, Tôn giáo", "BDTTG"]
    event = Event.objects.get(verb="add")
    assert (event.by, event.after["name_vi"]) == (administrator, "Bộ Dân tộc và Tôn giáo")


def test_a_merger_is_kept_as_a_succession(client, administrator):
    old, new = make_agency("Bộ Giao thông vận tải"), make_agency("Bộ Xây dựng")
    page = reverse("admin:accounts_agency_change", args=[old.pk])
    row = {
        "successor": new.pk,
        "on": "2025-03-01",
        "basis": "Nghị quyết 176/2025/QH15",
        "predecessor": old.pk,
        "id": "",
    }
    rows = {f"successions_out-0-{name}": value for name, value in row.items()}
    client.post(page, agency_form(code=old.code, **{**rows, "successions_out-TOTAL_FORMS": 1}))
    assert [succession.successor for succession in old.successions_out.all()] == [new]


def test_an_agency_does_not_end_before_it_begins(client, administrator):
    with nothing_changes():
        answer = client.post(
            reverse("admin:accounts_agency_add"), agency_form(valid_from="2025-03-01", valid_to="2025-02-28")
        )
    assert errors(answer) == {"valid_to": ["This day lies before the first one."]}


def user_form(password: str = "", **office: Any) -> dict[str, Any]:
    person = {"email": "Chuyenvien@Bo.example ", "name": "Chuyên viên Bộ", "language": "vi", "is_active": "on"}
    row = {f"offices-0-{name}": value for name, value in {"starts_on": "2025-03-01", "id": "", **office}.items()}
    return {**NO_INLINES, "offices-TOTAL_FORMS": 1, **person, "password": password, **row}


def test_a_user_is_added_with_a_password_and_an_office(client, administrator):
    client.post(reverse("admin:accounts_user_add"), user_form(PASSWORD, role="officer", agency=make_agency().pk))
    user = User.objects.get(email="chuyenvien@bo.example")
    assert user.check_password(PASSWORD)
    assert Office.objects.get(user=user).role == Role.OFFICER
    assert PASSWORD not in str(list(Event.objects.values()))


@pytest.mark.parametrize(("role", "shown"), [("secretariat", True), ("officer", False)])
def test_the_way_to_the_desk_is_shown_to_whom_it_is_open(client, administrator, role, shown):
    body = {"committee": make_committee().pk} if role == "secretariat" else {"agency": make_agency().pk}
    client.post(reverse("admin:accounts_user_add"), user_form(PASSWORD, role=role, **body))
    assert User.objects.get(email="chuyenvien@bo.example").is_staff == shown


OFFICES = {
    "an officer of a committee": (
        {"role": "officer"},
        {"agency": ["This role sits in an agency, and in no committee."]},
    ),
    "a chair of an agency": ({"role": "chair"}, {"committee": ["This role sits in a committee, and in no agency."]}),
    "an auditor of an agency": (
        {"role": "auditor", "agency": "some"},
        {"role": ["This role is for the whole system: leave agency and committee empty."]},
    ),
    "until before from": (
        {"role": "auditor", "ends_on": "2025-02-01"},
        {"ends_on": ["This day lies before the first one."]},
    ),
    "a substitute for ever": (
        {"role": "auditor", "substitute": "somebody"},
        {"substitute": ["A substitute needs a first and a last day."]},
    ),
}


@pytest.mark.parametrize(("office", "told"), OFFICES.values(), ids=OFFICES)
def test_an_office_that_cannot_be_is_told_why(client, administrator, office, told):
    rows = {"agency": make_agency, "substitute": lambda: make_user()}
    office = {name: rows[name]().pk if name in rows else value for name, value in office.items()}
    with nothing_changes():
        answer = client.post(reverse("admin:accounts_user_add"), user_form(PASSWORD, **office))
    assert errors(answer) == told


def test_a_weak_password_is_refused(client, administrator):
    with nothing_changes():
        answer = client.post(reverse("admin:accounts_user_add"), user_form("12345678", role="auditor"))
    assert "password" in errors(answer)


def test_nobody_and_nothing_official_is_deleted(client, administrator):
    agency, user = make_agency(), make_user()
    with nothing_changes():
        statuses = [
            client.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"}).status_code
            for name, row in (("accounts_agency", agency), ("accounts_user", user))
        ]
    assert statuses == [403, 403]


# --- keys


def key_form(**changed: Any) -> dict[str, Any]:
    return {"name": "Trung tâm điều hành", "scopes": ["read"], "expires_on": "2025-12-31", **changed}


def test_a_key_is_shown_once_and_kept_as_a_hash(client, administrator):
    answer = client.post(reverse("admin:accounts_apikey_add"), key_form(committee=make_committee().pk))
    plain = answer.context["plain"]
    key = ApiKey.objects.authenticate(plain, at(date(2025, 12, 31), 23, 59))
    assert plain in answer.content.decode()
    assert key is not None
    assert ApiKey.objects.authenticate(plain, at(date(2026, 1, 1), 0, 0)) is None
    page = client.get(reverse("admin:accounts_apikey_change", args=[key.pk])).content.decode()
    assert plain not in page
    assert plain not in str(list(Event.objects.values()))


KEYS = {
    "for nobody": ({}, "agency", "Choose one agency or one committee for which the key acts."),
    "expired": ({"expires_on": "2025-03-09"}, "expires_on", "This day has passed."),
    "for ever": ({"expires_on": "2035-01-01"}, "expires_on", "A key lives at most two years."),
}


@pytest.mark.parametrize(("changed", "field", "sentence"), KEYS.values(), ids=KEYS)
def test_a_key_that_cannot_be_is_told_why(client, administrator, changed, field, sentence):
    body = {} if field == "agency" else {"committee": make_committee().pk}
    with nothing_changes():
        answer = client.post(reverse("admin:accounts_apikey_add"), key_form(**body, **changed))
    assert errors(answer) == {field: [sentence]}


def test_a_revoked_key_never_comes_in_again(client, administrator):
    plain = client.post(reverse("admin:accounts_apikey_add"), key_form(committee=make_committee().pk)).context["plain"]
    chosen = {"action": "revoke_chosen", "_selected_action": [ApiKey.objects.get().pk]}
    client.post(reverse("admin:accounts_apikey_changelist"), chosen)
    assert ApiKey.objects.authenticate(plain, at(TODAY, 10)) is None


# --- calendar and ladders


def test_a_new_holiday_lets_all_dated_work_be_looked_at_again(client, administrator):
    make_ladder()
    working, done = make_assignment(), make_assignment(state="done")
    day = {"day": "2025-04-07", "kind": DayKind.HOLIDAY, "name": "Giỗ Tổ Hùng Vương", "decision": "", "confirmed": "on"}
    client.post(reverse("admin:directives_calendarday_add"), day)
    assert CalendarDay.objects.get().day == date(2025, 4, 7)
    assert Assignment.objects.get(pk=working.pk).look_on == TODAY
    assert Assignment.objects.get(pk=done.pk).look_on is None


def test_a_day_that_was_entered_by_mistake_goes_and_the_register_keeps_it(client, administrator):
    make_calendar(date(2025, 4, 7))
    page = reverse("admin:directives_calendarday_delete", args=[CalendarDay.objects.get().pk])
    client.post(page, {"post": "yes"})
    assert not CalendarDay.objects.exists()
    assert Event.objects.get(verb="delete").before == {"was": "07/04/2025 Nghỉ"}


def test_a_day_is_entered_once(client, administrator):
    make_calendar(date(2025, 4, 7))
    day = {"day": "2025-04-07", "kind": DayKind.HOLIDAY, "name": "Giỗ Tổ", "confirmed": "on"}
    with nothing_changes():
        assert "day" in errors(client.post(reverse("admin:directives_calendarday_add"), day))


def ladder_form(ladder: Ladder, offset: str) -> dict[str, Any]:
    rows = {"rungs-TOTAL_FORMS": 1, "rungs-INITIAL_FORMS": 0}
    rung = {"offset": offset, "audience": "officer", "kind": "courtesy", "id": "", "ladder": ladder.pk}
    row = {f"rungs-0-{name}": value for name, value in rung.items()}
    return {"name": "Riêng", "committee": ladder.committee_id or "", "soon_days": 5, **rows, **row}


def test_a_changed_ladder_looks_again_at_its_own_committees_work(client, administrator):
    notice = make_notice()
    ladder = make_ladder(notice.committee, ())
    mine, other = make_assignment(), make_assignment()
    mine.directive.notice.committee = notice.committee
    mine.directive.notice.save()
    client.post(
        reverse("admin:directives_ladder_change", args=[ladder.pk]),
        ladder_form(ladder, "-5") | {"effect_confirmed": "1"},
    )
    assert [rung.offset for rung in Rung.objects.all()] == [-5]
    assert Assignment.objects.get(pk=mine.pk).look_on == TODAY
    assert Assignment.objects.get(pk=other.pk).look_on is None


def test_a_rung_lies_within_a_year(client, administrator):
    ladder = make_ladder(rungs=())
    with nothing_changes():
        answer = client.post(reverse("admin:directives_ladder_change", args=[ladder.pk]), ladder_form(ladder, "300"))
    assert errors(answer) == {"offset": ["A rung lies at most 250 working days away."]}


# --- history and messages


@pytest.mark.parametrize("room", ["event", "seal"])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARIAT])
def test_nobody_adds_to_history_by_hand(client, role, room):
    client.force_login(make_user(role))
    with nothing_changes():
        assert client.post(reverse(f"admin:directives_{room}_add"), {"verb": "verify"}).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_changes_or_deletes_history(client, administrator, role):
    client.post(reverse("admin:accounts_agency_add"), agency_form())
    event = Event.objects.get()
    client.force_login(make_user(role))
    with nothing_changes():
        change = client.post(reverse("admin:directives_event_change", args=[event.pk]), {"verb": "verify"})
        delete = client.post(reverse("admin:directives_event_delete", args=[event.pk]), {"post": "yes"})
    assert (change.status_code, delete.status_code) == (403, 403)


def test_a_message_that_could_not_be_delivered_is_sent_again(client, administrator):
    dead = make_delivery(make_user(), state="dead", attempts=5, last_error="550")
    client.post(reverse("admin:delivery_verb", args=[dead.pk, "send-again"]))
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("waiting", 0)


def test_what_was_sent_is_not_sent_again(client, administrator):
    sent = make_delivery(make_user(), state="sent")
    with nothing_changes():
        assert client.post(reverse("admin:delivery_verb", args=[sent.pk, "send-again"])).status_code == 409
        answer = client.post(
            reverse("admin:directives_delivery_changelist"),
            {"action": "send_chosen_again", "_selected_action": [sent.pk]},
            follow=True,
        )
    assert "This cannot be done now: the message was sent." in str(list(answer.context["messages"])[-1])
    assert Delivery.objects.get().state == "sent"


def escalated(committee: Any) -> Delivery:
    """A message to the chair of `committee`, waiting for the morning of the next day."""
    chair = make_user(Role.CHAIR, committee)
    message = make_delivery(chair, kind="escalated", due_at=at(date(2025, 3, 11), 7, 30))
    assignment = make_assignment(directive=make_directive(make_notice(committee)))
    make_reminder(message, assignment, 15, audience="chair")
    return message


def test_a_message_to_the_leadership_is_held_with_a_reason_and_let_go(client):
    committee = make_committee()
    message = escalated(committee)
    client.force_login(make_user(Role.SECRETARIAT, committee))
    client.post(reverse("admin:delivery_verb", args=[message.pk, "hold"]), {"reason": "Cơ quan báo cáo chiều nay"})
    message.refresh_from_db()
    assert (message.state, message.held_reason) == ("held", "Cơ quan báo cáo chiều nay")
    client.post(reverse("admin:delivery_verb", args=[message.pk, "release"]))
    message.refresh_from_db()
    assert message.state == "waiting"


def test_nothing_is_held_without_a_reason_or_by_another_committee(client):
    committee = make_committee()
    page = reverse("admin:delivery_verb", args=[escalated(committee).pk, "hold"])
    own, other = make_user(Role.SECRETARIAT, committee), make_user(Role.SECRETARIAT)
    statuses = []
    for user, reason in ((own, " "), (other, "Chờ")):
        client.force_login(user)
        with nothing_changes():
            statuses.append(client.post(page, {"reason": reason}).status_code)
    assert statuses == [400, 404]
