"""Builders of what agencies answer, of figures, and of messages."""

from datetime import date, timedelta

from accounts.models import Committee, Role, User
from directives.models import (
    Assignment,
    Channel,
    Delivery,
    DeliveryKind,
    ExtensionRequest,
    Indicator,
    Question,
    Reading,
    Reminder,
    Report,
)
from tests.make.days import ISSUED_ON, at, numbers
from tests.make.who import make_committee, make_user
from tests.make.work import make_assignment


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
    fields.setdefault("asked_due_on", fields["due_on_then"] + timedelta(days=14))
    fields.setdefault("reason", "Cần thêm thời gian lấy ý kiến.")
    fields.setdefault("asked_at", at(assignment.assigned_on + timedelta(days=1)))
    if "asked_by" not in fields:
        fields["asked_by"] = make_user(Role.OFFICER, assignment.agency)
    return ExtensionRequest.objects.create(assignment=assignment, **fields)


def make_question(assignment: Assignment | None = None, **fields: object) -> Question:
    """A question that waits for an answer, by an officer of the assignment's agency."""
    assignment = assignment or make_assignment()
    fields.setdefault("text", "Số liệu lấy theo nguồn nào?")
    fields.setdefault("asked_at", at(assignment.assigned_on + timedelta(days=1)))
    if "asked_by" not in fields:
        fields["asked_by"] = make_user(Role.OFFICER, assignment.agency)
    return Question.objects.create(assignment=assignment, **fields)


def make_indicator(committee: Committee | None = None, **fields: object) -> Indicator:
    """A target in percent."""
    fields.setdefault("code", f"chi-tieu-{next(numbers)}")
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


def make_delivery(recipient: User, *, kind: str = DeliveryKind.ASSIGNED, **fields: object) -> Delivery:
    """A message waiting since the morning after `ISSUED_ON`; by e-mail unless said.

    About `assignment` (a new one of the recipient's agency if none), or about all that `notice` gives the
    recipient's agencies.
    """
    fields.setdefault("key", f"thu-{next(numbers)}")
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
