"""The worker checks and enters the long lists of directives that wait; short ones are done while the page waits."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils.translation import override

from accounts.refusals import Refusal
from directives.actions.leasing import LEASE, TakenOver, tell_progress
from directives.actions.list_runs import claim_list, end_list, refuse_list
from directives.actions.listing import Source, check_list, enter_plan
from directives.models import ListRun, ListStep
from tracker import clock
from tracker.admin.list_files import forget, kept
from tracker.admin.list_forms import ColumnsForm
from tracker.admin.list_told import counts_of, told_of

PASS_LASTS = timedelta(seconds=20)  # no further list is begun after that
# While the rows are written nobody hears how far that is; the task is stopped before.
WRITING = timedelta(seconds=600)
log = structlog.get_logger(__name__)
Moment = Callable[[], datetime]


def list_waiting(*, now: datetime) -> int:
    """Check or enter the lists that wait, the oldest first; how many came to their end."""
    moment, n = clock.running_from(now), 0
    while moment() < now + PASS_LASTS:
        run = claim_list(at=moment())
        if run is None:
            break
        with override(run.language):
            n += _do(run, moment)
    return n


def _do(run: ListRun, moment: Moment) -> bool:
    try:
        _check_or_enter(run, moment)
    except TakenOver:
        log.warning("somebody else reads this list now", run=str(run.uuid))
        return False
    except Refusal as refusal:
        refuse_list(run, refusal)
    return True


def _check_or_enter(run: ListRun, moment: Moment) -> None:
    def alive(done: int, total: int, lease: timedelta = LEASE) -> bool:
        return tell_progress(run, at=moment(), done=done, total=total, lease=lease)

    name, table = kept(run.by, run.notice, run.sha256)
    form = ColumnsForm(table, run.notice, run.typed)
    form.is_valid()  # it was, when a person sent it
    rows, sections = form.rows()
    plan = check_list(run.notice, rows, form.wishes(run.typed), by=run.by, at=moment(), alive=alive)
    if run.step == ListStep.CHECK:
        end_list(run, lambda: told_of(plan, form, sections))
        return
    source = Source(name, run.sha256)
    if not alive(2 * len(rows), 2 * len(rows), WRITING):
        raise TakenOver

    def entered() -> Mapping[str, Any]:
        return {"counts": counts_of(enter_plan(plan, by=run.by, at=moment(), source=source, **run.checked))}

    end_list(run, entered)
    forget(run.by, run.notice, run.sha256)
