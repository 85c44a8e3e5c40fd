"""What a proposal says is to be looked at again, sentence by sentence."""

from directives.rules.reading.doubtful import (
    binding,
    goes_on,
    is_dated_later,
    is_fragment,
    is_unsure_of_time,
    next_names_a_day,
    recurs_beside,
)
from directives.rules.reading.drafts import Draft
from directives.rules.reading.due import Due
from directives.rules.reading.narrowed import is_conditioned, is_of_a_region, is_of_those_concerned
from directives.rules.reading.outline import Block
from directives.rules.reading.references import Reference
from directives.rules.reading.unread import has_unread_names
from directives.rules.refusals import N_

NO_LEAD = N_("Nobody is named who is to do it.")
CARRIED = N_("Nobody is named here: those of the paragraph before were taken.")
UNKNOWN = N_("A name is not in the register of agencies.")
MISSPELT = N_("A name is spelt wrongly: please check which agency is meant.")
NOT_THEN = N_("An agency did not exist on the day of the notice.")
GUESSED = N_("A place is meant that is not named here: please check which.")
TWO_DATES = N_("More than one deadline is written: please check which one binds.")
OPEN = N_("Only those concerned are meant, and they are not named: please check who is.")
NARROWED = N_("Only those of one region are meant: please choose them from the group.")
CONDITIONED = N_("Only some of the group are meant: please choose which.")
UNCLEAR = N_("It begins with an agency's name, but whether it asks anything is not clear.")
ON_CONDITION = N_("A date holds only on a condition: please check which deadline binds.")
UNSURE_TIME = N_("By when it is to be done is not plain: please check the deadline.")
FRAGMENT = N_("What it is about is only said before it: please check whether it is a directive of its own.")
TIME_LEFT = N_("A time is written here that was not taken as its deadline: please check by when.")
ONLY_HELPS = N_("It only says who helps: please check whether it belongs to the directive before it.")
LEFT_OVER = N_("An agency is named here that was given nothing: please check what it is to do.")
GOES_ON = N_("The rest of the sentence was not read as a directive: please check whether it asks for more.")
SEVERAL_DUE = N_("One deadline is written for several tasks: please check which of them it binds.")
PERHAPS_DUE = N_("The sentence behind it says by when: please check whether that is its deadline.")
NEXT_DUE = N_("No deadline was read here, but the sentence behind it names one: please check.")
LATER_DUE = N_("Only a later sentence says by when: please check whether that binds all of it.")
UNREAD_NAME = N_("A name stands beside the others that was not read: please check who else is meant.")
SHARED_DUE = N_("The deadline stands in another paragraph.")
# What is settled once a person has named who is meant, or by when.
OF_NAMES = frozenset({NO_LEAD, CARRIED, UNKNOWN, MISSPELT, NOT_THEN, GUESSED, UNREAD_NAME})
OF_BODIES = OF_NAMES | {OPEN, NARROWED, CONDITIONED, UNCLEAR, FRAGMENT, LEFT_OVER, GOES_ON, ONLY_HELPS}
OF_DATES = frozenset(
    {SHARED_DUE, SEVERAL_DUE, PERHAPS_DUE, NEXT_DUE, LATER_DUE, TWO_DATES, ON_CONDITION, UNSURE_TIME, TIME_LEFT}
)

Named = tuple[Reference, tuple[str, Reference, int, int]]  # with what `is_for_some` is asked


def leads_of(blocks: list[Block], draft: Draft) -> list[Named]:
    """Those who are to do it, each with where their names stand."""
    named = draft.named
    low, start, end = (blocks[named.block].line.low, named.start, named.end) if named else ("", 0, 0)
    return [(each, (low, each, start, end)) for each in draft.references]


def helpers_of(blocks: list[Block], draft: Draft) -> list[Named]:
    """Those who are to help, each with where their names stand."""
    return [
        (each.reference, (blocks[at].line.low, each.reference, each.start, each.end)) for each, at in draft.together
    ]


def doubts_of(
    blocks: list[Block],
    draft: Draft,
    following: Draft | None,
    due: Due | None,
    *,
    is_left_over: bool,
    is_time_left: bool = False,
) -> tuple[str, ...]:
    """The sentences that say what to look at again of a draft, none where it is sure; `due` binds it."""
    leads, helpers = leads_of(blocks, draft), helpers_of(blocks, draft)
    every = [*draft.references, *(each for each, place in helpers if not is_of_those_concerned(*place))]
    days = {each.understood.due_on for each in binding(blocks, draft)}
    found = {
        NO_LEAD: not draft.references,
        CARRIED: draft.is_carried,
        UNKNOWN: any(not each.is_registered for each in every),
        MISSPELT: any(each.typo for each in every),
        NOT_THEN: any(not each.existed for each in every),
        GUESSED: any(each.is_guessed for each in every),
        TWO_DATES: len(days) > 1 or recurs_beside(blocks, draft, due),
        GOES_ON: goes_on(blocks, draft, following),
        OPEN: any(is_of_those_concerned(*place) for _each, place in leads),
        NARROWED: any(is_of_a_region(*place) for _each, place in (*leads, *helpers)),
        CONDITIONED: any(is_conditioned(*place) for _each, place in (*leads, *helpers)),
        SHARED_DUE: draft.shared_due,
        SEVERAL_DUE: draft.of_several,
        PERHAPS_DUE: draft.is_perhaps_dated,
        NEXT_DUE: next_names_a_day(blocks, draft, following, due),
        ON_CONDITION: any(each.on_condition for each, _at in draft.dues),
        UNSURE_TIME: is_unsure_of_time(blocks, draft, due),
        LATER_DUE: is_dated_later(blocks, draft, due),
        UNREAD_NAME: has_unread_names(blocks, draft),
        FRAGMENT: is_fragment(blocks, draft, due),
        UNCLEAR: draft.is_unclear,
        LEFT_OVER: is_left_over,
        TIME_LEFT: is_time_left,
        ONLY_HELPS: draft.only_helps,
    }
    return tuple(sentence for sentence, holds in found.items() if holds)
