"""When news leaves the house: at once while offices work, else on the next working morning."""

from datetime import datetime

from directives.rules.escalation import DAY_ENDS_AT, DIGEST_AT
from directives.rules.working_days import DAY, HANOI, Calendar


def in_office_hours(at: datetime, calendar: Calendar) -> bool:
    """Whether offices in Viet Nam work at the aware moment `at`: 07:30 to 17:30 of a working day."""
    here = at.astimezone(HANOI)
    return calendar.is_working(here.date()) and DIGEST_AT <= here.time() <= DAY_ENDS_AT


def news_moment(*, now: datetime, urgent: bool, calendar: Calendar) -> datetime:
    """When news of `now` is sent: at once where it is urgent or offices work, else at 07:30 of the next morning."""
    if urgent or in_office_hours(now, calendar):
        return now
    here = now.astimezone(HANOI)
    day = here.date() if here.time() < DIGEST_AT else here.date() + DAY
    return datetime.combine(calendar.next_working(day), DIGEST_AT, HANOI)
