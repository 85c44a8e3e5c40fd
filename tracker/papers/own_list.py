"""An agency's own list: what it was given, how far it is, and by when it is due."""

from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from accounts.models import Agency
from directives import as_of
from directives.models.history import SpanQuerySet
from tracker.papers import bodies, columns
from tracker.papers.form import Paper, Text
from tracker.papers.words import day, until

FIELDS = (
    columns.NOTICE,
    columns.DIRECTIVE,
    columns.PRODUCT,
    columns.PART,
    columns.DUE,
    columns.RESULT,
    columns.STATE,
)


def paper_of_own_list(agency: Agency, spans: SpanQuerySet, *, on: date, today: date, standing: str = "") -> Paper:
    """The work of `spans`, which are those of one day, as `agency` had it at the end of the local date `on`."""
    issuer = bodies.of_agency(agency)
    told = {"agency": agency.name, "day": day(on)}
    return Paper(
        issuer=issuer,
        kind=_("Report"),
        about=_("Work given to %(agency)s and its results") % told + f"\n{until(on)}",
        day=today,
        file=_("work of %(agency)s") % told,
        symbol=bodies.symbol("BC", issuer.symbol),
        landscape=True,
        parts=[
            Text(_("%(agency)s reports on the work that it was given, until the end of %(day)s, as follows:") % told),
            columns.table(
                FIELDS,
                as_of.work(spans, on, standing=standing),
                on,
                count=partial(as_of.how_many, spans, on, standing),
                title=_("List of the work given"),
                nothing=_("There is no such work on that day."),
            ),
            bodies.closing(agency.name),
        ],
        recipients=[bodies.kept()],
        signature=bodies.signed_by(),
    )
