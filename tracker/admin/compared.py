"""A draft beside the notice that it amends, as the desk shows it: what each directive becomes, and both texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directives.actions.proposing import addressees_of
from directives.actions.touching import Compared, Touch
from directives.models import Directive, Outcome
from directives.rules.aligning import Steps
from directives.rules.anchoring import Found
from directives.rules.comparing import Block, Comparison, Kind, Piece, plain, word_pieces
from tracker.admin.directive_form import initial_of
from tracker.admin.proposed import Card, initial_of_proposal

STEPS = 40_000  # of the comparison of two sentences
DATED = ("deadline_text", "deadline_kind", "due_on", "recurrence", "recurrence_day", "recurrence_month")
NAMED = ("lead", "share", "coordinating")


@dataclass
class Decision:
    """One directive of the amended notice: its sentence before and now, what the reading finds, what was decided."""

    touch: Touch
    words: str
    card: Card | None
    pieces: Sequence[Piece] = field(default_factory=list)

    @property
    def directive(self) -> Directive:
        return self.touch.directive

    @property
    def successor(self) -> Directive | None:
        """The new statement, where there is one."""
        row = self.touch.decision
        return row.successor if row is not None and not self.touch.is_stale else None

    @property
    def is_open(self) -> bool:
        return not self.touch.outcome

    @property
    def outcome(self) -> str:
        """What was decided, in words."""
        return str(Outcome(self.touch.outcome).label) if self.touch.outcome else str(_("Still to be decided"))

    @property
    def found(self) -> str:
        if self.touch.is_silent and self.touch.found is Found.GONE:
            return _("Not spoken of")
        return _(self.touch.found.label)

    @property
    def differences(self) -> list[str]:
        """What the reading finds that the directive does not say: a reason to look, no decision."""
        if self.card is None or self.touch.found is Found.SAME:
            return []
        return list(_differences(self.directive, self.card))


@dataclass(frozen=True)
class Page:
    """All of it: what is touched, what is not, and the blocks of both texts."""

    compared: Compared
    touched: list[Decision]
    untouched: list[Decision]

    @property
    def open(self) -> list[Decision]:
        return [one for one in self.touched if one.is_open]

    @property
    def first_open(self) -> int | None:
        """The directive (id) at which the page opens."""
        return self.open[0].directive.pk if self.open else None


def page_of(compared: Compared) -> Page:
    """What the page of a comparison shows; two queries beside the comparison."""
    read = [touch.read for touch in compared.touches if touch.read is not None]
    to = addressees_of(read, strictly=False) if read else {}
    found = []
    for touch in compared.touches:
        words = compared.words(touch)
        card = Card(touch.read, to[touch.read.pk]) if touch.read is not None else None
        pieces = word_pieces(touch.directive.quote, words, Steps(STEPS)) if touch.found is Found.CHANGED else ()
        found.append(Decision(touch, words, card, pieces))
    touched = [one for one in found if one.touch.needs_decision or one.touch.decision is not None]
    return Page(compared, touched, [one for one in found if one not in touched])


def initial_for(touch: Touch, words: str) -> dict[str, Any]:
    """What the form of a new statement begins with: what was issued, and what the changed sentence is read to say."""
    initial = initial_of(touch.directive)
    initial.pop("version", None)
    initial["quote"], initial["paragraph"] = words, touch.read.paragraph_id if touch.read else None
    if touch.directive.wording == " ".join(touch.directive.quote.split()) or not initial["wording"]:
        initial["wording"] = " ".join(words.split())
    if touch.read is None or touch.found is not Found.CHANGED:
        return initial
    read = initial_of_proposal(touch.read)
    if read["deadline_text"]:
        initial |= {name: read[name] for name in DATED}
    return initial | _named_now(touch.directive, initial, read)


def _named_now(directive: Directive, issued: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """Whom the form names: who was issued the work, but for those whom the sentence named and names no more.

    Whoever is read in it has the part that is read; an agency that never stood in the sentence stays.
    """
    parts = {name: _values(read[name]) for name in NAMED}
    if not any(parts.values()):
        return {}
    found = {value for values in parts.values() for value in values}
    said = {f"agency:{row.agency_id}" if row.agency_id else f"group:{row.group_id}" for row in _dropped(directive)}
    for name in NAMED:
        kept = [value for value in _values(issued[name]) if value not in found | said]
        parts[name] = [*parts[name], *kept]
    return {"lead": next(iter(parts["lead"]), ""), "share": parts["share"], "coordinating": parts["coordinating"]}


def _values(value: Any) -> list[str]:
    return [value] if isinstance(value, str) and value else list(value or [])


def _dropped(directive: Directive) -> list[Any]:
    """Those of its addressees whom its own sentence named."""
    sentence = plain(directive.quote).casefold()
    return [row for row in _rows(directive) if plain((row.agency or row.group).name_vi).casefold() in sentence]


def _differences(directive: Directive, card: Card) -> Iterable[str]:
    due = card.deadline
    if due["text"] and due["due_on"] != directive.due_on:
        was = f"{directive.due_on:%d/%m/%Y}" if directive.due_on else _("none")
        now = f"{due['due_on']:%d/%m/%Y}" if due["due_on"] else due["kind"]
        yield _("Deadline: %(was)s → %(now)s") % {"was": was, "now": now}
    named = {(str(row.role), (row.agency or row.group).pk): (row.agency or row.group) for row in _rows(directive)}
    read = {(str(to.role), (to.agency or to.group).pk): (to.agency or to.group) for to in card.to}
    if not read:
        return
    added = [read[key].name for key in read if key not in named]
    there = {(str(row.role), (row.agency or row.group).pk) for row in _dropped(directive)}
    missing = [named[key].name for key in named if key not in read and key in there]
    if added:
        yield _("Named now: %(agencies)s") % {"agencies": ", ".join(added)}
    if missing:
        yield _("Not named here any more: %(agencies)s") % {"agencies": ", ".join(missing)}


def _rows(directive: Directive) -> list[Any]:
    return list(directive.addressees.all())


@dataclass(frozen=True)
class Shown:
    """A block of the comparison, or a row of paragraphs that stay, which is folded."""

    block: Block | None = None
    folded: tuple[Block, ...] = ()

    @property
    def kind(self) -> str:
        return str(self.block.kind) if self.block else str(Kind.SAME)

    @property
    def words(self) -> str:
        return _(self.block.kind.label) if self.block else ""


def shown(comparison: Comparison) -> list[Shown]:
    """The blocks in the order of the new text; what stays is folded, so that changes stand near each other."""
    found: list[Shown] = []
    same: list[Block] = []
    for block in comparison.blocks:
        if block.kind is Kind.SAME:
            same.append(block)
            continue
        found += [Shown(folded=tuple(same))] if same else []
        same = []
        found.append(Shown(block))
    return found + ([Shown(folded=tuple(same))] if same else [])
