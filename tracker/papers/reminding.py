"""The letter that reminds one agency of its overdue work; the list goes with it on pages of its own."""

from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from accounts.models import Agency, Committee
from directives import as_of
from directives.models import load_calendar
from directives.models.history import SpanQuerySet
from directives.rules.refusals import N_, Invalid
from tracker.papers import bodies, columns
from tracker.papers.form import Annex, Paper, Text
from tracker.papers.words import day, whole

NOTHING = N_("%(agency)s has no overdue work on this day, so there is nothing to remind it of.")
ANSWER_WITHIN = 5  # working days
FIELDS = (
    columns.DIRECTIVE,
    columns.NOTICE,
    columns.PART,
    columns.DUE,
    columns.OVERDUE,
    columns.REASON,
)


def letter_to(agency: Agency, committee: Committee, spans: SpanQuerySet, *, on: date, today: date) -> Paper:
    """What `agency` owes `committee` at the end of the local date `on`, with the request to do it; dated `today`.

    Raises Invalid('agency') where it owes nothing.
    """
    owed = as_of.owed(as_of.of_committee(spans, committee).filter(agency=agency), on)
    rows = as_of.work(owed, on, order=as_of.BY_AGENCY, reasons=True)
    oldest = next(rows, None)  # by date: it comes first
    if oldest is None:
        raise Invalid("agency", NOTHING, agency=agency.name)
    issuer = bodies.of_committee(committee)
    told = {
        "agency": agency.name,
        "committee": committee.name,
        "body": issuer.name,
        "day": day(on),
        "many": whole(owed.count()),
        "oldest": whole(oldest.days_overdue(on)),
        "until": day(load_calendar().shift(today, ANSWER_WITHIN)),
    }
    annex = Annex(
        label=_("Annex"),
        title=_("List of the overdue work of %(agency)s") % told,
        note=_("(With the letter of %(body)s; until the end of %(day)s)") % told,
        landscape=True,
        parts=[columns.table(FIELDS, chain([oldest], rows), on, count=owed.count)],
    )
    return Paper(
        issuer=issuer,
        kind="",
        about=_("Re: urging the overdue work of %(agency)s") % told,
        day=today,
        file=_("letter to %(agency)s on overdue work") % told,
        symbol=bodies.symbol(issuer.symbol, "…"),
        to=[agency.name],
        parts=[Text(one % told) for one in _sentences()],
        annexes=[annex],
        recipients=[_("- As above;"), bodies.kept()],
        signature=bodies.signed_by(committee),
    )


def _sentences() -> list[str]:
    return [
        _(
            "As followed up by %(body)s, at the end of %(day)s %(many)s assignments that %(committee)s gave to "
            "%(agency)s were past their deadline and not done; the oldest is overdue by %(oldest)s days (list "
            "enclosed)."
        ),
        _(
            "%(agency)s is asked to have the work named above done without delay, and to report the results, the "
            "reasons of the delay and the day on which each will be done before %(until)s, on the follow-up system as "
            "well."
        ),
        _(
            "Where a deadline has to be changed, %(agency)s is asked to say why in writing, so that it can be decided "
            "upon by the rules."
        ),
        _("%(body)s informs %(agency)s so that it may know and act accordingly./."),
    ]
