"""What a list would make of a draft: which directives it adds, which it changes and how, which stay as they are."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyGroup
from directives.actions.fitting import fit
from directives.actions.leasing import Alive, Progress
from directives.actions.list_lines import Line, Outcome, Plan, Question
from directives.actions.list_reading import (
    RECURS,
    WHOM,
    Bodies,
    Fault,
    Reader,
    Row,
    Said,
    Wishes,
    key_of,
    meant,
)
from directives.actions.list_sentences import Sentences
from directives.actions.stating import (
    To,
    check_addressees,
    check_deadline,
    check_own_dates,
    check_recurrence,
    facts_of,
    put_quote,
)
from directives.models import Addressee, Directive, Notice, Role
from directives.models.directives import Recurrence
from directives.rules.deadlines import Kind
from directives.rules.lists.bodies import Read
from directives.rules.lists.cells import cut, plain_words
from directives.rules.lists.columns import Means
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NOT_HERE = _("No directive of this draft has this code. Leave the cell empty to add a new one.")
TWICE = _("This code stands in an earlier row already.")
NOT_IN_TEXT = _("This does not stand in the text of the notice. Give the sentence as it stands there.")
UNKNOWN = _("No agency or group of that day is called so.")
SEVERAL = _("More than one agency or group is called so.")
SAID_BEFORE = _("Row %(row)s says the same of the same sentence.")

POSITIONS = 32_767  # directives and paragraphs of one notice
LOOKED_AT = ("wording", "product", "field", "decided_by", "note", "deadline_text", "due_on", "review_on")
COLUMN_OF = {"addressees": Means.LEAD, "recurrence_day": Means.RECURRENCE, "recurs_until": Means.RECURRENCE}


class Planner:
    """Plans a list for a draft; it reads and writes nothing down."""

    def __init__(self, notice: Notice, wishes: Wishes, *, at: datetime) -> None:
        self._notice, self._wishes, self._day = notice, wishes, local_day(at)
        self._there = list(notice.directives.select_related("paragraph").order_by("position"))
        named = list(Addressee.objects.filter(directive__notice=notice).order_by("pk"))
        self._bodies = Bodies(notice, self._day, {to.agency_id for to in named if to.agency_id})
        self._whom: dict[int, list[To]] = defaultdict(list)
        for to in named:
            key = f"agency:{to.agency_id}" if to.agency_id else f"group:{to.group_id}"
            self._whom[to.directive_id].append(self._to(Role(to.role), key, to.due_on))
        self._sentences = Sentences(notice)
        self._faults: list[Fault] = []
        self._unclear: dict[str, tuple[Read, list[int]]] = {}

    def plan(self, rows: Sequence[Row], alive: Alive) -> Plan:
        """What the rows would do; `alive` hears how far it is. Raises TakenOver where it says to stop."""
        reader = Reader(self._notice, self._bodies)
        told = Progress(alive, 2 * len(rows))  # each row is read, and then laid beside the draft
        said = [reader.read(row) for row in told.each(rows)]
        self._faults += [fault for one in said for fault in one.faults]
        lines = [self._line(one, twin) for one, twin in told.each(self._paired(said))]
        self._number(lines)
        questions = [
            Question(read.text, words, [self._bodies.by_key[key] for key in read.keys], numbers)
            for words, (read, numbers) in self._unclear.items()
        ]
        notes = [note for one in said for note in one.notes]
        faults = sorted(self._faults, key=lambda fault: fault.number)
        paragraphs = self._sentences.paragraphs
        return Plan(self._notice, lines, faults, notes, questions, paragraphs, self._notice.version)

    # --- which row is which directive

    def _paired(self, said: Sequence[Said]) -> list[tuple[Said, Directive | None]]:
        """Each row with the directive it speaks of: by its code, else by its words, in the order of both."""
        by_code = {str(row.uuid): row for row in self._there}
        free: dict[str, list[Directive]] = defaultdict(list)
        coded = {one.code.lower() for one in said if one.code}
        for row in self._there:
            if str(row.uuid) not in coded:
                free[cut(row.wording)].append(row)
        pairs, seen = [], set[str]()
        for one in said:
            code = one.code.lower()
            if code and (code not in by_code or code in seen):
                self._say(one, Means.CODE, Invalid("code", NOT_HERE if code not in seen else TWICE))
            seen.add(code)
            twin = by_code.get(code) if code else self._alike(one, free[one.wording or one.quote])
            pairs.append((one, twin))
        return pairs

    def _alike(self, said: Said, candidates: list[Directive]) -> Directive | None:
        """Of directives in the same words the one for the same agencies, else the first; it is taken once."""
        if len(candidates) < 2:
            return candidates.pop() if candidates else None
        whom = {
            role: set(meant(reads, self._wishes.answers, self._bodies.by_key)[0]) for role, reads in said.whom.items()
        }
        named = (row for row in candidates if all(self._keys(row, role) == keys for role, keys in whom.items()))
        found = next(named, candidates[0])
        candidates.remove(found)
        return found

    # --- one row

    def _line(self, said: Said, twin: Directive | None) -> Line:
        if twin is None:
            line = Line(said, Directive(notice=self._notice))
            self._sentence(line)
        else:
            twin.notice = self._notice
            line = Line(said, twin, list(self._whom[twin.pk]))
            line.outcome, line.before = Outcome.SAME, facts_of(twin, line.whom)
            self._requote(line)
        self._take_fields(line)
        self._take_deadline(line)
        self._take_whom(line)
        if line.outcome is not Outcome.SAME:
            self._check(line)
        return line

    def _sentence(self, line: Line) -> None:
        said = line.said
        if not (said.quote or said.wording):
            return
        found = self._sentences.find(said.quote) if said.quote else self._sentences.find(said.wording)
        if found is None and self._wishes.annex:
            self._sentences.append(line.directive, said.quote or said.wording, said.label)
        elif found is None:
            self._say(said, Means.QUOTE if said.quote else Means.WORDING, Invalid("quote", NOT_IN_TEXT))
        else:
            put_quote(line.directive, found.quote, found.paragraph, found.start)
        line.directive.wording = said.wording or said.quote

    def _requote(self, line: Line) -> None:
        said, directive = line.said, line.directive
        if not said.quote or said.quote == cut(directive.quote):
            return
        found = self._sentences.find(said.quote)
        if found is None:
            self._say(said, Means.QUOTE, Invalid("quote", NOT_IN_TEXT))
        else:
            put_quote(directive, found.quote, found.paragraph, found.start)
            self._changed(line, Means.QUOTE)

    def _take_fields(self, line: Line) -> None:
        directive, given = line.directive, dict(line.said.fields)
        if line.said.wording:
            given["wording"] = line.said.wording
        for name, value in given.items():
            old = getattr(directive, name)
            if (cut(old) if isinstance(old, str) else old) != value:
                setattr(directive, name, value)
                self._changed(line, Means(name))

    def _take_deadline(self, line: Line) -> None:
        said, directive, read = line.said, line.directive, line.said.deadline
        if read is None:
            return
        kind = said.kind or str(read.kind)
        rhythm = read.recurrence if kind == Kind.RECURRING and read.due_on is None else None
        recurs = said.recurrence if said.recurrence is not None else directive.recurrence
        if said.recurrence is None and (line.outcome is Outcome.NEW or read.text != directive.deadline_text):
            recurs = RECURS.get(rhythm.every, Recurrence.ONCE) if rhythm else Recurrence.ONCE
        # A list without words for the deadline says only its day.
        same_words = read.text == directive.deadline_text or (read.due_on and read.text == f"{read.due_on:%d/%m/%Y}")
        if (
            same_words
            and read.due_on == directive.due_on
            and said.kind in ("", directive.deadline_kind)
            and recurs == directive.recurrence
            and line.outcome is not Outcome.NEW
        ):
            return
        if recurs != directive.recurrence:
            directive.recurrence_day = rhythm.day if rhythm else None
            directive.recurrence_month = rhythm.month if rhythm else None
        directive.deadline_text, directive.deadline_kind = read.text, kind
        directive.due_on, directive.recurrence = read.due_on, recurs
        self._changed(line, Means.DEADLINE)

    # --- whom it is for

    def _take_whom(self, line: Line) -> None:
        keys = {role: self._meant(line, role, reads) for role, reads in line.said.whom.items()}
        if Role.LEAD in keys:
            self._one_lead(line, keys)
        own = {(to.role, key_of(to.agency or to.group)): to.due_on for to in line.whom}
        for role, named in keys.items():
            if {key for kept, key in own if kept == role} != set(named):
                kept = [to for to in line.whom if to.role != role]
                line.whom = [*kept, *(self._to(role, key, own.get((role, key))) for key in named)]
                self._changed(line, next(means for means, one in WHOM.items() if one == role))
        if line.said.names_own_date:
            self._take_own_date(line)

    def _take_own_date(self, line: Line) -> None:
        day = line.said.coordinating_due_on
        first = next((to.due_on for to in line.whom if to.role == Role.COORDINATING and to.due_on), None)
        if first != day:
            line.whom = [replace(to, due_on=day) if to.role == Role.COORDINATING else to for to in line.whom]
            self._changed(line, Means.COORDINATING_DUE_ON)

    def _meant(self, line: Line, role: Role, reads: Sequence[Read]) -> list[str]:
        there = {key_of(to.agency or to.group) for to in line.whom if to.role == role}
        settled = [replace(one, keys=tuple(there.intersection(one.keys)) or one.keys) for one in reads]
        keys, unclear = meant(settled, self._wishes.answers, self._bodies.by_key)
        for one in unclear:
            self._unclear.setdefault(plain_words(one.text), (one, []))[1].append(line.said.number)
            means = next(means for means, named in WHOM.items() if named == role)
            sentence = SEVERAL if one.keys else UNKNOWN
            self._faults.append(Fault(line.said.number, means, one.text, Invalid(means.value, sentence)))
        return keys

    def _one_lead(self, line: Line, keys: dict[Role, list[str]]) -> None:
        """A group never leads: each of its members answers for its share. Of several agencies the wish decides."""
        named = keys[Role.LEAD]
        wish = self._wishes.several_leads
        if any(key.startswith("group:") for key in named) or (len(named) > 1 and wish == "share"):
            keys[Role.LEAD], keys[Role.SHARE] = [], [*keys.get(Role.SHARE, []), *named]
        elif len(named) > 1 and wish == "first":
            keys[Role.LEAD] = named[:1]
            keys[Role.COORDINATING] = list(dict.fromkeys([*named[1:], *keys.get(Role.COORDINATING, [])]))

    def _to(self, role: Role, key: str, due_on: Any) -> To:
        body = self._bodies.by_key[key]
        return To(role, group=body) if isinstance(body, AgencyGroup) else To(role, agency=body, due_on=due_on)

    # --- what may not be said

    def _check(self, line: Line) -> None:
        directive, whom = line.directive, line.whom
        for name in LOOKED_AT if directive.wording else LOOKED_AT[1:]:
            self._ask(line, fit, directive, name)
        self._ask(line, check_deadline, directive)
        self._ask(line, check_recurrence, directive)
        self._ask(line, check_own_dates, directive, whom)
        self._ask(line, check_addressees, self._notice, whom, day=self._day)

    def _ask(self, line: Line, rule: Callable[..., None], *given: Any, **named: Any) -> None:
        try:
            rule(*given, **named)
        except Invalid as refusal:
            field_ = refusal.field
            means = COLUMN_OF.get(field_) or (Means(field_) if field_ in set(Means) else Means.WORDING)
            self._say(line.said, means, refusal)

    def _number(self, lines: Sequence[Line]) -> None:
        """Give new directives their places, and refuse the same sentence in the same words twice."""
        position = self._there[-1].position if self._there else 0
        seen: dict[tuple[Any, ...], int] = {}
        self._sentences.settle()
        for line in lines:
            directive = line.directive
            if line.outcome is Outcome.NEW:
                position += 1
                directive.position = position
            place = directive.quote_start, directive.quote_end, directive.wording
            if directive.quote and place in seen:
                self._say(line.said, Means.WORDING, Invalid("wording", SAID_BEFORE, row=seen[place]))
            seen.setdefault(place, line.said.number)
        if max(position, self._sentences.last_position) > POSITIONS:
            raise Invalid("list", _("A notice holds at most %(limit)s directives."), limit=POSITIONS)

    # --- small words

    def _changed(self, line: Line, means: Means) -> None:
        if line.outcome is Outcome.NEW:
            return
        line.outcome = Outcome.CHANGED
        if means not in line.changed:
            line.changed.append(means)

    def _say(self, said: Said, means: Means, refusal: Invalid) -> None:
        self._faults.append(said.fault(means, refusal))

    def _keys(self, directive: Directive, role: Role) -> set[str]:
        return {key_of(body) for to in self._whom[directive.pk] if to.role == role and (body := to.agency or to.group)}
