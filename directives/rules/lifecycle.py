"""The life of an assignment as a table: who does what, from which state, to which state.

`docs/states.md` is printed from it. Nothing else decides what may follow what.
"""

from dataclasses import dataclass
from enum import StrEnum

from directives.rules.refusals import N_, Refusal


class State(StrEnum):
    """Where an assignment stands in its life. Stored; what depends on the day is `standing`."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    HANDED_IN = "handed_in"
    DONE = "done"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REASSIGNED = "reassigned"

    @property
    def label(self) -> str:
        """English name, for the catalogues."""
        return LABELS[self]


LABELS = {
    State.ASSIGNED: N_("Assigned"),
    State.ACKNOWLEDGED: N_("Acknowledged"),
    State.IN_PROGRESS: N_("In progress"),
    State.HANDED_IN: N_("Handed in"),
    State.DONE: N_("Done"),
    State.DECLINED: N_("Declined"),
    State.SUSPENDED: N_("Suspended"),
    State.WITHDRAWN: N_("Withdrawn"),
    State.REASSIGNED: N_("Reassigned"),
}

# The agency works on it.
WORKING = (State.ASSIGNED, State.ACKNOWLEDGED, State.IN_PROGRESS)
# Somebody still owes something.
OPEN = (*WORKING, State.HANDED_IN, State.SUSPENDED)
# Counts in the register; the others were never, or are no longer, this agency's duty.
LIVE = (*OPEN, State.DONE)


@dataclass(frozen=True)
class Move:
    """One line of the table: `verb` by `who` brings `source` to `target`; with or without a written reason.

    A move `back` leads to the state that was left, one of `targets`; to `target` where nobody noted which it was.
    """

    verb: str
    source: State
    target: State
    who: str
    needs_reason: bool = False
    back: bool = False

    @property
    def targets(self) -> tuple[State, ...]:
        """Every state that the move can lead to."""
        return WORKING if self.back else (self.target,)


AGENCY = N_("agency")
SECRETARIAT = N_("secretariat")
LEVEL_ABOVE = N_("the level that set the date")


def _moves(verb: str, sources: tuple[State, ...], target: State, who: str, *, reason: bool = False) -> list[Move]:
    return [Move(verb, source, target, who, reason) for source in sources]


# What each verb of the table is called, as a clerk says it.
VERBS = {
    "acknowledge": N_("acknowledge"),
    "start": N_("start"),
    "report": N_("report progress"),
    "hand_down": N_("hand down"),
    "hand_in": N_("hand in"),
    "verify": N_("verify"),
    "return": N_("return"),
    "decline": N_("decline"),
    "suspend": N_("suspend"),
    "resume": N_("resume"),
    "withdraw": N_("withdraw"),
    "reassign": N_("reassign"),
    "set_deadline": N_("set a new deadline"),
    "request_extension": N_("ask for an extension"),
    "decide_extension": N_("decide an extension"),
    "ask": N_("ask a question"),
    "answer": N_("answer a question"),
}

TABLE: tuple[Move, ...] = (
    *_moves("acknowledge", (State.ASSIGNED,), State.ACKNOWLEDGED, AGENCY),
    *_moves("start", (State.ASSIGNED, State.ACKNOWLEDGED), State.IN_PROGRESS, AGENCY),
    *_moves("report", WORKING, State.IN_PROGRESS, AGENCY),
    # To those below it. Whoever gives work on has taken it up.
    *_moves("hand_down", WORKING, State.IN_PROGRESS, AGENCY),
    *_moves("hand_in", WORKING, State.HANDED_IN, AGENCY),
    *_moves("verify", (State.HANDED_IN,), State.DONE, SECRETARIAT),
    *_moves("return", (State.HANDED_IN,), State.IN_PROGRESS, SECRETARIAT, reason=True),
    *_moves("decline", (State.ASSIGNED, State.ACKNOWLEDGED), State.DECLINED, AGENCY, reason=True),
    *_moves("suspend", WORKING, State.SUSPENDED, SECRETARIAT, reason=True),
    Move("resume", State.SUSPENDED, State.IN_PROGRESS, SECRETARIAT, needs_reason=True, back=True),
    # What was declined is settled by giving it to another agency, or by asking it of nobody any more.
    *_moves("withdraw", (*OPEN, State.DECLINED), State.WITHDRAWN, SECRETARIAT, reason=True),
    *_moves("reassign", (*WORKING, State.SUSPENDED, State.DECLINED), State.REASSIGNED, SECRETARIAT, reason=True),
    # These leave the state as it is; the table says when they may be done. What was handed in is held against the
    # date by which it was handed in: only a request of its agency moves that one.
    *[Move("set_deadline", state, state, SECRETARIAT, True) for state in (*WORKING, State.SUSPENDED)],
    *[Move("request_extension", state, state, AGENCY, True) for state in WORKING],
    *[Move("decide_extension", state, state, LEVEL_ABOVE, False) for state in OPEN],
    *[Move("ask", state, state, AGENCY) for state in WORKING],
    *[Move("answer", state, state, SECRETARIAT) for state in OPEN],
)

NEXT: dict[tuple[State, str], Move] = {(move.source, move.verb): move for move in TABLE}

NOW_IT_IS = {
    State.ASSIGNED: N_("This cannot be done now: the assignment has not been taken up yet."),
    State.ACKNOWLEDGED: N_("This cannot be done now: the assignment has only been acknowledged."),
    State.IN_PROGRESS: N_("This cannot be done now: the assignment is in progress."),
    State.HANDED_IN: N_("This cannot be done now: the assignment was handed in and waits for verification."),
    State.DONE: N_("This cannot be done now: the assignment was verified as done."),
    State.DECLINED: N_("This cannot be done now: the agency declined the assignment."),
    State.SUSPENDED: N_("This cannot be done now: the assignment is suspended."),
    State.WITHDRAWN: N_("This cannot be done now: the assignment was withdrawn."),
    State.REASSIGNED: N_("This cannot be done now: the assignment was given to another agency."),
}


class WrongMoment(Refusal):
    """The verb does not fit the state (409)."""


def allowed(state: str, verb: str) -> bool:
    """Whether the table lets `verb` happen in `state`."""
    return (State(state), verb) in NEXT


def after(state: str, verb: str, *, left: str = "") -> State:
    """The state that `verb` leads to from `state`; a move back leads to the one that was `left`.

    Raises WrongMoment, saying what the state is.
    """
    move = NEXT.get((State(state), verb))
    if move is None:
        raise WrongMoment(NOW_IT_IS[State(state)])
    return State(left) if move.back and left else move.target
