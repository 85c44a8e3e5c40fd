"""All kinds of papers in one table: each by its name, with what it is asked about as plain texts (ids, days, periods).

So a page, a worker and a mail ask for a paper in the same way, and what was asked can be kept as JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee
from accounts.people import Reach
from directives import as_of
from directives.models import Notice, template_of
from directives.models.notices import PUBLISHED
from directives.rules.lifecycle import OPEN
from directives.rules.refusals import N_, Invalid
from directives.rules.stretches import read_stretch
from tracker.narrowing import Eye, Narrowed
from tracker.papers.days import day_of
from tracker.papers.form import Paper
from tracker.papers.of_briefing import last_session, paper_of_briefing
from tracker.papers.of_notice import paper_of_notice
from tracker.papers.overdue import paper_of_overdue
from tracker.papers.own_list import paper_of_own_list
from tracker.papers.period_report import paper_of_period
from tracker.papers.reminding import letter_to

NO_SUCH_KIND = N_("There is no such kind of paper.")
NOT_ASKED = N_("This paper is not asked about that.")
Row = TypeVar("Row", bound=Model)
Given = Mapping[str, str]


@dataclass(frozen=True)
class Asking:
    """For whose eyes a paper is, as of the end of which local date it speaks, and on which it is made.

    `own`: the agencies (ids) for which whoever asks reports.
    """

    sight: Reach
    on: date
    today: date
    own: frozenset[int] = frozenset()

    @property
    def days(self) -> dict[str, date]:
        """Both days, by name."""
        return {"on": self.on, "today": self.today}


@dataclass(frozen=True)
class KindOfPaper:
    """One kind: what it is called, what it says, what it has to be told, and what it may be told."""

    name: str | Promise
    says: str | Promise
    make: Callable[[Given, Asking], Paper]
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()


def make_paper(kind: str, given: Given, asking: Asking) -> Paper:
    """The paper of this kind, in the active language; its rows are read when it is written.

    Raises Invalid where there is no such kind, where something is missing or too much, and where the paper itself
    refuses (no such day, nothing to remind of); ObjectDoesNotExist where a named row is not there for these eyes.
    """
    if kind not in PAPERS:
        raise Invalid("kind", NO_SUCH_KIND)
    wanted = PAPERS[kind]
    for name in (*wanted.needs, *given):
        if name not in given or name not in (*wanted.needs, *wanted.takes):
            raise Invalid(name, NOT_ASKED)
    paper = wanted.make(given, asking)
    paper.template = lambda form: template_of(kind, form, given)
    return paper


# --- what is named, as far as the eyes reach


def committee_of(given: Given, asking: Asking) -> Committee:
    """The committee that is named. Raises Committee.DoesNotExist where these eyes do not reach it."""
    rows = Committee.objects.select_related("secretariat__parent__parent")
    if not asking.sight.everything:
        rows = rows.filter(pk__in=asking.sight.committees)
    return _named(rows, given["committee"])


def _named(rows: QuerySet[Row], written: str) -> Row:
    try:
        return rows.get(uuid=UUID(written))
    except ValueError:
        raise ObjectDoesNotExist from None


def _of_notice(given: Given, asking: Asking) -> Paper:
    seen = Notice.objects.in_reach(asking.sight).filter(state__in=PUBLISHED).defer("text")
    notice = _named(seen.select_related("committee__secretariat__parent__parent"), given["notice"])
    return paper_of_notice(notice, as_of.in_sight(asking.sight), **asking.days)


def _overdue(given: Given, asking: Asking) -> Paper:
    return paper_of_overdue(committee_of(given, asking), as_of.in_sight(asking.sight), **asking.days)


def _letter(given: Given, asking: Asking) -> Paper:
    agency = _named(Agency.objects.all(), given["agency"])
    return letter_to(agency, committee_of(given, asking), as_of.in_sight(asking.sight), **asking.days)


def _agency_of(given: Given, asking: Asking) -> Agency:
    """The agency that is named. Raises Agency.DoesNotExist where these eyes do not reach it."""
    rows = Agency.objects.select_related("parent__parent")
    if not asking.sight.everything:
        rows = rows.filter(pk__in=asking.sight.agencies)
    return _named(rows, given["agency"])


def _own_list(given: Given, asking: Asking) -> Paper:
    """What the agency had in hand on the day; `standing`: only that; `query`: what the list of its page holds."""
    agency = _agency_of(given, asking)
    if "query" in given:
        listed = Narrowed.read(given["query"])
        spans = listed.spans(Eye(asking.sight, asking.own)).as_of(asking.on)
        return paper_of_own_list(agency, spans, standing=listed.one_standing, **asking.days)
    spans = as_of.in_sight(asking.sight).filter(agency=agency, state__in=OPEN).as_of(asking.on)
    return paper_of_own_list(agency, spans, standing=given.get("standing", ""), **asking.days)


def _period(given: Given, asking: Asking) -> Paper:
    """`period`: 'month', 'quarter', 'half' or 'year' for the one in which the day lies, or a label, or from..to."""
    stretch = read_stretch(given.get("period") or "month", asking.on)
    return paper_of_period(committee_of(given, asking), stretch, on=asking.on, today=asking.today)


def _agency_period(given: Given, asking: Asking) -> Paper:
    """`period` as above; of what the agency was given."""
    return _of_agency(given, asking, handed_down=False)


def _handed_down(given: Given, asking: Asking) -> Paper:
    """`period` as above; of what the agency handed down."""
    return _of_agency(given, asking, handed_down=True)


def _of_agency(given: Given, asking: Asking, *, handed_down: bool) -> Paper:
    agency, stretch = _agency_of(given, asking), read_stretch(given.get("period") or "month", asking.on)
    return paper_of_period(agency, stretch, on=asking.on, today=asking.today, handed_down=handed_down)


def _briefing(given: Given, asking: Asking) -> Paper:
    """`since`: the last day that is left out; that of the last session where none is named."""
    committee = committee_of(given, asking)
    written = given.get("since", "")
    since = day_of(written, "since") if written else last_session(committee, asking.on)
    return paper_of_briefing(committee, since, **asking.days)


PAPERS: dict[str, KindOfPaper] = {
    "notice": KindOfPaper(
        _("Report on the results of a notice"),
        _("The directives of a notice with their cells, what was reported, and how each stands."),
        _of_notice,
        needs=("notice",),
    ),
    "period": KindOfPaper(
        _("Report on a period"),
        _("How the work stands, by agency, field and notice, what is overdue, targets, months and what comes due."),
        _period,
        needs=("committee",),
        takes=("period",),
    ),
    "briefing": KindOfPaper(
        _("Briefing before a session"),
        _("What became overdue, was done, given or changed since the last session, each with its directives."),
        _briefing,
        needs=("committee",),
        takes=("since",),
    ),
    "overdue": KindOfPaper(
        _("Overdue work with reasons"),
        _("All that is past its deadline, agency by agency, with the reasons that were reported."),
        _overdue,
        needs=("committee",),
    ),
    "letter": KindOfPaper(
        _("Letter that reminds an agency"),
        _("What one agency owes, with the request to do it; the list goes with it as an annex."),
        _letter,
        needs=("committee", "agency"),
    ),
    "own_list": KindOfPaper(
        _("An agency's own list"),
        _("The work that an agency has in hand, with its deadlines and what was reported."),
        _own_list,
        needs=("agency",),
        takes=("standing", "query"),
    ),
    "agency_period": KindOfPaper(
        _("An agency's report on a period"),
        _("How the work that an agency was given stands, by committee, field and notice, and what comes due."),
        _agency_period,
        needs=("agency",),
        takes=("period",),
    ),
    "handed_down": KindOfPaper(
        _("Report on what an agency handed down"),
        _("How the work stands that an agency gave to those below it, by agency, field and notice."),
        _handed_down,
        needs=("agency",),
        takes=("period",),
    ),
}
