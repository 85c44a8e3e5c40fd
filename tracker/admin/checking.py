"""The checking table: a row for each proposal, short enough to be held against the notice at a glance."""

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, override

from accounts.models import Agency
from directives.actions.drafting import To
from directives.actions.proposing import seen_of
from directives.models import HandledAs, Role
from tracker.admin.proposed import OTHER, Card, Piece

FIRST_WORDS = 45  # of a sentence: nearly all are shown whole, and a longer one in three lines
BEFORE_NAMES = 7  # words that may stand before a name at the beginning: "chủ trì, phối hợp chặt chẽ với các Bộ"
NAMED_BESIDE = 3
GAP = "…"
WHOLE = (OTHER, "deadline")  # not cut within
SHOWN_APART = ("lead", "coordinating", "deadline", OTHER)  # who and when are held against their cells
GROUND_OF: dict[str, str] = {Role.LEAD: "lead", Role.SHARE: "lead", Role.COORDINATING: "coordinating"}
BODIES = frozenset(GROUND_OF.values())
MEETING = re.compile(
    r"(?:trước|tại|trong|vào) (?:phiên họp|kỳ họp|cuộc họp|phiên)(?: [^,;.()]{0,60}?)? "
    r"(?:tiếp theo|kế tiếp|gần nhất|tới|sau)(?!\w)",
    re.IGNORECASE,
)
CUT_WORDS, MOST_CUTS = 9, 12
STRONG = ";."  # what most likely parts two tasks
CUTS = re.compile(r"(?:[;.:]\s+|,\s+(?=(?:đồng thời|và |giao |yêu cầu |báo cáo|trình|Bộ |UBND |Sở |Văn phòng )))(?=\S)")
DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})")

DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})(?!\d|\s*[/.-]\s*\d|\s*năm)")


@dataclass(frozen=True)
class Check:
    """One proposal in few words: who, by when, and how its sentence begins."""

    card: Card
    first: bool = False  # of the doubtful ones: the keys are its own
    is_ticked: bool = False
    is_corrected: bool = False  # in its row, just now

    @property
    def leads(self) -> list[str]:
        """Who answers for it: agencies by their short names, groups with how many they are."""
        return [self._named(to) for to in self.card.to if to.role != Role.COORDINATING]

    @property
    def seen(self) -> str:
        """What whoever corrects the row has seen of it."""
        return seen_of(self.card.proposal)

    @property
    def chosen_leads(self) -> str:
        """Who leads, as the field that finds agencies by typing begins with them."""
        return self._chosen(lambda role: role != Role.COORDINATING)

    @property
    def chosen_beside(self) -> str:
        """Who helps, likewise."""
        return self._chosen(lambda role: role == Role.COORDINATING)

    @property
    def typed_due(self) -> str:
        """The deadline as it would be typed: its day, how it recurs, else the words of the notice; empty for none."""
        due, first = self.card.deadline, self.card.first
        if first is not None:
            with override("vi"):
                return str(first.rhythm_name)
        return f"{due['due_on']:%d/%m/%Y}" if due["due_on"] else due["text"]

    @property
    def other_marks(self) -> list[tuple[str, str, str]]:
        """What it may be in place of a directive, beside information; with the key of each."""
        return [(mark.value, str(mark.label), mark.value[0]) for mark in (HandledAs.TARGET, HandledAs.ORIENTATION)]

    @property
    def cuts(self) -> str:
        """Where it may be made two: by the character and the first words of what would stand for itself.

        Behind a semicolon or full stop first; not within the names of those who lead or help.
        """
        proposal = self.card.proposal
        text = proposal.notice.text[proposal.start : proposal.end]
        grounds = [each for each in proposal.found["grounds"] if each["what"] in BODIES]
        named = [range(each["start"] + 1, each["end"]) for each in grounds]
        cuts = [cut for cut in CUTS.finditer(text) if not any(proposal.start + cut.end() in each for each in named)]
        found = [
            [proposal.start + cut.end(), " ".join(text[cut.end() :].split()[:CUT_WORDS])]
            for cut in sorted(cuts, key=lambda cut: cut[0][0] not in STRONG)
        ]
        return json.dumps(found[:MOST_CUTS], ensure_ascii=False)

    @property
    def beside(self) -> str:
        """The first of those who are to help, by abbreviation where they have one."""
        named = [self._named(to, briefly=True) for to in self.card.to if to.role == Role.COORDINATING]
        return ", ".join([*named[:NAMED_BESIDE], *([GAP] if named[NAMED_BESIDE:] else [])])

    @property
    def named_as(self) -> list[str]:
        """The words of the notice where it calls a group by another name than the register does."""
        pieces = [*self.card.pieces, *self.card.elsewhere]
        groups = {GROUND_OF[to.role]: plain(to.group.name) for to in self.card.to if to.group}
        return [piece.words for piece in pieces if groups.get(piece.what, "") not in plain(piece.words)]

    @property
    def n_beside(self) -> int:
        """How many agencies are to help."""
        helping = [to for to in self.card.to if to.role == Role.COORDINATING]
        return sum(len(self.card.members.get(to.group.pk, [])) if to.group else 1 for to in helping)

    @property
    def written(self) -> str:
        """The words of the deadline, where its date does not stand in them, or those of a meeting; else empty.

        What the row shows of its sentence is not said twice.
        """
        due, shown = self.card.deadline, "".join(piece.words for piece in self.opening)
        words = written_of(due["text"], due["due_on"], "".join(piece.words for piece in self.card.pieces))
        return "" if words in shown else words

    @property
    def opening(self) -> list[Piece]:
        """How its sentence goes on behind the names that stand beside it."""
        shown = first_words(behind_names(self.card.pieces))
        return [piece if piece.what in SHOWN_APART else Piece(piece.words) for piece in shown]

    def _chosen(self, of: Callable[[str], bool]) -> str:
        named = [
            (f"agency:{to.agency.pk}", short(to.agency)) if to.agency else (f"group:{to.group.pk}", to.group.name)
            for to in self.card.to
            if of(to.role) and (to.agency or to.group)
        ]
        return json.dumps(named, ensure_ascii=False)

    def _named(self, to: To, *, briefly: bool = False) -> str:
        if to.group is not None:
            return f"{to.group.name} ({len(self.card.members.get(to.group.pk, []))})"
        return short(to.agency, briefly=briefly) if to.agency else ""


def checks_of(cards: Iterable[Card], ticked: Container[int] | None = None) -> list[Check]:
    """The rows: what was read with doubts before what is sure, each in the order of the text.

    Those with the ids `ticked` are ticked; where nobody has ticked anything yet, those that are sure.
    """
    return [
        Check(
            card,
            first=at == 0 and not card.is_sure,
            is_ticked=card.is_sure if ticked is None else card.proposal.pk in ticked,
        )
        for at, card in enumerate(sorted(cards, key=lambda card: card.is_sure))
    ]


def short(agency: Agency, *, briefly: bool = False) -> str:
    """The name by which a clerk calls an agency; `briefly` its Vietnamese abbreviation, where it has one."""
    if get_language() == "en":
        return agency.name
    return (briefly and agency.abbreviation) or agency.short_name_vi or agency.name


def written_of(words: str, due_on: date | None, sentence: str) -> str:
    """What a notice says of the time of a task and a table does not: the words behind a date that is not in them.

    Where there is no deadline at all, the meeting that `sentence` names.
    """
    if not words and due_on is None:
        meeting = MEETING.search(sentence)
        return meeting[0] if meeting else ""
    said = due_on is not None and (str(due_on.day), str(due_on.month)) in [
        (day.lstrip("0"), month.lstrip("0")) for day, month in DAY_AND_MONTH.findall(words)
    ]
    return "" if said or due_on in days_in(words) else words


def days_in(words: str) -> list[date]:
    """The days that stand in these words with day, month and year."""
    found = []
    for day, month, year in DAY.findall(words):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:  # "31/02/2025": no such day
            continue
    return found


def plain(words: str) -> str:
    """The words as they are compared: small letters, one blank between them."""
    return " ".join(words.casefold().split())


def behind_names(pieces: list[Piece]) -> list[Piece]:
    """The sentence behind those who lead and help, where it begins with them; else all of it."""
    last, passed = -1, 0
    for at, piece in enumerate(pieces):
        if piece.what in BODIES and passed <= BEFORE_NAMES:
            last, passed = at, 0
        else:
            passed += len(piece.words.split())
    return [Piece(f"{GAP} "), *pieces[last + 1 :]] if last >= 0 else pieces


def first_words(pieces: list[Piece]) -> list[Piece]:
    """The first words of a sentence; where more follows, a sign that says so, and whoever is named there for nothing.

    So each agency of a sentence stands in its row: as who leads, as who helps, or here.
    """
    shown, left = [], FIRST_WORDS
    for at, piece in enumerate(pieces):
        words = piece.words.split()
        count = len([word for word in words if word != GAP])
        if count > left and piece.what not in WHOLE:
            blank = " " if piece.words[:1].isspace() else ""
            shown += [Piece(blank + " ".join(words[:left]), piece.what)] if left > 0 else []
            return [*shown, Piece(f" {GAP}"), *_named_for_nothing(pieces[at + 1 :])]
        shown.append(piece)
        left -= count
    return shown


def _named_for_nothing(pieces: list[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.what == OTHER:
            yield Piece(" ")
            yield piece
            yield Piece(f" {GAP}")
