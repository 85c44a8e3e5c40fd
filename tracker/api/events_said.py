"""What is said of an event, wherever it is told: who did what, when, from what to what, and why."""

from tracker.api.answers import local
from tracker.api.paging import Row
from tracker.api.resource import Line

AS_STORED = ("verb", "on_behalf_of", "before", "after", "reason")
HAPPENED = ("at", "by_name", *AS_STORED)
TOLD = ("at", "by", *AS_STORED)


def event_said(row: Row) -> Line:
    """`by` is the office as it was named then; None is the system itself."""
    return {"at": local(row["at"]), "by": row["by_name"] or None, **{name: row[name] for name in AS_STORED}}
