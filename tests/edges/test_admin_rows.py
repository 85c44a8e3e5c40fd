"""What the administrator keeps at the desk: agencies, people and keys; and what nobody deletes."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Agency, ApiKey, Office, Role, User
from directives.models import Event
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import as_shown, errors
from tests.make import (
    PASSWORD,
    at,
    make_agency,
    make_committee,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = date(2025, 3, 10)  # a Monday
NO_INLINES = {
    "successions_out-TOTAL_FORMS": 0,
    "successions_out-INITIAL_FORMS": 0,
    "offices-TOTAL_FORMS": 0,
    "offices-INITIAL_FORMS": 0,
}


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
    typed = agency_form(code=old.code, **{**rows, "successions_out-TOTAL_FORMS": 1})
    client.post(page, typed | as_shown(client, page))
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
}


@pytest.mark.parametrize(("office", "told"), OFFICES.values(), ids=OFFICES)
def test_an_office_that_cannot_be_is_told_why(client, administrator, office, told):
    rows = {"agency": make_agency}
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
    "with others' verbs": (
        {"scopes": ["read", "report"]},
        "scopes",
        "Whoever the key acts for does not do this: Acknowledge, report and hand in.",
    ),
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


# --- every wrong value in the words of an office

TAKEN = "The register has this already."
ROWS: dict[str, tuple[str, dict[str, Any], dict[str, list[str]]]] = {
    "nothing at all": (
        "agency",
        {},
        {name: ["Please fill this in."] for name in ("name_vi", "code")} | {"kind": ["Please choose."]},
    ),
    "a code that is taken": ("agency", agency_form(code="bca"), {"code": [TAKEN]}),
    "a code with blanks and marks": (
        "committee",
        {"name_vi": "Ban Chỉ đạo", "code": "ban chỉ đạo"},
        {"code": ["A code holds letters without marks, digits, hyphens and low lines; no blanks."]},
    ),
    "a committee that ends before it begins": (
        "committee",
        {"name_vi": "Ban Chỉ đạo", "code": "bcd", "valid_from": "2025-03-01", "valid_to": "2025-02-01"},
        {"valid_to": ["This day lies before the first one."]},
    ),
    "a second account of an e-mail": (
        "user",
        {**NO_INLINES, "name": "Chuyên viên", "language": "vi", "email": "Chuyenvien@BCA.example"},
        {"email": ["There is an account with this e-mail already."]},
    ),
}


@pytest.mark.parametrize(("room", "typed", "told"), ROWS.values(), ids=ROWS)
def test_a_wrong_value_is_told_in_the_words_of_an_office(client, administrator, room, typed, told):
    make_agency(code="bca")
    make_user(email="chuyenvien@bca.example")
    with nothing_changes():
        page = client.post(reverse(f"admin:accounts_{room}_add"), NO_INLINES | typed)
    assert errors(page) == told
