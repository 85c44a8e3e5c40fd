"""Handing down on the web: the form with its search, the page of the parts, and what becomes of them."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in
from directives.models import Assignment
from directives.rules.lifecycle import State
from tests.actions.a_province import DUE, GIVEN, NEXT_DAY, Province
from tests.edges.visiting import visit
from tests.make import at, make_agency, make_office, make_user
from tests.numbers import words_of

pytestmark = pytest.mark.django_db
FRIDAY = date(2025, 3, 7)


@pytest.fixture(autouse=True)
def _friday():
    with time_machine.travel(at(FRIDAY), tick=False):
        yield


@pytest.fixture
def province() -> Province:
    return Province()


def page(name: str, row: Assignment) -> str:
    return reverse(name, args=[row.uuid])


def words(province: Province, *units, **said) -> dict:
    """What a browser sends from the form."""
    uuids = [unit.uuid for unit in units]
    return {"wording": "Rà soát tại xã", "due_on": "2025-03-21", "units": uuids, "version": 1, **said}


# --- the form


def test_the_form_begins_with_the_words_and_a_date_some_working_days_earlier(province):
    answer = visit(province.officer).get(page("hand_down", province.whole))
    initial = answer.context["form"].initial
    assert (initial["wording"], initial["due_on"]) == (province.whole.directive.wording, date(2025, 3, 21))
    assert "Not after your own deadline, 28/03/2025." in answer.content.decode()


def test_five_units_are_chosen_without_a_script_and_are_given_the_work(province):
    browser, address = visit(province.officer), page("hand_down", province.whole)
    found = browser.post(address, words(province, province.communes[0], q="xa 2", find="1"))
    choice = found.context["choice"]
    assert (found.status_code, [unit.name for unit in choice.named]) == (200, ["Xã 1"])
    assert [unit.name for unit in choice.shown] == ["Xã 2"]
    assert found.context["form"]["wording"].value() == "Rà soát tại xã"
    assert not Assignment.objects.parts_of([province.whole]).exists()
    answer = browser.post(address, words(province, *province.communes), follow=True)
    assert answer.redirect_chain == [(page("parts", province.whole), 302)]
    assert "Handed down to 5 units; each is told." in answer.content.decode()
    assert Assignment.objects.parts_of([province.whole]).count() == 5


def test_a_whole_kind_is_one_tick(province):
    browser, address = visit(province.officer), page("hand_down", province.whole)
    (kind,) = browser.get(address).context["choice"].kinds
    assert (kind.value, kind.many) == ("commune", 5)
    browser.post(address, words(province, kinds="commune"))
    assert Assignment.objects.parts_of([province.whole]).count() == 5


def test_a_second_click_gives_nothing_twice_and_says_the_same(province):
    browser, address, sent = (
        visit(province.officer),
        page("hand_down", province.whole),
        words(province, *province.communes),
    )
    for _click in range(2):
        assert browser.post(address, sent).status_code == 302
    assert Assignment.objects.parts_of([province.whole]).count() == 5


WRONG = {
    "nobody": ({}, "Choose at least one unit."),
    "another's unit": ({"units": "another"}, "Choose at least one unit."),
    "late": ({"due_on": "2025-03-29"}, "Your own deadline is 28/03/2025: what you hand down must be due"),
    "no date": ({"due_on": ""}, "Your own deadline is 28/03/2025: what you hand down needs a date"),
    "past": ({"due_on": "2025-03-06"}, "The deadline lies in the past."),
    "no day": ({"due_on": "31/02/2025"}, "Write a day such as 31/12/2024."),
    "no words": ({"wording": " "}, "Say what is to be done."),
}


@pytest.mark.parametrize(("said", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(province, said, sentence):
    if said.get("units") == "another":
        said = {"units": make_agency("Xã tỉnh khác", kind="commune").uuid}
    units = province.communes[:1] if said and "units" not in said else []
    sent = words(province, *units, product="Báo cáo của xã") | said
    answer = visit(province.officer).post(page("hand_down", province.whole), sent)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "Báo cáo của xã" in answer.content.decode()
    assert [unit.name for unit in answer.context["choice"].named] == [unit.name for unit in units]
    assert not Assignment.objects.parts_of([province.whole]).exists()


@pytest.mark.parametrize("units", [5, 60])
def test_the_form_costs_the_same_for_any_number_of_units(province, units, django_assert_num_queries):
    for number in range(10, 5 + units):
        province.commune(number)
    browser = visit(province.officer)
    with django_assert_num_queries(FORM):
        answer = browser.get(page("hand_down", province.whole))
    assert len(answer.context["choice"].shown) == min(units, 30)


FORM = 17


# --- the parts


@pytest.fixture
def given(province) -> Province:
    """The first commune is done with its part but for the verification, the second asks for more time."""
    province.parts = province.gives()
    hand_in(province.parts[0], by=province.people[0], at=at(NEXT_DAY), text="Đã xong.")
    request_extension(
        province.parts[1], by=province.people[1], at=at(NEXT_DAY), asked_due_on=date(2025, 3, 31), reason="Cần thêm."
    )
    return province


def test_the_page_of_the_parts_says_k_of_n_who_is_missing_and_who_waits(given):
    answer = visit(given.officer).get(page("parts", given.whole))
    counts = answer.context["counts"]
    assert (counts.total, counts.done, counts.waiting, counts.missing, counts.late) == (5, 0, 1, 4, 0)
    shown = {row.assignment.agency.name: row.asks_for_time for row in answer.context["rows"]}
    assert shown == {"Xã 1": False, "Xã 2": True, "Xã 3": False, "Xã 4": False, "Xã 5": False}
    missing = visit(given.officer).get(page("parts", given.whole), {"show": "missing", "q": "xa 3"})
    assert [row.assignment.agency.name for row in missing.context["rows"]] == ["Xã 3"]


def test_the_giving_agency_verifies_and_returns_on_the_units_page(given):
    browser, part = visit(given.officer), given.parts[0]
    assert "Đã xong." in browser.get(page("verify_part", part)).content.decode()
    answer = browser.post(page("return_part", part), {"reason": "", "version": 2})
    assert (answer.status_code, "Please give a reason." in answer.content.decode()) == (400, True)
    assert browser.post(page("return_part", part), {"reason": "Thiếu.", "version": 2}).status_code == 302
    hand_in(part, by=given.people[0], at=at(FRIDAY), text="Đã bổ sung.")
    assert browser.post(page("verify_part", part), {"version": 4}).status_code == 302
    assert given.now(part).state == State.DONE
    assert visit(given.officer).get(page("parts", given.whole)).context["counts"].done == 1


def test_a_part_is_withdrawn_and_no_longer_counted(given):
    browser = visit(given.officer)
    browser.post(page("withdraw_part", given.parts[4]), {"reason": "Giao nhầm.", "version": 1})
    assert given.now(given.parts[4]).state == State.WITHDRAWN
    answer = browser.get(page("parts", given.whole))
    assert (answer.context["counts"].total, len(answer.context["rows"])) == (4, 4)


def test_more_time_is_decided_by_the_agency_that_gave_the_part(given):
    request = given.parts[1].extensions.get()
    browser, late = visit(given.officer), reverse("grant_extension", args=[request.uuid])
    assert request in browser.get(reverse("extensions")).context["shown"].object_list
    answer = browser.post(late, {"grant-due_on": "2025-03-31"})
    assert (answer.status_code, given.now(given.parts[1]).due_on) == (400, date(2025, 3, 21))
    assert "For a later date ask for more time yourself first." in answer.content.decode()
    assert browser.post(late, {"grant-due_on": "2025-03-28"}).status_code == 302
    assert given.now(given.parts[1]).due_on == DUE


def test_one_click_nudges_the_missing_and_says_who_was_not_and_why(given):
    absent = given.commune(6)
    given.gives(absent, wording="Việc khác")
    browser = visit(given.officer)
    said = browser.post(page("nudge", given.whole), follow=True).content.decode()
    assert "Nudged 4 units: Xã 2; Xã 3; Xã 4; Xã 5." in said
    assert f"Not nudged: {absent.name} – has nobody in office." in said
    again = browser.post(page("nudge", given.whole), follow=True).content.decode()
    assert "Not nudged: Xã 2; Xã 3; Xã 4; Xã 5 – was nudged already today." in again


@pytest.mark.parametrize("units", [1, 40])
def test_the_page_of_the_parts_costs_the_same_for_any_number_of_units(province, units, django_assert_num_queries):
    province.gives(*[province.commune(number) for number in range(10, 10 + units)])
    browser = visit(province.officer)
    with django_assert_num_queries(PARTS):
        assert len(browser.get(page("parts", province.whole)).context["rows"]) == units


PARTS = 23


# --- who sees what


def seen(user, row: Assignment, name: str = "assignment") -> int:
    return visit(user).get(page(name, row)).status_code


def test_who_sees_the_parts_and_who_acts_on_them(given):
    part, village = given.parts[0], make_user(Role.OFFICER, make_agency(parent=given.communes[0]))
    auditor, stranger = make_user(Role.AUDITOR), make_user(Role.OFFICER)
    above, below, beside = given.officer, given.people[0], given.people[1]
    pages = ("assignment", "parts", "verify_part")
    assert {
        name: [seen(who, part, name) for who in (above, below, beside, given.secretary, auditor, stranger, village)]
        for name in pages
    } == {
        "assignment": [200, 200, 404, 404, 200, 404, 404],
        "parts": [200, 200, 404, 404, 200, 404, 404],
        "verify_part": [200, 403, 404, 404, 403, 404, 404],
    }
    assert [seen(who, given.whole, "parts") for who in (above, below, given.secretary, auditor)] == [200, 404, 404, 200]
    assert seen(above, given.whole, "verify_part") == 404  # what the committee gave is verified at its desk


def test_the_committee_sees_how_far_it_is_and_no_more(given):
    answer = visit(given.secretary).get(page("assignment", given.whole))
    assert "0 of 5 done" in words_of(answer.content.decode())
    assert page("parts", given.whole) not in answer.content.decode()
    assert "Xã 1" not in answer.content.decode()


def test_the_unit_reads_who_handed_it_down_from_which_notice_and_not_its_neighbours(given):
    said = visit(given.people[1]).get(page("assignment", given.parts[1])).content.decode()
    notice = given.whole.directive.notice
    assert f"Handed down by <strong>Tỉnh Hà Tĩnh</strong>, from notice {notice.reference}" in said
    assert f"Part of: {given.whole.directive.wording}" in " ".join(said.replace("</span>", "").split())
    assert notice.text[3:] in said
    whole = visit(given.people[1]).get(reverse("notice", args=[notice.uuid]))
    assert [entry["directive"] for entry in whole.context["asked"]] == [given.parts[1].directive]
    assert "Xã 1" not in whole.content.decode() + said


def test_whoever_hands_in_is_told_what_is_open_below_and_may_all_the_same(given):
    browser, address = visit(given.officer), page("hand_in", given.whole)
    assert "Of what you handed down 5 of 5 are not done yet." in words_of(browser.get(address).content.decode())
    assert browser.post(address, {"text": "Tỉnh đã xong.", "version": 2}).status_code == 302
    assert given.now(given.whole).state == State.HANDED_IN


def test_a_substitute_of_the_agency_and_an_officer_of_both_levels_act_as_each_office_lets_them(given):
    both = make_user(Role.OFFICER, given.communes[0])
    make_office(both, Role.OFFICER, given.agency)
    answer = visit(both).post(page("verify_part", given.parts[0]), {"version": 2})
    assert answer.status_code == 302
    assert GIVEN < NEXT_DAY


def test_the_pages_read_vietnamese(given):
    browser: Client = visit(given.officer, language="vi")
    assert "Giao tiếp cho cấp dưới" in browser.get(page("hand_down", given.whole)).content.decode()
    assert "0/5 đơn vị đã hoàn thành" in words_of(browser.get(page("parts", given.whole)).content.decode())
