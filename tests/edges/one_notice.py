"""A small register for the API to tell of: one notice with one directive and everybody's part in it."""

from datetime import date

from directives.models import Role
from directives.rules.lifecycle import State
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_ladder,
    make_notice,
    make_paragraph,
)

BEFORE_DUE = at(date(2025, 3, 4))  # a Tuesday, eight working days before the due date


class Register:
    """One notice with one directive: a lead, two coordinating agencies, and two that each do their own share."""

    def __init__(self) -> None:
        make_ladder()
        self.committee = make_committee("Ủy ban Quốc gia", code="uy-ban", name_en="National Committee")
        self.issuer = make_agency("Văn phòng Chính phủ", code="vpcp", name_en="Office of the Government")
        self.notice = make_notice(
            self.committee,
            text="1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.\n2. Báo cáo kết quả.",
            number=9,
            symbol="TB-VPCP",
            issuer=self.issuer,
            met_on=date(2025, 2, 28),
            subject="Kết luận phiên họp",
        )
        self.paragraph = make_paragraph(
            self.notice, "1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.", handled_as="directive"
        )
        make_paragraph(self.notice, "2. Báo cáo kết quả.", label="2", handled_as="information")
        self.directive = make_directive(
            self.notice,
            "Đưa 4 tiện ích lên VNeID",
            quote="Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
            product="4 tiện ích",
            field="Chuyển đổi số",
            deadline_text="trước ngày 14/3/2025",
            paragraph=self.paragraph,
        )
        self.ministry = make_agency("Bộ Công an", code="bca", name_en="Ministry of Public Security")
        self.lead = make_assignment(self.ministry, directive=self.directive)
        for code in ("byt", "btp"):
            make_assignment(make_agency(code=code), directive=self.directive, role=Role.COORDINATING)
        for code, state in (("hn", State.DONE), ("ht", State.ASSIGNED), ("gl", State.WITHDRAWN)):
            make_assignment(make_agency(code=code), directive=self.directive, role=Role.SHARE, state=state)
