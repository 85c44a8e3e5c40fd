"""What is said of an event, wherever it is told: who did what, when, from what to what, and why."""

from django.db.models import Value
from django.db.models.functions import NullIf

from tracker.api.answers import local
from tracker.api.paging import Row
from tracker.api.resource import Line
from tracker.api.said import Moment, Said

AS_STORED = ("verb", "on_behalf_of", "before", "after", "reason")
HAPPENED = ("at", "by_name", *AS_STORED)
TOLD = ("at", "by", *AS_STORED)


def event_said(row: Row) -> Line:
    """`by` is the office as it was named then; None is the system itself."""
    return {"at": local(row["at"]), "by": row["by_name"] or None, **{name: row[name] for name in AS_STORED}}


# The same, said by the database.
EVENT = Said(at=Moment("at"), by=NullIf("by_name", Value("")), **{name: name for name in AS_STORED})
