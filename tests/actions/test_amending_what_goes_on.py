"""A notice is amended whose work is late already, or goes on in its next period though nothing is open now."""

from datetime import date

import pytest

from directives.actions.amending import decide, reopen, restate
from directives.actions.amendment_issue import issue_amendment
from directives.actions.drafting import To, add_directive, change_directive
from directives.actions.entering import draft_notice
from directives.actions.handing_down import Units, hand_down
from directives.actions.reporting import hand_in, verify
from directives.actions.touching import compare_draft
from directives.models import Directive, Event, Notice, Role
from directives.rules.refusals import Invalid
from tests.actions.an_amendment import DUE, FIRST, FOURTH, NOW, TEXT, Desk
from tests.actions.recurring_work import DECEMBER, issued, tick
from tests.make import at, make_agency, make_assignment, make_directive

OVERDUE = date(2025, 2, 3)  # a Monday after the deadline
REWORDED = FIRST.replace("rà soát", "rà soát, bổ sung")


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


def restated(desk: Desk, **fields) -> tuple[Notice, Directive]:
    """A correction, entered when the work is overdue, of the words of the first directive alone."""
    draft = desk.correction(TEXT.replace(FIRST, REWORDED) + f"4. {FOURTH}\n")
    Notice.objects.filter(pk=draft.pk).update(issued_on=OVERDUE)
    draft.refresh_from_db()
    was = desk.directives[0]
    told = {"wording": REWORDED, "deadline_kind": "date", "due_on": DUE, **fields}
    to = [To(row.role, row.agency, row.group, row.due_on) for row in was.addressees.all()]
    who = {"by": desk.secretary, "at": at(OVERDUE)}
    row = restate(draft, was, quote=REWORDED, addressees=to, paragraph=draft.paragraphs.first(), **who, **told)
    draft.refresh_from_db()
    return draft, row.successor


def test_overdue_work_is_reworded_and_keeps_its_deadline(desk):
    draft, successor = restated(desk)
    change_directive(successor, by=desk.secretary, at=at(OVERDUE), product="Báo cáo")
    issue_amendment(draft, by=desk.secretary, at=at(OVERDUE), unhandled_ok=True)
    first = desk.directives[0]
    assert (first.wording, first.product, first.due_on) == (REWORDED, "Báo cáo", DUE)
    row = desk.assignment(1, desk.building)
    assert (row.due_on, row.due_version, row.state) == (DUE, 1, "assigned")


def test_what_is_stated_anew_is_not_due_before_it_was_first_given(desk):
    with pytest.raises(Invalid, match="The deadline lies before the issue date"):
        restated(desk, due_on=date(2024, 8, 8))


def test_what_a_correction_adds_is_not_due_before_the_correction(desk):
    draft, _successor = restated(desk)
    new = {"quote": FOURTH, "deadline_kind": "date", "due_on": DUE, "paragraph": draft.paragraphs.last()}
    to = [To(Role.LEAD, desk.health.agency)]
    before = draft.directives.count()
    with pytest.raises(Invalid, match="The deadline lies before the issue date"):
        add_directive(draft, by=desk.secretary, at=at(OVERDUE), addressees=to, **new)
    assert draft.directives.count() == before


def test_recurring_work_that_a_correction_withdraws_comes_back_in_no_period(house):
    """Its present period is done and no other is given yet, so that nobody has anything open."""
    directive = issued(house, ahead=0, addressees=[To(Role.LEAD, house.lead)])
    day = date(2026, 11, 24)
    who = {"by": house.secretary, "at": at(day)}
    report = hand_in(directive.assignments.get(), by=house.officer, at=at(day), text="Đã báo cáo")
    verify(report.assignment, **who)
    text = "1. Thôi thực hiện chế độ gửi số liệu.\n"
    draft = draft_notice(committee=house.committee, corrects=directive.notice, text=text, issued_on=day, **who)
    (touch,) = compare_draft(draft).touches
    assert (touch.is_open, touch.outcome) == (False, "")
    decide(draft, directive, "withdraw", **who)
    issue_amendment(draft, unhandled_ok=True, **who)
    assert tick(DECEMBER, ahead=0) == 0
    assert [row.state for row in directive.assignments.all()] == ["done"]


def test_what_was_handed_down_goes_with_its_own_work_alone(desk):
    """One sentence gives two directives; a later notice changes one of them."""
    other = make_directive(desk.notice, quote=FIRST, position=4, due_on=DUE)
    wholes = [desk.assignment(1, desk.building), make_assignment(desk.police.agency, directive=other, due_on=DUE)]
    parts = []
    for whole, seats in zip(wholes, (desk.building, desk.police), strict=True):
        to = Units([make_agency(f"Cục của {seats.agency.name_vi}", parent=seats.agency)])
        parts += hand_down(whole, to=to, by=seats.officer, at=NOW, wording="Rà soát tại cục", due_on=DUE)
    draft = desk.later(f"1. Sửa đổi mục 1 Thông báo 369 như sau: {REWORDED}\n", amends=desk.notice)
    desk.restate(draft, 1, REWORDED, wording=REWORDED)
    decide(draft, other, "keep", by=desk.secretary, at=NOW)
    issue_amendment(draft, by=desk.secretary, at=NOW)
    mine, theirs = (Directive.objects.get(assignments=part) for part in parts)
    assert (mine.notice, mine.quote) == (draft, REWORDED)
    assert (theirs.notice, theirs.quote) == (desk.notice, FIRST)


def test_history_keeps_every_decision_also_the_one_that_was_taken_back(desk):
    draft = desk.correction(TEXT.replace("tồn đọng", "còn tồn đọng"))
    desk.decide(draft, 3, "keep")
    desk.decide(draft, 3, "withdraw")
    reopen(draft, desk.directives[2], by=desk.secretary, at=NOW)
    reopen(draft, desk.directives[2], by=desk.secretary, at=NOW)
    events = Event.objects.filter(verb="decide_amendment", notice=draft).order_by("pk")
    assert [(event.before.get("outcome"), event.after["outcome"]) for event in events] == [
        (None, "keep"),
        ("keep", "withdraw"),
        ("withdraw", ""),
    ]
