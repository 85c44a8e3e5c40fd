"""What the landing page is narrowed to, what is kept under a name, and how a deadline is explained."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from directives.models import CalendarDay, SavedFilter
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.test_web_list import make_work, shown
from tests.edges.visiting import MONDAY, visit
from tests.make import make_agency, make_assignment, make_committee, make_directive, make_notice, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def bca():
    return make_agency("Bộ Công an")


@pytest.fixture
def officer(bca):
    return make_user(Role.OFFICER, bca)


@pytest.fixture
def work(bca):
    notice = make_notice(make_committee(code="bcd-mau"), number=369, subject="Kinh tế số")
    make_work(bca, "Chuyển đổi số", notice=notice)
    make_work(bca, "Trồng rừng", due_in=30, state=State.IN_PROGRESS, role=Part.SHARE)
    make_assignment(bca, directive=make_directive(wording="Khám bệnh", field="Y tế"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=chuyen+doi+so", ["Chuyển đổi số"]),
        ("q=369+tb+vpcp", ["Chuyển đổi số"]),
        ("q=kinh+te+so+chuyen", ["Chuyển đổi số"]),
        ("q=bo+cong+an+trong+rung", ["Trồng rừng"]),
        ("q=cong+an", ["Chuyển đổi số", "Khám bệnh", "Trồng rừng"]),
        ("q=chuyen+rung", []),
        ("q=%25", []),
        ("notice=369", ["Chuyển đổi số"]),
        ("committee=bcd-mau", ["Chuyển đổi số"]),
        ("role=share", ["Trồng rừng"]),
        ("state=in_progress", ["Trồng rừng"]),
        ("field=y+te", ["Khám bệnh"]),
        ("field=%25", []),
        ("due_from=2025-04-01&due_to=2025-04-30", ["Trồng rừng"]),
        ("due_to=14/03/2025", ["Chuyển đổi số", "Khám bệnh"]),
        ("due_from=2025-04-01&q=chuyen+doi", []),
    ],
)
def test_each_filter_narrows_and_they_add_up(work, officer, asked, found):
    assert sorted(shown(visit(officer), f"/?{asked}")) == found


def test_each_filter_that_is_on_can_be_taken_away_by_itself(work, officer):
    client = visit(officer)
    page = client.get("/?q=so&role=lead&due_from=2025-03-01&tab=lead&standing=all")
    assert [(one.name, one.value, one.without) for one in page.context["work"].chosen] == [
        ("q", "so", "?standing=all&role=lead&due_from=2025-03-01"),
        ("role", "Lead", "?standing=all&q=so&due_from=2025-03-01"),
        ("due_from", "01/03/2025", "?standing=all&q=so&role=lead"),
    ]
    assert page.context["filters"].without == "?standing=all"


def test_a_day_that_is_none_is_said_beside_its_field_and_the_rest_holds(work, officer):
    page = visit(officer).get("/?q=chuyen+doi&due_from=32/13/2025&committee=nobody")
    assert page.context["filters"].form.errors["due_from"] == ["Write a day such as 31/12/2024."]
    assert 'value="32/13/2025"' in page.content.decode()
    assert [row["assignment"].directive.wording for row in page.context["rows"]] == ["Chuyển đổi số"]


def test_empty_fields_of_the_form_do_not_stay_in_the_address(officer):
    client = visit(officer)
    assert client.get("/?q=so&notice=&role=&standing=all")["Location"] == "/?standing=all&q=so"
    swapped = client.get("/?q=so&notice=&role=", headers={"hx-request": "true"})
    assert swapped["HX-Push-Url"] == "/?q=so"


def test_returned_work_is_a_list_of_its_own_and_offers_to_redo_it(bca, officer):
    make_work(bca, "came back", state=State.IN_PROGRESS, returned_on=MONDAY)
    make_work(bca, "goes on", state=State.IN_PROGRESS)
    [row] = visit(officer).get("/?standing=returned").context["rows"]
    assert (row["assignment"].directive.wording, str(row["act"].words), row["act"].page) == (
        "came back",
        "Redo as asked",
        "hand_in",
    )


def test_work_is_handed_down_both_ways(bca, officer):
    below = make_agency("Cục C06", parent=bca)
    mine = make_work(bca, "own")
    down = make_directive(mine.directive.notice, "given on", handed_down_from=mine, given_by=bca)
    make_assignment(below, directive=down)
    above = visit(officer)
    assert shown(above) == ["own"]
    assert shown(above, "/?tab=down") == shown(above, "/?tab=others") == ["given on"]
    assert shown(above, "/?tab=down&way=received") == []
    receiver = visit(make_user(Role.OFFICER, below))
    assert shown(receiver, "/?tab=down&way=received") == shown(receiver) == ["given on"]
    assert shown(receiver, "/?tab=down") == []


def test_what_a_notice_gives_under_other_work_is_not_handed_down_by_the_agency(bca, officer):
    below, mine = make_agency("Cục C06", parent=bca), make_work(bca, "own")
    make_assignment(below, directive=make_directive(mine.directive.notice, "by notice", handed_down_from=mine))
    assert shown(visit(officer), "/?tab=down") == []
    assert shown(visit(make_user(Role.OFFICER, below)), "/?tab=down&way=received") == []


@pytest.mark.parametrize(("state", "verb"), [(State.IN_PROGRESS, None), (State.HANDED_IN, "verify_part")])
def test_the_giver_s_next_verb_is_to_verify_what_was_handed_in(bca, officer, state, verb):
    mine = make_work(bca, "own")
    down = make_directive(mine.directive.notice, "given on", handed_down_from=mine, given_by=bca)
    make_assignment(make_agency("Cục C06", parent=bca), directive=down, state=state)
    for tab in ("down", "others"):
        [row] = visit(officer).get(f"/?tab={tab}").context["rows"]
        assert (row["act"].page if row["act"] else None) == verb


# --- kept views


def test_a_view_is_kept_found_and_removed(officer):
    client = visit(officer)
    kept = client.post("/views/keep/", {"name": "Quá hạn", "query": "standing=overdue&q=so&page=3&x=1"})
    assert kept["Location"] == "/?standing=overdue&q=so"
    [view] = client.get("/?q=so&standing=overdue").context["views"]
    assert (view.name, view.address, view.present) == ("Quá hạn", "?standing=overdue&q=so", True)
    client.post("/views/keep/", {"name": "Quá hạn", "query": "standing=all"})
    assert [row.query for row in SavedFilter.objects.all()] == ["standing=all"]
    stranger = visit(make_user(Role.OFFICER))
    assert stranger.get("/").context["views"] == []
    stranger.post("/views/remove/", {"name": "Quá hạn"})
    assert SavedFilter.objects.count() == 1
    client.post("/views/remove/", {"name": "Quá hạn"})
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_a_view_without_a_name_is_not_kept(officer, name):
    answer = visit(officer).post("/views/keep/", {"name": name, "query": ""}, follow=True)
    assert "A view is kept under a name of at most 80 letters." in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_views_without_end(officer):
    client = visit(officer)
    for number in range(31):
        client.post("/views/keep/", {"name": str(number), "query": ""})
    client.post("/views/keep/", {"name": "29", "query": "q=so"})
    assert SavedFilter.objects.count() == 30
    assert SavedFilter.objects.get(name="29").query == "q=so"


# --- how it was counted


def test_the_count_of_a_deadline_is_explained_with_the_days_that_are_left_out(bca, officer):
    days = [
        ("holiday", date(2025, 3, 13), "Ngày hội"),
        ("swapped_off", date(2025, 3, 14), "Nghỉ bù"),
        ("swapped_working", date(2025, 3, 22), "Làm bù"),
    ]
    CalendarDay.objects.bulk_create(CalendarDay(kind=kind, day=day, name=name) for kind, day, name in days)
    make_work(bca, due_in=14)
    [row] = visit(officer).get("/").context["rows"]
    assert row["deadline"] == "9 working days left, until 24/03/2025"
    assert row["explained"].sentence == "Counted from 11/03/2025 to the end of 24/03/2025: 9 of 14 days."
    assert row["explained"].lines == [
        "3 Saturdays and Sundays: not counted.",
        "Thursday 13/03/2025, Ngày hội: not counted.",
        "Friday 14/03/2025, Nghỉ bù: not counted.",
        "Saturday 22/03/2025, Làm bù: counted, since it is worked in exchange.",
    ]


@pytest.mark.parametrize(
    ("due_in", "fields", "sentence"),
    [
        (-3, {}, "Counted from 08/03/2025 to the end of 10/03/2025: 1 of 3 days."),
        (0, {}, None),
        (None, {}, None),
        (4, {"state": State.HANDED_IN}, None),
    ],
)
def test_only_what_is_counted_is_explained(bca, officer, due_in, fields, sentence):
    make_work(bca, due_in=due_in, **fields)
    [row] = visit(officer).get("/").context["rows"]
    assert (row["explained"] and row["explained"].sentence) == sentence


# --- one agency learns nothing of another


def test_pages_are_the_same_to_the_byte_while_another_agency_s_work_changes(work, bca, officer):
    other, committee = make_agency("Bộ Y tế"), make_committee("Ban Chỉ đạo khác")
    client = visit(officer)
    addresses = [
        *("/", "/?tab=coordinating", "/?tab=down", "/?tab=down&way=received", "/?standing=all", "/?q=chuyen+doi"),
        *("/?q=bo+y+te", "/?q=tuyet+mat", "/?notice=369", "/?field=y+te", "/?standing=all&q=chuyen+doi+so"),
    ]

    def pages():
        return [_without_tokens(client.get(address).content.decode()) for address in addresses]

    before = pages()
    # Which committees there are everybody knows, and may choose from.
    theirs = make_work(other, "Chuyển đổi số tuyệt mật", due_in=-5, notice=make_notice(committee, symbol="TB-BYT"))
    assert pages() == before
    for number in range(60):
        make_assignment(other, directive=theirs.directive, period=str(number), role=Part.SHARE)
    for state in (State.IN_PROGRESS, State.HANDED_IN, State.DONE):
        days = {"handed_in_on": MONDAY, "done_on": MONDAY if state == State.DONE else None}
        type(theirs).objects.filter(agency=other).update(state=state, **days, due_on=MONDAY + timedelta(days=9))
        assert pages() == before
    other.aliases = ["Bộ Tuyệt Mật"]
    other.save()
    assert pages() == before


def _without_tokens(page: str) -> str:
    """Each form hides a token that is masked anew for every page."""
    parts = page.split('name="csrfmiddlewaretoken" value="')
    return "".join([parts[0], *(part.partition('"')[2] for part in parts[1:])])
