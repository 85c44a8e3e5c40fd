"""The directives of a notice, and what became of each."""

from datetime import date

from django.utils.translation import gettext as _

from directives import as_of
from directives.figures import cells_as_of
from directives.models import Notice
from directives.models.history import SpanQuerySet
from tracker.papers import bodies, columns
from tracker.papers.cells import cells_table
from tracker.papers.form import Paper, Text
from tracker.papers.words import day, until

FIELDS = (
    columns.NOTICE,
    columns.SUBJECT,
    columns.DIRECTIVE,
    columns.AGENCY,
    columns.DUE,
    columns.RESULT,
    columns.STATE,
)


def paper_of_notice(notice: Notice, spans: SpanQuerySet, *, on: date, today: date) -> Paper:
    """How the work that `notice` gives stood at the end of the local date `on`, made on `today`."""
    spans = as_of.of_notice(spans, notice)
    listed = as_of.listed(spans, on)
    issuer = bodies.of_committee(notice.committee)
    told = {
        "kind": notice.get_kind_display(),
        "number": notice.reference,
        "issued": day(notice.issued_on),
        "day": day(on),
        "body": issuer.name,
    }
    return Paper(
        issuer=issuer,
        kind=_("Report"),
        about=_("Results of the work given by %(kind)s no. %(number)s of %(issued)s") % told + f"\n{until(on)}",
        day=today,
        file=_("results of %(number)s") % told,
        symbol=bodies.symbol("BC", issuer.symbol),
        landscape=True,
        parts=[
            Text(
                _(
                    "%(body)s has summed up the results of the work given by %(kind)s no. %(number)s of %(issued)s, "
                    "until the end of %(day)s, as follows:"
                )
                % told
            ),
            cells_table(cells_as_of(spans, on)),
            columns.table(
                FIELDS,
                as_of.work(listed, on),
                on,
                count=listed.count,
                title=_("List of the directives, with their state"),
                nothing=_("This notice gave no work by that day."),
            ),
            bodies.closing(issuer.name),
        ],
        recipients=bodies.readers_of(notice.committee),
        signature=bodies.signed_by(notice.committee),
    )
