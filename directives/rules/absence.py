"""For which days the holder of an office may name a substitute."""

from datetime import date, timedelta

from directives.rules.refusals import N_, Invalid
from directives.rules.snoozing import PAST_DAY

LONGEST = timedelta(days=366)
BACKWARDS = N_("The last day lies before the first one.")
TOO_LONG = N_("An absence lasts a year at most. Name a substitute anew later.")
NOT_YET_HELD = N_("The office begins on %(day)s only.")
OVER_BY_THEN = N_("The office ends on %(day)s already.")


def check_absence(
    *, begins: date, ends: date, today: date, held_from: date, held_to: date | None, begun: date | None
) -> None:
    """Pass when an office held from `held_from` to `held_to` may be filled from `begins` to `ends` (all local dates).

    `begun` is the first day of the absence that is being changed, None for a new one: what has begun may keep its
    first day. Raises Invalid(begins) or Invalid(ends).
    """
    if begins < today and begins != begun:
        raise Invalid("begins", PAST_DAY)
    if begins < held_from:
        raise Invalid("begins", NOT_YET_HELD, day=held_from)
    if ends < begins:
        raise Invalid("ends", BACKWARDS)
    if ends < today:
        raise Invalid("ends", PAST_DAY)
    if ends - begins > LONGEST:
        raise Invalid("ends", TOO_LONG)
    if held_to is not None and ends > held_to:
        raise Invalid("ends", OVER_BY_THEN, day=held_to)
