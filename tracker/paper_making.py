"""The worker makes the papers that wait and keeps them; short ones are answered while the page waits."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import IO

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import override

from accounts.models import Office
from accounts.people import Reach, reach, reporting_for
from accounts.refusals import N_, Refusal
from directives.actions.going_out import ask_for_scheduled
from directives.actions.keeping import Made, claim_paper, end_paper, refuse_paper, require_sight
from directives.actions.leasing import TakenOver, tell_progress
from directives.models import KeptPaper
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day
from tracker import clock
from tracker.papers import pulse
from tracker.papers.answering import FORMS, file_name
from tracker.papers.form import Cell, Paper
from tracker.papers.kinds import Asking, make_paper
from tracker.papers.words import one_line

GONE = N_("What this paper was to be about is not there any more.")
PASS_LASTS = timedelta(seconds=20)  # no further paper is begun after that
BETWEEN = timedelta(seconds=2)  # two words about how far it is
# Between the last row or page and the whole file nobody hears how far it is.
CLOSING = timedelta(seconds=120)
log = structlog.get_logger(__name__)
Moment = Callable[[], datetime]


def make_waiting(*, now: datetime) -> int:
    """Ask for what a schedule lets go out now, and make the papers that wait, the oldest first; how many were made."""
    ask_for_scheduled(now=now)
    moment, n = clock.running_from(now), 0
    while moment() < now + PASS_LASTS:
        paper = claim_paper(at=moment())
        if paper is None:
            break
        with override(paper.language):
            n += _make(paper, moment)
    return n


def _make(paper: KeptPaper, moment: Moment) -> bool:
    try:
        with tempfile.TemporaryFile() as file:
            end_paper(paper, write_kept(paper, file, moment), at=moment())
    except TakenOver:
        log.warning("somebody else makes this paper now", paper=str(paper.uuid))
        return False
    except ObjectDoesNotExist:
        refuse_paper(paper, Invalid("about", GONE), at=moment())
    except Refusal as refusal:
        refuse_paper(paper, refusal, at=moment())
    return True


def write_kept(paper: KeptPaper, file: IO[bytes], moment: Moment) -> Made:
    """Write into `file` what was asked for, for the eyes of whoever asked, or of a schedule's body.

    Raises what `make_paper` raises, NotAllowed where they reach it no more, and TakenOver.
    """
    today = local_day(moment())
    found = make_paper(paper.kind, paper.about, _asking(paper, today))
    heard = _Heard(paper, found, moment)
    with pulse.heard_by(heard):
        FORMS[paper.form].write(found, file)
    return Made(file, file_name(found, paper.form, paper.as_of), one_line(f"{found.kind} {found.about}"), heard.rows)


def _asking(paper: KeptPaper, today: date) -> Asking:
    """For the asker's own eyes, as far as they reach today; of a scheduled paper what its body itself sees."""
    if paper.schedule_id is not None:
        committees, agencies = ({one} if one else () for one in (paper.committee_id, paper.agency_id))
        return Asking(Reach(False, frozenset(agencies), frozenset(committees), frozenset()), paper.as_of, today)
    require_sight(paper.by, paper.body, on=today)
    own = reporting_for(Office.objects.of(paper.by, today))
    return Asking(reach(paper.by, today), paper.as_of, today, own)


class _Heard:
    """Says how far a paper is, now and then; counts its rows."""

    def __init__(self, paper: KeptPaper, found: Paper, moment: Moment) -> None:
        self.rows = total = 0
        self._paper, self._moment = paper, moment
        for table in found.tables(paper.form):
            if table.count is not None:
                most, many = table.most_in(paper.form), table.count()
                total += many if most is None else min(many, most)
                table.rows = self._counted(table.rows)
        self._total = total
        self._done, self._told_at = 0, moment()

    def __call__(self, rows: int) -> None:
        """Told of rows that are done. Raises TakenOver where somebody else makes it now."""
        self._done += rows
        at = self._moment()
        if at - self._told_at < BETWEEN:
            return
        self._told_at = at
        if not tell_progress(self._paper, at=at, done=self._done, total=self._total, lease=CLOSING):
            raise TakenOver

    def _counted(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            self.rows += 1
            yield row
