"""What somebody else changed of an assignment since a page showed it, told so that the next answer is given on that."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from directives.actions.meanwhile import meanwhile
from directives.actions.recording import facts
from directives.models import Assignment, Event
from directives.rules.working_days import HANOI
from tracker.admin.words import Fact, facts_in_words


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Fact]:
    """What differs between two states of an assignment, by the names and words of its fields."""
    was, is_now = ({name: fact for name, fact in facts.items() if name != "version"} for facts in (before, after))
    return [fact for fact in facts_in_words(Event(subject="assignment:", before=was, after=is_now)) if fact.changed]


def in_one_line(changes: list[Fact]) -> str:
    """The same as one line: 'Deadline: 31/12/2024 → 15/01/2025; State: …'."""
    return "; ".join(f"{fact.name}: {fact.before} → {fact.after}" for fact in changes)


def changed_since(assignment: Assignment, seen: int) -> str:
    """Who changed what of it after version `seen`; nothing where nobody did."""
    since = meanwhile({assignment.pk: seen}).get(assignment.pk)
    if since is None:
        return ""
    told = {"who": since.by_name or "–", "when": f"{since.at.astimezone(HANOI):%H:%M %d/%m/%Y}"}
    changes = in_one_line(differences(since.before, facts(assignment)))
    return _("%(who)s at %(when)s: %(changes)s.") % {**told, "changes": changes or _("nothing that is told here")}


def shown_anew(form: forms.BaseForm, assignment: Assignment) -> None:
    """Say what changed; what was typed stays, and sending it again is an answer to the assignment as it is now."""
    if changes := changed_since(assignment, form.cleaned_data["version"]):
        form.add_error(None, changes)
    speaks_of(form, assignment.version)


def speaks_of(form: forms.BaseForm, version: int) -> None:
    """Let a form that was sent speak of `version` from here on."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(version)
