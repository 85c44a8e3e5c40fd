"""The page of a directive's links: search, link, remove, and join what says the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives.actions.joining import plan_join
from directives.models import Assignment, Directive, DirectiveLink
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import ENTERED_ON, Desk, issued, make_desk
from tests.make import at, make_directive, make_issued, make_notice


@pytest.fixture
def desk(client, db, time_machine) -> Desk:
    time_machine.move_to(at(ENTERED_ON), tick=False)
    return make_desk(client)


@pytest.fixture
def two(desk) -> tuple[Directive, Directive]:
    """A directive issued through the forms, and a later one of the same committee."""
    first = issued(desk).directives.get()
    rows = make_issued(desk.lead, committee=desk.committee, issued_on=ENTERED_ON, number=401, due_on=None)
    return first, rows[0].directive


def links_of(directive: Directive) -> str:
    return reverse("admin:directive_links", args=[directive.notice_id, directive.pk])


def test_a_directive_is_found_linked_shown_on_both_sides_and_removed(desk, two):
    first, later = two
    page = desk.client.get(links_of(later), {"q": "tien ich 369"})
    assert [row.directive for row in page.context["found"]] == [first]
    answer = desk.client.post(links_of(later), {"kind": "amends", "target": first.pk}, follow=True)
    assert "Đã liên kết hai nhiệm vụ." in answer.content.decode()
    assert (
        "sửa đổi" in desk.client.get(reverse("admin:directives_notice_change", args=[later.notice_id])).content.decode()
    )
    other = desk.client.get(reverse("admin:directives_notice_change", args=[first.notice_id])).content.decode()
    assert "được sửa đổi bởi" in other
    row = DirectiveLink.objects.get()
    away = reverse("admin:directive_unlink", args=[first.notice_id, first.pk, row.pk])
    with nothing_changes():
        assert desk.client.post(away, {"reason": ""}).status_code == 400
    assert desk.client.post(away, {"reason": "Nhầm"}).status_code == 302
    assert not DirectiveLink.objects.exists()


def test_only_directives_of_the_committee_are_found_and_linked(desk, two):
    first, _later = two
    stranger = make_directive(make_notice(), wording="Đưa tiện ích lên VNeID")
    assert list(desk.client.get(links_of(first), {"q": "tien ich"}).context["found"]) == []
    with nothing_changes():
        assert desk.client.post(links_of(first), {"kind": "repeats", "target": stranger.pk}).status_code == 404
        assert desk.client.post(links_of(first), {"kind": "part_of", "target": first.pk}).status_code == 400
        assert desk.client.post(links_of(first), {"kind": "x", "target": "x"}).status_code == 400


def test_joining_is_counted_first_and_then_done(desk, two):
    first, later = two
    page = reverse("admin:directive_join", args=[first.notice_id, first.pk, later.pk])
    with nothing_changes():
        shown = desk.client.get(page)
        assert desk.client.post(page, {"reason": "", "seen": shown.context["plan"].seen}).status_code == 400
        assert desk.client.post(page, {"reason": "Trùng.", "seen": ""}).status_code == 412
    assert "Bộ Y tế" in shown.content.decode()
    given = {"reason": "Trùng.", "seen": plan_join(first, later).seen}
    assert desk.client.post(page, given).status_code == 302
    assert set(Assignment.objects.filter(directive=first).values_list("state", flat=True)) == {State.WITHDRAWN}
    with nothing_changes():
        again = desk.client.get(page)
    assert again.context["in_the_way"] == "Nhiệm vụ dừng lại không còn phần việc nào đang mở. Chỉ cần liên kết là đủ."


def test_the_page_costs_the_same_for_many_links(desk, two):
    first, later = two
    DirectiveLink.objects.create(source=later, target=first, kind="repeats")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.client.get(links_of(first), {"q": "nhiem vu"})
        with CaptureQueriesContext(connection) as read:
            desk.client.get(reverse("admin:directives_notice_change", args=[first.notice_id]))
        costs.append((len(asked), len(read)))
        for _row in range(8):
            more = make_directive(make_notice(desk.committee))
            DirectiveLink.objects.create(source=more, target=first, kind="repeats")
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 25
