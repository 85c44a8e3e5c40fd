"""A list of directives is taken into a draft: checked as a whole, then entered as a whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.attaching import plain_name
from directives.actions.drafts import count_change, locked_draft
from directives.actions.entering import notice_facts
from directives.actions.leasing import Alive
from directives.actions.list_lines import Line, Outcome, Plan
from directives.actions.list_plan import Planner
from directives.actions.list_reading import Row, Wishes
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import record, record_all
from directives.actions.stating import address, facts_of
from directives.models import Addressee, Directive, HandledAs, Notice, Paragraph
from directives.rules.lists.columns import Means
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

NO_DATE = _("Give the notice its issue date first: agencies and deadlines are read as of that day.")
FAULTS = _("The list still has faults: nothing was entered.")

BATCH = 1000
# What a changed column may change in a directive; whom it is for stands in rows of its own.
FIELDS = {
    Means.QUOTE: ("paragraph", "quote", "quote_start", "quote_end", "quote_hash"),
    Means.DEADLINE: (
        "deadline_text",
        "deadline_kind",
        "due_on",
        "recurrence",
        "recurrence_day",
        "recurrence_month",
        "recurs_until",
    ),
    **{means: (means.value,) for means in (Means.WORDING, Means.PRODUCT, Means.FIELD, Means.DECIDED_BY)},
    **{means: (means.value,) for means in (Means.NOTE, Means.REVIEW_ON)},
}


@dataclass(frozen=True)
class Source:
    """The file of a list: its name, and the SHA-256 of its bytes."""

    name: str
    sha256: str


def check_list(
    notice: Notice, rows: Sequence[Row], wishes: Wishes, *, by: User, at: datetime, alive: Alive | None = None
) -> Plan:
    """What the list would do to the draft, and all that is wrong in it. Nothing is written and nobody is told.

    `alive` is told how many of how many rows were looked at, and says whether to go on. Raises TakenOver where not,
    NotAllowed, or Invalid where the notice has no issue date or the list is longer than a notice can hold.
    """
    require(by, Verb.DRAFT, notice.committee, on=local_day(at))
    found = Notice.objects.select_related("committee", "issuer").get(pk=notice.pk)
    if found.issued_on is None:
        raise Invalid("issued_on", NO_DATE)
    return Planner(found, wishes, at=at).plan(rows, alive or _on)


def enter_list(
    notice: Notice,
    rows: Sequence[Row],
    wishes: Wishes,
    *,
    by: User,
    at: datetime,
    version: int,
    digest: str,
    source: Source,
) -> Plan:
    """Enter the list that was checked, all of it or nothing; a list that says nothing new changes nothing.

    It is planned once more, against the draft of the `version` that was checked, and must have the same `digest`.
    Raises NotAllowed, WrongMoment, Stale where the draft or the register says otherwise by now, or Invalid where the
    list has faults.
    """
    plan = check_list(notice, rows, wishes, by=by, at=at)
    return enter_plan(plan, by=by, at=at, version=version, digest=digest, source=source)


@transaction.atomic
def enter_plan(plan: Plan, *, by: User, at: datetime, version: int, digest: str, source: Source) -> Plan:
    """Write a plan down, under the lock of its draft, which is still of the `version` for which it was made.

    `digest` is the one that was checked. Raises as `enter_list` does.
    """
    notice = locked_draft(plan.notice, by=by, at=at, version=version)
    before = notice_facts(notice)
    if plan.version != version or plan.digest != digest:
        raise Stale(SOMEBODY_WAS_FASTER)
    if plan.faults:
        raise Invalid("list", FAULTS)
    added = [line for line in plan.lines if line.outcome is Outcome.NEW]
    changed = [line for line in plan.lines if line.outcome is Outcome.CHANGED]
    if not added and not changed:
        return plan
    _write(plan, added, changed)
    notice.text = plan.notice.text
    notice.save(update_fields=["text"])
    count_change(notice)
    who = {"by": by, "at": at, "on_behalf_of": notice.committee.name_vi}
    entered = {"file": plain_name(source.name), "sha256": source.sha256, "added": len(added), "changed": len(changed)}
    record(notice, "enter_list", before=before, after={**notice_facts(notice), **entered}, **who)
    record_all([notice] * len(added), "add_directive", after=[_facts(line) for line in added], **who)
    record_all(
        [notice] * len(changed),
        "change_directive",
        before=[line.before for line in changed],
        after=[_facts(line) for line in changed],
        **who,
    )
    return plan


def _on(done: int, total: int) -> bool:
    """Nobody waits for a word."""
    return True


def _facts(line: Line) -> dict[str, object]:
    return facts_of(line.directive, line.whom)


def _write(plan: Plan, added: Sequence[Line], changed: Sequence[Line]) -> None:
    """All rows in a fixed number of statements."""
    Paragraph.objects.bulk_create(plan.paragraphs, batch_size=BATCH)
    for line in (*added, *changed):
        line.directive.paragraph = line.directive.paragraph  # the paragraphs of the annex have their keys by now
    Directive.objects.bulk_create([line.directive for line in added], batch_size=BATCH)
    if changed:
        _write_changes(changed)
    address((line.directive, line.whom) for line in (*added, *changed))
    told = {line.directive.paragraph_id for line in (*added, *changed)}
    unmarked = Paragraph.objects.filter(pk__in=told - {None}).exclude(handled_as=HandledAs.DIRECTIVE)
    unmarked.update(handled_as=HandledAs.DIRECTIVE)


def _write_changes(changed: Sequence[Line]) -> None:
    """Only the columns in which something changed, for the directives in which it did."""
    for means, fields in FIELDS.items():
        if rows := [line.directive for line in changed if means in line.changed]:
            Directive.objects.bulk_update(rows, fields, batch_size=BATCH)
    keys = [line.directive.pk for line in changed]
    Directive.objects.filter(pk__in=keys).update(version=F("version") + 1)
    Addressee.objects.filter(directive__in=keys).delete()
