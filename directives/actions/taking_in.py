"""A file comes in and waits to be read; a worker claims it, tells how far it is, and ends with a draft or a refusal."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.refusals import Refusal
from accounts.roles import Verb, require
from directives.actions.attaching import atomic_with_files, plain_name, put
from directives.actions.leasing import claim, source_of
from directives.actions.twins import refuse_same_file
from directives.models import Intake, IntakeState, Notice
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day


@atomic_with_files()
def take_in(
    *,
    committee: Committee,
    by: User,
    at: datetime,
    name: str,
    content: bytes,
    secrecy: str = "",
    ties: Mapping[str, str | int | None] | None = None,
) -> Intake:
    """Keep a file until it is read into a draft of `committee`; `ties` say which notice it amends, and how.

    Raises NotAllowed, or Invalid: a classified document, or a file that is in the register already or being read.
    """
    require(by, Verb.DRAFT, committee, on=local_day(at))
    if secrecy:
        # Law on the protection of state secrets; Decree 63/2026/NĐ-CP.
        raise Invalid("secrecy", _("A classified document must not be entered here. Follow it up on paper."))
    intake = Intake(committee=committee, by=by, at=at, name=plain_name(name), ties=dict(ties or {}))
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
    return claim(Intake, _end, at=at)


@atomic_with_files()
def end_intake(
    intake: Intake, draft: Callable[[Intake, tuple[str, bytes]], Notice], *, doubts: Iterable[str] = ()
) -> Notice | None:
    """Let `draft` make the draft of the file's name and bytes, and note it; None where somebody else reads it now.

    Raises what `draft` raises, and then nothing is kept.
    """
    mine = Intake.objects.select_for_update().filter(pk=intake.pk, attempts=intake.attempts)
    found = mine.filter(state=IntakeState.READING).first()
    if found is None:
        return None
    intake = found
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
    row.sentence, row.params = source_of(refusal)
    _end(row, IntakeState.REFUSED)


def _end(intake: Intake, state: str) -> None:
    file, storage = intake.file.name, intake.file.storage
    intake.state, intake.leased_until, intake.file = state, None, ""
    intake.save()
    if file:
        transaction.on_commit(lambda: storage.delete(file))
