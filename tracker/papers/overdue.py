"""What is overdue of a committee's work, agency by agency, and why."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Committee
from directives import as_of
from directives.figures import cells_as_of
from directives.models.history import SpanQuerySet
from tracker.papers import bodies, columns
from tracker.papers.form import Paper, Text
from tracker.papers.words import day, until, whole

FIELDS = (
    columns.AGENCY,
    columns.DIRECTIVE,
    columns.NOTICE,
    columns.DUE,
    columns.OVERDUE,
    columns.RESULT,
    columns.REASON,
)


def paper_of_overdue(committee: Committee, spans: SpanQuerySet, *, on: date, today: date) -> Paper:
    """The overdue work of the committee at the end of the local date `on`, made on `today`.

    Lead and share work: what the official cell counts.
    """
    spans = as_of.of_committee(spans, committee)
    cells = cells_as_of(spans, on)
    issuer = bodies.of_committee(committee)
    told = {
        "committee": committee.name,
        "body": issuer.name,
        "day": day(on),
        "overdue": whole(cells.open_overdue),
        "total": whole(cells.total),
    }
    return Paper(
        issuer=issuer,
        kind=_("Report"),
        about=_("Overdue work given by %(committee)s") % told + f"\n{until(on)}",
        day=today,
        file=_("overdue work"),
        symbol=bodies.symbol("BC", issuer.symbol),
        landscape=True,
        parts=[
            Text(
                _(
                    "As followed up by %(body)s, %(overdue)s of the %(total)s assignments that %(committee)s gave were "
                    "past their deadline and not done at the end of %(day)s. The agencies and the reasons they "
                    "reported are listed below."
                )
                % told
            ),
            columns.table(
                FIELDS,
                as_of.work(as_of.overdue(spans, on), on, order=as_of.BY_AGENCY, reasons=True),
                on,
                count=lambda: cells.open_overdue,
                title=_("Overdue work"),
                nothing=_("Nothing was overdue on that day."),
            ),
            bodies.closing(issuer.name),
        ],
        recipients=bodies.readers_of(committee),
        signature=bodies.signed_by(committee),
    )
