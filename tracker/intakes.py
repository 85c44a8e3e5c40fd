"""The worker reads what came in: a file becomes a draft with its paragraphs and proposals, or a sentence why not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from accounts.refusals import N_, Refusal
from directives.actions.leasing import tell_progress
from directives.actions.taking_in import claim_intake, end_intake, refuse_intake
from directives.actions.twins import numbered, same_file
from directives.models import Intake, Notice
from directives.rules.working_days import local_day
from tracker import clock
from tracker.documents.apart import GivenUp, text_apart
from tracker.documents.notices import ReadNotice, issuer_called, understood
from tracker.drafting import corrected, enter_read

RECOGNISED = N_("The text was recognised from a scan: compare numbers, dates and names with the paper.")
PASS_LASTS = timedelta(seconds=20)  # no further file is begun after that
log = structlog.get_logger(__name__)


def read_waiting(*, now: datetime) -> int:
    """Read the files that wait, the oldest first; how many became drafts."""
    moment, n = clock.running_from(now), 0
    while moment() < now + PASS_LASTS:
        intake = claim_intake(at=moment())
        if intake is None:
            break
        n += _read(intake, moment)
    return n


def _read(intake: Intake, moment: Callable[[], datetime]) -> bool:
    def alive(done: int, total: int) -> bool:
        return tell_progress(intake, at=moment(), done=done, total=total)

    read: ReadNotice | None = None
    with intake.file.open() as file:
        content = file.read()
    try:
        found = text_apart(intake.name, content, alive)
        read = understood(found.text)
        ready: ReadNotice = read

        def draft(row: Intake, source: tuple[str, bytes]) -> Notice:
            told = _tied(row)
            return enter_read(ready, committee=row.committee, by=row.by, at=moment(), source=source, **told)

        return end_intake(intake, draft, doubts=[*[RECOGNISED][: found.is_scan], *read.doubts]) is not None
    except GivenUp:
        log.warning("somebody else reads this file now", intake=str(intake.uuid))
    except Refusal as refusal:
        refuse_intake(intake, refusal, twin=same_file(intake.sha256) or twin_of(read, moment()))
    return False


def _tied(intake: Intake) -> dict[str, Any]:
    """The fields of a draft that amends a notice, as they were given with the file."""
    ties = intake.ties
    if not ties:
        return {}
    amended = Notice.objects.get(pk=ties["notice"])
    if ties["how"] != "corrects":
        return {ties["how"]: amended}
    issued_on = date.fromisoformat(ties["issued_on"]) if ties.get("issued_on") else None
    return corrected(amended, issued_on, ties.get("note", ""))


def twin_of(read: ReadNotice | None, at: datetime) -> Notice | None:
    """The live notice of the same number, year and issuer, where the header says them."""
    header = read.header if read else None
    if header is None or header.number is None or header.issued_on is None:
        return None
    issuer = issuer_called(header.issuer_name, header.issued_on or local_day(at))
    return numbered(issuer.pk, header.issued_on.year, header.number, header.symbol) if issuer else None
