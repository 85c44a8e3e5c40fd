"""Two people at one form: the second save meets the first, joins what goes together and asks about the rest."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Role
from directives.models import CalendarDay, Event
from tests.actions.conftest import nothing_changes
from tests.edges.both_hands import agency_page, at_once, filled, hidden, saved
from tests.edges.desk_of import (
    as_shown,
)
from tests.make import make_agency, make_calendar, make_group, make_user
from tracker.admin.guard import Guarded
from tracker.admin.rows import DeskAdmin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


def test_what_only_one_changed_is_kept_of_both_and_named(first, second, time_machine):
    agency = make_agency("Bộ Công an", aliases=["BCA"])
    page = agency_page(agency)
    mine = filled(first, page, note="Của tôi", aliases="BCA\r\nBộ CA")
    theirs = filled(second, page, name_en="Ministry of Public Security", aliases="BCA\r\nCông an")
    assert saved(second, page, theirs, time_machine).status_code == 302
    answer = first.post(page, mine, follow=True)
    agency.refresh_from_db()
    assert (agency.note, agency.name_en) == ("Của tôi", "Ministry of Public Security")
    assert agency.aliases == ["BCA", "Công an", "Bộ CA"]
    told = [str(message) for message in answer.context["messages"]]
    assert told[0] == "Merged with yours: English name; Other names – changed by Chị Lan at 10:31."


def test_what_both_changed_is_shown_field_by_field_and_nothing_is_overwritten(first, second, time_machine):
    agency, parent = make_agency("Bộ Công an"), make_agency("Chính phủ")
    page = agency_page(agency)
    mine = filled(first, page, name_vi="Bộ C.A", note="Của tôi", valid_from="2020-01-02")
    theirs = filled(second, page, name_vi="Bộ CA", parent=parent.pk, valid_from="2020-02-01")
    saved(second, page, theirs, time_machine)
    with nothing_changes():
        answer = first.post(page, mine)
    assert answer.status_code == 412
    found = {one.line.label: (*one.versions[1:], one.author.name, one.author.when) for one in answer.context["asked"]}
    assert found == {
        "Vietnamese name": ("Bộ CA", "Bộ C.A", "Chị Lan", "10:31"),
        "Exists from": ("01/02/2020", "02/01/2020", "Chị Lan", "10:31"),
    }
    assert answer.context["merged"] == ["Merged with yours: Belongs to – changed by Chị Lan at 10:31."]
    assert " checked" not in answer.content.decode()

    with nothing_changes():  # one of the two is left open
        again = first.post(page, hidden(answer) | {"_choose-name_vi": "mine"})
    assert [one.line.label for one in again.context["asked"]] == ["Exists from"]
    done = first.post(page, hidden(again) | {"_choose-valid_from": "theirs"})
    assert done.status_code == 302
    agency.refresh_from_db()
    assert (agency.name_vi, agency.valid_from, agency.parent, agency.note) == (
        "Bộ C.A",
        date(2020, 2, 1),
        parent,
        "Của tôi",
    )


def test_a_third_who_saves_in_between_is_met_too(first, second, time_machine):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    mine = filled(first, page, name_vi="Bản của tôi")
    saved(second, page, filled(second, page, name_vi="Bản thứ hai"), time_machine)
    asked = first.post(page, mine)
    saved(second, page, filled(second, page, name_vi="Bản thứ ba"), time_machine, "2027-03-10T10:32:00+07:00")
    with nothing_changes():
        again = first.post(page, hidden(asked) | {"_choose-name_vi": "mine"})
    (one,) = again.context["asked"]
    assert (one.versions, one.author.when) == (("Bộ Công an", "Bản thứ ba", "Bản của tôi"), "10:32")
    assert "It was saved once more while you were choosing." in again.content.decode()
    assert first.post(page, hidden(again) | {"_choose-name_vi": "mine"}).status_code == 302
    agency.refresh_from_db()
    assert agency.name_vi == "Bản của tôi"


def test_whoever_changed_nothing_overwrites_nothing_and_leaves_no_trace(first, second, time_machine):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    mine = filled(first, page)
    saved(second, page, filled(second, page, name_vi="Bộ CA"), time_machine)
    with nothing_changes():
        assert first.post(page, mine).status_code == 302
    agency.refresh_from_db()
    assert agency.name_vi == "Bộ CA"


def test_the_same_person_in_two_windows_is_two_people(first, time_machine):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    one, other = filled(first, page, note="Cửa sổ một"), filled(first, page, note="Cửa sổ hai")
    saved(first, page, one, time_machine)
    (asked,) = first.post(page, other).context["asked"]
    assert (asked.author.name, asked.author.when) == ("you, in another window", "10:31")


def test_what_is_ticked_is_put_together_by_element(first, second, time_machine):
    a, b, c = (make_agency(name) for name in ("Bộ A", "Bộ B", "Bộ C"))
    group = make_group(a, b, name="Các bộ")
    page = reverse("admin:accounts_agencygroup_change", args=[group.pk])
    mine = filled(first, page, members=[a.pk])
    saved(second, page, filled(second, page, members=[a.pk, b.pk, c.pk]), time_machine)
    assert first.post(page, mine).status_code == 302
    assert set(group.members.all()) == {a, c}


FORGED = {
    "nothing": lambda shown: "",
    "rubbish": lambda shown: "x:y:z",
    "another's": lambda shown: shown[:-1] + ("A" if shown[-1] != "A" else "B"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_who_cannot_say_what_was_shown_is_asked_about_all_that_differs(first, forge):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    typed = filled(first, page, note="Của tôi")
    with nothing_changes():
        answer = first.post(page, typed | {"_shown": forge(typed["_shown"])})
    assert answer.status_code == 412
    assert [(one.line.label, *one.versions) for one in answer.context["asked"]] == [
        ("Note", "not known", "–", "Của tôi")
    ]
    assert first.post(page, hidden(answer) | {"_choose-note": "mine"}).status_code == 302
    agency.refresh_from_db()
    assert agency.note == "Của tôi"


def test_what_another_person_was_shown_or_another_row_is_nothing(first, second):
    agency, other = make_agency("Bộ Công an"), make_agency("Bộ Y tế")
    mine = filled(first, agency_page(agency), note="Của tôi")
    for shown in (as_shown(second, agency_page(agency)), as_shown(first, agency_page(other))):
        with nothing_changes():
            assert first.post(agency_page(agency), mine | shown).status_code == 412


def test_a_password_travels_nowhere(first, second, time_machine):
    user = make_user(Role.OFFICER, make_agency())
    page = reverse("admin:accounts_user_change", args=[user.pk])
    mine = filled(first, page, name="Anh Minh", password="Mat-khau-rat-dai-2027")
    assert "password" not in mine["_shown"]
    saved(second, page, filled(second, page, name="Anh Mính"), time_machine)
    answer = first.post(page, mine)
    assert answer.status_code == 412
    assert "Mat-khau-rat-dai-2027" not in answer.content.decode()
    assert [field.html_name for field in answer.context["passwords"]] == ["password"]
    typed = hidden(answer) | {"_choose-name": "mine", "password": "Mat-khau-rat-dai-2027"}
    assert first.post(page, typed).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.check_password("Mat-khau-rat-dai-2027")) == ("Anh Minh", True)


# --- what is gone


def test_what_was_deleted_meanwhile_leaves_what_was_typed(first, second, time_machine):
    make_calendar(date(2027, 9, 2))
    day = CalendarDay.objects.get()
    page = reverse("admin:directives_calendarday_change", args=[day.pk])
    mine = filled(first, page, name="Quốc khánh")
    day.delete()
    with nothing_changes():
        answer = first.post(page, mine)
    assert answer.status_code == 409
    assert ("Name", "Quốc khánh") in answer.context["typed"]
    assert "What you wrote is below, to be copied." in answer.content.decode()
    assert first.post(page, mine | {"_shown": ""}).status_code == 404


# --- every page


def test_every_page_of_rows_is_guarded():
    assert {type(page) for page in admin.site._registry.values() if not isinstance(page, DeskAdmin)} == set()
    for page in admin.site._registry.values():
        assert isinstance(page, Guarded)
        assert type(page).changeform_view is not admin.ModelAdmin.changeform_view


# --- at the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_meets_the_other(first, second):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    typed = [filled(first, page, note="Của tôi"), filled(second, page, name_en="Ministry of Public Security")]
    statuses = at_once([lambda: first.post(page, typed[0]), lambda: second.post(page, typed[1])])
    agency.refresh_from_db()
    assert (statuses, agency.note, agency.name_en) == ([302, 302], "Của tôi", "Ministry of Public Security")

    typed = [filled(first, page, name_vi="Bản một"), filled(second, page, name_vi="Bản hai")]
    assert at_once([lambda: first.post(page, typed[0]), lambda: second.post(page, typed[1])]) == [302, 412]
    assert Event.objects.filter(verb="change").count() == 3
