"""Directives are linked with one another, and of two that say the same one goes on."""

from datetime import date

import pytest

from accounts.models import Role as Seat
from accounts.roles import NotAllowed
from directives.actions.joining import join, plan_join
from directives.actions.linking import link, unlink
from directives.actions.reporting import hand_in
from directives.models import Assignment, Directive, DirectiveLink, Event, NoticeState, Report, Role, Span
from directives.models.addressees import LinkKind
from directives.rules.lifecycle import State
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import ask, nothing_changes
from tests.make import at, make_directive, make_issued, make_notice, make_user

TODAY = date(2024, 11, 4)
NOW = at(TODAY)


@pytest.fixture
def later(house) -> Directive:
    """A directive of a later notice of the committee, with the house's lead and third agency in it."""
    rows = make_issued(house.lead, house.third, committee=house.committee, issued_on=TODAY, number=401)
    return rows[0].directive


def states(directive: Directive) -> set[str]:
    return set(Assignment.objects.filter(directive=directive).values_list("state", flat=True))


# --- links


def test_a_link_is_told_by_the_history_of_both(house, later):
    row = link(later, house.directive, LinkKind.AMENDS, by=house.secretary, at=NOW)
    assert (row.source, row.target, row.kind) == (later, house.directive, "amends")
    told = {event.directive_id: event.after for event in Event.objects.filter(verb="link")}
    assert told == {
        later.pk: {"link": "amends", "links_to": "1 – 369/TB-VPCP"},
        house.directive.pk: {"link": "amends", "linked_by": "1 – 401/TB-VPCP"},
    }


def test_a_link_is_removed_with_a_reason_and_the_history_keeps_it(house, later):
    row = link(later, house.directive, LinkKind.REPEATS, by=house.secretary, at=NOW)
    with nothing_changes(), pytest.raises(Invalid, match="give a reason"):
        unlink(row, by=house.secretary, at=NOW, reason=" ")
    unlink(row, by=house.secretary, at=NOW, reason="Nhầm")
    assert not DirectiveLink.objects.exists()
    event = Event.objects.get(verb="unlink", directive=later)
    assert (event.before["links_to"], event.after, event.reason) == ("1 – 369/TB-VPCP", {}, "Nhầm")
    with nothing_changes(), pytest.raises(Invalid, match="removed already"):
        unlink(row, by=house.secretary, at=NOW, reason="Nhầm")


@pytest.mark.parametrize("kind", ["part_of", "", "x"])
def test_only_what_people_may_say_is_a_link(house, later, kind):
    with nothing_changes(), pytest.raises(Invalid, match="how the two belong together"):
        link(later, house.directive, kind, by=house.secretary, at=NOW)


def test_two_are_linked_once_in_a_way_and_not_the_other_way_round(house, later):
    link(later, house.directive, LinkKind.REPEATS, by=house.secretary, at=NOW)
    for source, target in ((later, house.directive), (house.directive, later)):
        with nothing_changes(), pytest.raises(Invalid, match="already"):
            link(source, target, LinkKind.REPEATS, by=house.secretary, at=NOW)
    link(later, house.directive, LinkKind.SUPERSEDES, by=house.secretary, at=NOW)
    assert DirectiveLink.objects.count() == 2


def test_what_cannot_be_linked_is_refused(house, later):
    draft = make_directive(make_notice(house.committee, state=NoticeState.DRAFT))
    for source, target, kind, sentence in (
        (later, later, "repeats", "not linked to itself"),
        (later, make_directive(), "repeats", "another committee"),
        (later, draft, "repeats", "once their notice is issued"),
        (house.directive, later, "amends", "earlier notice"),
    ):
        with nothing_changes(), pytest.raises(Invalid, match=sentence):
            link(source, target, kind, by=house.secretary, at=NOW)
    stranger = make_user(Seat.SECRETARIAT)
    with nothing_changes(), pytest.raises(NotAllowed):
        link(later, house.directive, "repeats", by=stranger, at=NOW)


# --- searching


@pytest.mark.parametrize(
    "words", ["vneid", "TIEN ICH", "ích tien", "369", "369/TB-VPCP", "369/tb tiện", "tie\u0323\u0302n"]
)
def test_a_directive_is_found_without_marks_and_by_its_number(house, later, words):
    Directive.objects.filter(pk=house.directive.pk).update(wording="Đưa tiện ích lên VNeID")
    assert list(Directive.objects.searched(words)) == [house.directive]


@pytest.mark.parametrize("words", ["369/QĐ", "%", "tiện nghi", "99999999999999999999", "\\"])
def test_what_is_not_there_is_not_found(house, later, words):
    assert list(Directive.objects.searched(words)) == []


# --- one goes on


def test_what_is_open_of_the_duplicate_ends_and_says_which_goes_on(house, later):
    plan = plan_join(house.directive, later)
    assert [row.agency for row in plan.ending] == [house.lead, house.other]
    assert [row.agency for row in plan.lost] == [house.other]
    row = join(house.directive, later, by=house.secretary, at=NOW, reason="Cùng một việc.", seen=plan.seen)
    assert (row.source, row.target, row.kind) == (house.directive, later, "repeats")
    assert states(house.directive) == {State.WITHDRAWN}
    assert states(later) == {State.ASSIGNED}
    why = "Trùng với nhiệm vụ 1 của văn bản 401/TB-VPCP, là nhiệm vụ được tiếp tục theo dõi. Cùng một việc."
    assert set(Event.objects.filter(verb__in=("withdraw", "join_directives")).values_list("reason", flat=True)) == {why}
    assert Span.objects.get(assignment=house.assignment, to_on=None).state == State.WITHDRAWN


def test_what_is_done_stays_done_and_what_waits_falls(house, later):
    Assignment.objects.filter(pk=house.coordinating.pk).update(state=State.DONE, done_on=TODAY, handed_in_on=TODAY)
    ask(house)
    report = hand_in(house.assignment, by=house.officer, at=at(date(2024, 12, 21)), text="Xong")
    plan = plan_join(house.directive, later)
    assert (len(plan.ending), plan.requests, plan.hand_ins) == (1, 1, 1)
    join(house.directive, later, by=house.secretary, at=at(date(2024, 12, 22)), reason="Trùng.")
    assert states(house.directive) == {State.DONE, State.WITHDRAWN}
    assert Report.objects.get(pk=report.pk).state == "lapsed"


def test_joining_what_changed_since_it_was_shown_is_refused(house, later):
    seen = plan_join(house.directive, later).seen
    Assignment.objects.filter(directive=later, role=Role.LEAD).update(version=9)
    for shown in (seen, "", "x"):
        with nothing_changes(), pytest.raises(Stale):
            join(house.directive, later, by=house.secretary, at=NOW, reason="Trùng.", seen=shown)


def test_joining_twice_without_reason_or_right_is_refused(house, later):
    both = (house.directive, later)
    with nothing_changes(), pytest.raises(Invalid, match="give a reason"):
        join(*both, by=house.secretary, at=NOW, reason="")
    with nothing_changes(), pytest.raises(NotAllowed):
        join(*both, by=house.officer, at=NOW, reason="Trùng.")
    join(*both, by=house.secretary, at=NOW, reason="Trùng.")
    for one, other, sentence in ((*both, "A link is enough"), (later, house.directive, "asked of nobody any more")):
        with nothing_changes(), pytest.raises(Invalid, match=sentence):
            join(one, other, by=house.secretary, at=NOW, reason="Trùng.")


def test_what_recurs_is_ended_before_it_is_joined(house, later):
    Directive.objects.filter(pk=house.directive.pk).update(next_period_on=TODAY)
    with nothing_changes(), pytest.raises(Invalid, match="End its recurrence first"):
        join(house.directive, later, by=house.secretary, at=NOW, reason="Trùng.")


def test_a_link_that_was_there_is_not_made_twice(house, later):
    made = link(later, house.directive, "repeats", by=house.secretary, at=NOW)
    assert join(house.directive, later, by=house.secretary, at=NOW, reason="Trùng.") == made
