"""What a message says, as it would be sent: a committee with one directive that is late, and its readers."""

from datetime import date, datetime

from accounts.models import Role as Seat
from directives.models import Delivery
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_calendar,
    make_committee,
    make_delivery,
    make_directive,
    make_notice,
    make_reminder,
    make_user,
)
from tracker.delivery.channels import Message
from tracker.delivery.rendering import Letters

DUE = date(2024, 12, 31)
FRIDAY = date(2025, 1, 3)
MORNING = at(FRIDAY, 7, 30)
VNEID = "Đưa lý lịch tư pháp, giấy khai sinh, giấy kết hôn lên ứng dụng VNeID"


class Desk:
    """Bộ Công an leads a directive of notice 369 with Bộ Tư pháp; an officer and the committee's deputy read."""

    def __init__(self) -> None:
        make_calendar(date(2025, 1, 1))
        self.lead = make_agency("Bộ Công an", name_en="Ministry of Public Security")
        self.helper = make_agency("Bộ Tư pháp", name_en="Ministry of Justice")
        self.committee = make_committee("Ủy ban Quốc gia về chuyển đổi số")
        self.officer = make_user(Seat.OFFICER, self.lead, name="Chuyên viên, Bộ Công an")
        self.deputy = make_user(Seat.STANDING_DEPUTY, self.committee, name="Phó Chủ tịch thường trực")
        self.notice = make_notice(self.committee, number=369, issued_on=date(2024, 8, 9))
        self.directive = make_directive(self.notice, VNEID, due_on=DUE)
        self.assignment = make_assignment(self.lead, directive=self.directive, due_on=DUE)

    def digest(self, **fields: object):
        row = make_delivery(self.officer, kind="digest", **fields)
        make_reminder(row, self.assignment)
        return row


def render(row: Delivery, *, at: datetime) -> Message:
    """The message as it reads at that moment."""
    return Letters([row], at=at).write(row)


def lines_of(text: str) -> list[str]:
    """The lines that say something, without what stands around them in mail."""
    body = text.partition("\n----\n")[0]
    return [line.strip() for line in body.splitlines() if line.strip()]
