"""Papers that a worker makes and the register keeps: asked for once, claimed, and ended with a file or a refusal."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import IO

from django.core.files import File
from django.db import transaction

from accounts.models import Agency, Committee, User
from accounts.people import reach
from accounts.refusals import N_, Refusal
from accounts.roles import NOT_HERE, NotAllowed
from directives.actions.attaching import atomic_with_files, plain_name, put
from directives.actions.handing_out import tell_of_failure, tell_of_paper
from directives.actions.leasing import TakenOver, claim, source_of
from directives.models import KeptPaper, PaperState
from directives.rules.working_days import local_day

BROKEN_OFF = N_("Making this paper was broken off %(times)s times. Ask for a shorter one, or for the .xlsx.")
PIECE = 1 << 20


@dataclass(frozen=True)
class Asked:
    """Which paper: its kind with what that has to be told, of whose work, as of which local date, in which form.

    `alone`: for whose eyes alone it is, where what it tells hangs on what that person sees.
    """

    kind: str
    body: Committee | Agency
    about: Mapping[str, str]
    as_of: date
    form: str
    language: str
    alone: User | None = None

    @property
    def key(self) -> str:
        """SHA-256 of all of it: the same paper has the same one."""
        told = [self.kind, dict(self.about), self.as_of.isoformat(), self.form, self.language]
        told += [str(self.alone.pk)] if self.alone else []
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def fields(self) -> dict[str, object]:
        """The same as the columns of a row."""
        of = {"committee" if isinstance(self.body, Committee) else "agency": self.body}
        told = {name: getattr(self, name) for name in ("kind", "as_of", "form", "language", "key")}
        return {**of, **told, "about": dict(self.about), "private": self.alone is not None}


@dataclass(frozen=True)
class Made:
    """What came of it: the file with its name, what it is about, and how many rows it has."""

    file: IO[bytes]
    name: str
    title: str
    rows: int


def kept(asked: Asked) -> KeptPaper | None:
    """The paper as it was made last, if it was; whoever may see its body, or is the one it is for, may see it."""
    made = KeptPaper.objects.filter(key=asked.key, state=PaperState.MADE)
    return made.select_related("by").order_by("-made_at", "-pk").first()


@transaction.atomic
def ask_for_paper(asked: Asked, *, by: User, at: datetime) -> KeptPaper:
    """Let a worker make the paper; asked for twice while it is under way, it is made once.

    Raises NotAllowed for whoever does not see the body's work.
    """
    require_sight(by, asked.body, on=local_day(at))
    # Two clicks at once: the second finds the row of the first.
    KeptPaper.objects.bulk_create([KeptPaper(by=by, at=at, **asked.fields)], ignore_conflicts=True)
    return KeptPaper.objects.filter(key=asked.key).order_by("-pk")[0]


def require_sight(user: User, body: Committee | Agency, *, on: date) -> None:
    """Pass when `user` sees the work of `body` on the local date `on`; otherwise raise NotAllowed."""
    sight = reach(user, on)
    seen = sight.committees if isinstance(body, Committee) else sight.agencies
    if not sight.everything and body.pk not in seen:
        raise NotAllowed(NOT_HERE)


@transaction.atomic
def claim_paper(*, at: datetime) -> KeptPaper | None:
    """Take the oldest paper that nobody makes; None where there is none. One that broke off twice is refused."""
    return claim(KeptPaper, partial(_end, at=at), at=at, broken_off=BROKEN_OFF)


@atomic_with_files()
def end_paper(paper: KeptPaper, made: Made, *, at: datetime) -> KeptPaper:
    """Keep the file with its SHA-256, both or neither, and tell those whom a schedule names.

    Raises TakenOver where somebody else makes it now.
    """
    row = _mine(paper)
    if row is None:
        raise TakenOver
    digest, size = _digest(made.file)
    put(row.file, File(made.file))
    row.sha256, row.size, row.made_at = digest, size, at
    row.name, row.title, row.rows = plain_name(made.name), made.title[:300], made.rows
    row.done = row.total = made.rows
    _end(row, PaperState.MADE, at=at)
    return row


@transaction.atomic
def refuse_paper(paper: KeptPaper, refusal: Refusal, *, at: datetime) -> None:
    """Note why there is none, and tell those who keep its schedule; not where somebody else makes it now."""
    row = _mine(paper)
    if row is not None:
        row.sentence, row.params = source_of(refusal)
        _end(row, PaperState.REFUSED, at=at)


def _mine(paper: KeptPaper) -> KeptPaper | None:
    rows = KeptPaper.objects.select_for_update().filter(pk=paper.pk, attempts=paper.attempts)
    return rows.filter(state=PaperState.MAKING).first()


def _end(paper: KeptPaper, state: str, *, at: datetime) -> None:
    paper.state, paper.leased_until = state, None
    paper.save()
    told = tell_of_paper if state == PaperState.MADE else tell_of_failure
    told(paper, at=at)


def _digest(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size, read in pieces."""
    file.seek(0)
    found, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        found.update(piece)
        size += len(piece)
    file.seek(0)
    return found.hexdigest(), size
