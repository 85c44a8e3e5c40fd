"""One verb for many assignments with one reason: each is asked by the verb's own action, and what is refused says why.

The rows in the database are the queue: a worker that dies leaves what it has not done, and nothing is done twice.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Committee, User
from accounts.refusals import Refusal
from directives.actions.fitting import fit_text
from directives.actions.many_wishes import MANY, WISHING, Wishes, own_and_not_started, wishes_of
from directives.actions.meanwhile import meanwhile
from directives.actions.moving import REASON_MISSING, SOMEBODY_WAS_FASTER
from directives.actions.recording import facts, record
from directives.models import Assignment, BulkChange, BulkRow, RowState
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import HANOI

MOST = 5000
# So many are done at once, while the page waits; more are for a worker.
AT_ONCE = 50
TRIAL = "…"
# What was chosen and never carried out.
FORGOTTEN_AFTER = timedelta(days=1)
CHANGED_SINCE = _("%(who)s changed this at %(when)s, after it was shown. It was left as it is.")

FAULT = _(
    "A fault in the system kept this from being done; it was left as it is. Those who run the system find it logged."
)
log = structlog.get_logger(__name__)


@transaction.atomic
def choose(
    verb: str,
    assignments: Iterable[Assignment],
    *,
    by: User,
    at: datetime,
    wanted: Mapping[str, Any] | None = None,
) -> BulkChange:
    """Note what is to be changed; nothing is changed yet. `wanted`: as an earlier change had it.

    Raises Invalid(rows) for none, or for too many.
    """
    rows = list(assignments)
    if verb not in MANY or not rows:
        raise Invalid("rows", _("Nothing was chosen."))
    if len(rows) > MOST:
        raise Invalid("rows", _("At most %(most)s assignments are changed together. Narrow the list."), most=MOST)
    BulkChange.objects.filter(started_at=None, at__lt=at - FORGOTTEN_AFTER).delete()
    change = BulkChange.objects.create(verb=verb, by=by, at=at, chosen=len(rows), wanted=wanted or {})
    BulkRow.objects.bulk_create(BulkRow(change=change, assignment=row, version=row.version) for row in rows)
    whose = change.rows.order_by().values("assignment__directive__notice__committee")
    change.committees.set(Committee.objects.filter(pk__in=whose))
    return change


def tried(change: BulkChange, *, by: User, at: datetime) -> dict[int, Refusal]:
    """By row (id) what would be refused: all of it is done, one after the other, and taken back again."""
    found: dict[int, Refusal] = {}
    wishes = wishes_of(change, at=at)
    with transaction.atomic():
        for row in change.rows.select_related("assignment").order_by("pk"):
            try:
                with transaction.atomic():
                    _do(row, wishes, TRIAL, by=by, at=at)
            except Refusal as refusal:
                found[row.pk] = refusal
        transaction.set_rollback(True)
    return found


def as_it_stands(change: BulkChange) -> str:
    """A fingerprint of all its assignments as they are now: who confirms says by it what was seen."""
    return _fingerprint(change, change.rows.order_by("pk").values_list("pk", "assignment__version"))


def as_chosen(change: BulkChange) -> str:
    """The same of the assignments as they were when they were chosen."""
    return _fingerprint(change, change.rows.order_by("pk").values_list("pk", "version"))


@transaction.atomic
def start(
    change: BulkChange,
    *,
    by: User,
    at: datetime,
    reason: str,
    seen: str | None = None,
    anew: Collection[int] = (),
) -> BulkChange:
    """Let it be carried out, with one reason for all.

    `seen` is the fingerprint (`as_it_stands`) of what was shown. A row that changed since it was chosen is left out,
    unless it is among `anew` (ids of rows): it was shown as it is now, and is to be changed from there.
    Raises NotAllowed, WrongMoment, Invalid(reason), or Stale where something changed since it was shown.
    """
    change = own_and_not_started(change, by=by)
    if change.verb in WISHING and not change.wanted:
        raise Invalid("wanted", _("Say first what is wanted of them."))
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    if seen is not None and seen != as_it_stands(change):
        raise Stale(SOMEBODY_WAS_FASTER)
    for row in change.rows.filter(pk__in=anew).select_related("assignment"):
        row.version = row.assignment.version
        row.save(update_fields=["version"])
    change.started_at, change.reason = at, reason
    change.save()
    told = {"verb": change.verb, "assignments": change.chosen, **_told(change, at)}
    record(change, "change_many", by=by, at=at, after=told, reason=reason)
    return change


def carry_out_next(*, at: datetime, change: BulkChange | None = None) -> bool:
    """Do the next row that waits and that nobody else is doing; False where there is none. One transaction.

    A fault in one row is logged and refuses that row alone. Raises OperationalError, and leaves the row waiting, where
    the database could not do it now.
    """
    waiting = BulkRow.objects.filter(state=RowState.WAITING, change__started_at__isnull=False)
    rows = waiting.filter(change=change) if change else waiting
    with transaction.atomic():
        row = (
            rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
            .select_related("change__by", "assignment")
            .order_by("change_id", "pk")
            .first()
        )
        if row is None:
            return False
        _settle(row, at=at)
    return True


def _settle(row: BulkRow, *, at: datetime) -> None:
    change = row.change
    try:
        with transaction.atomic():
            row.before, done = _do(row, wishes_of(change, at=at), change.reason, by=change.by, at=at)
            row.after, row.heir = facts(done), done if done.pk != row.assignment_id else None
            row.state = RowState.CHANGED
    except Refusal as refusal:
        _refuse(row, _as_it_changed(row, refusal) if isinstance(refusal, Stale) else refusal)
    except OperationalError:
        raise
    except Exception:  # whatever it is: the rows behind it do not wait for it to be mended
        log.exception("a row of a change failed", change=str(change.uuid), assignment=str(row.assignment.uuid))
        _refuse(row, Refusal(FAULT))
    row.save(update_fields=["state", "before", "after", "heir", "sentence", "params"])


def _refuse(row: BulkRow, refusal: Refusal) -> None:
    row.state, row.sentence = RowState.REFUSED, _source(refusal)
    row.params = {name: _kept(value) for name, value in (refusal.params or {}).items()}


def _do(row: BulkRow, wishes: Wishes, reason: str, *, by: User, at: datetime) -> tuple[dict[str, Any], Assignment]:
    """What the assignment was, and what it is now; of a duty that moved, the heir."""
    work, before = row.assignment, facts(row.assignment)
    given = wishes.arguments(work)
    return before, MANY[wishes.verb](work, by=by, at=at, version=row.version, reason=reason, **given)


def _as_it_changed(row: BulkRow, refusal: Stale) -> Stale:
    """Keep with the row what it was and has become, and say who was faster."""
    since = meanwhile({row.assignment_id: row.version}).get(row.assignment_id)
    if since is None:
        return refusal
    row.before, row.after = since.before, since.after
    return Stale(CHANGED_SINCE, who=since.by_name or "–", when=f"{since.at.astimezone(HANOI):%H:%M %d/%m/%Y}")


def _fingerprint(change: BulkChange, versions: Iterable[tuple[int, int]]) -> str:
    return hashlib.sha256(repr([sorted(change.wanted.items()), *versions]).encode()).hexdigest()


def _told(change: BulkChange, at: datetime) -> dict[str, Any]:
    """What was wanted, as history keeps it: an agency by its code."""
    named = {"agency": wishes_of(change, at=at).agency.code} if "to_agency" in change.wanted else {}
    return {**{name: value for name, value in change.wanted.items() if name != "to_agency"}, **named}


def _source(refusal: Refusal) -> str:
    """The sentence as the source has it, to be translated for whoever reads it."""
    with override("en"):
        return str(refusal.sentence)


def _kept(value: Any) -> Any:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
