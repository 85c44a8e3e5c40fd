"""The rows of a list as they are understood on the notice's date: whom they name, by when, and what is unclear."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.agencies import besides_committees
from accounts.models import Agency, AgencyGroup
from directives.models import Notice, Role, load_calendar
from directives.models.directives import DeadlineKind, Recurrence
from directives.rules.deadlines import Deadline, Every, Kind
from directives.rules.lists.bodies import Names, Read
from directives.rules.lists.cells import Cell, day_of, plain_words, text_of
from directives.rules.lists.columns import Means
from directives.rules.lists.deadlines import read_deadline
from directives.rules.refusals import Invalid
from directives.rules.written_days import NO_SUCH_DAY

NOBODY = "nobody"  # an answer: these words name nobody
LANGUAGES = ("vi", "en")
TEXTS = (Means.PRODUCT, Means.FIELD, Means.DECIDED_BY, Means.NOTE)
DEADLINE = (Means.DEADLINE, Means.DEADLINE_TEXT, Means.DEADLINE_KIND, Means.RECURRENCE)
WHOM = {Means.LEAD: Role.LEAD, Means.SHARE: Role.SHARE, Means.COORDINATING: Role.COORDINATING}
RECURS = {Every.WEEK: Recurrence.WEEKLY, Every.MONTH: Recurrence.MONTHLY, Every.QUARTER: Recurrence.QUARTERLY}
RECURS |= {Every.HALF: Recurrence.HALF_YEARLY, Every.YEAR: Recurrence.YEARLY}


@dataclass(frozen=True)
class Row:
    """A row of the list, with its number in the sheet (from 1), by what its columns mean."""

    number: int
    cells: Mapping[Means, Cell]


@dataclass(frozen=True)
class Wishes:
    """What the secretary said of a list: who is meant by unclear words, and what to do where it is no plain case.

    `answers`: plain words -> the key of a body, or NOBODY. `several_leads`: '' (a fault), 'share' or 'first'.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    several_leads: str = ""
    annex: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell, or worth a look: its row, its column, its words, and the sentence about it."""

    number: int
    means: Means
    said: str
    refusal: Invalid


@dataclass
class Said:
    """What a row says. A field or role is there only where the list has a column for it."""

    row: Row
    wording: str
    label: str = ""
    code: str = ""
    quote: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    deadline: Deadline | None = None
    kind: str = ""
    recurrence: str | None = None
    whom: dict[Role, list[Read]] = field(default_factory=dict)
    coordinating_due_on: date | None = None
    names_own_date: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number of the row in the sheet, from 1."""
        return self.row.number

    def fault(self, means: Means, refusal: Invalid) -> Fault:
        """The refusal with the cell that it is about."""
        words = text_of(self.row.cells.get(means))
        if means is Means.DEADLINE and not words:
            words = text_of(self.row.cells.get(Means.DEADLINE_TEXT))
        return Fault(self.number, means, words, refusal)


class Bodies:
    """Agencies and groups of the issue date, of today, and those that are `named` already (ids), by key and by name."""

    def __init__(self, notice: Notice, day: date, named: Collection[int]) -> None:
        issued_on = notice.issued_on or day
        there = besides_committees(Agency.objects.on(issued_on) | Agency.objects.on(day))
        on = there | besides_committees(Agency.objects.filter(pk__in=named))
        self.by_key: dict[str, Agency | AgencyGroup] = {key_of(agency): agency for agency in on.order_by("pk")}
        self.by_key |= {key_of(group): group for group in AgencyGroup.objects.order_by("pk")}
        # Names of the issue date come first; today's count where the notice is entered late.
        then = [body for body in self.by_key.values() if isinstance(body, AgencyGroup) or body.exists_on(issued_on)]
        self.names = Names((key_of(body), names_of(body)) for body in then)
        self.names_today = Names((key, names_of(body)) for key, body in self.by_key.items())

    def read(self, text: str) -> list[Read]:
        """Who is named, on the issue date, else today."""
        return [one if one.keys else Read(one.text, self._today(one.text)) for one in self.names.read(text)]

    def _today(self, text: str) -> tuple[str, ...]:
        found = self.names_today.read(text)
        return found[0].keys if len(found) == 1 else ()


def key_of(body: Agency | AgencyGroup) -> str:
    """How a body is known in answers: 'agency:12', 'group:3'."""
    return f"{'group' if isinstance(body, AgencyGroup) else 'agency'}:{body.pk}"


def names_of(body: Agency | AgencyGroup) -> list[str]:
    """All that a body is called."""
    own = [body.short_name_vi, body.abbreviation] if isinstance(body, Agency) else []
    return [body.name_vi, body.name_en, *own, *body.aliases]


def labels(choices: type[DeadlineKind] | type[Recurrence]) -> dict[str, str]:
    """What a choice is called, in plain words of both languages, and its value."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {plain_words(str(label)): value for value, label in choices.choices}
    return found


class Reader:
    """Reads row by row; what was read once is remembered, for lists repeat themselves."""

    def __init__(self, notice: Notice, bodies: Bodies) -> None:
        self._notice, self._bodies = notice, bodies
        self._calendar = load_calendar()
        self._kinds, self._rhythms = labels(DeadlineKind), labels(Recurrence)
        self._whom: dict[str, list[Read]] = {}
        self._deadlines: dict[tuple[Cell, Cell], Deadline] = {}

    def read(self, row: Row) -> Said:
        """What the row says, with everything that is wrong in its cells."""
        cells = row.cells
        said = Said(row, text_of(cells.get(Means.WORDING)), text_of(cells.get(Means.NUMBER)))
        said.quote, said.code = text_of(cells.get(Means.QUOTE)), text_of(cells.get(Means.CODE))
        said.fields = {means.value: text_of(cells[means]) for means in TEXTS if means in cells}
        self._read_identity(row, said)
        for means, role in WHOM.items():
            if means in cells:
                said.whom[role] = self._named(text_of(cells[means]))
        if any(means in cells for means in DEADLINE):
            self._read_deadline(row, said)
        self._read_days(row, said)
        return said

    def _read_identity(self, row: Row, said: Said) -> None:
        if not said.wording and not said.quote:
            sentence = _("Say what is to be done: this row has no wording.")
            said.faults.append(said.fault(Means.WORDING, Invalid("wording", sentence)))
        if said.code and not _is_uuid(said.code):
            said.faults.append(said.fault(Means.CODE, Invalid("code", _("This is not the code of a directive."))))
        notice = text_of(row.cells.get(Means.NOTICE))
        own = plain_words(self._notice.reference)
        if notice and own and not f" {plain_words(notice)} ".startswith(f" {own} "):
            sentence = _("This row belongs to another notice, not to %(reference)s.")
            refusal = Invalid("notice", sentence, reference=self._notice.reference)
            said.faults.append(said.fault(Means.NOTICE, refusal))

    def _named(self, text: str) -> list[Read]:
        if text not in self._whom:
            self._whom[text] = self._bodies.read(text)
        return self._whom[text]

    def _read_deadline(self, row: Row, said: Said) -> None:
        given, written = row.cells.get(Means.DEADLINE), row.cells.get(Means.DEADLINE_TEXT)
        cell = (given, written)
        if cell not in self._deadlines:
            issued_on = self._notice.issued_on
            self._deadlines[cell] = read_deadline(given, written, issued_on, self._calendar)
        said.deadline = read = self._deadlines[cell]
        said.kind = self._choice(row, said, Means.DEADLINE_KIND, self._kinds) or ""
        said.recurrence = self._choice(row, said, Means.RECURRENCE, self._rhythms)
        shown = Means.DEADLINE if text_of(given) or Means.DEADLINE_TEXT not in row.cells else Means.DEADLINE_TEXT
        if read.review == NO_SUCH_DAY:
            said.faults.append(said.fault(shown, Invalid("due_on", NO_SUCH_DAY)))
        elif read.review and not said.kind:
            said.notes.append(said.fault(shown, Invalid("due_on", read.review)))
        if said.kind and not text_of(given) and Means.DEADLINE in row.cells:
            # What says its kind is taken by its word: an empty day is none.
            said.deadline = Deadline(read.text, Kind(said.kind), None, recurrence=read.recurrence)

    def _choice(self, row: Row, said: Said, means: Means, known: Mapping[str, str]) -> str | None:
        if means not in row.cells:
            return None
        words = plain_words(text_of(row.cells[means]))
        if words and words not in known:
            sentence = _("This is not one of the words for it. Leave the cell empty if you are not sure.")
            said.faults.append(said.fault(means, Invalid(means.value, sentence)))
        return known.get(words, "" if means is Means.DEADLINE_KIND else None if words else "")

    def _read_days(self, row: Row, said: Said) -> None:
        for means in (Means.REVIEW_ON, Means.COORDINATING_DUE_ON):
            cell = row.cells.get(means)
            day = day_of(cell)
            if text_of(cell) and day is None:
                sentence = _("Write this day as 31/12/2026.")
                said.faults.append(said.fault(means, Invalid(means.value, sentence)))
            elif means is Means.REVIEW_ON and means in row.cells:
                said.fields[means.value] = day
            elif means in row.cells:
                said.coordinating_due_on, said.names_own_date = day, True


def _is_uuid(code: str) -> bool:
    try:
        UUID(code)
    except ValueError:
        return False
    return True


def meant(
    reads: Sequence[Read], answers: Mapping[str, str], known: Mapping[str, object]
) -> tuple[list[str], list[Read]]:
    """The keys of those who are meant, each once, and what nobody can say without asking."""
    keys, unclear = dict[str, None](), []
    for one in reads:
        answer = answers.get(plain_words(one.text), "")
        if one.is_clear:
            keys[one.keys[0]] = None
        elif answer in known:
            keys[answer] = None
        elif answer != NOBODY:
            unclear.append(one)
    return list(keys), unclear
