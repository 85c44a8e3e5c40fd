"""Until when somebody may put off the reminders of their own work. Escalations can never be put off."""

from datetime import date

from directives.rules.lifecycle import WORKING, WrongMoment
from directives.rules.refusals import N_, Invalid

AT_REST = N_("No reminder of this work is sent now, so none can be put off.")
UNDATED = N_("This work has no deadline: there is no reminder to put off.")
PASSED = N_("The deadline has passed: reminders of overdue work cannot be put off.")
PAST_DAY = N_("This day has passed. Choose today or a later one.")
AFTER_DEADLINE = N_("Reminders can be put off until the deadline at most: %(due_on)s.")


def check_may_snooze(*, state: str, due_on: date | None, today: date) -> None:
    """Pass when there may be reminders to put off on the local date `today`; else raise WrongMoment."""
    if state not in WORKING:
        raise WrongMoment(AT_REST)
    if due_on is None:
        raise WrongMoment(UNDATED)
    if due_on < today:
        raise WrongMoment(PASSED)


def check_snooze_until(until: date, *, due_on: date, today: date) -> None:
    """Pass when reminders may be put off until the local date `until`, that day included; else raise Invalid."""
    if until < today:
        raise Invalid("until", PAST_DAY)
    if until > due_on:
        raise Invalid("until", AFTER_DEADLINE, due_on=due_on)
