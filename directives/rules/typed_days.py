"""A deadline as a person types it in place of the one that was read: "5/12", "31/12/2026", "quý IV", "hằng tháng"."""

import re
from datetime import date

from directives.rules.deadlines import NOT_UNDERSTOOD, Deadline, Kind, understand
from directives.rules.refusals import N_, Invalid
from directives.rules.working_days import Calendar
from directives.rules.written_days import NO_SUCH_DAY

DAY_ALONE = re.compile(r"\s*\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*(?:\d{4}|\d{2}))?\s*")
TOO_EARLY = N_("The deadline lies before the issue date.")
NO_DEADLINE = re.compile(r"\s*(?:không(?: có)?(?: thời hạn| hạn)?|none|no deadline)?\s*", re.IGNORECASE)
NOT_A_DEADLINE = N_("Type a day (5/12 or 31/12/2026), a month, a quarter, or how often it recurs.")


def typed_deadline(words: str, issued_on: date, *, calendar: Calendar = Calendar()) -> Deadline:  # noqa: B008 - frozen
    """What was typed, understood for a notice issued on a day; a day without a year is the next one.

    Nothing, or words that say so, is no deadline.

    Raises Invalid('due_on') where nothing was understood, there is no such day, or it lies before the day of issue.
    """
    if NO_DEADLINE.fullmatch(words):
        return Deadline("", Kind.NONE)
    is_day = DAY_ALONE.fullmatch(words) is not None
    said = "ngày " + re.sub(r"\s", "", words) if is_day else words
    found = understand(said, issued_on, calendar=calendar)
    if found.review == NO_SUCH_DAY:
        raise Invalid("due_on", NO_SUCH_DAY)
    if found.kind is Kind.NONE or found.review == NOT_UNDERSTOOD:
        raise Invalid("due_on", NOT_A_DEADLINE)
    if found.due_on and found.due_on < issued_on:
        raise Invalid("due_on", TOO_EARLY)
    return Deadline(words.strip(), found.kind, found.due_on, "", found.recurrence)
