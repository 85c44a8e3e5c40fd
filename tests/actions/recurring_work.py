"""Work that recurs, as the tests of it need it: a directive by the 25th of each month, and the tick."""

from datetime import date

from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.actions.issuing import issue
from directives.actions.recurring import give_next_periods
from directives.models import Directive, Notice, Role
from tests.actions.conftest import House
from tests.make import at

ENTERED = date(2026, 11, 20)  # a Friday
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
WHY = {"reason": "Không đúng chức năng"}
BY_25 = {"deadline_kind": "recurring", "recurrence": "monthly", "recurrence_day": 25}


def drafted(house: House, **fields) -> tuple[Notice, Directive]:
    """A draft with one directive: the lead reports to the committee by the 25th of each month; another coordinates."""
    who = {"by": house.secretary, "at": at(ENTERED)}
    notice = draft_notice(
        committee=house.committee,
        number=412,
        symbol="TB-VPCP",
        issuer=house.third,
        issued_on=ENTERED,
        text="1. Hằng tháng, trước ngày 25, báo cáo tiến độ.",
        **who,
    )
    whom = fields.pop("addressees", [To(Role.LEAD, house.lead), To(Role.COORDINATING, house.other)])
    return notice, add_directive(notice, quote="báo cáo tiến độ", addressees=whom, **(BY_25 | fields), **who)


def issued(house: House, *, ahead: int = 1, **fields) -> Directive:
    notice, directive = drafted(house, **fields)
    issue(notice, by=house.secretary, at=at(ENTERED), unhandled_ok=True, ahead=ahead)
    directive.refresh_from_db()
    return directive


def tick(day: date, **options) -> int:
    """The tick early on `day`; how much it gave out."""
    return give_next_periods(now=at(day, 0, 1), today=day, **options)


def parts(directive: Directive, **which) -> list[tuple[str, str, date]]:
    """Each live assignment as (period, agency's code or 'lead', due date)."""
    rows = directive.assignments.live().filter(**which).order_by("period", "pk")
    return [(row.period, row.agency.name_vi, row.due_on) for row in rows.select_related("agency")]


NOVEMBER_LEAD = ("2026-11", "Bộ Công an", date(2026, 11, 25))
DECEMBER_LEAD = ("2026-12", "Bộ Công an", date(2026, 12, 25))
JANUARY_LEAD = ("2027-01", "Bộ Công an", date(2027, 1, 25))
