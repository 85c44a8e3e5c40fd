"""The deadline of a row: a day, words, or both side by side as careful offices keep them."""

from dataclasses import replace
from datetime import date

from directives.rules.deadlines import Deadline, Kind, understand
from directives.rules.lists.cells import Cell, day_of, text_of
from directives.rules.refusals import N_
from directives.rules.working_days import Calendar

ANOTHER_DAY = N_("The day that is given is not the one that is written: the day that is given was taken.")


def read_deadline(given: Cell, written: Cell, issued_on: date, calendar: Calendar) -> Deadline:
    """What the row means by `given` (a day, or words) and `written` (words); the day that is given wins.

    A list counts as written what it gives as a day, so that the register can say what the list said.
    """
    day = day_of(given)
    text = text_of(written) or ("" if day else text_of(given))
    read = understand(text, issued_on, calendar=calendar)
    if day is None:
        return read
    if not text:
        return Deadline(f"{day:%d/%m/%Y}", Kind.DATE, day)
    if read.due_on == day:
        return read
    kind = read.kind if read.kind in (Kind.RELATIVE, Kind.RECURRING) else Kind.DATE
    review = ANOTHER_DAY if read.due_on else ""
    return replace(read, kind=kind, due_on=day, review=review, recurrence=None)
