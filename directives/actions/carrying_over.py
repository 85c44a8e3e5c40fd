"""A notice that amends or supersedes another is put in force: work whose sentence it repeats goes on under it.

The assignments keep their rows, ids and histories. What is done, and what the later notice does not speak of, stays
with the earlier one.
"""

from datetime import datetime

from django.db.models import F

from accounts.models import User
from accounts.roles import Verb
from directives.actions.amendment_plan import Plan
from directives.actions.entering import notice_facts
from directives.actions.linking import link
from directives.actions.recording import facts, record, record_all
from directives.actions.stating import CARRIED
from directives.actions.taking_up import QUOTED, handed_down_of
from directives.actions.touching import Touch
from directives.models import Addressee, Assignment, Directive, Indicator, Notice, NoticeState, Outcome, PartChange
from directives.models.addressees import LinkKind
from directives.models.kinds import quote_hash
from directives.rules.anchoring import Found
from directives.rules.lifecycle import OPEN


def put_in_force(plan: Plan, *, by: User, at: datetime, why: str) -> None:
    """Issue the amending draft, and carry over what goes on by its words. Both notices are locked."""
    compared = plan.compared
    draft, amended = compared.draft, compared.amended
    draft.state = NoticeState.ISSUED
    draft.version += 1
    draft.save()
    amended.version += 1
    amended.save(update_fields=["version"])
    after = notice_facts(draft) | {"assignments": len(plan.of(PartChange.GIVEN))}
    record(draft, Verb.ISSUE, by=by, at=at, on_behalf_of=draft.committee.name_vi, after=after)
    for touch in compared.touches:
        successor = _successor(touch, draft)
        if successor is not None:
            _carry_over(plan, touch.directive, successor, by=by, at=at, why=why)


def _successor(touch: Touch, draft: Notice) -> Directive | None:
    """The directive of the later notice by which the work goes on; None where it stays, or ends."""
    if touch.outcome == Outcome.CHANGE and touch.decision is not None:
        return touch.decision.successor
    repeated = draft.supersedes_id is not None and touch.found is not Found.GONE
    goes_on = touch.is_open or touch.directive.next_period_on is not None  # in its next period
    return _copy(touch, draft) if repeated and goes_on and touch.outcome == Outcome.KEEP else None


def _copy(touch: Touch, draft: Notice) -> Directive:
    """The same directive, tied to the sentence of the superseding notice."""
    was, low, high = touch.directive, touch.anchor.start, touch.anchor.end
    last = max(draft.directives.values_list("position", flat=True), default=0)
    copy = Directive(notice=draft, position=last + 1, quote=draft.text[low:high], quote_start=low, quote_end=high)
    for name in CARRIED:
        setattr(copy, name, getattr(was, name))
    copy.quote_hash = quote_hash(copy.quote)
    copy.paragraph = draft.paragraphs.filter(start__lte=low, end__gt=low).first()
    copy.save()
    Addressee.objects.bulk_create(
        Addressee(directive=copy, role=row.role, agency=row.agency, group=row.group, due_on=row.due_on)
        for row in was.addressees.all()
    )
    return copy


def _carry_over(plan: Plan, was: Directive, now: Directive, *, by: User, at: datetime, why: str) -> None:
    draft = plan.compared.draft
    now.notice = draft
    kind = LinkKind.SUPERSEDES if draft.supersedes_id is not None else LinkKind.AMENDS
    link(now, was, kind, by=by, at=at)
    Indicator.objects.filter(directive=was).update(directive=now)
    going_on = Assignment.objects.filter(directive=was, state__in=OPEN)
    parts = handed_down_of(going_on)
    parts.update(notice=draft, **{name: getattr(now, name) for name in (*QUOTED, "edition")})
    Directive.objects.filter(pk=now.pk).update(next_period_on=was.next_period_on, continues=was)
    Directive.objects.filter(pk=was.pk).update(next_period_on=None, version=F("version") + 1)
    for step in plan.of(PartChange.CHANGED):
        if step.assignment and step.assignment.directive_id == was.pk:
            step.assignment.directive = now
    changed = {step.assignment.pk for step in plan.of(PartChange.CHANGED) if step.assignment}
    along = list(going_on.exclude(pk__in=changed).select_related("agency"))
    before = [facts(row) for row in along]
    for row in along:
        row.directive, row.version = now, row.version + 1
    going_on.update(directive=now, version=F("version") + 1)
    body = draft.committee.name_vi
    record_all(along, "carry_over", by=by, at=at, on_behalf_of=body, before=before, reason=why)
