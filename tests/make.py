"""Builders for tests: each call says what matters to the test, the rest is filled in plainly.

Everybody sits in office since `OFFICES_SINCE`; notices are issued on `ISSUED_ON` and work is due on `DUE_ON`.
"""

from datetime import date, datetime, timedelta
from itertools import count

from accounts.models import Absence, Agency, AgencyGroup, AgencyKind, ApiKey, Committee, Office, Role, Succession, User
from accounts.models.people import COMMITTEE_ROLES, SYSTEM_ROLES
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.actions.issuing import issue
from directives.models import (
    Addressee,
    Assignment,
    CalendarDay,
    Channel,
    DayKind,
    Delivery,
    DeliveryKind,
    Directive,
    ExtensionRequest,
    Indicator,
    Ladder,
    Notice,
    NoticeState,
    Paragraph,
    Reading,
    Reminder,
    Report,
    Rung,
    Session,
)
from directives.models import Role as Part
from directives.models.kinds import DeadlineKind, quote_hash
from directives.rules.lifecycle import State
from directives.rules.working_days import HANOI

OFFICES_SINCE = date(2022, 1, 1)
ISSUED_ON = date(2025, 3, 3)  # a Monday
DUE_ON = date(2025, 3, 14)  # a Friday, nine working days later
FAR_FUTURE = datetime(2099, 1, 1, tzinfo=HANOI)
PASSWORD = "Mat-khau-thu-nghiem-2025"
# The default ladder: offset in working days, the highest audience, the kind.
DEFAULT_RUNGS = (
    (-15, "officer", "courtesy"),
    (-7, "officer", "courtesy"),
    (-3, "officer", "courtesy"),
    (-1, "officer", "courtesy"),
    (0, "head", "courtesy"),
    (1, "head", "escalation"),
    (3, "secretariat", "escalation"),
    (7, "deputy", "escalation"),
    (15, "chair", "escalation"),
)
_numbers = count(1)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a local day in Hanoi; nine in the morning if nothing else is said."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)


def make_agency(name: str = "", *, kind: str = AgencyKind.MINISTRY, **fields: object) -> Agency:
    """An agency; named 'Cơ quan 7' where the name does not matter."""
    number = next(_numbers)
    fields.setdefault("code", f"co-quan-{number}")
    return Agency.objects.create(name_vi=name or f"Cơ quan {number}", kind=kind, **fields)


def make_succession(predecessor: Agency, successor: Agency, on: date) -> Succession:
    """The work of `predecessor` passes to `successor` on a day."""
    return Succession.objects.create(predecessor=predecessor, successor=successor, on=on, basis="Nghị quyết")


def make_group(*members: Agency, kinds: tuple[str, ...] = (), name: str = "", **fields: object) -> AgencyGroup:
    """A group addressee, by named members, by kinds, or both."""
    number = next(_numbers)
    fields.setdefault("code", f"nhom-{number}")
    group = AgencyGroup.objects.create(name_vi=name or f"Nhóm {number}", kinds=list(kinds), **fields)
    group.members.set(members)
    return group


def make_committee(name: str = "", **fields: object) -> Committee:
    """A committee without secretariat agency or parent unless said."""
    number = next(_numbers)
    fields.setdefault("code", f"ban-chi-dao-{number}")
    return Committee.objects.create(name_vi=name or f"Ban Chỉ đạo {number}", **fields)


def make_user(role: str = Role.OFFICER, body: Agency | Committee | None = None, **fields: object) -> User:
    """Somebody who holds the office `role` in `body` since `OFFICES_SINCE`; a new body where none is given.

    The password is `PASSWORD` only where `password=PASSWORD` is asked for: hashing is slow, most tests log in by force.
    `starts_on` and `ends_on` are the office's; all else is the user's.
    """
    number = next(_numbers)
    dates = {name: fields.pop(name) for name in ("starts_on", "ends_on") if name in fields}
    fields.setdefault("email", f"{role}.{number}@dondoc.example".replace("_", "-"))
    fields.setdefault("name", f"{Role(role).name} {number}")
    user = User.objects.create_user(**fields)
    make_office(user, role, body, **dates)
    return user


def make_office(user: User, role: str, body: Agency | Committee | None = None, **fields: object) -> Office:
    """One more office for `user`, in `body` or in a new one of the kind that the role sits in."""
    fields.setdefault("starts_on", OFFICES_SINCE)
    if role in SYSTEM_ROLES:
        return Office.objects.create(user=user, role=role, **fields)
    if role in COMMITTEE_ROLES:
        return Office.objects.create(user=user, role=role, committee=body or make_committee(), **fields)
    return Office.objects.create(user=user, role=role, agency=body or make_agency(), **fields)


def make_absence(away: User | Office, substitute: User, begins_on: date, ends_on: date | None = None) -> Absence:
    """`substitute` fills the office (the only one of a user) on those days; on one day where no last one is given."""
    office = away.offices.get() if isinstance(away, User) else away
    return Absence.objects.create(
        office=office, substitute=substitute, begins_on=begins_on, ends_on=ends_on or begins_on
    )


def make_key(body: Agency | Committee | None = None, *, scopes: tuple[str, ...] = ("read",)) -> tuple[ApiKey, str]:
    """An API key acting for `body` (a new committee if none), and its plain text."""
    body = body or make_committee()
    seat = {"agency": body} if isinstance(body, Agency) else {"committee": body}
    return ApiKey.issue(f"Khóa {next(_numbers)}", expires_at=FAR_FUTURE, scopes=scopes, **seat)


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
    number = next(_numbers)
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
        wording=wording or f"Nhiệm vụ {next(_numbers)}",
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
    number = next(_numbers)
    fields = {"number": number, "symbol": "TB-VPCP", "text": f"1. Hoàn thành nhiệm vụ {number}.", **fields}
    fields.setdefault("issuer", committee.secretariat or make_agency())
    notice = draft_notice(committee=committee, issued_on=issued_on, **fields, **who)
    kind = DeadlineKind.DATE if due_on else DeadlineKind.NONE
    roles = [Part.LEAD] + [Part.COORDINATING] * len(addressees)
    named = zip(addressees or [make_agency()], roles, strict=False)
    whom = [to if isinstance(to, To) else To(role, to) for to, role in named]
    add_directive(notice, quote=notice.text, addressees=whom, deadline_kind=kind, due_on=due_on, **who)
    return issue(notice, **who)


def make_report(assignment: Assignment | None = None, **fields: object) -> Report:
    """A progress report by an officer of the assignment's agency."""
    assignment = assignment or make_assignment()
    fields.setdefault("kind", "progress")
    fields.setdefault("text", "Đã hoàn thành bước 1.")
    fields.setdefault("at", at(assignment.assigned_on + timedelta(days=1)))
    if "by" not in fields:
        fields["by"] = make_user(Role.OFFICER, assignment.agency)
    return Report.objects.create(assignment=assignment, **fields)


def make_extension(assignment: Assignment | None = None, **fields: object) -> ExtensionRequest:
    """A request, waiting for decision, for two more weeks."""
    assignment = assignment or make_assignment()
    fields.setdefault("due_on_then", assignment.due_on)
    fields.setdefault("asked_due_on", assignment.due_on + timedelta(days=14))
    fields.setdefault("reason", "Cần thêm thời gian lấy ý kiến.")
    fields.setdefault("asked_at", at(assignment.assigned_on + timedelta(days=1)))
    if "asked_by" not in fields:
        fields["asked_by"] = make_user(Role.OFFICER, assignment.agency)
    return ExtensionRequest.objects.create(assignment=assignment, **fields)


def make_indicator(committee: Committee | None = None, **fields: object) -> Indicator:
    """A target in percent."""
    fields.setdefault("code", f"chi-tieu-{next(_numbers)}")
    fields.setdefault("name_vi", "Tỷ lệ hồ sơ trực tuyến")
    fields.setdefault("unit", "%")
    return Indicator.objects.create(committee=committee or make_committee(), **fields)


def make_reading(indicator: Indicator | None = None, as_of: date = ISSUED_ON, **fields: object) -> Reading:
    """A figure of an indicator on a day; 50 where the figure does not matter."""
    if "value" not in fields and "numerator" not in fields:
        fields["value"] = 50
    if "by" not in fields:
        fields["by"] = make_user(Role.OFFICER)
    fields.setdefault("source", "Báo cáo của cơ quan")
    return Reading.objects.create(indicator=indicator or make_indicator(), as_of=as_of, at=at(as_of), **fields)


# --- messages


def make_delivery(recipient: User, *, kind: str = DeliveryKind.ASSIGNED, **fields: object) -> Delivery:
    """A message waiting since the morning after `ISSUED_ON`; by e-mail unless said.

    About `assignment` (a new one of the recipient's agency if none), or about all that `notice` gives the
    recipient's agencies.
    """
    fields.setdefault("key", f"thu-{next(_numbers)}")
    fields.setdefault("channel", Channel.EMAIL)
    fields.setdefault("due_at", at(ISSUED_ON + timedelta(days=1), 7, 30))
    fields.setdefault("created_at", fields["due_at"])
    fields.setdefault("because", "bạn giữ chức vụ Chuyên viên")
    if kind not in (DeliveryKind.DIGEST, DeliveryKind.ESCALATED) and "notice" not in fields:
        seat = recipient.offices.filter(agency__isnull=False).first()
        assignment = fields.setdefault("assignment", make_assignment(seat and seat.agency))
        fields["notice"] = assignment.directive.notice
    return Delivery.objects.create(recipient=recipient, kind=kind, **fields)


def make_reminder(delivery: Delivery, assignment: Assignment, rung: int = 1, **fields: object) -> Reminder:
    """A line of the ledger that goes out with `delivery`; sent as officer, as escalation once the date has passed."""
    fields.setdefault("audience", "officer")
    fields.setdefault("kind", "escalation" if rung > 0 else "courtesy")
    fields.setdefault("rung_on", assignment.due_on)
    return Reminder.objects.create(
        delivery=delivery,
        assignment=assignment,
        rung=rung,
        due_version=assignment.due_version,
        recipient=delivery.recipient,
        channel=delivery.channel,
        planned_on=fields["rung_on"],
        **fields,
    )
