"""History in words: what was done, and what changed by it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office
from directives.models import Assignment, Directive, Event, Paragraph
from directives.rules.lifecycle import LABELS, State
from tracker.admin.coded import decoded, names_of

VERBS = {
    "draft": gettext_lazy("entered the notice"),
    "amend": gettext_lazy("changed the draft"),
    "discard": gettext_lazy("discarded the draft"),
    "split": gettext_lazy("split the text into paragraphs"),
    "cut": gettext_lazy("cut a paragraph in two"),
    "mark": gettext_lazy("marked a paragraph"),
    "set_aside": gettext_lazy("set a proposal aside"),
    "bring_back": gettext_lazy("took up a proposal again"),
    "correct_proposal": gettext_lazy("set a proposal right"),
    "split_proposal": gettext_lazy("made two of a proposal"),
    "join_proposal": gettext_lazy("joined a proposal with the one before"),
    "settle_proposal": gettext_lazy("settled a proposal by entering its directive"),
    "propose_paragraph": gettext_lazy("proposed a directive"),
    "add_directive": gettext_lazy("added a directive"),
    "change_directive": gettext_lazy("changed a directive"),
    "enter_list": gettext_lazy("entered a list of directives"),
    "remove_directive": gettext_lazy("removed a directive"),
    "link": gettext_lazy("linked two directives"),
    "unlink": gettext_lazy("removed the link of two directives"),
    "join": gettext_lazy("joined two paragraphs"),
    "join_directives": gettext_lazy("joined it with the directive that it repeats"),
    "change_many": gettext_lazy("changed many assignments"),
    "issue": gettext_lazy("issued the notice"),
    "compare": gettext_lazy("compared the draft with the notice that it amends"),
    "compare_anew": gettext_lazy("compared the draft anew, with the notice as it is now"),
    "decide_amendment": gettext_lazy("decided on a directive of the amended notice"),
    "take_up": gettext_lazy("issued the corrected text"),
    "amend_notice": gettext_lazy("amended the notice"),
    "amend_directive": gettext_lazy("amended the directive"),
    "amend_assignment": gettext_lazy("amended the assignment"),
    "carry_over": gettext_lazy("let the assignment go on under the later notice"),
    "assign": gettext_lazy("gave the assignment"),
    "acknowledge": gettext_lazy("acknowledged"),
    "start": gettext_lazy("began"),
    "report": gettext_lazy("reported progress"),
    "hand_in": gettext_lazy("handed in"),
    "verify": gettext_lazy("verified the result"),
    "correct_figure": gettext_lazy("verified another figure than the one reported"),
    "note_petition": gettext_lazy("took note of what is asked of the level above"),
    "return": gettext_lazy("returned the report"),
    "decline": gettext_lazy("declined"),
    "hand_down": gettext_lazy("handed work down"),
    "suspend": gettext_lazy("suspended the assignment"),
    "resume": gettext_lazy("let the assignment go on"),
    "withdraw": gettext_lazy("withdrew"),
    "reassign": gettext_lazy("gave the duty to another agency"),
    "set_deadline": gettext_lazy("set a new deadline"),
    "request_extension": gettext_lazy("asked for more time"),
    "grant_extension": gettext_lazy("granted more time"),
    "refuse_extension": gettext_lazy("refused more time"),
    "lapse_extension": gettext_lazy("so ended the extension request"),
    "ask": gettext_lazy("asked a question"),
    "answer": gettext_lazy("answered the question"),
    "lapse_question": gettext_lazy("so ended the question"),
    "lapse_report": gettext_lazy("so ended the completion report"),
    "merge": gettext_lazy("moved the work of merging agencies"),
    "succeed": gettext_lazy("passed it to the successor"),
    "join_work": gettext_lazy("joined it with the successor's own part"),
    "take_back": gettext_lazy("took the merger back"),
    "end_recurrence": gettext_lazy("set the end of the recurrence"),
    "enter_session": gettext_lazy("entered the session"),
    "bring_template": gettext_lazy("brought a template"),
    "use_template": gettext_lazy("put a template into use"),
    "set_template_aside": gettext_lazy("went back to the built-in form"),
    "schedule": gettext_lazy("set up a scheduled paper"),
    "change_schedule": gettext_lazy("changed a scheduled paper"),
    "pause_schedule": gettext_lazy("paused a scheduled paper"),
    "resume_schedule": gettext_lazy("let a scheduled paper go on"),
    "end_schedule": gettext_lazy("ended a scheduled paper"),
    "hold_message": gettext_lazy("held the message back"),
    "release_message": gettext_lazy("let the message go"),
    "send_again": gettext_lazy("sent the message again"),
    "give_up": gettext_lazy("gave the message up"),
    "hold_sending": gettext_lazy("held all sending"),
    "release_sending": gettext_lazy("let all sending go on"),
    "set_messenger": gettext_lazy("set an address for messages by messenger"),
    "forget_messenger": gettext_lazy("removed the address for messages by messenger"),
    "amend_session": gettext_lazy("corrected the session"),
    "add_indicator": gettext_lazy("set a target"),
    "add_reading": gettext_lazy("entered a figure"),
    "change_indicator": gettext_lazy("changed a target"),
    "verify_reading": gettext_lazy("verified a figure"),
    "add_set": gettext_lazy("set up a set of criteria"),
    "ask_to_assess": gettext_lazy("asked for a self-assessment"),
    "send_assessment": gettext_lazy("sent the self-assessment"),
    "verify_assessment": gettext_lazy("verified the self-assessment"),
    "return_assessment": gettext_lazy("returned the self-assessment"),
    "add": gettext_lazy("added"),
    "change": gettext_lazy("changed"),
    "delete": gettext_lazy("deleted"),
    "choose_preferences": gettext_lazy("chose which messages come where"),
    "snooze": gettext_lazy("put off their own reminders"),
    "wake": gettext_lazy("let their own reminders come again"),
    "make_feed": gettext_lazy("made the address of their calendar of deadlines"),
    "revoke_feed": gettext_lazy("revoked the address of their calendar of deadlines"),
    "name_substitute": gettext_lazy("named a substitute"),
    "change_absence": gettext_lazy("changed the last day of an absence"),
    "end_absence": gettext_lazy("was back from an absence"),
    "remove_absence": gettext_lazy("removed an absence to come"),
    "change_password": gettext_lazy("changed their own password"),
    "unlock": gettext_lazy("unlocked log-in"),
    "revoke": gettext_lazy("revoked the key"),
    "subscribe": gettext_lazy("let another system hear of changes"),
    "verify_subscription": gettext_lazy("verified that the other system wants to hear"),
    "change_subscription": gettext_lazy("changed a subscription"),
    "rotate_secret": gettext_lazy("gave a subscription a new secret"),
    "pause_subscription": gettext_lazy("paused a subscription"),
    "resume_subscription": gettext_lazy("let a subscription go on"),
    "challenge_subscription": gettext_lazy("challenged the other system once more"),
    "stop_subscription": gettext_lazy("stopped a subscription that could not be told"),
    "end_subscription": gettext_lazy("ended a subscription"),
    "send_call_again": gettext_lazy("sent a call again"),
    "replay_calls": gettext_lazy("sent again all calls since a moment"),
}


def verb_words(verb: str) -> str:
    """What was done, in words; a verb that has none stands as it is."""
    return str(VERBS.get(verb, verb))


def changes(event: Event) -> Iterator[str]:
    """What is worth saying of before and after: the state, the deadline, and the agency that was named."""
    before, after = event.before, event.after
    if (old := _state(before)) != (new := _state(after)) and old and new:
        yield f"{old} → {new}"
    if (was := _day(before)) and (now := _day(after)) and was != now:
        yield _("deadline %(was)s → %(now)s") % {"was": was, "now": now}
    if (reported := before.get("figure")) and (verified := after.get("figure")):
        yield _("figure %(reported)s → %(verified)s") % {"reported": reported, "verified": verified}
    if named := before.get("named"):
        yield _("in the notice: %(agency)s") % {"agency": named}


def _state(facts: dict[str, Any]) -> str:
    value = facts.get("state")
    return _(LABELS[State(value)]) if value in set(State) else ""


def _day(facts: dict[str, Any]) -> str:
    value = facts.get("due_on")
    return date.fromisoformat(value).strftime("%d/%m/%Y") if value else ""


# What an event keeps beside the fields of its row.
FACTS = {
    "was": gettext_lazy("name"),
    "version": gettext_lazy("version"),
    "named": gettext_lazy("named in the notice"),
    "link": gettext_lazy("link between directives"),
    "links_to": gettext_lazy("the directive that is meant"),
    "linked_by": gettext_lazy("the directive that refers to it"),
    "acts_for": gettext_lazy("acts for"),
    "scopes": gettext_lazy("scopes"),
    "reference": gettext_lazy("number and symbol"),
    "text_sha256": gettext_lazy("fingerprint of the text"),
    "quote_hash": gettext_lazy("fingerprint of the sentence"),
    "assignments": gettext_lazy("assignments"),
    "paragraphs": gettext_lazy("paragraphs"),
    "addressees": gettext_lazy("addressees"),
    "position": gettext_lazy("order in the notice"),
    "from": gettext_lazy("from the day"),
    "to": gettext_lazy("to the day"),
    "until": gettext_lazy("until"),
    "figure": gettext_lazy("figure"),
    "edition": gettext_lazy("version of the text"),
    "amended_by": gettext_lazy("amended by"),
    "directives": gettext_lazy("directives"),
    "outcome": gettext_lazy("what was decided"),
    "compared_with": gettext_lazy("compared with state number"),
    "shift": gettext_lazy("moved by working days"),
    "file": gettext_lazy("file"),
    "question": gettext_lazy("question"),
    "common": gettext_lazy("answer for all"),
    "sha256": gettext_lazy("fingerprint of the file"),
}
# What an event about a notice, an assignment or a person says of the rows beside it.
BESIDE = (Directive, Paragraph, Assignment, Office)
NOTHING = "–"


@dataclass(frozen=True)
class Fact:
    """One fact that an event keeps: its name, and what it was before and after."""

    name: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def facts_in_words(event: Event) -> list[Fact]:
    """What the event keeps, a fact in each line, by the names and words of the row it is about."""
    names = [*event.before, *(name for name in event.after if name not in event.before)]
    found, named = [], names_of(event)
    for name in names:
        field = _field(event.subject, name)
        label = FACTS.get(name) or getattr(field, "verbose_name", name)
        before, after = (_told(decoded(name, kept.get(name), named), field) for kept in (event.before, event.after))
        if name == "verb":  # what was done with many assignments
            before, after = (str(VERBS.get(told, told)) for told in (before, after))
        if before == after == NOTHING:
            continue
        found.append(Fact(capfirst(str(label)), before, after))
    return found


def subject_words(event: Event) -> str:
    """The row that an event is about, by its kind and its name; by its id alone where the row is gone."""
    kind, _colon, key = event.subject.partition(":")
    for model in _models(kind):
        by = {"uuid": key} if "uuid" in {field.name for field in model._meta.fields} else {"pk": key}  # noqa: SLF001
        with suppress(ValidationError, ValueError):
            row = model._base_manager.filter(**by).first()  # noqa: SLF001
            return f"{capfirst(str(model._meta.verbose_name))}: {row or key}"  # noqa: SLF001
    return event.subject


def _models(kind: str) -> list[type[Model]]:
    """The model that the subject `assignment:...` names."""
    rooms = ("accounts", "directives")
    return [model for model in apps.get_models() if model._meta.model_name == kind and model._meta.app_label in rooms]  # noqa: SLF001


def _field(subject: str, name: str) -> Any:
    """The field `name` of the model that the subject `assignment:...` names, or of a row beside it."""
    for model in (*_models(subject.partition(":")[0]), *BESIDE):
        with suppress(FieldDoesNotExist):
            return model._meta.get_field(name)  # noqa: SLF001
    return None


def _told(value: Any, field: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_told(one, None) for one in value) or NOTHING
    if isinstance(field, Field) and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except (TypeError, ValueError):
        return str(value)
