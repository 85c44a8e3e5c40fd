"""A long list waits for a worker: asked for once, claimed, and ended with what came of it or with a refusal."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import N_, Refusal
from accounts.roles import Verb, require
from directives.actions.attaching import plain_name
from directives.actions.leasing import TakenOver, claim, source_of
from directives.models import IntakeState, ListRun, ListStep, Notice
from directives.rules.lifecycle import WrongMoment
from directives.rules.working_days import local_day

BUSY = _("A list is being read in for this notice already. Wait until that is done.")
BROKEN_OFF = N_("Reading this list was broken off %(times)s times. Split it, and choose its parts one after the other.")
# Whoever does not come back for what came of it does not find it any more.
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def ask_for(
    notice: Notice,
    step: ListStep,
    *,
    by: User,
    at: datetime,
    name: str,
    sha256: str,
    language: str,
    typed: Mapping[str, Any],
    checked: Mapping[str, Any] | None = None,
) -> ListRun:
    """Let a worker check the file, or enter what was `checked` of it; the same asked twice is asked once.

    Raises NotAllowed, or WrongMoment where another list is on its way to this notice.
    """
    notice = Notice.objects.select_for_update(of=("self",), no_key=True).select_related("committee").get(pk=notice.pk)
    require(by, Verb.DRAFT, notice.committee, on=local_day(at))
    ListRun.objects.filter(at__lt=at - KEPT_FOR).exclude(pk__in=ListRun.objects.under_way()).delete()
    told = {"step": step, "by": by, "sha256": sha256, "typed": dict(typed), "checked": dict(checked or {})}
    for run in ListRun.objects.under_way().filter(notice=notice):
        if any(getattr(run, name) != value for name, value in told.items()):
            raise WrongMoment(BUSY)
        return run
    return ListRun.objects.create(notice=notice, at=at, name=plain_name(name), language=language, **told)


@transaction.atomic
def claim_list(*, at: datetime) -> ListRun | None:
    """Take the oldest list that nobody reads; None where there is none. One that broke off twice is refused."""
    return claim(ListRun, _end, at=at, broken_off=BROKEN_OFF)


@transaction.atomic
def end_list(run: ListRun, work: Callable[[], Mapping[str, Any]]) -> None:
    """Do the work and note what came of it, both or neither.

    Raises TakenOver where somebody else reads it now, or what `work` raises; then nothing of it is kept.
    """
    found = work()
    row = _mine(run)
    if row is None:
        raise TakenOver
    row.found = dict(found)
    _end(row, IntakeState.READ)


@transaction.atomic
def refuse_list(run: ListRun, refusal: Refusal) -> None:
    """Note why nothing came of it. Nothing happens where somebody else reads it now."""
    row = _mine(run)
    if row is not None:
        row.sentence, row.params = source_of(refusal)
        _end(row, IntakeState.REFUSED)


def _mine(run: ListRun) -> ListRun | None:
    rows = ListRun.objects.select_for_update().filter(pk=run.pk, attempts=run.attempts)
    return rows.filter(state=IntakeState.READING).first()


def _end(run: ListRun, state: str) -> None:
    run.state, run.leased_until = state, None
    run.save()
