"""A file comes in and waits to be read; a worker claims it, tells how far it is, and ends with a draft or a refusal.

The row is the memory: a worker that dies leaves a lease that runs out, and what it says afterwards is not heard.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Committee, User
from accounts.refusals import N_, Refusal
from accounts.roles import Verb, require
from directives.actions.attaching import atomic_with_files, plain_name, put
from directives.actions.twins import refuse_same_file
from directives.models import Intake, IntakeState, Notice
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

LEASE = timedelta(seconds=30)  # without a word for so long, a worker is taken for dead
MOST_ATTEMPTS = 2
BROKEN_OFF = N_("Reading this file was broken off %(times)s times. Choose another form of it, or paste its text.")


@atomic_with_files()
def take_in(*, committee: Committee, by: User, at: datetime, name: str, content: bytes, secrecy: str = "") -> Intake:
    """Keep a file until it is read into a draft of `committee`.

    Raises NotAllowed, or Invalid: a classified document, or a file that is in the register already or being read.
    """
    require(by, Verb.DRAFT, committee, on=local_day(at))
    if secrecy:
        # Law on the protection of state secrets; Decree 63/2026/NĐ-CP.
        raise Invalid("secrecy", _("A classified document must not be entered here. Follow it up on paper."))
    intake = Intake(committee=committee, by=by, at=at, name=plain_name(name))
    intake.sha256 = hashlib.sha256(content).hexdigest()
    refuse_same_file(intake.sha256)
    unread = (IntakeState.WAITING, IntakeState.READING)
    if Intake.objects.filter(sha256=intake.sha256, state__in=unread).exists():
        raise Invalid("file", _("This file is being read already."))
    put(intake.file, ContentFile(content))
    intake.save()
    return intake


@transaction.atomic
def claim_intake(*, at: datetime) -> Intake | None:
    """Take the oldest file that nobody reads; None where there is none. One that broke off twice is refused."""
    found: Intake | None = None
    for intake in Intake.objects.ready(at).select_for_update(skip_locked=True):
        if intake.attempts < MOST_ATTEMPTS:
            found = intake
            break
        _refuse(intake, BROKEN_OFF, {"times": MOST_ATTEMPTS})
    if found is None:
        return None
    found.state, found.leased_until = IntakeState.READING, at + LEASE
    found.attempts += 1
    found.done = found.total = 0
    found.save(update_fields=["state", "leased_until", "attempts", "done", "total"])
    return found


def tell_progress(intake: Intake, *, at: datetime, done: int, total: int) -> bool:
    """Say that the file is still being read, and how many pages of how many; False where somebody else reads it."""
    mine = Intake.objects.filter(pk=intake.pk, attempts=intake.attempts, state=IntakeState.READING)
    return mine.update(leased_until=at + LEASE, done=min(done, total), total=total) == 1


@atomic_with_files()
def end_intake(
    intake: Intake, draft: Callable[[Intake, tuple[str, bytes]], Notice], *, doubts: Iterable[str] = ()
) -> Notice | None:
    """Let `draft` make the draft of the file's name and bytes, and note it; None where somebody else reads it now.

    Raises what `draft` raises, and then nothing is kept.
    """
    intake = Intake.objects.select_for_update().get(pk=intake.pk, attempts=intake.attempts)
    if intake.state != IntakeState.READING:
        return None
    with intake.file.open() as file:
        content = file.read()
    intake.notice = draft(intake, (intake.name, content))
    intake.doubts = list(doubts)
    _end(intake, IntakeState.READ)
    return intake.notice


@transaction.atomic
def refuse_intake(intake: Intake, refusal: Refusal, *, twin: Notice | None = None) -> None:
    """Note why the file could not become a draft; its bytes go. Nothing happens where somebody else reads it now."""
    mine = Intake.objects.select_for_update().filter(pk=intake.pk, attempts=intake.attempts)
    row = mine.filter(state=IntakeState.READING).first()
    if row is None:
        return
    row.twin = twin
    with override(None):
        _refuse(row, str(refusal.sentence), {name: str(value) for name, value in refusal.params.items()})


def _refuse(intake: Intake, sentence: str, params: dict[str, Any]) -> None:
    intake.sentence, intake.params = sentence, params
    _end(intake, IntakeState.REFUSED)


def _end(intake: Intake, state: IntakeState) -> None:
    file, storage = intake.file.name, intake.file.storage
    intake.state, intake.leased_until, intake.file = state, None, ""
    intake.save()
    if file:
        transaction.on_commit(lambda: storage.delete(file))
