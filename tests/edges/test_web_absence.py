"""The page on which people say that they are away, and see for whom they stand in."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from accounts.models import Absence, Role
from tests.edges.visiting import MONDAY, visit
from tests.make import at, make_absence, make_agency, make_office, make_user

pytestmark = pytest.mark.django_db
PAGE = "/absence/"
FRIDAY = date(2025, 3, 14)
QUERIES = 12


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


@pytest.fixture
def agency():
    return make_agency("Bộ Công an")


@pytest.fixture
def lan(agency):
    return make_user(Role.OFFICER, agency, name="Chị Lan")


@pytest.fixture
def minh(agency):
    return make_user(Role.HEAD, agency, name="Anh Minh")


def days(person, colleague, **fields):
    return {"office": person.offices.get().pk, "substitute": colleague.pk, "begins": "2025-03-10"} | {
        "ends": "2025-03-14",
        **fields,
    }


def substitutes() -> list[tuple]:
    return list(Absence.objects.values_list("office__user", "substitute", "begins_on", "ends_on"))


def page_of(name: str) -> str:
    return f"{PAGE}{Absence.objects.get().uuid}/{name}/"


def test_who_is_away_names_a_colleague_and_comes_back(lan, minh):
    client = visit(lan)
    assert client.post(PAGE, days(lan, minh))["Location"] == PAGE
    assert substitutes() == [(lan.pk, minh.pk, MONDAY, FRIDAY)]
    page = client.get(PAGE).content.decode()
    assert "<strong>Anh Minh</strong> is your substitute from 10/03/2025 to 14/03/2025." in page
    assert client.post(page_of("end"))["Location"] == PAGE
    assert substitutes() == [(lan.pk, minh.pk, MONDAY, MONDAY)]


def test_an_absence_to_come_is_removed(lan, minh):
    client = visit(lan)
    client.post(PAGE, days(lan, minh, begins="2025-03-12"))
    answer = client.post(page_of("end"), follow=True)
    assert "Noted: the absence is removed." in answer.content.decode()
    assert substitutes() == []


def test_the_last_day_is_changed_or_refused_beside_its_field(lan, minh):
    client = visit(lan)
    client.post(PAGE, days(lan, minh))
    assert client.post(page_of("last-day"), {"ends": "2025-03-12"})["Location"] == PAGE
    assert substitutes() == [(lan.pk, minh.pk, MONDAY, date(2025, 3, 12))]
    answer = client.post(page_of("last-day"), {"ends": "2026-03-12"})
    [away] = answer.context["seats"][0].ahead
    assert (answer.status_code, away.form.errors["ends"]) == (
        400,
        ["An absence lasts a year at most. Name a substitute anew later."],
    )
    assert substitutes() == [(lan.pk, minh.pk, MONDAY, date(2025, 3, 12))]


def test_days_that_are_filled_already_are_refused_with_the_days(lan, minh):
    client = visit(lan)
    client.post(PAGE, days(lan, minh))
    [seat] = client.post(PAGE, days(lan, minh, begins=FRIDAY, ends="2025-03-20")).context["seats"]
    told = "Anh Minh is substitute from 10/03/2025 to 14/03/2025 already. Choose other days."
    assert seat.form.errors["begins"] == [told]
    assert substitutes() == [(lan.pk, minh.pk, MONDAY, FRIDAY)]


@pytest.mark.parametrize("n", [1, 12])
def test_the_page_costs_the_same_for_any_number_of_absences(lan, minh, n, django_assert_num_queries):
    for past in range(n):
        make_absence(lan, minh, date(2025, 1, 1 + past))
        make_absence(lan, minh, date(2025, 4, 1 + past))
    client = visit(lan)
    with django_assert_num_queries(QUERIES):
        [seat] = client.get(PAGE).context["seats"]
    assert (len(seat.ahead), len(seat.past)) == (n, n)


def test_what_is_over_is_read_below(lan, minh):
    make_absence(lan, minh, date(2025, 1, 6), date(2025, 1, 8))
    page = visit(lan).get(PAGE).content.decode()
    assert "Anh Minh, from 06/01/2025 to 08/01/2025" in page


def test_the_substitute_reads_for_whom_and_until_when(lan, minh):
    visit(lan).post(PAGE, days(lan, minh))
    page = visit(minh).get(PAGE).content.decode()
    assert "You are substitute for Chị Lan (Officer, Bộ Công an) until 14/03/2025." in page


def test_only_colleagues_are_offered(lan, minh):
    make_user(Role.OFFICER)
    make_user(Role.OFFICER, minh.offices.get().agency, is_active=False)
    [seat] = visit(lan).get(PAGE).context["seats"]
    assert list(seat.form.fields["substitute"].queryset) == [minh]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"substitute": ""}, "substitute", "Choose who stands in for you."),
        ({"substitute": "0"}, "substitute", "Choose who stands in for you."),
        ({"begins": "2025-03-09"}, "begins", "This day has passed. Choose today or a later one."),
        ({"ends": "2025-03-09"}, "ends", "The last day lies before the first one."),
        ({"ends": ""}, "ends", "Write a day such as 31/12/2024."),
    ],
)
def test_what_will_not_do_is_answered_beside_its_field(lan, minh, changes, field, sentence):
    answer = visit(lan).post(PAGE, days(lan, minh, **changes))
    [seat] = answer.context["seats"]
    assert (answer.status_code, seat.form.errors[field]) == (400, [sentence])
    assert substitutes() == []


@pytest.mark.parametrize("office", ["another's", "", "x", "999999"])
def test_an_office_that_is_not_one_s_own_is_not_there(lan, minh, office):
    pk = minh.offices.get().pk if office == "another's" else office
    client = visit(lan)
    assert client.post(PAGE, days(lan, minh, office=pk)).status_code == 404
    assert substitutes() == []


@pytest.mark.parametrize("name", ["end", "last-day"])
def test_an_absence_that_is_not_one_s_own_is_not_there(lan, minh, name):
    make_absence(lan, minh, MONDAY, FRIDAY)
    assert visit(minh).post(page_of(name), {"ends": "2025-03-12"}).status_code == 404
    assert substitutes() == [(lan.pk, minh.pk, MONDAY, FRIDAY)]


def test_each_office_has_its_own_form(lan, minh):
    second = make_office(lan, Role.OFFICER)
    other = make_user(Role.HEAD, second.agency)
    shown = visit(lan).post(PAGE, days(minh, other, office=second.pk, ends=""))
    assert [(seat.office, bool(seat.form.errors)) for seat in shown.context["seats"]] == [
        (lan.offices.first(), False),
        (second, True),
    ]


def test_who_holds_no_office_is_told_so(lan):
    lan.offices.update(ends_on=date(2025, 3, 7))
    assert "You hold no office today" in visit(lan).get(PAGE).content.decode()


def test_who_stands_in_for_a_secretary_finds_the_way_to_the_desk():
    secretary = make_user(Role.SECRETARIAT)
    member = make_user(Role.MEMBER, secretary.offices.get().committee)
    assert 'href="/admin/"' not in visit(member).get(PAGE).content.decode()
    visit(secretary).post(PAGE, days(secretary, member))
    client = visit(member)
    assert 'href="/admin/"' in client.get(PAGE).content.decode()
    assert client.get("/admin/").status_code == 200
