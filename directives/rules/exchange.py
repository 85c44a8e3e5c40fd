"""The status messages of the national document exchange (QCVN 102:2016/BTTTT), and what they mean of an assignment.

A message speaks of a document at one agency, not of a directive, and one notice gives many. So 06, "done", never closes
anything: at most the agency says that it is done, which waits for confirmation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from directives.rules.lifecycle import LIVE, State


class Status(StrEnum):
    """The codes of a status message."""

    ARRIVED = "01"
    REFUSED = "02"
    ACCEPTED = "03"
    PASSED_ON = "04"
    IN_WORK = "05"
    COMPLETED = "06"
    TAKEN_BACK = "13"
    AGREED = "15"
    DISAGREED = "16"


@dataclass(frozen=True)
class Meaning:
    """What a message that comes in says: as the exchange calls it, and the verb and state that it comes to at most.

    No verb and no state: it is about the document's way, and nothing of the work changes by it.
    """

    status: Status
    called: str
    verb: str = ""
    state: State | None = None
    needs_reason: bool = False


MEANINGS = {
    meaning.status: meaning
    for meaning in (
        Meaning(Status.ARRIVED, "đã đến"),
        Meaning(Status.REFUSED, "từ chối tiếp nhận", "decline", State.DECLINED, needs_reason=True),
        Meaning(Status.ACCEPTED, "đã tiếp nhận", "acknowledge", State.ACKNOWLEDGED),
        Meaning(Status.PASSED_ON, "phân công", "start", State.IN_PROGRESS),
        Meaning(Status.IN_WORK, "đang xử lý", "start", State.IN_PROGRESS),
        Meaning(Status.COMPLETED, "hoàn thành", "hand_in", State.HANDED_IN),
        # The sender takes the document back or changes it; its receiver agrees, or does not.
        Meaning(Status.TAKEN_BACK, "lấy lại"),
        Meaning(Status.AGREED, "đồng ý cập nhật, lấy lại"),
        Meaning(Status.DISAGREED, "từ chối cập nhật, lấy lại"),
    )
}

# What the exchange is told of an assignment.
STATUS_OF = {
    State.ASSIGNED: Status.ARRIVED,
    State.ACKNOWLEDGED: Status.ACCEPTED,
    State.IN_PROGRESS: Status.IN_WORK,
    State.SUSPENDED: Status.IN_WORK,
    State.HANDED_IN: Status.COMPLETED,
    State.DONE: Status.COMPLETED,
    State.DECLINED: Status.REFUSED,
    State.WITHDRAWN: Status.TAKEN_BACK,
    State.REASSIGNED: Status.TAKEN_BACK,
}
STATES_OF = {code: tuple(state for state in STATUS_OF if STATUS_OF[state] == code) for code in STATUS_OF.values()}
# Who has done a part and not all of it is at work.
BEGUN = frozenset({Status.IN_WORK, Status.COMPLETED})


def status_of_document(states: Iterable[str]) -> Status:
    """What the exchange is told of a document at one agency, by the states of all its parts there (one at least).

    Done only when nothing is left to do; what is no longer the agency's counts where nothing else is there.
    """
    parts = {State(state) for state in states}
    told = {STATUS_OF[state] for state in parts & set(LIVE)}
    if not told:
        return Status.REFUSED if State.DECLINED in parts else Status.TAKEN_BACK
    if len(told) == 1:
        return told.pop()
    return Status.IN_WORK if told & BEGUN else Status.ACCEPTED
