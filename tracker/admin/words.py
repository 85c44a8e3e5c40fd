"""History in words: what was done, and what changed by it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Event
from directives.rules.lifecycle import LABELS, State

VERBS = {
    "draft": gettext_lazy("entered the notice"),
    "amend": gettext_lazy("changed the draft"),
    "discard": gettext_lazy("discarded the draft"),
    "split": gettext_lazy("split the text into paragraphs"),
    "mark": gettext_lazy("marked a paragraph"),
    "add_directive": gettext_lazy("added a directive"),
    "change_directive": gettext_lazy("changed a directive"),
    "remove_directive": gettext_lazy("removed a directive"),
    "issue": gettext_lazy("issued the notice"),
    "assign": gettext_lazy("gave the assignment"),
    "acknowledge": gettext_lazy("acknowledged"),
    "start": gettext_lazy("began"),
    "report": gettext_lazy("reported progress"),
    "hand_in": gettext_lazy("handed in"),
    "verify": gettext_lazy("verified the result"),
    "return": gettext_lazy("returned the report"),
    "decline": gettext_lazy("declined"),
    "suspend": gettext_lazy("suspended the assignment"),
    "resume": gettext_lazy("let the assignment go on"),
    "withdraw": gettext_lazy("withdrew"),
    "reassign": gettext_lazy("gave the duty to another agency"),
    "request_extension": gettext_lazy("asked for more time"),
    "grant_extension": gettext_lazy("granted more time"),
    "refuse_extension": gettext_lazy("refused more time"),
    "lapse_extension": gettext_lazy("so ended the extension request"),
    "lapse_report": gettext_lazy("so ended the completion report"),
    "enter_session": gettext_lazy("entered the session"),
    "hold_message": gettext_lazy("held the message back"),
    "release_message": gettext_lazy("let the message go"),
    "send_again": gettext_lazy("sent the message again"),
    "give_up": gettext_lazy("gave the message up"),
    "measure": gettext_lazy("entered a figure"),
    "add": gettext_lazy("added"),
    "change": gettext_lazy("changed"),
    "delete": gettext_lazy("deleted"),
    "choose_preferences": gettext_lazy("chose which messages come where"),
    "snooze": gettext_lazy("put off their own reminders"),
    "wake": gettext_lazy("let their own reminders come again"),
    "name_substitute": gettext_lazy("named a substitute"),
    "end_absence": gettext_lazy("was back from an absence"),
    "unlock": gettext_lazy("unlocked log-in"),
    "revoke": gettext_lazy("revoked the key"),
}


def verb_words(verb: str) -> str:
    """What was done, in words; a verb that has none stands as it is."""
    return str(VERBS.get(verb, verb))


def changes(event: Event) -> Iterator[str]:
    """What is worth saying of before and after: the state and the deadline."""
    before, after = event.before, event.after
    if (old := _state(before)) != (new := _state(after)) and old and new:
        yield f"{old} → {new}"
    if (was := _day(before)) and (now := _day(after)) and was != now:
        yield _("deadline %(was)s → %(now)s") % {"was": was, "now": now}


def _state(facts: dict[str, Any]) -> str:
    value = facts.get("state")
    return _(LABELS[State(value)]) if value in set(State) else ""


def _day(facts: dict[str, Any]) -> str:
    value = facts.get("due_on")
    return date.fromisoformat(value).strftime("%d/%m/%Y") if value else ""
