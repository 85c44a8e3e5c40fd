"""An amending draft is issued: text, directives, assignments, history and one message to each person, at one stroke."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import Holder
from accounts.roles import Verb
from directives.actions.addressing import write_parts
from directives.actions.amending import in_force
from directives.actions.amendment_plan import Plan, plan_amendment
from directives.actions.bringing_forward import bring_forward_parts
from directives.actions.carrying_over import put_in_force
from directives.actions.drafts import locked_draft
from directives.actions.ending import lapse_met
from directives.actions.entering import check_dates, notice_facts
from directives.actions.issuing import complete, complete_directives
from directives.actions.moving import SOMEBODY_WAS_FASTER, arm, lock_notice, next_looks, withdraw_all
from directives.actions.recording import facts, record, record_all, tell
from directives.actions.stating import facts_of, named
from directives.actions.taking_up import take_up
from directives.models import (
    AmendedPart,
    Assignment,
    DeliveryKind,
    Directive,
    Notice,
    Outcome,
    PartChange,
    Role,
)
from directives.rules.lifecycle import WORKING
from directives.rules.recurrence import AHEAD
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

CHANGED_MEANWHILE = _("%(notice)s was changed since this draft was compared with it. Compare them anew.")
UNHANDLED = _("Some paragraphs are not handled yet. Mark them, or say that this is intended.")
WRITTEN = ("directive", "role", "due_on", "due_version", "armed_on", "first_armed_on", "look_on", "version")


@transaction.atomic
def issue_amendment(
    draft: Notice,
    *,
    by: User,
    at: datetime,
    unhandled_ok: bool = False,
    version: int | None = None,
    seen: str | None = None,
    ahead: int = AHEAD,
) -> Plan:
    """Put a corrected text, or an amending notice, in force; what it did is returned.

    `seen` is the plan that was shown. Raises NotAllowed, WrongMoment (the amended notice is not in force any more),
    Stale (something else would happen than was shown, or somebody amended it meanwhile) or Invalid.
    """
    day = local_day(at)
    draft = locked_draft(draft, by=by, at=at, verb=Verb.ISSUE, version=version)
    amended = _locked_amended(draft)
    _check(draft, day=day, unhandled_ok=unhandled_ok)
    plan = plan_amendment(draft, today=day, ahead=ahead)
    if plan.in_the_way:
        raise plan.in_the_way[0]
    if seen is not None and seen != plan.seen:
        raise Stale(SOMEBODY_WAS_FASTER)
    plan.compared.draft.committee = plan.compared.amended.committee = amended.committee
    _carry_out(plan, by=by, at=at)
    return plan


def _locked_amended(draft: Notice) -> Notice:
    """The amended notice and its work, locked in this order as everybody locks them."""
    if draft.amended is None:
        raise Invalid("amends", _("This draft amends no notice."))
    amended = lock_notice(pk=draft.amended.pk)
    draft.corrects = amended if draft.corrects_id else None
    draft.amends = amended if draft.amends_id else None
    draft.supersedes = amended if draft.supersedes_id else None
    in_force(draft)
    if draft.base_version is not None and draft.base_version != amended.version:
        raise Stale(CHANGED_MEANWHILE, notice=amended.reference)
    rows = Assignment.objects.select_for_update(no_key=True).filter(directive__notice=amended).order_by("pk")
    list(rows.values_list("pk"))
    return amended


def _check(draft: Notice, *, day: date, unhandled_ok: bool) -> None:
    if draft.corrects_id is None:
        complete(draft, day=day)
    else:
        if not draft.text:
            raise Invalid("text", _("The text is missing."))
        if draft.issued_on is None:
            raise Invalid("issued_on", _("The issue date is missing."))
        check_dates(draft, day=day)
        complete_directives(draft)
    amended = draft.amended
    if amended and amended.issued_on and draft.issued_on and draft.issued_on < amended.issued_on:
        raise Invalid("issued_on", _("A notice is not amended before it was issued."))
    if not unhandled_ok and draft.paragraphs.unhandled().exists():
        raise Invalid("paragraphs", UNHANDLED)


def _carry_out(plan: Plan, *, by: User, at: datetime) -> None:
    compared, day = plan.compared, local_day(at)
    draft, amended, body = compared.draft, compared.amended, compared.amended.committee.name_vi
    why, was = reason_of(draft), notice_facts(amended)
    stated = {touch.directive.pk: facts_of(touch.directive, named(touch.directive)) for touch in compared.touches}
    were = [(step.assignment.role, step.assignment.due_on) if step.assignment else ("", None) for step in plan.steps]
    ending = [step.assignment.pk for step in plan.of(PartChange.WITHDRAWN) if step.assignment]
    withdraw_all(Assignment.objects.filter(pk__in=ending), by=by, at=at, on_behalf_of=body, reason=why)
    withdrawn = [touch.directive.pk for touch in compared.touches if touch.outcome == Outcome.WITHDRAW]
    Directive.objects.filter(pk__in=withdrawn).update(next_period_on=None)  # also where all its periods are done
    if compared.is_correction:
        take_up(compared, by=by, at=at)
        told = {**notice_facts(amended), "edition": amended.edition}
        record(draft, "take_up", by=by, at=at, on_behalf_of=body, after=notice_facts(draft), reason=why)
    else:
        put_in_force(plan, by=by, at=at, why=why)
        told = {**notice_facts(amended), "amended_by": draft.reference}
    record(amended, "amend_notice", by=by, at=at, on_behalf_of=body, before=was, after=told, reason=why)
    _change(plan, by=by, at=at, why=why)
    # What a new statement gives goes with the directive that it restates, the draft's own row of it is gone.
    given = [(step.part, step.directive) for step in plan.of(PartChange.GIVEN) if step.part]
    parts = [replace(part, directive=of) if compared.is_correction else part for part, of in given]
    home = amended if compared.is_correction else draft
    written = write_parts(home, parts, by=by, at=at, assigned_on=draft.issued_on or day, reason=why)
    _remember(plan, stated, by=by, at=at, why=why)
    _note_parts(plan, written, were, at=at)
    people: dict[int, Holder] = {holder.user.pk: holder for found in plan.told.values() for holder in found}
    tell(people.values(), DeliveryKind.AMENDED, key=f"amended:{draft.uuid}", at=at, notice=home, amendment=draft)


def reason_of(draft: Notice) -> str:
    """Why, as history keeps it, in the language of the house: which version or notice, of which day."""
    with override(settings.LANGUAGE_CODE):
        day = f"{draft.issued_on:%d/%m/%Y}" if draft.issued_on else ""
        if draft.corrects is not None:
            sentence = gettext("Corrected by version %(version)s of %(notice)s, of %(day)s.")
            told = {"notice": draft.corrects.reference, "version": draft.corrects.edition + 1, "day": day}
        else:
            sentence = gettext("Superseded by %(notice)s of %(day)s.")
            if draft.amends is not None:
                sentence = gettext("Amended by %(notice)s of %(day)s.")
            told = {"notice": draft.reference, "day": day}
        return f"{sentence % told} {draft.note}".strip()


def _change(plan: Plan, *, by: User, at: datetime, why: str) -> None:
    """Write what changes of the parts that go on, in a fixed number of queries; a moved date starts the ladder anew."""
    day, amended = local_day(at), plan.compared.amended
    steps = [step for step in plan.of(PartChange.CHANGED) if step.assignment]
    rows, before, redated = [], [], []
    for step in steps:
        row = step.assignment
        before.append(facts(row))
        if step.is_redated:
            row.due_on = step.due_on
            arm(row, day, anew=True)
            redated.append(row)
        row.role = step.role
        row.version += 1
        rows.append(row)
    next_looks([row for row in redated if row.state in WORKING], amended.committee_id)
    # Whoever leads no more steps down first: the database lets nobody lead beside another.
    for leads in (False, True):
        Assignment.objects.bulk_update([row for row in rows if (row.role == Role.LEAD) == leads], WRITTEN)
    body = amended.committee.name_vi
    record_all(rows, "amend_assignment", by=by, at=at, on_behalf_of=body, before=before, reason=why)
    lapse_met(redated, by=by, at=at, on_behalf_of=body)
    for row in redated:
        bring_forward_parts(row, by=by, at=at, reason=why)


def _remember(plan: Plan, stated: dict[int, dict[str, Any]], *, by: User, at: datetime, why: str) -> None:
    """History of each directive on which somebody decided, and what it stated before, beside the decision."""
    body = plan.compared.amended.committee.name_vi
    for touch in plan.compared.touches:
        row = touch.decision
        if row is None or touch.outcome == Outcome.KEEP:
            continue
        now = row.successor or touch.directive
        row.before = stated[touch.directive.pk]
        row.after = facts_of(now, named(now)) if touch.outcome == Outcome.CHANGE else {"outcome": str(touch.outcome)}
        row.save(update_fields=["before", "after"])
        told = {"before": row.before, "after": row.after, "reason": why}
        record(touch.directive, "amend_directive", by=by, at=at, on_behalf_of=body, **told)


def _note_parts(
    plan: Plan, written: Sequence[Assignment], were: Sequence[tuple[str, date | None]], *, at: datetime
) -> None:
    """What changed for whom, as it is told in messages, on the agency's page and before the next session."""
    new = iter(written)
    AmendedPart.objects.bulk_create(
        AmendedPart(
            draft=plan.compared.draft,
            assignment=step.assignment or next(new),
            change=step.change,
            reworded=step.reworded,
            was_role=were[number][0],
            role=step.role,
            was_due_on=were[number][1],
            due_on=step.due_on,
            at=at,
        )
        for number, step in enumerate(plan.steps)
    )
