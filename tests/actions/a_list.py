"""A draft and the list of directives that is taken into it, as the tests of lists need them."""

from datetime import date

from accounts.models import AgencyKind, Role
from directives.actions.list_reading import Row, Wishes
from directives.actions.listing import Source, check_list, enter_list
from directives.models import Addressee, Delivery, Directive, Event, NoticeState, Reminder
from directives.rules.lists.columns import Means
from tests.make import (
    at,
    make_agency,
    make_committee,
    make_group,
    make_notice,
    make_paragraph,
    make_user,
)

ISSUED_ON, TODAY = date(2024, 8, 9), date(2024, 8, 12)
FILE = Source("danh-muc.xlsx", "f" * 64)
FIRST, SECOND = "Kết nối hệ thống thông tin", "Trình đề án chuyển đổi số"
ANNEX = Wishes(annex=True)


class World:
    """A draft of two sentences, its secretary, two ministries and a group."""

    def __init__(self, text: str = f"1. {FIRST}.\n2. {SECOND}.") -> None:
        self.committee = make_committee()
        self.by = make_user(Role.SECRETARIAT, self.committee)
        self.police = make_agency("Bộ Công an", abbreviation="BCA", short_name_vi="Công an")
        self.health = make_agency("Bộ Y tế", aliases=["Bộ YT"], name_en="Ministry of Health")
        self.provinces = make_group(kinds=(AgencyKind.PROVINCE,), name="Các địa phương")
        self.notice = make_notice(self.committee, state=NoticeState.DRAFT, issued_on=ISSUED_ON, text=text)
        for position, sentence in enumerate((FIRST, SECOND), start=1):
            if sentence in text:
                make_paragraph(self.notice, sentence, str(position))

    def check(self, *rows: dict, wishes: Wishes = ANNEX):
        return check_list(self.notice, listed(*rows), wishes, by=self.by, at=at(TODAY))

    def enter(self, *rows: dict, wishes: Wishes = ANNEX):
        self.notice.refresh_from_db()
        digest = self.check(*rows, wishes=wishes).digest
        who = {"by": self.by, "at": at(TODAY), "version": self.notice.version, "digest": digest, "source": FILE}
        plan = enter_list(self.notice, listed(*rows), wishes, **who)
        self.notice.refresh_from_db()
        return plan


def listed(*rows: dict) -> list[Row]:
    """Rows from the second of the sheet on; keys are the names of `Means`."""
    cells = [{Means(name): cell for name, cell in row.items()} for row in rows]
    return [Row(number, row) for number, row in enumerate(cells, start=2)]


def faults(plan) -> list[tuple[int, str, str]]:
    """Row, column and the beginning of each sentence."""
    return [(fault.number, fault.means.value, str(fault.refusal.sentence)) for fault in plan.faults]


def rows_of_everything() -> tuple[int, ...]:
    """How much there is of all that a list could touch."""
    return tuple(model.objects.count() for model in (Directive, Addressee, Event, Delivery, Reminder))


FULL = {
    "number": 1,
    "wording": FIRST,
    "lead": "bo cong an",
    "coordinating": "Bộ YT; các địa phương",
    "due_on": "trước ngày 31/12/2024",
    "product": "Báo cáo",
    "note": "Ghi chú",
}
