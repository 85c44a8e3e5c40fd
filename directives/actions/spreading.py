"""Writing a call for each change of the feed and each subscription that may see it and asked for it.

The feed is the source: what has a number is committed, and a subscription goes on behind the last number that it was
told of. Calls and that number become true in one transaction, so nothing is missed and nothing comes twice.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Agency, Committee
from accounts.people import Reach, reach_of_body
from directives.actions.feeding import feed, head
from directives.models import Assignment, Directive, Feed, FeedChange, Notice, Shown
from directives.models.subscriptions import SUBSCRIPTION, Call, CallState, Subscription, SubscriptionState
from directives.rules.change_names import is_asked_for

AT_ONCE = 1000
# Told where changes were forgotten before they could be called out: the copy has to begin anew.
GAP = "gap"


def spread_changes(*, at: datetime) -> int:
    """Write the calls that are to be made for what has changed; how many."""
    feed()
    written, last = 0, head()
    behind = Subscription.objects.filter(state=SubscriptionState.ACTIVE, cursor__lt=last)
    for pk in behind.order_by("pk").values_list("pk", flat=True):
        while (some := _spread(pk, at=at)) is not None:
            written += some
    return written


@transaction.atomic
def _spread(pk: int, *, at: datetime) -> int | None:
    """The next of one subscription; None where there are none, or somebody has it in hand."""
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    row = rows.select_related("agency", "committee").filter(pk=pk, state=SubscriptionState.ACTIVE).first()
    if row is None or row.cursor is None:
        return None
    gap = _gap(row, at=at)
    changes = list(FeedChange.objects.filter(sequence__gt=row.cursor).order_by("sequence")[:AT_ONCE])
    if not changes:
        return None
    calls = [*gap, *_calls(row, changes, at=at)]
    Call.objects.bulk_create(calls, ignore_conflicts=True)
    Subscription.objects.filter(pk=row.pk).update(cursor=changes[-1].sequence)
    return len(calls)


def _gap(row: Subscription, *, at: datetime) -> list[Call]:
    forgotten = Feed.objects.values_list("forgotten", flat=True).get()
    if row.cursor is None or row.cursor >= forgotten:
        return []
    row.cursor = forgotten
    told = {"kind": SUBSCRIPTION, "verb": GAP, "about": row.uuid}
    return [Call(subscription=row, sequence=forgotten, at=at, created_at=at, due_at=at, **told)]


def _calls(row: Subscription, changes: Sequence[FeedChange], *, at: datetime) -> list[Call]:
    sight, body = reach_of_body(row.agency_id, row.committee_id), row.body.uuid
    seen = {
        kind: seen_of(kind, sight, [change.uuid for change in changes if change.kind == kind])
        for kind in {change.kind for change in changes}
    }
    calls = []
    for change in changes:
        was_seen = body in change.seen_by or change.kind in (Shown.AGENCY, Shown.COMMITTEE)
        is_seen = change.uuid in seen[change.kind]
        if not (is_seen or was_seen) or not _is_wanted(row.events, change, is_seen=is_seen):
            continue
        told = {"kind": change.kind, "about": change.uuid, "verb": change.verb, "was_seen": was_seen}
        about = {"sequence": change.sequence, "at": change.at, "created_at": at, "due_at": at}
        calls.append(Call(subscription=row, state=CallState.WAITING, **told, **about))
    return calls


def _is_wanted(names: Collection[str], change: FeedChange, *, is_seen: bool) -> bool:
    """Whoever hears anything of a kind hears also that a row of it is gone: else their copy would keep it."""
    if is_seen:
        return is_asked_for(change.kind, change.verb, names)
    return not names or any(name.startswith(f"{change.kind}.") for name in names)


def seen_of(kind: str, sight: Reach, ids: Collection[UUID]) -> set[UUID]:
    """Which of these rows of one kind an eye that reaches as far as `sight` sees now."""
    rows = {
        Shown.COMMITTEE: Committee.objects.all(),
        Shown.AGENCY: Agency.objects.all(),
        Shown.NOTICE: Notice.objects.kept().in_reach(sight),
        Shown.DIRECTIVE: Directive.objects.in_reach(sight),
        Shown.ASSIGNMENT: Assignment.objects.in_reach(sight),
    }[Shown(kind)]
    return set(rows.filter(uuid__in=ids).values_list("uuid", flat=True))
