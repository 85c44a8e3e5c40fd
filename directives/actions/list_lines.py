"""The lines of a planned list: what becomes of each row, what is wrong, and what must be asked."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accounts.models import Agency, AgencyGroup
from directives.actions.list_reading import Fault, Said, key_of
from directives.actions.stating import To
from directives.models import Directive, Notice, Paragraph
from directives.rules.lists.columns import Means

WRITTEN = (
    "wording",
    "product",
    "field",
    "decided_by",
    "note",
    "deadline_text",
    "deadline_kind",
    "due_on",
    "review_on",
    "recurrence",
    "recurrence_day",
    "recurrence_month",
    "quote_start",
    "quote_hash",
)


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass
class Line:
    """A row and the directive that it makes or changes; `before` is what history keeps of what it was."""

    said: Said
    directive: Directive
    whom: list[To] = field(default_factory=list)
    outcome: Outcome = Outcome.NEW
    changed: list[Means] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Words that name nobody, or more than one: who may be meant (none: anybody), and in how many rows they stand."""

    text: str
    key: str
    bodies: Sequence[Agency | AgencyGroup]
    rows: Sequence[int]


@dataclass
class Plan:
    """All that a list would do to a draft, and all that is wrong or unclear in it."""

    notice: Notice
    lines: list[Line]
    faults: list[Fault]
    notes: list[Fault]
    questions: list[Question]
    paragraphs: list[Paragraph]
    version: int  # of the draft for which it was made

    def count(self, outcome: Outcome) -> int:
        """How many rows end so."""
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def digest(self) -> str:
        """SHA-256 of what would be written: the same for the same list, draft and register."""
        told = [[line.said.number, line.outcome, line.directive.pk, *_facts(line)] for line in self.lines]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _facts(line: Line) -> list[Any]:
    whom = [[str(to.role), key_of(body), to.due_on] for to in line.whom if (body := to.agency or to.group)]
    return [[getattr(line.directive, name) for name in WRITTEN], whom]
