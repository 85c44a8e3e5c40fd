"""What a change of many would be refused, as far as it can be known without doing it: in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb, may
from directives.actions.assigning import HAS_THIS_PART, LEADS_ALREADY, check_day, check_in_force
from directives.actions.many_wishes import Wishes, wishes_of
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.redating import check_new_deadline
from directives.models import Assignment, BulkChange, BulkRow, Notice, Role
from directives.rules.lifecycle import LIVE, after
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

Place = tuple[int, str]  # of one lead: directive and period


def foreseen(change: BulkChange, *, by: User, at: datetime) -> dict[int, Refusal]:
    """By row (id) what would be refused by right, state, version, date or another's part."""
    rows = _rows(change)
    wishes = wishes_of(change, at=at)
    parts = Parts(rows, wishes) if change.verb == Verb.REASSIGN else None
    answers: dict[int, Refusal | None] = {}
    found: dict[int, Refusal] = {}
    for row in rows:
        committee = row.assignment.directive.notice.committee
        if committee.pk not in answers:
            answer = may(by, Verb(change.verb), committee, on=local_day(at))
            answers[committee.pk] = None if answer else NotAllowed(str(answer.reason))
        try:
            if (refusal := answers[committee.pk]) is not None:
                raise refusal
            _check(row, wishes, parts)
        except Refusal as refusal:
            found[row.pk] = refusal
    return found


def _rows(change: BulkChange) -> list[BulkRow]:
    """Its rows with their work; thousands of them stand under a few notices, each of which is read once."""
    rows = list(change.rows.select_related("assignment__directive").order_by("pk"))
    under = {row.assignment.directive.notice_id for row in rows}
    notices = Notice.objects.select_related("committee").defer("text").in_bulk(under)
    for row in rows:
        row.assignment.directive.notice = notices[row.assignment.directive.notice_id]
    return rows


def _check(row: BulkRow, wishes: Wishes, parts: "Parts | None") -> None:
    """Raise what the verb's own action would raise, in its order."""
    work = row.assignment
    after(work.state, wishes.verb)
    if row.version != work.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    due_on = wishes.due_on(work)
    if wishes.verb == Verb.SET_DEADLINE and due_on is not None:
        check_new_deadline(work.due_on, due_on, today=wishes.today)
    if parts is not None:
        check_in_force(work.directive.notice)
        check_day(wishes.agency, due_on, wishes.today)
        parts.take(work)


class Parts:
    """Who leads the directives of these rows, and which parts the agency has already; taken one after the other."""

    def __init__(self, rows: Sequence[BulkRow], wishes: Wishes) -> None:
        self._agency = wishes.agency
        self._leads: dict[Place, set[int]] = defaultdict(set)
        self._own: set[tuple[Place, str]] = set()
        self._agencies: dict[int, str] = {}
        live = Assignment.objects.filter(directive__in={row.assignment.directive_id for row in rows}, state__in=LIVE)
        for one in live.select_related("agency").order_by("pk"):
            self._agencies[one.pk] = one.agency.name
            self._hold(one.pk, one.directive_id, one.period, one.role, own=one.agency_id == self._agency.pk)

    def take(self, work: Assignment) -> None:
        """Give the agency this part. Raises Invalid(agency) where another leads, or it has the part already."""
        place = work.directive_id, work.period
        others = self._leads[place] - {work.pk}
        if work.role == Role.LEAD and others:
            raise Invalid("agency", LEADS_ALREADY, agency=self._agencies[min(others)])
        if (place, work.role) in self._own:
            raise Invalid("agency", HAS_THIS_PART, agency=self._agency.name)
        self._leads[place].discard(work.pk)
        self._agencies[-work.pk] = self._agency.name  # the heir, which has no id yet
        self._hold(-work.pk, *place, work.role, own=True)

    def _hold(self, pk: int, directive_id: int, period: str, role: str, *, own: bool) -> None:
        place = directive_id, period
        if role == Role.LEAD:
            self._leads[place].add(pk)
        if own:
            self._own.add((place, role))
