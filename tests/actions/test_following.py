"""What becomes of what was handed down when something happens to the whole: the table of `docs/design.md`."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Role
from directives.actions.assigning import reassign, resume, suspend, withdraw
from directives.actions.extending import grant_extension, request_extension
from directives.actions.issuing import withdraw_notice
from directives.actions.merging import merge
from directives.actions.redating import set_deadline
from directives.actions.reporting import hand_in, return_report, verify
from directives.actions.unmerging import take_back
from directives.models import Assignment, Delivery, Event, ExtensionRequest
from directives.rules.lifecycle import State
from tests.actions.a_province import EARLIER, NEXT_DAY, Province
from tests.make import at, make_agency, make_user

pytestmark = pytest.mark.django_db
WHY = "Theo chỉ đạo."
LATER, SOONER = date(2025, 4, 15), date(2025, 3, 14)
A, S, H, D, W = State.ASSIGNED, State.SUSPENDED, State.HANDED_IN, State.DONE, State.WITHDRAWN


class Tree(Province):
    """Three parts: one not begun and handed on to a village, one handed in with the officer's wish, one done."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.parts = self.gives(*self.communes[:3])
        open_part, waiting, done = self.parts
        request_extension(
            open_part, by=self.people[0], at=at(NEXT_DAY), asked_due_on=date(2025, 3, 28), reason="Cần thêm."
        )
        village = make_agency("Thôn 1", parent=self.communes[0])
        (self.deeper,) = self.gives(village, whole=open_part, by=self.people[0], due_on=date(2025, 3, 19))
        hand_in(waiting, by=self.people[1], at=at(NEXT_DAY), text="Xong.")
        hand_in(done, by=self.people[2], at=at(NEXT_DAY), text="Xong.")
        verify(done, by=self.officer, at=at(NEXT_DAY))
        self.states = {"by": self.secretary, "at": at(date(2025, 3, 6))}

    @property
    def found(self) -> list[str]:
        """The states of the part that is open, what was handed on from it, the one handed in and the one done."""
        rows = [self.parts[0], self.deeper, *self.parts[1:]]
        return [self.now(row).state for row in rows]

    def extended(self) -> None:
        said = {"asked_due_on": LATER, "reason": "Cần thêm."}
        asked = request_extension(self.whole, by=self.officer, at=at(NEXT_DAY), **said)
        grant_extension(asked, **self.states)

    def handed_in(self) -> None:
        hand_in(self.whole, by=self.officer, at=at(NEXT_DAY), text="Tỉnh đã xong.")

    def returned(self) -> None:
        self.handed_in()
        return_report(self.whole, reason=WHY, **self.states)

    def verified(self) -> None:
        self.handed_in()
        verify(self.whole, **self.states)

    def suspended(self) -> None:
        suspend(self.whole, reason=WHY, **self.states)

    def resumed(self) -> None:
        self.suspended()
        resume(self.whole, reason=WHY, by=self.secretary, at=at(date(2025, 3, 10)))

    def withdrawn(self) -> None:
        withdraw(self.whole, reason=WHY, **self.states)

    def reassigned(self) -> None:
        reassign(self.whole, make_agency("Tỉnh khác"), reason=WHY, **self.states)

    def notice_withdrawn(self) -> None:
        withdraw_notice(self.whole.directive.notice, reason=WHY, **self.states)

    def brought_forward(self) -> None:
        set_deadline(self.whole, due_on=SOONER, reason=WHY, **self.states)


PROGRESS = State.IN_PROGRESS  # handing on is a beginning
FOLLOWS: dict[Callable[[Tree], None], list[str]] = {
    Tree.extended: [PROGRESS, A, H, D],
    Tree.handed_in: [PROGRESS, A, H, D],
    Tree.returned: [PROGRESS, A, H, D],
    Tree.verified: [PROGRESS, A, H, D],
    Tree.suspended: [S, S, H, D],
    Tree.resumed: [PROGRESS, A, H, D],
    Tree.withdrawn: [W, W, W, D],
    Tree.reassigned: [W, W, W, D],
    Tree.notice_withdrawn: [W, W, W, D],
    Tree.brought_forward: [PROGRESS, A, H, D],
}


@pytest.mark.parametrize(("happens", "states"), FOLLOWS.items(), ids=[deed.__name__ for deed in FOLLOWS])
def test_the_parts_follow_the_whole_as_the_table_says(happens, states):
    tree = Tree()
    happens(tree)
    assert tree.found == states


def test_dates_stay_where_the_whole_gets_more_time_and_the_parts_may_be_given_more():
    tree = Tree()
    tree.extended()
    assert [tree.now(row).due_on for row in tree.parts] == [EARLIER] * 3
    asked = ExtensionRequest.objects.get(assignment=tree.parts[0])
    grant_extension(asked, by=tree.officer, at=at(date(2025, 3, 6)), due_on=LATER)
    assert tree.now(tree.parts[0]).due_on == LATER


def test_what_is_open_is_brought_forward_to_an_earlier_date_of_the_whole_and_what_is_done_stays():
    tree = Tree()
    tree.brought_forward()
    dates = [tree.now(row).due_on for row in [tree.parts[0], tree.deeper, *tree.parts[1:]]]
    assert dates == [SOONER, SOONER, SOONER, EARLIER]
    moved = Assignment.objects.get(pk=tree.parts[0].pk)
    assert (moved.original_due_on, moved.due_version, moved.look_on) == (EARLIER, 2, date(2025, 3, 11))
    assert Event.objects.get(assignment=moved, verb="set_deadline").before["due_on"] == "2025-03-21"
    told = Delivery.objects.filter(kind="changed", channel="email").values_list("assignment", flat=True)
    assert set(told) == {tree.whole.pk, tree.parts[0].pk, tree.parts[1].pk}


def test_what_waits_for_a_decision_falls_with_the_whole_and_history_tells_by_whom():
    tree = Tree()
    tree.withdrawn()
    assert ExtensionRequest.objects.get(assignment=tree.parts[0]).state == "lapsed"
    told = Event.objects.filter(assignment=tree.parts[1]).order_by("pk").values_list("verb", "by", "reason")
    assert list(told)[-2:] == [("withdraw", tree.secretary.pk, WHY), ("lapse_report", tree.secretary.pk, "")]


def test_what_stood_still_counts_from_the_day_on_which_it_goes_on():
    tree = Tree()
    tree.resumed()
    row = tree.now(tree.parts[0])
    assert (row.armed_on, row.resume_to, row.look_on) == (date(2025, 3, 10), "", date(2025, 3, 12))


@pytest.mark.parametrize("many", [1, 30])
def test_following_costs_the_same_for_any_number_of_parts(many, django_assert_num_queries):
    province = Province()
    units = [province.commune(number) for number in range(50, 50 + many)]
    province.gives(*units)
    with django_assert_num_queries(COST):
        suspend(province.whole, by=province.secretary, at=at(NEXT_DAY), reason=WHY)
    assert Assignment.objects.filter(state=State.SUSPENDED).count() == many + 1


COST = 15


def test_the_successor_of_an_agency_runs_what_that_one_handed_down_until_the_merger_is_taken_back():
    tree, heir, by = Tree(), make_agency("Tỉnh mới"), make_user(Role.ADMINISTRATOR)
    head = make_user(Role.HEAD, heir)
    said = {"on": date(2025, 3, 6), "by": by, "at": at(date(2025, 3, 6))}
    merger = merge([tree.agency], heir, basis="Nghị quyết", **said)
    assert {row.directive.given_by for row in map(tree.now, tree.parts)} == {heir}
    verify(tree.parts[1], by=head, at=at(date(2025, 3, 6), 10))
    take_back(merger, by=by, at=at(date(2025, 3, 6), 11), reason=WHY)
    assert {row.directive.given_by for row in map(tree.now, tree.parts)} == {tree.agency}
