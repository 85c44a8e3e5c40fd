"""The one place where a refusal becomes a sentence on a page: beside its field, or on top of the form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb, require
from directives.actions.extending import ASKED_ALREADY, NO_DEADLINE
from directives.models import Assignment, ExtensionState
from directives.rules.lifecycle import WrongMoment, after
from directives.rules.refusals import Invalid, Stale
from tracker.criteria_table import CriteriaTable
from tracker.web.forms import ActForm
from tracker.web.wording import day

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, WrongMoment: 409, Invalid: 400, Stale: 412}


def told(refusal: Refusal) -> str:
    """The sentence of `refusal` in the reader's language, with dates as offices write them."""
    sentence = gettext(str(refusal.sentence))
    params = {name: day(value) if isinstance(value, date) else value for name, value in refusal.params.items()}
    return sentence % params if params else sentence


def done(form: ActForm | CriteriaTable, act: Callable[[], object]) -> bool:
    """Do `act`. Where it is refused say so on `form`, keep the status for the answer, and return False."""
    try:
        act()
    except Refusal as refusal:
        field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
        form.add_error(field, told(refusal))
        form.status = STATUS.get(type(refusal), 400)
        return False
    return True


@dataclass(frozen=True)
class Barrier:
    """Why an act cannot be done now: the sentence and the HTTP status that says the same."""

    sentence: str
    status: int


def barrier(assignment: Assignment, verb: Verb, *, user: User, today: date) -> Barrier | None:
    """What stands in the way of `user` doing `verb`: no right to it, or the wrong moment; None where nothing does."""
    try:
        require(user, verb, assignment.agency, on=today)
        after(assignment.state, verb)
        if verb == Verb.REQUEST_EXTENSION:
            _may_be_extended(assignment)
    except Refusal as refusal:
        return Barrier(told(refusal), STATUS[type(refusal)])
    return None


def _may_be_extended(assignment: Assignment) -> None:
    if assignment.due_on is None:
        raise WrongMoment(NO_DEADLINE)
    if assignment.extensions.filter(state=ExtensionState.OPEN).exists():
        raise WrongMoment(ASKED_ALREADY)


def status_of(form: ActForm) -> int:
    """The HTTP status of a page with `form`: that of the refusal, 400 for errors of the form itself, else 200."""
    if not form.is_bound or form.is_valid():
        return 200
    return form.status
