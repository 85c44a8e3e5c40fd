"""`manage.py print_states > docs/states.md`: the life of an assignment, a picture and tables in both languages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand

from directives.rules.lifecycle import LIVE, NEXT, OPEN, TABLE, VERBS, WORKING, Move, State
from tracker.catalogues import vietnamese

OPENING = """\
# The life of an assignment

Printed from the table in `directives/rules/lifecycle.py` by `python manage.py print_states > docs/states.md`; a test
keeps the two alike. State is stored; how an assignment stands with its date (on track, due soon, overdue ...) is asked,
never stored: `directives/rules/standing.py`.
"""
PICTURE = """\
## The picture

What leaves a state as it is (a progress report on work in progress, an extension asked or decided) is not drawn.
"""
KINDS = (
    (WORKING, "the agency works on it"),
    (OPEN, "somebody still owes something"),
    (LIVE, "finished, and counted"),
    (tuple(State), "no longer counted"),
)


class Command(BaseCommand):
    help = "Print docs/states.md from the table of transitions."

    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")


def page() -> str:
    """The whole page."""
    words = vietnamese("directives")
    parts = [OPENING, PICTURE, *_picture(words), "", "## The states", "", *_states(words), ""]
    parts += ["## The verbs", "", *_verbs(words), "", "## From where to where", "", *_matrix()]
    return "\n".join(parts) + "\n"


def _picture(words: dict[str, str]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in State:
        yield f'    state "{words[state.label]} ({state.label})" as {state}'
    yield f"    [*] --> {State.ASSIGNED}: assign"
    arrows: dict[tuple[State, State], list[str]] = {}
    for move in TABLE:
        for target in move.targets:
            if move.source != target:
                arrows.setdefault((move.source, target), []).append(VERBS[move.verb])
    for (source, target), verbs in arrows.items():
        yield f"    {source} --> {target}: {', '.join(verbs)}"
    for state in State:
        if not any(move.source == state for move in TABLE):
            yield f"    {state} --> [*]"
    yield "```"


def _states(words: dict[str, str]) -> Iterable[str]:
    rows = [(f"`{state}`", state.label, words[state.label], _kind(state)) for state in State]
    return _table(("state", "English", "Tiếng Việt", "means"), rows)


def _kind(state: State) -> str:
    return next(words for states, words in KINDS if state in states)


def _verbs(words: dict[str, str]) -> Iterable[str]:
    rows = []
    for verb, label in VERBS.items():
        first = next(move for move in TABLE if move.verb == verb)
        reason = "yes" if first.needs_reason else ""
        rows.append((f"`{verb}`", label, words[label], f"{first.who} ({words[first.who]})", reason))
    return _table(("verb", "English", "Tiếng Việt", "who", "with a reason"), rows)


def _matrix() -> Iterable[str]:
    rows = [(f"`{verb}`", *(_target(NEXT.get((state, verb))) for state in State if _leads_on(state))) for verb in VERBS]
    return _table(("verb", *(f"`{state}`" for state in State if _leads_on(state))), rows)


def _leads_on(state: State) -> bool:
    return any(move.source == state for move in TABLE)


def _target(move: Move | None) -> str:
    if move is None:
        return ""
    if move.back:
        return "as it was"
    return "stays" if move.source == move.target else move.target.label


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
