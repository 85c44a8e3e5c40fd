"""What a change of many asks for is said on its page, and what was changed is found again with its result."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from directives.actions.many import choose, start
from directives.models import Assignment, BulkChange
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import ENTERED_ON, Desk, make_desk
from tests.make import at, make_agency, make_assignment, make_committee, make_directive, make_notice, make_user
from tracker.changing import change_waiting

LIST = reverse("admin:directives_assignment_changelist")
CHANGES = reverse("admin:directives_bulkchange_changelist")
NOW = at(ENTERED_ON)
DUE, LATER = date(2026, 12, 31), date(2027, 3, 31)


@pytest.fixture
def desk(client, db, time_machine) -> Desk:
    time_machine.move_to(NOW, tick=False)
    return make_desk(client)


def given(desk: Desk, n: int, **fields) -> list[Assignment]:
    notice = make_notice(desk.committee)
    fields = {"due_on": ENTERED_ON.replace(year=ENTERED_ON.year + 1), **fields}
    return [make_assignment(directive=make_directive(notice), **fields) for _ in range(n)]


def chosen(desk: Desk, rows: list[Assignment], action: str) -> str:
    answer = desk.client.post(LIST, {"action": action, "_selected_action": [row.pk for row in rows]})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_new_deadline_is_said_first_and_shown_for_each(desk):
    first, second = given(desk, 2)
    page = chosen(desk, [first, second], "set_deadline_chosen")
    asked = desk.client.get(page)
    assert (asked.context["known"], asked.context["lines"]) == (False, [])
    with nothing_changes():
        empty = desk.client.post(f"{page}want/", {})
    assert empty.status_code == 400
    assert empty.context["wish"].errors["due_on"] == [
        "Hãy cho một ngày mới, hoặc số ngày làm việc mà mỗi thời hạn được dời; chỉ một trong hai."
    ]
    assert desk.client.post(f"{page}want/", {"shift": "1"})["Location"] == page
    shown = desk.client.get(page)
    before, after = f"{first.due_on:%d/%m/%Y}", {(line.before, line.after) for line in shown.context["lines"]}
    assert {was for was, _then in after} == {before}
    assert shown.context["wanted"] == [("Thời hạn mới", "muộn hơn 1 ngày làm việc")]
    done = desk.client.post(page, {"reason": "Lùi tiến độ"}, follow=True)
    assert (done.context["n_changed"], done.context["n_refused"]) == (2, 0)
    moved = Assignment.objects.get(pk=first.pk)
    assert after == {(before, f"{moved.due_on:%d/%m/%Y}")}
    assert (moved.due_on > first.due_on, moved.original_due_on) == (True, first.original_due_on)


def test_another_agency_is_said_first_and_both_are_shown(desk):
    (row,) = given(desk, 1)
    heir = make_agency("Bộ Tư pháp")
    page = chosen(desk, [row], "reassign_chosen")
    desk.client.post(f"{page}want/", {"to_agency": heir.pk})
    shown = desk.client.get(page)
    due = f"{row.due_on:%d/%m/%Y}"
    line = (f"{row.agency.name}, {due}", f"Bộ Tư pháp, {due}")
    assert [(one.before, one.after) for one in shown.context["lines"]] == [line]
    done = desk.client.post(page, {"reason": "Sắp xếp"}, follow=True)
    assert [(one.before, one.after) for one in done.context["lines"]] == [line]
    assert Assignment.objects.get(agency=heir).directive_id == row.directive_id


def test_who_wants_something_else_in_another_window_is_not_carried_out_unseen(desk):
    (row,) = given(desk, 1)
    page = chosen(desk, [row], "set_deadline_chosen")
    desk.client.post(f"{page}want/", {"shift": "1"})
    seen = desk.client.get(page).context["form"]["seen"].value()
    desk.client.post(f"{page}want/", {"shift": "100"})
    with nothing_changes():
        assert desk.client.post(page, {"reason": "Lùi", "seen": seen}).status_code == 412


def a_change(desk: Desk, rows: list[Assignment], reason: str) -> BulkChange:
    change = choose("suspend", rows, by=desk.secretary, at=NOW)
    return start(change, by=desk.secretary, at=NOW, reason=reason)


def test_what_was_changed_is_found_again_with_who_why_and_how_many(desk):
    done = a_change(desk, [*given(desk, 2), *given(desk, 1, state="done")], "Chờ luật")
    change_waiting(now=NOW)
    under_way = a_change(desk, given(desk, 1), "Chờ nghị định")
    choose("suspend", given(desk, 1), by=desk.secretary, at=NOW)
    page = desk.client.get(CHANGES)
    assert [row.pk for row in page.context["cl"].result_list] == [under_way.pk, done.pk]
    told = page.content.decode()
    for words in ("Chờ luật", desk.secretary.name, "Đang thực hiện", f"/many/{done.uuid}/sheet/"):
        assert words in told
    row = page.context["cl"].result_list[1]
    assert (row.chosen, row.changed, row.refused) == (3, 2, 1)
    assert CHANGES in desk.client.get(reverse("admin:index")).content.decode()
    shown = desk.client.get(reverse("admin:directives_bulkchange_change", args=[done.pk]))
    assert shown["Location"] == reverse("admin:bulk_change", args=[done.uuid])
    file = BytesIO(b"".join(desk.client.get(f"{shown['Location']}sheet/").streaming_content))
    rows = list(openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True))
    assert [row[3:6] for row in rows] == [
        ("Đã thay đổi", "Đã giao", "Tạm dừng"),
        ("Đã thay đổi", "Đã giao", "Tạm dừng"),
        ("Không đồng ý", None, None),
    ]


def test_colleagues_and_auditors_see_it_and_another_committee_does_not(desk):
    rows = given(desk, 1)
    change = a_change(desk, rows, "Chờ luật")
    page = reverse("admin:bulk_change", args=[change.uuid])
    other = make_committee()
    for person, status, n in (
        (make_user(Role.SECRETARIAT, desk.committee), 200, 1),
        (make_user(Role.AUDITOR), 200, 1),
        (make_user(Role.SECRETARIAT, other), 404, 0),
    ):
        desk.client.force_login(person)
        assert desk.client.get(page).status_code == status
        assert len(desk.client.get(CHANGES).context["cl"].result_list) == n
        with nothing_changes():
            assert desk.client.post(page, {"reason": "Tôi"}).status_code == (403 if status == 200 else 404)


def test_the_list_costs_the_same_for_any_number(desk):
    costs = []
    for n in (1, 12):
        for _ in range(n):
            a_change(desk, given(desk, 1), "Chờ luật")
        change_waiting(now=NOW)
        desk.client.get(CHANGES)
        with CaptureQueriesContext(connection) as asked:
            desk.client.get(CHANGES)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 16
