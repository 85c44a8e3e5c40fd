"""Work that goes on under a later notice: its next periods, the mail that still waits, and what units have of it."""

from datetime import date

from accounts.models import Role as Seat
from directives.actions.amending import decide
from directives.actions.amendment_issue import issue_amendment
from directives.actions.amendment_plan import plan_amendment
from directives.actions.drafting import To
from directives.actions.entering import draft_notice, set_paragraphs
from directives.actions.handing_down import Units, hand_down
from directives.actions.reporting import hand_in, verify
from directives.models import AmendedPart, Delivery, Directive, HandledAs, Role
from directives.rules.notice_text import read_paragraphs
from tests.actions.an_amendment import FIRST, NOW, SECOND, TEXT, THIRD, Desk
from tests.actions.recurring_work import issued, tick
from tests.make import at, make_agency, make_user
from tracker.delivery.subjects import subjects

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 24), date(2026, 12, 1), date(2027, 1, 1)


def superseded(house, directive: Directive, day: date, number: int) -> Directive:
    """A later notice repeats the sentence word for word; the directive by which the work goes on."""
    who = {"by": house.secretary, "at": at(day)}
    told = {
        "number": number,
        "symbol": "TB-VPCP",
        "issuer": house.third,
        "issued_on": day,
        "text": directive.notice.text,
    }
    draft = draft_notice(committee=house.committee, supersedes=directive.notice, **told, **who)
    set_paragraphs(draft, read_paragraphs(draft.text), **who)
    draft.paragraphs.update(handled_as=HandledAs.KNOWN)
    issue_amendment(draft, ahead=0, **who)
    return draft.directives.get()


def done(house, assignment, day: date) -> None:
    hand_in(assignment, by=house.officer, at=at(day), text="Đã báo cáo")
    verify(assignment, by=house.secretary, at=at(day))


def test_whoever_has_done_the_present_period_gets_the_next_under_the_later_notice(house):
    """Also where a second notice follows the first, and none of it twice."""
    first = issued(house, ahead=0)
    done(house, first.assignments.get(role=Role.LEAD), NOVEMBER)
    second = superseded(house, first, NOVEMBER, 413)
    assert second.continues == first
    third = superseded(house, second, NOVEMBER, 414)
    assert tick(NOVEMBER, ahead=0) == 0
    assert tick(DECEMBER, ahead=0) == 2
    assert tick(DECEMBER, ahead=0) == 0
    rows = third.assignments.filter(period="2026-12").order_by("role")
    assert [(row.agency, row.role) for row in rows] == [(house.other, Role.COORDINATING), (house.lead, Role.LEAD)]
    assert first.assignments.get().state == "done"


def test_recurring_work_of_which_all_is_done_goes_on_under_the_later_notice_too(house):
    first = issued(house, ahead=0, addressees=[To(Role.LEAD, house.lead)])
    done(house, first.assignments.get(), NOVEMBER)
    second = superseded(house, first, NOVEMBER, 413)
    assert tick(JANUARY, ahead=0) == 1
    assert [row.period for row in second.assignments.all()] == ["2027-01"]


def test_mail_that_waits_speaks_of_the_work_that_a_later_notice_keeps(db):
    desk = Desk()
    draft = desk.later(f"1. {FIRST}\n2. {SECOND}\n", supersedes=desk.notice)
    desk.decide(draft, 3, "withdraw")
    issue_amendment(draft, by=desk.secretary, at=NOW, unhandled_ok=True)
    waiting = list(Delivery.objects.filter(kind="assigned", channel="email").select_related("recipient"))
    told = {row.recipient.name: found.shown for row in waiting if (found := subjects(waiting, NOW.date()).get(row.pk))}
    kept = desk.assignment(1, desk.building)
    assert kept.directive.notice == draft
    assert told[desk.building.head.name] == (kept.pk,)
    assert desk.police.head.name not in told


def test_units_are_told_where_their_part_falls_with_the_whole(db):
    desk = Desk()
    whole = desk.assignment(3, desk.police)
    unit = make_agency("Cục Cảnh sát điều tra", parent=desk.police.agency)
    to, due_on = Units([unit]), whole.due_on
    (fallen,) = hand_down(whole, to=to, by=desk.police.head, at=NOW, wording="Điều tra", due_on=due_on)
    chief = make_user(Seat.HEAD, unit)
    draft = desk.correction(TEXT.replace(f"3. {THIRD}\n", "3. Thôi điều tra.\n"))
    decide(draft, desk.directives[2], "withdraw", by=desk.secretary, at=NOW)
    assert unit in {step.agency for step in plan_amendment(draft, today=NOW.date()).of("withdrawn")}
    issue_amendment(draft, by=desk.secretary, at=NOW, unhandled_ok=True)
    fallen.refresh_from_db()
    assert fallen.state == "withdrawn"
    assert AmendedPart.objects.get(assignment=fallen).change == "withdrawn"
    message = Delivery.objects.get(kind="amended", channel="email", recipient=chief)
    assert subjects([message], NOW.date())[message.pk].shown == (fallen.pk,)
