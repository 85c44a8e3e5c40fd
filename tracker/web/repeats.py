"""The same letter sent twice: a second click, or a page that was sent once already and is sent again."""

import unicodedata
from typing import Any

from accounts.models import User
from accounts.roles import Verb
from directives.models import (
    Assignment,
    Event,
    ExtensionRequest,
    ExtensionState,
    Question,
    Report,
    ReportKind,
    ReportState,
)
from tracker.web.forms import ActForm

KINDS = {Verb.REPORT: ReportKind.PROGRESS, Verb.HAND_IN: ReportKind.HAND_IN}
# Of a form, what does not stand in the letter as it was written.
APART = frozenset({"version", "files"})


def sent_already(form: ActForm, verb: Verb, assignment: Assignment, *, by: User) -> bool:
    """Whether the last letter about `assignment` is this very one, by the same person, and nobody answered it yet."""
    letter = _unanswered(assignment, verb, by)
    words = {name: value for name, value in form.cleaned_data.items() if name not in APART}
    return letter is not None and all(_plain(getattr(letter, name)) == _plain(value) for name, value in words.items())


def _unanswered(assignment: Assignment, verb: Verb, by: User) -> Report | ExtensionRequest | Question | Event | None:
    if verb == Verb.REQUEST_EXTENSION:
        return assignment.extensions.filter(asked_by=by, state=ExtensionState.OPEN).first()
    if verb == Verb.DECLINE:
        return assignment.events.filter(verb=verb, by=by).order_by("pk").last()
    if verb == Verb.ASK:
        return assignment.questions.waiting().filter(asked_by=by).last()
    if verb not in KINDS:
        return None
    last = assignment.reports.order_by("-at", "-pk").first()
    if last is None or (last.kind, last.state, last.by_id) != (KINDS[verb], ReportState.SUBMITTED, by.pk):
        return None
    return last


def _plain(value: Any) -> Any:
    if isinstance(value, dict):  # figures; what was left empty was not said
        return {indicator: figure for indicator, figure in value.items() if figure is not None}
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value
