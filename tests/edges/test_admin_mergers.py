"""Agencies merge at the desk: what waits to be moved, a dry run that changes nothing, the step, and the way back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.models import Assignment, Channel, Delivery, DeliveryKind, Merger
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.make import (
    make_agency,
    make_assignment,
    make_committee,
    make_key,
    make_office,
    make_succession,
    make_user,
)
from tests.numbers import Reader, Screen
from tracker import clock
from tracker.delivery.rendering import Letters

ADD = reverse("admin:directives_merger_add")
LIST = reverse("admin:directives_merger_changelist")


@pytest.fixture
def desk(db, client):
    """An administrator's browser, in English."""
    client.force_login(make_user(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "en"
    with override("en"):
        yield client


@pytest.fixture
def ministries():
    """A ministry with open work and an officer, and the one that it merges into."""
    old, new = make_agency("Bộ Thông tin và Truyền thông"), make_agency("Bộ Khoa học và Công nghệ")
    make_user(Role.OFFICER, old)
    make_assignment(old)
    return old, new


def told(old, new, **more) -> dict:
    on = clock.today() - timedelta(days=3)
    return {"predecessors": [old.pk], "successor": new.pk, "on": on.isoformat(), "basis": "NQ 176", **more}


def test_the_dry_run_counts_and_changes_nothing(desk, ministries):
    with nothing_changes():
        answer = desk.get(ADD, told(*ministries))
    assert answer.status_code == 200
    (row,) = answer.context["plan"].counts
    assert (row.name, row.moved, row.officers) == ("Bộ Thông tin và Truyền thông", {"lead": 1}, 1)
    assert "Carry out the merger" in answer.content.decode()


def test_what_was_counted_is_carried_out_and_its_page_tells_it(desk, ministries):
    seen = desk.get(ADD, told(*ministries)).context["plan"].seen
    answer = desk.post(ADD, told(*ministries, seen=seen), follow=True)
    merger = Merger.objects.get()
    assert answer.redirect_chain == [(reverse("admin:directives_merger_change", args=[merger.pk]), 302)]
    page = answer.content.decode()
    assert "The work passed to Bộ Khoa học và Công nghệ." in page
    assert "Take the merger back" in page
    assert ("assignments that passed to the successor", 1) in [(str(words), n) for words, n in answer.context["sums"]]


def test_each_number_of_the_dry_run_leads_to_the_rows_that_it_counts(desk, ministries):
    old, new = ministries
    for role, state in ((Part.SHARE, State.ASSIGNED), (Part.COORDINATING, State.IN_PROGRESS)):
        make_assignment(old, role=role, state=state, due_on=clock.today() - timedelta(days=9))
    make_assignment(new, directive=make_assignment(old).directive, role=Part.SHARE)  # joins what passes
    for of_successor, kept in ((State.IN_PROGRESS, State.ASSIGNED), (State.DONE, State.IN_PROGRESS)):
        directive = make_assignment(old, role=Part.SHARE, state=kept).directive
        make_assignment(new, directive=directive, role=Part.SHARE, state=of_successor)
    make_office(make_user(Role.HEAD, old), Role.OFFICER, old, ends_on=clock.today() - timedelta(days=1))
    make_key(old)
    make_agency(parent=old)
    make_committee(secretariat=old)
    waits = {"recipient": make_user(Role.OFFICER, old), "assignment": Assignment.objects.filter(agency=old)[0]}
    Delivery.objects.create(
        key="one",
        kind=DeliveryKind.ASSIGNED,
        channel=Channel.EMAIL,
        due_at=clock.now(),
        created_at=clock.now(),
        **waits,
    )
    told_of = {**told(old, new), "predecessors": [old.pk, make_agency().pk]}
    page = Screen(ADD, desk.get(ADD, told_of).content.decode())
    found = [(number.value, Reader(desk).counted(number)) for number in page.numbers]
    assert found == [(many, many) for many in (2, 1, 1, 6, 1, 1, 1, 3, 1, 1, 1)]


@pytest.mark.parametrize("asked", ["x", "moved", "moved-1-x", "joined-999999999", "moved-9999999999999"])
def test_a_list_of_what_passes_on_asks_for_agencies_that_there_are(desk, asked):
    for name in ("directives_assignment", "directives_delivery", "accounts_office"):
        answer = desk.get(reverse(f"admin:{name}_changelist"), {"passes": asked})
        assert (answer.status_code, answer.url.endswith("?e=1")) == (302, True)


@pytest.mark.parametrize("seen", ["", "x"])
def test_what_was_not_counted_is_shown_first(desk, ministries, seen):
    with nothing_changes():
        answer = desk.post(ADD, told(*ministries, seen=seen))
    assert answer.status_code == 412
    assert "Somebody else changed this in the meantime" in answer.content.decode()
    assert answer.context["plan"].seen


def test_a_wrong_form_says_so_at_its_field_and_counts_nothing(desk, ministries):
    old, _new = ministries
    tomorrow = clock.today() + timedelta(days=1)
    for wrong, field, sentence in (
        ({"successor": old.pk}, "successor", "does not succeed itself"),
        ({"on": tomorrow.isoformat()}, "on", "has not come yet"),
        ({"basis": ""}, "basis", "Please fill this in."),
        ({"predecessors": []}, "predecessors", "Please choose."),
    ):
        with nothing_changes():
            answer = desk.get(ADD, told(*ministries) | wrong)
        assert sentence in " ".join(answer.context["form"].errors[field])
        assert answer.context["plan"] is None


def test_the_list_names_what_the_register_says_has_passed_on(desk, ministries):
    old, new = ministries
    make_succession(old, new, clock.today() - timedelta(days=3))
    make_succession(make_agency(), new, clock.today() - timedelta(days=3))  # without open work
    (row,) = desk.get(LIST).context["awaited"]
    assert (row.successor, row.predecessors, row.open) == (new, [old], 1)
    assert desk.get(row.address).context["plan"].counts[0].moved == {"lead": 1}
    desk.post(row.address.partition("?")[0], told(old, new, seen=desk.get(row.address).context["plan"].seen))
    assert desk.get(LIST).context["awaited"] == []


def test_a_successor_that_has_passed_on_itself_is_followed_to_the_end(desk, ministries):
    old, new = ministries
    first, then = clock.today() - timedelta(days=9), clock.today() - timedelta(days=3)
    between = make_agency(valid_to=then - timedelta(days=1))
    make_succession(old, between, first)
    make_succession(between, new, then)
    type(new).objects.filter(pk=new.pk).update(valid_from=then)
    (row,) = desk.get(LIST).context["awaited"]
    assert (row.successor, row.predecessors, row.on) == (new, [old], then)


def test_the_way_back_asks_for_a_reason_and_is_open_for_a_day(desk, ministries):
    old, _new = ministries
    seen = desk.get(ADD, told(*ministries)).context["plan"].seen
    desk.post(ADD, told(*ministries, seen=seen))
    merger = Merger.objects.get()
    page = reverse("admin:directives_merger_change", args=[merger.pk])
    with nothing_changes():
        assert desk.post(page, {"reason": ""}).status_code == 400
        assert desk.post(page).status_code == 400
    assert desk.post(page, {"reason": "Nhầm"}).status_code == 302
    assert old.assignments.count() == 1
    assert "Taken back" in desk.get(page).content.decode()
    Merger.objects.update(undone_at=None, undone_by=None, at=clock.now() - timedelta(hours=25))
    assert "The 24 hours in which it could be taken back are over." in desk.get(page).content.decode()


def test_the_successors_people_read_what_they_took_over(desk, ministries):
    seen = desk.get(ADD, told(*ministries)).context["plan"].seen
    desk.post(ADD, told(*ministries, seen=seen))
    rows = Delivery.objects.filter(kind="succeeded", channel="email")
    row = rows.select_related("recipient__messenger", "notice", "assignment", "merger__successor").get()
    letter = Letters([row], at=clock.now()).write(row)
    assert letter.subject == "1 phần việc đã chuyển về Bộ Khoa học và Công nghệ"
    assert "Bộ Thông tin và Truyền thông" in letter.text
    assert "NQ 176" in letter.html


def test_the_dry_run_costs_the_same_for_much_work(desk, ministries):
    desk.get(ADD, told(*ministries))
    with CaptureQueriesContext(connection) as little:
        desk.get(ADD, told(*ministries))
    for _ in range(20):
        make_assignment(ministries[0])
    with CaptureQueriesContext(connection) as much:
        desk.get(ADD, told(*ministries))
    assert len(little) == len(much) <= 40
