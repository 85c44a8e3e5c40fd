"""Many assignments are changed from the list: shown first, one reason, a page at once and more in the background."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from directives.actions.assigning import suspend
from directives.actions.many import start
from directives.models import Assignment, BulkChange
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import ENTERED_ON, Desk, make_desk
from tests.make import at, make_assignment, make_directive, make_notice, make_user
from tests.numbers import words_of
from tracker.changing import change_waiting
from tracker.duties import look_at

LIST = reverse("admin:directives_assignment_changelist")


@pytest.fixture
def desk(client, db, time_machine) -> Desk:
    time_machine.move_to(at(ENTERED_ON), tick=False)
    return make_desk(client)


def given(desk: Desk, n: int, **fields) -> list[Assignment]:
    """So much work of one notice."""
    notice = make_notice(desk.committee)
    return [make_assignment(directive=make_directive(notice), **fields) for _ in range(n)]


def choose(desk: Desk, rows: list[Assignment], action: str = "suspend_chosen", **more) -> str:
    """Send the list's form, and say where it leads."""
    told = {"action": action, "_selected_action": [row.pk for row in rows[:50]], **more}
    answer = desk.client.post(LIST, told)
    assert answer.status_code == 302
    return answer["Location"]


def test_a_few_are_shown_first_and_changed_at_once(desk):
    rows = [*given(desk, 2), *given(desk, 1, state=State.DONE)]
    page = choose(desk, rows)
    with nothing_changes():
        shown = desk.client.get(page)
        assert desk.client.post(page, {"reason": ""}).status_code == 400
    assert (shown.context["n_going"], shown.context["n_refused"]) == (2, 1)
    assert [(line.before, line.after) for line in shown.context["lines"]] == [
        ("Đã giao", "Tạm dừng"),
        ("Đã giao", "Tạm dừng"),
        ("Đã hoàn thành", ""),
    ]
    assert "1 × Lúc này không thể thực hiện: phần việc đã được xác nhận hoàn thành." in words_of(shown.content.decode())
    done = desk.client.post(page, {"reason": "Chờ luật"}, follow=True)
    assert (done.context["n_changed"], done.context["n_refused"], done.context["waiting"]) == (2, 1, 0)
    assert "Đã giao" in done.content.decode()
    assert "Tạm dừng" in done.content.decode()
    assert Assignment.objects.filter(state=State.SUSPENDED).count() == 2
    with nothing_changes():
        assert desk.client.post(page, {"reason": "Chờ luật"}).status_code == 409


def test_a_second_click_meets_what_the_first_has_done(desk, monkeypatch):
    page = choose(desk, given(desk, 2))

    def after_the_first(change: BulkChange, **said: object) -> BulkChange:
        """The page of the second click was asked for before the first click was through."""
        start(change, **said)
        change_waiting(now=at(ENTERED_ON))
        return start(change, **said)

    monkeypatch.setattr("tracker.admin.many.start", after_the_first)
    second = desk.client.post(page, {"reason": "Chờ luật"})
    assert (second.status_code, second.context["n_changed"], second.context["waiting"]) == (409, 2, 0)
    assert second.templates[0].name == "admin/directives/assignment/many_done.html"


def test_more_than_a_page_is_for_the_worker_and_the_result_is_a_file(desk):
    given(desk, 51)
    page = choose(desk, list(Assignment.objects.all()), "withdraw_chosen", select_across="1")
    assert BulkChange.objects.get().rows.count() == 51
    answer = desk.client.post(page, {"reason": "Trùng"}, follow=True)
    assert (answer.context["waiting"], answer.context["done"]) == (51, 0)
    assert not Assignment.objects.filter(state=State.WITHDRAWN).exists()
    assert look_at("change_many") == 51
    assert desk.client.get(page).context["n_changed"] == 51
    file = BytesIO(b"".join(desk.client.get(f"{page}sheet/").streaming_content))
    assert ZipFile(file).read("xl/worksheets/sheet1.xml").count(b"<row ") == 52


def test_what_somebody_else_chose_is_not_there(desk):
    page = choose(desk, given(desk, 1))
    desk.client.force_login(make_user(Role.SECRETARIAT, desk.committee))
    assert desk.client.get(page).status_code == 404


def test_what_changed_while_it_was_looked_at_is_shown_and_only_changed_if_it_is_ticked(desk):
    rows = given(desk, 3)
    page = choose(desk, rows, "withdraw_chosen")
    seen = {"reason": "Trùng", "seen": desk.client.get(page).context["form"]["seen"].value()}
    suspend(rows[0], by=desk.secretary, at=at(ENTERED_ON, 10), reason="Chờ luật")
    suspend(rows[1], by=desk.secretary, at=at(ENTERED_ON, 11), reason="Chờ luật")
    with nothing_changes():
        for typed in (seen, {"reason": "Trùng"}, seen | {"anew": rows[0].pk}):
            again = desk.client.post(page, typed)
            assert again.status_code == 412
    assert [(line.facts[0].before, line.facts[0].after, line.ticked) for line in again.context["changed"]] == [
        ("Đã giao", "Tạm dừng", False),
        ("Đã giao", "Tạm dừng", False),
    ]
    assert f'{desk.secretary.name} <span class="cell-more">11:00 12/08/2024</span>' in again.content.decode()
    form = again.context["form"]
    assert (form["reason"].value(), form["seen"].value() == seen["seen"]) == ("Trùng", False)

    typed = {"reason": "Trùng", "seen": form["seen"].value(), "anew": again.context["changed"][0].row.pk}
    done = desk.client.post(page, typed, follow=True)
    states = [Assignment.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.WITHDRAWN, State.SUSPENDED, State.WITHDRAWN]
    (left,) = [line for line in done.context["lines"] if line.refused]
    assert left.refused == (
        f"{desk.secretary.name} đã thay đổi phần việc này lúc 11:00 12/08/2024, sau khi nó được hiển thị. "
        "Phần việc được giữ nguyên."
    )
    assert left.meanwhile == "Trạng thái: Đã giao → Tạm dừng"

    anew = desk.client.post(f"{page}again/", follow=True)
    assert (anew.context["n"], anew.context["n_going"], anew.context["changed"]) == (1, 1, [])


def test_what_changes_before_the_worker_comes_is_left_and_told(desk):
    given(desk, 51)
    rows = list(Assignment.objects.order_by("pk"))
    page = choose(desk, rows, "withdraw_chosen", select_across="1")
    seen = desk.client.get(page).context["form"]["seen"].value()
    assert desk.client.post(page, {"reason": "Trùng", "seen": seen}).status_code == 302
    suspend(rows[7], by=desk.secretary, at=at(ENTERED_ON, 11), reason="Chờ luật")
    assert look_at("change_many") == 51
    told = desk.client.get(page)
    assert (told.context["n_changed"], told.context["n_left"]) == (50, 1)
    assert "Trạng thái: Đã giao → Tạm dừng" in told.content.decode()
    assert Assignment.objects.get(pk=rows[7].pk).state == State.SUSPENDED


def test_what_is_shown_of_many_costs_the_same_for_any_number(desk):
    costs = []
    for n in (60, 80):
        given(desk, n)
        page = choose(desk, list(Assignment.objects.all()), select_across="1")
        desk.client.get(page)
        with CaptureQueriesContext(connection) as asked:
            desk.client.get(page)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 20
