"""A draft of one notice, as the tests of drafting and of issuing need it."""

from collections import namedtuple
from datetime import date

from accounts.models import Role as Office
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.models import Notice, Role
from tests.make import (
    at,
    make_agency,
    make_calendar,
    make_committee,
    make_ladder,
    make_user,
)

ISSUED = date(2024, 8, 9)
NOW = at(ISSUED)
Stretch = namedtuple("Stretch", "label start end")
TEXT = "1. Đưa tiện ích lên VNeID.\n2. Các địa phương kết nối phần mềm."
STRETCHES = [Stretch("1", 0, 26), Stretch("2", 27, len(TEXT))]


class Desk:
    """A secretary with a draft that lacks nothing but directives."""

    def __init__(self) -> None:
        make_calendar()
        make_ladder()
        self.committee = make_committee()
        self.secretary = make_user(Office.SECRETARIAT, self.committee)
        self.issuer, self.lead = make_agency("Văn phòng Chính phủ"), make_agency("Bộ Công an")
        self.draft = self.enter()

    def enter(self, **fields) -> Notice:
        whole = {"number": 369, "symbol": "TB-VPCP", "issuer": self.issuer, "issued_on": ISSUED, "text": TEXT}
        return draft_notice(committee=self.committee, by=self.secretary, at=NOW, **(whole | fields))

    def add(self, **fields):
        whole = {
            "quote": "Đưa tiện ích lên VNeID",
            "deadline_kind": "date",
            "due_on": date(2024, 12, 31),
            "addressees": [To(Role.LEAD, self.lead)],
        }
        return add_directive(self.draft, by=self.secretary, at=NOW, **(whole | fields))
