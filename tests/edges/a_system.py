"""A ministry's own system as its programmers would write it, with the client that is made from the API's document.

mypy reads it too: what the document promises must be what it takes to write this.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from dondoc_client import AuthenticatedClient
from dondoc_client.api.assignments import list_assignments, read_assignment, report_assignment
from dondoc_client.api.changes import read_changes
from dondoc_client.models import (
    Assignment,
    AssignmentChange,
    AssignmentCopied,
    AssignmentInFull,
    AssignmentPage,
    Changes,
    Problem,
    ReportAssignmentJsonBody,
    Standing,
)
from dondoc_client.types import UNSET, Unset


def overdue(client: AuthenticatedClient, *, at_once: int) -> Iterator[Assignment]:
    """All overdue work, page by page."""
    cursor: str | Unset = UNSET
    while True:
        page = list_assignments.sync(client=client, standing=Standing.OVERDUE, limit=at_once, cursor=cursor)
        assert isinstance(page, AssignmentPage)
        yield from page.results
        if page.next_ is None:
            return
        cursor = parse_qs(urlsplit(page.next_).query)["cursor"][0]


def report(client: AuthenticatedClient, work: UUID, text: str, percent: int) -> AssignmentInFull | Problem | None:
    """Report progress on the version that was read."""
    seen = read_assignment.sync_detailed(work, client=client)
    body = ReportAssignmentJsonBody(text=text, percent=percent)
    return report_assignment.sync(work, client=client, body=body, if_match=seen.headers["ETag"])


def changed(client: AuthenticatedClient, epoch: str, after: int) -> Iterator[AssignmentCopied]:
    """The assignments that have changed since, as they are now."""
    page = read_changes.sync(client=client, epoch=epoch, after=after)
    assert isinstance(page, Changes)
    for change in page.changes:
        if isinstance(change, AssignmentChange) and not isinstance(change.row, Unset):
            yield change.row


def connected(address: str, key: str) -> AuthenticatedClient:
    """The API at this address, for whoever has the key."""
    return AuthenticatedClient(base_url=address, token=key, raise_on_unexpected_status=True)
