"""What issuing an amending draft would do, counted before anything is done, and done just so."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.people import Holder
from directives.actions.addressing import Part, expand_rows, in_periods, who_is_told
from directives.actions.touching import Compared, Touch, compare_draft
from directives.models import Addressee, Assignment, Directive, Notice, Outcome, PartChange, Role
from directives.rules.amending import Body, Held, Named, Statement, fates, newly_named
from directives.rules.anchoring import Found
from directives.rules.comparing import plain
from directives.rules.lifecycle import LIVE, OPEN, State
from directives.rules.recurrence import AHEAD
from directives.rules.refusals import Invalid

# What of a statement is its wording, as those who do the work read it.
WORDS = ("wording", "product", "decided_by", "field")
RHYTHM = ("recurrence", "recurrence_day", "recurrence_month", "recurrence_shift", "recurs_until", "deadline_kind")


@dataclass(frozen=True)
class Step:
    """What becomes of one assignment; `part` where it is a new one."""

    directive: Directive
    agency: Agency
    change: PartChange
    role: str
    due_on: date | None
    assignment: Assignment | None = None
    part: Part | None = None
    reworded: bool = False

    @property
    def is_redated(self) -> bool:
        return self.assignment is not None and self.assignment.due_on != self.due_on

    @property
    def is_recast(self) -> bool:
        """Whether the agency's part is another: it leads now, or only coordinates."""
        return self.assignment is not None and self.assignment.role != self.role


@dataclass
class Plan:
    """All of it. `in_the_way` are sentences with what they name."""

    compared: Compared
    steps: list[Step] = field(default_factory=list)
    in_the_way: list[Invalid] = field(default_factory=list)
    told: Mapping[int, list[Holder]] = field(default_factory=dict)

    def of(self, change: str) -> list[Step]:
        return [step for step in self.steps if step.change == change]

    @property
    def redated(self) -> list[Step]:
        """What gets another deadline."""
        return [step for step in self.steps if step.is_redated]

    @property
    def agencies(self) -> int:
        return len({step.agency.pk for step in self.steps})

    @property
    def people(self) -> int:
        """How many people get a message; somebody of two agencies gets one."""
        return len({holder.user.pk for holders in self.told.values() for holder in holders})

    @property
    def seen(self) -> str:
        """What was shown, so that just that is done."""
        compared = self.compared
        told = [
            (step.change, step.directive.pk, step.assignment and step.assignment.pk, step.agency.pk, step.role)
            for step in self.steps
        ]
        more = [(str(step.due_on), step.reworded, step.part.period if step.part else "") for step in self.steps]
        decided = [[touch.directive.pk, touch.directive.version, touch.outcome] for touch in compared.touches]
        whole = [compared.draft.version, compared.amended.version, decided, told, more]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def plan_amendment(draft: Notice, *, today: date, ahead: int = AHEAD) -> Plan:
    """What issuing `draft` on the local date `today` would do; changes nothing."""
    compared = compare_draft(draft)
    plan = Plan(compared)
    rows = _live(compared)
    for touch in compared.touches:
        try:
            plan.steps += _steps(touch, rows[touch.directive.pk], draft, today=today)
        except Invalid as refusal:
            plan.in_the_way.append(refusal)
    plan.steps += _fallen(plan.of(PartChange.WITHDRAWN))
    try:
        plan.steps += _given(draft, today=today, ahead=ahead)
    except Invalid as refusal:
        plan.in_the_way.append(refusal)
    plan.in_the_way += [_open(touch) for touch in compared.undecided]
    plan.told = who_is_told({step.agency.pk for step in plan.steps}, on=today)
    return plan


def _live(compared: Compared) -> dict[int, list[Assignment]]:
    directives = {touch.directive.pk: touch.directive for touch in compared.touches}
    rows = Assignment.objects.filter(directive__in=directives, state__in=LIVE).select_related("agency", "group")
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("directive_id", "agency__code", "pk"):
        row.directive = directives[row.directive_id]
        found[row.directive_id].append(row)
    return found


def _steps(touch: Touch, rows: Sequence[Assignment], draft: Notice, *, today: date) -> list[Step]:
    if touch.outcome == Outcome.WITHDRAW:
        return [_withdrawn(touch.directive, row) for row in rows if row.state in OPEN]
    if touch.outcome == Outcome.CHANGE and touch.decision and touch.decision.successor:
        return list(_changed(touch.directive, touch.decision.successor, rows, draft, today=today))
    return []


def _fallen(ending: Sequence[Step]) -> list[Step]:
    """What units were given of work that ends: it falls with the whole, through all levels."""
    wholes = [step.assignment for step in ending if step.assignment]
    if not wholes:
        return []
    rows = Assignment.objects.below(wholes).filter(state__in=OPEN).select_related("agency", "directive")
    return [_withdrawn(row.directive, row) for row in rows.order_by("directive_id", "agency__code", "pk")]


def _withdrawn(directive: Directive, row: Assignment) -> Step:
    return Step(directive, row.agency, PartChange.WITHDRAWN, row.role, row.due_on, row)


def _changed(
    directive: Directive, successor: Directive, rows: Sequence[Assignment], draft: Notice, *, today: date
) -> Iterator[Step]:
    """What the new statement makes of each part that is worked on, and whom it gives the work besides."""
    before, after = statement_of(directive), statement_of(successor)
    _fits(directive, successor, before, after)
    reworded = any(plain(getattr(directive, name)) != plain(getattr(successor, name)) for name in WORDS)
    worked_on = {row.pk: row for row in rows if row.state in OPEN}
    held = [Held(row.pk, row.agency_id, row.group_id, row.role, row.due_on) for row in worked_on.values()]
    for pk, fate in fates(held, before, after).items():
        row = worked_on[pk]
        if not fate.goes_on:
            yield _withdrawn(directive, row)
        elif reworded or (fate.role, fate.due_on) != (row.role, row.due_on):
            _not_late_at_once(directive, row.due_on, fate.due_on, today=today)
            yield Step(directive, row.agency, PartChange.CHANGED, fate.role, fate.due_on, row, reworded=reworded)
    new = newly_named(before, after)
    if any(row.role == Role.LEAD and row.state == State.DONE for row in rows) and after.lead in new:
        raise Invalid("directives", LEAD_IS_DONE, position=directive.position)
    there = {row.agency_id for row in rows}
    for part in _parts(successor, new, draft, today=today):
        if part.agency.pk not in there:
            _not_late_at_once(directive, None, part.due_on, today=today)
            yield Step(directive, part.agency, PartChange.GIVEN, part.role, part.due_on, part=part)


RECURS = _(
    "Directive %(position)s recurs: its rhythm, its deadline and its agencies cannot be amended here. Withdraw it and "
    "enter the new sentence as a new directive."
)
LEAD_IS_DONE = _(
    "The lead of directive %(position)s has done its work: it cannot be led by another. Enter a new directive."
)
TOO_EARLY = _("Directive %(position)s: the new deadline %(due_on)s lies before today. Nobody is late on the first day.")
NOT_DECIDED = _("Directive %(position)s: please decide what becomes of it.")


def _fits(directive: Directive, successor: Directive, before: Statement, after: Statement) -> None:
    """Recurring work gets its dates from its periods: only its words are amended."""
    recurs = directive.recurrence or successor.recurrence
    same = all(getattr(directive, name) == getattr(successor, name) for name in RHYTHM) and before == after
    if recurs and not same:
        raise Invalid("directives", RECURS, position=directive.position)


def _not_late_at_once(directive: Directive, was: date | None, due_on: date | None, *, today: date) -> None:
    if due_on is not None and due_on != was and due_on < today:
        raise Invalid("directives", TOO_EARLY, position=directive.position, due_on=due_on)


def statement_of(directive: Directive) -> Statement:
    """Whom a directive names, with the dates that hold for them. Its addressees are at hand, or read."""
    named = {_body(row): Named(str(row.role), row.due_on or directive.due_on) for row in directive.addressees.all()}
    return Statement(named, directive.due_on)


def _body(row: Addressee) -> Body:
    return ("group", row.group_id) if row.group_id else ("agency", row.agency_id or 0)


def _parts(successor: Directive, new: Iterable[Body], draft: Notice, *, today: date) -> list[Part]:
    """The parts of those bodies alone that the new statement names first."""
    wanted = set(new)
    named = [row.pk for row in successor.addressees.all() if _body(row) in wanted]
    return expand_rows(Addressee.objects.filter(pk__in=named), draft.issued_on, day=today) if named else []


def _given(draft: Notice, *, today: date, ahead: int) -> list[Step]:
    """The assignments of the draft's own, new directives."""
    rows = Addressee.objects.filter(directive__notice=draft, directive__amends=None)
    parts = in_periods(expand_rows(rows, draft.issued_on, day=today), today=today, ahead=ahead)
    return [Step(part.directive, part.agency, PartChange.GIVEN, part.role, part.due_on, part=part) for part in parts]


def _open(touch: Touch) -> Invalid:
    sentence: str | Promise = NOT_DECIDED
    if touch.is_stale:
        sentence = _("Directive %(position)s was changed since you decided on it. Please decide again.")
    elif touch.found is Found.GONE:
        sentence = _("Directive %(position)s: its sentence is gone. Please decide what becomes of it.")
    return Invalid("directives", sentence, position=touch.directive.position)
