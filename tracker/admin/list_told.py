"""What the check of a list says: faults by their sentence with all their rows, and what the rows would become."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import capfirst

from directives.actions.list_lines import Line, Outcome, Plan, Question
from directives.actions.list_reading import Fault, key_of
from directives.actions.stating import To
from directives.models import Role
from directives.models.directives import DeadlineKind
from tracker.admin.list_forms import ColumnsForm, name_told
from tracker.admin.list_words import LABELS
from tracker.admin.refusals import sentence_of

NEW_SHOWN, CHANGED_SHOWN = 50, 200
SAID_SHOWN = 200  # characters


@dataclass(frozen=True)
class Told:
    """A fault or a doubt: the column, the words, the sentence, and all rows in which it stands."""

    column: str
    said: str
    sentence: str
    rows: str
    count: int


@dataclass(frozen=True)
class LineTold:
    """What a row would become."""

    number: int
    outcome: Outcome
    wording: str
    whom: Sequence[tuple[str, str]]
    deadline: str
    changed: Sequence[str]


def grouped(faults: Iterable[Fault]) -> list[Told]:
    """The same thing said once, with every row in which it is so, in the order of the first of them."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for fault in faults:
        key = capfirst(str(LABELS[fault.means])), fault.said[:SAID_SHOWN], sentence_of(fault.refusal)
        found.setdefault(key, []).append(fault.number)
    return [Told(*key, ranges(numbers), len(set(numbers))) for key, numbers in found.items()]


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in short: '3, 5–9, 12'."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def lines_told(plan: Plan) -> dict[str, Any]:
    """The changed rows and the first of the new ones, as they would be."""
    new = [line for line in plan.lines if line.outcome is Outcome.NEW and line.directive.wording]
    changed = [line for line in plan.lines if line.outcome is Outcome.CHANGED]
    return {
        "new": [_told(line) for line in new[:NEW_SHOWN]],
        "more": max(0, len(new) - NEW_SHOWN),
        "changed": [_told(line) for line in changed[:CHANGED_SHOWN]],
        "more_changed": max(0, len(changed) - CHANGED_SHOWN),
    }


def told_of(plan: Plan, form: ColumnsForm, sections: Sequence[int]) -> dict[str, Any]:
    """All that the check says, in the active language, as it can be kept until somebody looks at it."""
    several = any(sum(to.role == Role.LEAD for to in line.whom) > 1 for line in plan.lines)
    return {
        "counts": counts_of(plan),
        "faults": [asdict(one) for one in grouped(plan.faults)],
        "notes": [asdict(one) for one in grouped(plan.notes)],
        "sections": list(sections),
        "unread": form.unread(),
        "several_leads": several,
        "questions": [_asked(question) for question in plan.questions],
        "told": {name: _plain(value) for name, value in lines_told(plan).items()},
        "version": plan.version,
        "digest": "" if plan.faults else plan.digest,
    }


def as_told(found: dict[str, Any]) -> dict[str, Any]:
    """What was kept of a check, as its page shows it."""
    lines = {name: [LineTold(**line) for line in found["told"][name]] for name in ("new", "changed")}
    return {
        **{name: found[name] for name in ("counts", "sections", "unread")},
        **{name: [Told(**one) for one in found[name]] for name in ("faults", "notes")},
        "told": {**found["told"], **lines},
    }


def counts_of(plan: Plan) -> dict[str, int]:
    """How many rows there are, and how many end how."""
    return {outcome.value: plan.count(outcome) for outcome in Outcome} | {"rows": len(plan.lines)}


def _plain(value: Any) -> Any:
    return [asdict(line) for line in value] if isinstance(value, list) else value


def _asked(question: Question) -> dict[str, Any]:
    named = [[key_of(body), name_told(body)] for body in question.bodies]
    return {"text": question.text, "key": question.key, "bodies": named, "rows": len(set(question.rows))}


def _told(line: Line) -> LineTold:
    directive = line.directive
    deadline = str(DeadlineKind(directive.deadline_kind).label)
    if directive.due_on:
        deadline += f": {directive.due_on:%d/%m/%Y}"
    if directive.recurrence:
        deadline += f": {directive.rhythm_name}"
    return LineTold(
        line.said.number,
        line.outcome,
        directive.wording,
        [(str(Role(to.role).label), _name(to)) for to in line.whom],
        deadline,
        [capfirst(str(LABELS[means])) for means in line.changed],
    )


def _name(to: To) -> str:
    body = to.agency or to.group
    return body.name if body else ""
