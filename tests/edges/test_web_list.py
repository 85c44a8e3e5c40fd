"""The landing page: what is shown to whom, in which order, and at which cost."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.visiting import MONDAY, make_world, visit
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_calendar,
    make_directive,
    make_notice,
    make_report,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def bca():
    return make_agency("Bộ Công an")


@pytest.fixture
def officer(bca):
    return make_user(Role.OFFICER, bca)


def make_work(agency, wording="", *, due_in=4, **fields):
    """An assignment due so many days after the Monday; None for undated."""
    due_on = None if due_in is None else MONDAY + timedelta(days=due_in)
    notice = fields.pop("notice", None)
    return make_assignment(agency, directive=make_directive(notice, wording, due_on=due_on), due_on=due_on, **fields)


def shown(client, address="/"):
    return [row["assignment"].directive.wording for row in client.get(address).context["rows"]]


def test_each_agency_sees_its_own_work(bca, officer):
    make_work(bca, "Của Bộ Công an")
    make_work(make_agency("Bộ Y tế"), "Của Bộ Y tế")
    assert shown(visit(officer)) == ["Của Bộ Công an"]


@pytest.mark.parametrize("who", ["secretary", "auditor"])
def test_secretariat_and_auditor_read_the_list_and_find_no_button(who):
    world = make_world()
    answer = visit(getattr(world, who)).get("/")
    [row] = answer.context["rows"]
    assert (row["assignment"], row["act"]) == (world.assignment, None)
    assert "/acknowledge/" not in answer.content.decode()
    assert "Bộ Công an" in answer.content.decode()


def test_the_list_begins_with_what_must_be_done_next(bca, officer):
    for wording, due_in, fields in [
        ("waits", 1, {"state": State.HANDED_IN}),
        ("later", 30, {}),
        ("undated", None, {}),
        ("soon", 3, {}),
        ("sooner", 2, {}),
        ("overdue", -2, {}),
        ("returned", 20, {"state": State.IN_PROGRESS, "returned_on": MONDAY}),
        ("done", -3, {"state": State.DONE}),
    ]:
        make_work(bca, wording, due_in=due_in, **fields)
    assert shown(visit(officer)) == ["returned", "overdue", "sooner", "soon", "later", "undated", "waits"]


def test_returned_work_shows_its_reason_and_when_to_redo_it(bca, officer):
    work = make_work(bca, state=State.IN_PROGRESS, returned_on=MONDAY, redo_by=date(2025, 3, 20))
    decided = {"decided_by": make_user(Role.SECRETARIAT), "state": "returned"}
    make_report(work, **decided, decided_at=at(MONDAY, 8), reason="Lý do đầu.")
    make_report(work, **decided, decided_at=at(MONDAY, 9), reason="Thiếu số liệu.")
    page = visit(officer).get("/").content.decode()
    assert "Thiếu số liệu." in page
    assert "Lý do đầu." not in page
    assert "To be redone by 20/03/2025." in page


def test_tabs_part_leading_from_coordinating_and_count_open_work(bca, officer):
    make_work(bca, "leads")
    make_work(bca, "has its share", role=Part.SHARE, due_in=5)
    make_work(bca, "is done", state=State.DONE)
    make_work(bca, "coordinates", role=Part.COORDINATING)
    client = visit(officer)
    assert shown(client) == ["leads", "has its share"]
    assert shown(client, "/?tab=coordinating") == ["coordinates"]
    tabs = client.get("/").context["work"].tabs
    assert [(tab.name, tab.count) for tab in tabs] == [("lead", "2"), ("coordinating", "1"), ("down", "0")]


def test_filters_stand_in_the_address(bca, officer):
    notice = make_notice(number=369, symbol="TB-VPCP")
    make_work(bca, "overdue of 369", due_in=-1, notice=notice)
    make_work(bca, "done of 369", state=State.DONE, notice=notice)
    make_work(bca, "overdue elsewhere", due_in=-1, notice=make_notice(number=3690))
    client = visit(officer)
    assert shown(client, "/?standing=overdue&notice=369/TB-VPCP") == ["overdue of 369"]
    assert shown(client, "/?standing=all&notice=369") == ["overdue of 369", "done of 369"]
    assert shown(client, "/?standing=done_on_time") == ["done of 369"]
    assert shown(client, "/?notice=999/TB-VPCP") == []


def test_an_address_that_makes_no_sense_counts_as_not_said(bca, officer):
    make_work(bca, "work")
    address = "/?tab=x&standing=x&page=-1&notice=%00" + "9" * 90
    assert shown(visit(officer), address) == ["work"]


@pytest.mark.parametrize(
    ("due_in", "fields", "phrase"),
    [
        (4, {}, "3 working days left, until 14/03/2025"),
        (0, {}, "due today, 10/03/2025"),
        (1, {}, "due on a day off, 11/03/2025"),
        (-3, {}, "1 working day overdue, was due on 07/03/2025"),
        (None, {}, "no date was set"),
        (4, {"state": State.HANDED_IN, "handed_in_on": MONDAY}, "handed in on 10/03/2025"),
        (4, {"state": State.SUSPENDED}, "deadline 14/03/2025"),
    ],
)
def test_a_deadline_is_told_in_working_days(bca, officer, due_in, fields, phrase):
    make_calendar(date(2025, 3, 11))
    make_work(bca, due_in=due_in, **fields)
    [row] = visit(officer).get("/").context["rows"]
    assert row["deadline"] == phrase


def test_work_done_tells_its_day_and_its_deadline(bca, officer):
    make_work(bca, state=State.DONE, handed_in_on=MONDAY)
    [row] = visit(officer).get("/?standing=all").context["rows"]
    assert (row["chip"].standing, row["deadline"]) == ("done_on_time", "done on 10/03/2025, deadline 14/03/2025")


def test_the_button_in_the_list_acknowledges_and_comes_back(bca, officer):
    work = make_work(bca)
    client = visit(officer)
    answer = client.post(f"/assignments/{work.uuid}/acknowledge/", {"next": "/?notice=369"})
    assert answer["Location"] == "/?notice=369"
    [row] = client.get("/").context["rows"]
    assert (row["assignment"].state, row["act"].page) == ("acknowledged", "start")


@pytest.mark.parametrize(("state", "numbers"), [(State.ASSIGNED, range(120)), (State.DONE, range(119, -1, -1))])
def test_pages_of_fifty_lead_on_and_back_and_skip_nothing(bca, officer, state, numbers):
    notice = make_notice()
    for number in range(120):
        make_work(bca, f"{number:03}", notice=notice, due_in=number // 20, state=state)
    client, address = visit(officer), "/?standing=all" if state != State.DONE else "/?standing=done_on_time"
    pages = [client.get(address)]
    for _more in range(2):
        pages.append(client.get(f"/{pages[-1].context['pages'].after}"))
    told = [(page.context["pages"].first, page.context["pages"].last, page.context["pages"].total) for page in pages]
    assert told == [(1, 50, "120"), (51, 100, "120"), (101, 120, "120")]
    assert (pages[0].context["pages"].before, pages[2].context["pages"].after) == ("", "")
    rows = [[row["assignment"].directive.wording for row in page.context["rows"]] for page in pages]
    assert [wording for page in rows for wording in page] == [f"{number:03}" for number in numbers]
    back = client.get(f"/{pages[2].context['pages'].before}")
    assert [row["assignment"].directive.wording for row in back.context["rows"]] == rows[1]
    first = client.get(f"/{back.context['pages'].before}").context
    assert ([row["assignment"].directive.wording for row in first["rows"]], first["pages"].before) == (rows[0], "")


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_for_any_length(bca, officer, rows, django_assert_num_queries):
    for number in range(rows):
        returned = {"state": State.IN_PROGRESS, "returned_on": MONDAY} if number % 2 == 0 else {}
        work = make_work(bca, **returned)
        if returned:
            by = make_user(Role.SECRETARIAT)
            make_report(work, state="returned", reason="Lý do", decided_by=by, decided_at=at(MONDAY))
    client = visit(officer)
    client.get("/")
    with django_assert_num_queries(16):
        assert len(client.get("/").context["rows"]) == rows


def test_somebody_without_an_office_is_told_so():
    nobody = make_user(Role.OFFICER, ends_on=MONDAY - timedelta(days=1))
    assert "You hold no office today" in visit(nobody).get("/").content.decode()


def test_htmx_gets_the_list_alone(bca, officer):
    make_work(bca, "work")
    page = visit(officer).get("/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in page
    assert "work" in page
