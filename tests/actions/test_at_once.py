"""Two people at the same rows: nobody waits for ever, and the second one meets what the first one left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, transaction

from directives.actions.assigning import assign, reassign, suspend
from directives.actions.drafting import To, add_directive
from directives.actions.entering import discard, draft_notice
from directives.actions.extending import request_extension
from directives.actions.issuing import issue, withdraw_notice
from directives.actions.measuring import add_indicator, add_reading
from directives.actions.meeting import enter_session
from directives.actions.moving import locked
from directives.actions.reporting import hand_in
from directives.figures import By, Scope, cells_by, totals_by
from directives.models import Assignment, Directive, NoticeState, Role
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import ISSUED
from tests.make import at, make_assignment, make_indicator
from tests.neighbours import until

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = at(date(2024, 8, 16))
WHY = {"reason": "Theo chỉ đạo."}
Act = Callable[[], object]


def beside(ours: Act, theirs: Act, *, then: Act = lambda: None) -> object:
    """Do `ours`, let `theirs` come as far as it can without us, do `then`, and commit; what became of `theirs`."""

    def on_own_connection() -> object:
        try:
            return theirs()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            ours()
            doing = other.submit(on_own_connection)
            until(lambda: doing.done() or somebody_waits())
            then()
        return doing.result()


def somebody_waits() -> bool:
    """Whether a connection to the server waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def states(notice) -> set[str]:
    """The states of all that a notice gave."""
    return set(Assignment.objects.filter(directive__notice=notice).values_list("state", flat=True))


def test_a_hand_in_and_the_withdrawal_of_its_notice_never_wait_for_each_other(house):
    beside(
        lambda: locked(house.assignment),
        lambda: withdraw_notice(house.notice, by=house.secretary, at=MORNING, **WHY),
        then=lambda: hand_in(house.assignment, by=house.officer, at=MORNING, text="Xong"),
    )
    assert states(house.notice) == {State.WITHDRAWN}


GIVING = {
    "one more agency": lambda h: assign(h.directive, h.third, Role.SHARE, by=h.secretary, at=MORNING),
    "another agency": lambda h: reassign(h.assignment, h.third, by=h.secretary, at=MORNING, **WHY),
}


@pytest.mark.parametrize("give", GIVING.values(), ids=GIVING)
def test_what_is_given_while_its_notice_is_withdrawn_is_withdrawn_with_it(house, give):
    beside(lambda: give(house), lambda: withdraw_notice(house.notice, by=house.secretary, at=MORNING, **WHY))
    house.notice.refresh_from_db()
    assert house.notice.state == NoticeState.WITHDRAWN
    assert states(house.notice) <= {State.WITHDRAWN, State.REASSIGNED}


@pytest.mark.parametrize("give", GIVING.values(), ids=GIVING)
def test_nothing_is_given_from_a_notice_that_is_being_withdrawn(house, give):
    def refused() -> None:
        with pytest.raises((Invalid, WrongMoment)):
            give(house)

    beside(lambda: withdraw_notice(house.notice, by=house.secretary, at=MORNING, **WHY), refused)
    assert states(house.notice) == {State.WITHDRAWN}


TWICE = {
    "a notice": lambda h: draft_notice(
        committee=h.committee, issuer=h.third, number=7, symbol="TB", issued_on=ISSUED, by=h.secretary, at=MORNING
    ),
    "a session": lambda h: enter_session(
        committee=h.committee, kind="session", held_on=ISSUED, title="Phiên họp", by=h.secretary, at=MORNING
    ),
    "a target": lambda h: add_indicator(
        committee=h.committee, code="c", name_vi="Chỉ tiêu", unit="%", by=h.secretary, at=MORNING
    ),
    "a figure": lambda h: add_reading(
        h.indicator, as_of=ISSUED, source="Báo cáo", value=Decimal(50), by=h.secretary, at=MORNING
    ),
    "a request": lambda h: request_extension(
        h.assignment, asked_due_on=date(2025, 3, 31), by=h.officer, at=MORNING, **WHY
    ),
    "a hand-in": lambda h: hand_in(h.assignment, text="Xong", by=h.officer, at=MORNING),
    "a directive": lambda h: add_directive(h.draft, quote="1. Việc", by=h.secretary, at=MORNING),
    "a discarded draft": lambda h: discard(h.draft, by=h.secretary, at=MORNING),
    "an issue": lambda h: issue(h.draft, by=h.secretary, at=MORNING),
}


@pytest.mark.parametrize("enter", TWICE.values(), ids=TWICE)
def test_who_sends_a_form_twice_at_once_is_told_that_it_is_there(house, enter):
    vars(house)["indicator"] = make_indicator(house.committee)
    whole = {"issuer": house.other, "number": 8, "symbol": "TB", "issued_on": ISSUED, "text": "1. Việc."}
    vars(house)["draft"] = draft_notice(committee=house.committee, by=house.secretary, at=MORNING, **whole)
    whom = [To(Role.LEAD, house.lead)]
    add_directive(vars(house)["draft"], quote="Việc", addressees=whom, by=house.secretary, at=MORNING)

    def refused() -> None:
        with pytest.raises((Invalid, WrongMoment)):
            enter(house)

    beside(lambda: enter(house), refused)


def test_two_parts_are_not_moved_to_one_agency_at_once(house):
    mine, other = (make_assignment(directive=house.directive, role=Role.SHARE) for _part in range(2))

    def refused() -> str:
        with pytest.raises(Invalid) as refusal:
            reassign(other, house.third, by=house.secretary, at=MORNING, **WHY)
        return refusal.value.field

    ours = partial(reassign, mine, house.third, by=house.secretary, at=MORNING, **WHY)
    assert beside(ours, refused) == "agency"
    assert Assignment.objects.filter(agency=house.third).count() == 1


def renamed(house) -> None:
    """Its directive goes to another field."""
    Directive.objects.filter(pk=house.directive.pk).update(field="Dữ liệu")


MOVING = {
    "handed in": lambda h: hand_in(h.assignment, by=h.officer, at=MORNING, text="Xong"),
    "suspended": lambda h: suspend(h.assignment, by=h.secretary, at=MORNING, **WHY),
}


@pytest.mark.parametrize("move", MOVING.values(), ids=MOVING)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_work_that_moves_while_its_field_is_renamed_counts_once(house, move, first):
    acts = [lambda: renamed(house), lambda: move(house)]
    beside(*(acts if first else reversed(acts)))
    late = date(2027, 1, 1)
    told = totals_by(Scope(), By.FIELD, late)
    assert told == cells_by(Scope(), By.FIELD, late)
    assert told["Dữ liệu"].open_in_time == 1
