"""Builders of the calendar, ladders, notices, directives and assignments."""

from datetime import date

from accounts.models import Agency, AgencyGroup, Committee, Role
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.actions.issuing import issue
from directives.models import (
    Addressee,
    Assignment,
    CalendarDay,
    DayKind,
    Directive,
    Ladder,
    Notice,
    NoticeState,
    Paragraph,
    Rung,
    Session,
)
from directives.models import Role as Part
from directives.models.kinds import DeadlineKind, quote_hash
from directives.rules.lifecycle import State
from tests.make.days import DEFAULT_RUNGS, DUE_ON, ISSUED_ON, at, numbers
from tests.make.who import make_agency, make_committee, make_user


def make_calendar(*off: date, working: tuple[date, ...] = ()) -> None:
    """Holidays `off`, and days at the weekend that are worked."""
    days = [CalendarDay(day=day, kind=DayKind.HOLIDAY, name="Nghỉ") for day in off]
    days += [CalendarDay(day=day, kind=DayKind.SWAPPED_WORKING, name="Làm bù") for day in working]
    CalendarDay.objects.bulk_create(days)


def make_ladder(
    committee: Committee | None = None,
    rungs: tuple[tuple[int, str, str], ...] = DEFAULT_RUNGS,
    **fields: object,
) -> Ladder:
    """The default ladder, or a committee's own; rungs are (offset, audience, kind)."""
    ladder = Ladder.objects.create(committee=committee, name="Bậc đôn đốc", **fields)
    Rung.objects.bulk_create(
        Rung(ladder=ladder, offset=offset, audience=audience, kind=kind) for offset, audience, kind in rungs
    )
    return ladder


def make_session(committee: Committee | None = None, held_on: date = ISSUED_ON, **fields: object) -> Session:
    """A session of a committee."""
    fields.setdefault("title", "Phiên họp")
    return Session.objects.create(committee=committee or make_committee(), held_on=held_on, **fields)


def make_notice(committee: Committee | None = None, *, text: str = "", **fields: object) -> Notice:
    """An issued notice of `committee` (a new one if none); `state=NoticeState.DRAFT` for a draft."""
    number = next(numbers)
    fields.setdefault("number", number)
    fields.setdefault("symbol", "TB-VPCP")
    fields.setdefault("issued_on", ISSUED_ON)
    fields.setdefault("state", NoticeState.ISSUED)
    fields.setdefault("subject", f"Kết luận phiên họp {number}")
    if "issuer" not in fields:
        fields["issuer"] = make_agency(f"Văn phòng {number}")
    if "entered_by" not in fields:
        fields["entered_by"] = make_user(Role.ADMINISTRATOR)
    fields.setdefault("entered_at", at(fields["issued_on"] or ISSUED_ON))
    text = text or f"1. Cơ quan chủ trì hoàn thành nhiệm vụ {number}."
    return Notice.objects.create(committee=committee or make_committee(), text=text, **fields)


def make_paragraph(notice: Notice, text: str = "", label: str = "1", **fields: object) -> Paragraph:
    """A paragraph holding `text`, words of the notice (all of them if none are given)."""
    text = text or notice.text
    start = notice.text.index(text)
    fields.setdefault("position", notice.paragraphs.count() + 1)
    return Paragraph.objects.create(notice=notice, label=label, start=start, end=start + len(text), **fields)


def make_directive(notice: Notice | None = None, wording: str = "", **fields: object) -> Directive:
    """A directive that quotes the whole notice, or the `quote` given; due on `due_on`, None for undated."""
    notice = notice or make_notice()
    quote = fields.pop("quote", notice.text)
    start = notice.text.index(quote)
    due_on = fields.setdefault("due_on", DUE_ON)
    fields.setdefault("deadline_kind", DeadlineKind.DATE if due_on else DeadlineKind.NONE)
    fields.setdefault("position", notice.directives.count() + 1)
    return Directive.objects.create(
        notice=notice,
        quote=quote,
        quote_start=start,
        quote_end=start + len(quote),
        quote_hash=quote_hash(quote),
        wording=wording or f"Nhiệm vụ {next(numbers)}",
        **fields,
    )


def make_addressee(
    directive: Directive, body: Agency | AgencyGroup, role: str = Part.LEAD, **fields: object
) -> Addressee:
    """Whom the notice names for the directive: an agency or a group."""
    seat = {"group": body} if isinstance(body, AgencyGroup) else {"agency": body}
    return Addressee.objects.create(directive=directive, role=role, **seat, **fields)


def make_assignment(
    agency: Agency | None = None,
    *,
    directive: Directive | None = None,
    role: str = Part.LEAD,
    state: str = State.ASSIGNED,
    due_on: date | None = DUE_ON,
    **fields: object,
) -> Assignment:
    """One agency's duty in `state`; `handed_in_on` and `done_on` default to the due date where the state needs them.

    Written straight into its table: history and spans are for the actions to write.
    """
    directive = directive or make_directive(due_on=due_on)
    fields.setdefault("original_due_on", due_on)
    fields.setdefault("assigned_on", directive.notice.issued_on or ISSUED_ON)
    fields.setdefault("armed_on", fields["assigned_on"])
    finished = due_on or fields["assigned_on"]
    if state in (State.HANDED_IN, State.DONE):
        fields.setdefault("handed_in_on", finished)
    if state == State.DONE:
        fields.setdefault("done_on", fields["handed_in_on"])
    return Assignment.objects.create(
        directive=directive, agency=agency or make_agency(), role=role, state=state, due_on=due_on, **fields
    )


def make_issued(
    *addressees: Agency | To,
    committee: Committee | None = None,
    issued_on: date = ISSUED_ON,
    due_on: date | None = DUE_ON,
    **fields: object,
) -> list[Assignment]:
    """Issue a notice of one directive through the actions, so that its assignments have history and spans.

    An agency leads where it comes first and coordinates otherwise; `To` says more. The committee gets a secretary
    where it has none; `fields` are the notice's.
    """
    committee = committee or make_committee()
    seat = committee.offices.filter(role=Role.SECRETARIAT).first()
    who = {"by": seat.user if seat else make_user(Role.SECRETARIAT, committee), "at": at(issued_on)}
    number = next(numbers)
    fields = {"number": number, "symbol": "TB-VPCP", "text": f"1. Hoàn thành nhiệm vụ {number}.", **fields}
    fields.setdefault("issuer", committee.secretariat or make_agency())
    notice = draft_notice(committee=committee, issued_on=issued_on, **fields, **who)
    kind = DeadlineKind.DATE if due_on else DeadlineKind.NONE
    roles = [Part.LEAD] + [Part.COORDINATING] * len(addressees)
    named = zip(addressees or [make_agency()], roles, strict=False)
    whom = [to if isinstance(to, To) else To(role, to) for to, role in named]
    add_directive(notice, quote=notice.text, addressees=whom, deadline_kind=kind, due_on=due_on, **who)
    return issue(notice, **who)
