"""A proposal as the split view shows it: for whom, by when, on which words each guess rests, and what is doubtful."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.agencies import members_of
from accounts.models import Agency
from directives.actions.drafting import To
from directives.actions.proposing import addressees_of, beside, fields_of, found_of, json_of, told
from directives.models import Notice, Paragraph, Proposal, Role
from directives.models.kinds import DeadlineKind
from directives.rules.notice_proposals import read_notice
from directives.rules.reading.clauses import brackets
from directives.rules.reading.doubts import CARRIED, NO_LEAD, OF_DATES, UNKNOWN
from directives.rules.reading.due import chosen, dues_in, undated
from directives.rules.reading.line import line_of
from directives.rules.searching import plain_text
from tracker.admin.first_turns import FirstTurn, first_turns
from tracker.documents.register import register_of_the_database

OTHER = "other"  # named, but given nothing
GROUNDS = {
    "lead": gettext_lazy("lead"),
    "coordinating": gettext_lazy("coordinating"),
    "deadline": gettext_lazy("deadline"),
    "product": gettext_lazy("product"),
    OTHER: gettext_lazy("named, but given nothing"),
}
# What numbers a paragraph is not part of its sentence: "IV.", "3.", "2.1.", "b)", "-".
MARKER = re.compile(r"^\s*(?:[IVXLC]+\.|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-+–•])\s+")
SOME_OF_THEM = r"(?:\s+(?:khác|nêu trên|nói trên|có|liên quan)(?!\w))*"
NOTHING_FOUND: dict[str, Any] = {"leads": [], "coordinating": [], "deadline": None, "grounds": [], "doubts": []}
NOT_REGISTERED = gettext_lazy("Not on the list of agencies: %(names)s.")


@dataclass(frozen=True)
class Piece:
    """Words of the text; `what` says what was guessed from them, and is empty where nothing was."""

    words: str
    what: str = ""

    @property
    def label(self) -> str:
        return str(GROUNDS.get(self.what, ""))


@dataclass
class Card:
    """One proposal with all that is shown of it."""

    proposal: Proposal
    to: list[To]
    members: Mapping[int, list[Agency]] = field(default_factory=dict)
    paragraph: Paragraph | None = None
    first: FirstTurn | None = None  # of what recurs

    @property
    def is_open(self) -> bool:
        return self.proposal.directive_id is None and not self.proposal.set_aside

    @property
    def unknown(self) -> list[str]:
        """The names that are not in the register."""
        known = {(to.agency or to.group).code for to in self.to if to.agency or to.group}
        named = [*told(self.proposal.found), *beside(self.proposal.found)]
        return [body["name"] for body in named if body["code"] not in known]

    @property
    def concerned(self) -> list[str]:
        """Groups of which only some are meant, in the notice's own words where it has them: they are given nothing."""
        found = self.proposal.found
        named = [body["name"] for body in (*found["leads"], *found["coordinating"]) if body.get("is_open")]
        text = self.proposal.notice.text[self.proposal.start : self.proposal.end]
        said = [re.search(re.escape(name) + SOME_OF_THEM, text, re.IGNORECASE) for name in named]
        return [f"“{' '.join(words[0].split())}”" if words else name for name, words in zip(named, said, strict=True)]

    @property
    def is_whole(self) -> bool:
        """Whether it can be taken as it stands: somebody is named, and everybody named is known."""
        is_led = not self.proposal.found["leads"] or bool(told(self.proposal.found))
        return bool(self.to) and is_led and not self.unknown

    @property
    def is_whole_without_unknown(self) -> bool:
        """Whether it can be taken without the names that are not in the register: somebody who leads is known."""
        return bool(self.unknown) and any(to.role != Role.COORDINATING for to in self.to)

    @property
    def is_sure(self) -> bool:
        return self.proposal.is_sure and self.is_whole

    @property
    def doubts(self) -> list[str]:
        said = [doubt for doubt in self.proposal.found["doubts"] if doubt != UNKNOWN or not self.unknown]
        found = [*map(_, said), *([self.review] if self.review else [])]
        return [*found, *([NOT_REGISTERED % {"names": ", ".join(self.unknown)}] if self.unknown else [])]

    @property
    def review(self) -> str:
        """What is to be looked at again of its deadline; empty where it is plain."""
        sentence = (self.proposal.found.get("deadline") or {}).get("review")
        return _(sentence) if sentence else ""

    @property
    def doubted(self) -> str:
        """The field of the form that is to be looked at first."""
        found = set(self.proposal.found["doubts"])
        return "due_on" if found and found <= OF_DATES and self.is_whole else "lead"

    @property
    def addressees(self) -> list[tuple[str, To, list[Agency]]]:
        """Each with its role in words, and the members of a group."""
        return [(Role(to.role).label, to, self.members.get(to.group.pk, []) if to.group else []) for to in self.to]

    @property
    def deadline(self) -> dict[str, Any]:
        given = fields_of(self.proposal)
        words = DeadlineKind(given["deadline_kind"]).label
        return {"kind": words, "due_on": given["due_on"], "text": given["deadline_text"]}

    @property
    def pieces(self) -> list[Piece]:
        """Its sentence, the words that a guess rests on apart."""
        found = pieces(self.proposal.notice.text, self.proposal.start, self.proposal.end, [self.proposal])
        given = {name for to in self.to if to.agency for name in to.agency.plain_names}
        return [Piece(one.words) if one.what == OTHER and plain_text(one.words) in given else one for one in found]

    @property
    def elsewhere(self) -> list[Piece]:
        """The words in other places that a guess rests on."""
        text, own = self.proposal.notice.text, range(self.proposal.start, self.proposal.end)
        grounds = [ground for ground in self.proposal.found["grounds"] if ground["start"] not in own]
        return [Piece(text[ground["start"] : ground["end"]], ground["what"]) for ground in grounds]


def pieces(text: str, start: int, end: int, proposals: Iterable[Proposal]) -> list[Piece]:
    """The words of a stretch, cut where the grounds of the proposals begin and end; of two that overlap the first."""
    grounds = sorted(
        (ground["start"], ground["end"], ground["what"]) for row in proposals for ground in row.found["grounds"]
    )
    found, at = [], start
    for low, high, what in grounds:
        if low < at or high > end or low >= high:
            continue
        found += [Piece(text[at:low])] if low > at else []
        found.append(Piece(text[low:high], what))
        at = high
    return [*found, Piece(text[at:end])] if at < end else found


def cards_of(notice: Notice) -> list[Card]:
    """The proposals of a draft in the order of its text; four queries. Members of groups are filled in by the view."""
    rows = list(notice.proposals.order_by("start", "pk"))
    for row in rows:
        row.notice = notice
    to = addressees_of(rows, strictly=False) if rows else {}
    turns = first_turns(row for row in rows if row.directive_id is None and not row.set_aside)
    return [Card(row, to[row.pk], first=turns.get(row.pk)) for row in rows]


def card_of(proposal: Proposal) -> Card:
    """One proposal alone, with the members of the groups that it names."""
    to = addressees_of([proposal], strictly=False)[proposal.pk]
    named, issued_on = [one.group for one in to if one.group], proposal.notice.issued_on
    members = members_of(named, issued_on) if named and issued_on else {}
    return Card(proposal, to, members, first=first_turns([proposal]).get(proposal.pk))


def initial_of_proposal(proposal: Proposal) -> dict[str, Any]:
    """What the form of a directive shows of a proposal."""
    named: dict[str, list[str]] = {role: [] for role in Role.values}
    for to in addressees_of([proposal], strictly=False)[proposal.pk]:
        named[to.role].append(f"agency:{to.agency.pk}" if to.agency else f"group:{to.group.pk if to.group else ''}")
    return {
        **fields_of(proposal),
        "paragraph": proposal.paragraph_id,
        "quote": proposal.notice.text[proposal.start : proposal.end],
        "lead": next(iter(named[Role.LEAD]), ""),
        "share": named[Role.SHARE],
        "coordinating": named[Role.COORDINATING],
    }


def initial_of_words(notice: Notice, words: str) -> dict[str, Any]:
    """What the form shows of words that a person selected, read for themselves; nothing is kept."""
    if not words:
        return {}
    reading = read_notice(words, notice.issued_on, register_of_the_database())
    found = found_of(reading.directives[0]) if reading.directives else NOTHING_FOUND
    if not (found["deadline"] or {}).get("text"):
        found = {**found, "deadline": _deadline_in(words, notice.issued_on)}
    if found == NOTHING_FOUND:
        return {}
    alone = Notice(text=words, issued_on=notice.issued_on)
    read = initial_of_proposal(Proposal(notice=alone, start=0, end=len(words), found=found))
    return {name: value for name, value in read.items() if name not in ("paragraph", "quote", "wording")}


def found_in(notice: Notice, start: int, end: int, *, after: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the words `text[start:end]` say alone; where they name nobody, those who lead `after` which they stand."""
    words = notice.text[start:end]
    reading = read_notice(words, notice.issued_on, register_of_the_database())
    found = dict(found_of(reading.directives[0])) if reading.directives else {**NOTHING_FOUND, "doubts": [NO_LEAD]}
    found["grounds"] = [
        {**ground, "start": ground["start"] + start, "end": ground["end"] + start} for ground in found["grounds"]
    ]
    if not found["deadline"] or not found["deadline"]["text"]:
        found["deadline"] = _deadline_in(words, notice.issued_on)
    if not found["leads"] and after and after["leads"]:
        found["leads"] = after["leads"]
        found["doubts"] = [CARRIED if doubt == NO_LEAD else doubt for doubt in found["doubts"]]
    return found


def _deadline_in(words: str, issued_on: date | None) -> dict[str, Any] | None:
    """The deadline that stands anywhere in these words, in whatever sentence; None where there is none."""
    line = line_of(words, 0, len(words))
    end = len(line.low)
    dues = dues_in(line.text, line.low, 0, end, brackets(line, 0, end), issued_on)
    due = chosen([one for one in dues if not one.on_condition]) or undated(line.text, line.low, 0, end, issued_on)
    return json_of(due.understood) if due else None
