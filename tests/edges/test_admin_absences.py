"""Absences at the desk: the administrator names a substitute for somebody else, by the rules of all."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Absence, Role, User
from directives.models import Event
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import as_shown, errors
from tests.make import make_absence, make_agency, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MONDAY, FRIDAY = date(2025, 3, 10), date(2025, 3, 14)
ADD = "admin:accounts_absence_add"


@pytest.fixture
def lan() -> User:
    return make_user(Role.OFFICER, make_agency("Bộ Công an"), name="Chị Lan")


@pytest.fixture
def minh(lan) -> User:
    return make_user(Role.HEAD, lan.offices.get().agency, name="Anh Minh")


def form(away: User, substitute: User, **changed: Any) -> dict[str, Any]:
    days = {"begins_on": "2025-03-10", "ends_on": "2025-03-14"}
    return {"office": away.offices.get().pk, "substitute": substitute.pk, **days, **changed}


def page(name: str) -> str:
    return reverse(f"admin:accounts_absence_{name}", args=[Absence.objects.get().pk])


def test_a_substitute_is_named_for_somebody_who_is_ill(client, administrator, lan, minh):
    assert client.post(reverse(ADD), form(lan, minh)).status_code == 302
    kept = Absence.objects.get()
    assert (kept.office.user, kept.substitute, kept.begins_on, kept.ends_on) == (lan, minh, MONDAY, FRIDAY)
    event = Event.objects.get()
    assert (event.verb, event.by, event.subject) == ("name_substitute", administrator, f"office:{kept.office_id}")


NOT_TOLD: dict[str, tuple[dict[str, Any], int, dict[str, list[str]]]] = {
    "without a last day": ({"ends_on": ""}, 200, {"ends_on": ["Please fill this in."]}),
    "from yesterday": (
        {"begins_on": "2025-03-09"},
        400,
        {"begins_on": ["This day has passed. Choose today or a later one."]},
    ),
    "backwards": ({"ends_on": "2025-03-09"}, 400, {"ends_on": ["The last day lies before the first one."]}),
    "on days that are filled": (
        {"begins_on": "2025-03-21", "ends_on": "2025-03-21"},
        400,
        {"begins_on": ["Anh Minh is substitute from 20/03/2025 to 21/03/2025 already. Choose other days."]},
    ),
}


@pytest.mark.parametrize(("changed", "status", "told"), NOT_TOLD.values(), ids=NOT_TOLD)
def test_an_absence_that_cannot_be_is_told_why(client, administrator, lan, minh, changed, status, told):
    make_absence(lan, minh, date(2025, 3, 20), date(2025, 3, 21))
    with nothing_changes():
        answer = client.post(reverse(ADD), form(lan, minh, **changed))
    assert (answer.status_code, errors(answer)) == (status, told)


def test_who_is_no_colleague_is_not_offered_once_an_office_is_chosen(client, administrator, lan, minh):
    stranger = make_user()
    offered = client.get(reverse(ADD), {"office": lan.offices.get().pk}).context["adminform"].form
    assert list(offered.fields["substitute"].queryset) == [minh]
    with nothing_changes():
        answer = client.post(reverse(ADD), form(lan, stranger))
    assert list(errors(answer)) == ["substitute"]


def test_the_last_day_alone_is_changed(client, administrator, lan, minh):
    make_absence(lan, minh, MONDAY, FRIDAY)
    typed = form(minh, lan, begins_on="2025-03-11", ends_on="2025-03-12")
    client.post(page("change"), typed | as_shown(client, page("change")))
    kept = Absence.objects.get()
    assert (kept.office.user, kept.substitute, kept.begins_on, kept.ends_on) == (lan, minh, MONDAY, date(2025, 3, 12))
    assert Event.objects.get().verb == "change_absence"


def test_what_is_to_come_is_removed(client, administrator, lan, minh):
    make_absence(lan, minh, FRIDAY)
    assert client.post(page("delete"), {"post": "yes"}).status_code == 302
    assert not Absence.objects.exists()
    assert Event.objects.get().verb == "remove_absence"


@pytest.mark.parametrize(
    ("first", "last", "statuses"),
    [(date(2025, 3, 3), date(2025, 3, 7), [403, 403]), (MONDAY, FRIDAY, [200, 403])],
    ids=["over", "begun"],
)
def test_what_has_begun_stays(client, administrator, lan, minh, first, last, statuses):
    make_absence(lan, minh, first, last)
    with nothing_changes():
        shown = as_shown(client, page("change"))
        answers = [client.post(page("change"), shown), client.post(page("delete"), {"post": "yes"})]
    assert [answer.status_code for answer in answers] == statuses


def test_an_office_shows_its_absences_and_who_fills_it_today(client, administrator, lan, minh):
    make_absence(lan, minh, MONDAY, FRIDAY)
    office = lan.offices.get()
    read = client.get(reverse("admin:accounts_office_change", args=[office.pk])).content.decode()
    assert "14/03/2025" in read
    assert f'href="{reverse(ADD)}?office={office.pk}"' in read
    listed = client.get(reverse("admin:accounts_office_changelist")).content.decode()
    assert re.findall(r'field-substitute">(.*?)</td>', listed) == ["–", "Anh Minh", "–"]


def test_who_held_an_office_is_not_altered(client, administrator, lan, minh):
    office = lan.offices.get()
    typed = {"user": minh.pk, "role": "officer", "agency": office.agency_id, "starts_on": "2022-01-01"}
    inline = {"absences-TOTAL_FORMS": 0, "absences-INITIAL_FORMS": 0}
    assert client.post(reverse("admin:accounts_office_change", args=[office.pk]), typed | inline).status_code == 302
    office.refresh_from_db()
    assert office.user == lan
