"""Copies as other systems keep them, with the very program that docs/ gives them, beside what the lists say."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from django.test import Client

from accounts.models import Agency, Committee
from directives.actions.feeding import number_changes
from docs.keep_a_copy import Copy
from tests.edges.calling import ROOT, Caller
from tests.edges.described import hold
from tests.make import make_key

LISTS = {
    "committee": "committees/",
    "agency": "agencies/",
    "notice": "notices/",
    "directive": "directives/",
    "assignment": "assignments/",
}


REFUSED = 400  # and above


class Reader:
    """One system: its key, the copy that it keeps, and what the lists show it."""

    def __init__(self, body: Agency | Committee, *, limit: int = 1000, language: str = "vi") -> None:
        self.key, plain = make_key(body)
        self.limit = limit
        self.lists = Caller(key=plain, language=language)
        self.copy = Copy(f"http://testserver{ROOT}".rstrip("/"), plain, language=language, open_with=opener(Client()))

    def follow(self) -> int:
        """Take over what changed since; how many changes."""
        return self.copy.follow(limit=self.limit)

    def kept(self) -> dict[str, dict[str, Any]]:
        """The copy, with the standing of each assignment as its reader counts it."""
        assignments = self.copy.rows["assignment"]
        told = {id_: {**row, "standing": self.copy.standing(row)} for id_, row in assignments.items()}
        return {**self.copy.rows, "assignment": told}

    def told(self) -> dict[str, dict[str, Any]]:
        """The same as the server's lists give it now."""
        return {kind: _by_id(self._all(address)) for kind, address in LISTS.items()}

    def _all(self, address: str) -> Iterator[dict[str, Any]]:
        asked: str | None = f"{address}?limit=500"
        while asked:
            page = self.lists.read(asked)
            yield from page["results"]
            asked = page["next"]


def number_all() -> None:
    """Number all that is committed, as the duty does."""
    while number_changes():
        pass


def opener(client: Client) -> Any:
    """What `urlopen` does, by Django's own client."""

    def open_address(request: Request, timeout: float) -> BytesIO:
        answer = client.get(request.full_url, headers=dict(request.header_items()))
        body = b"".join(answer) if answer.streaming else answer.content
        hold("get", request.full_url, answer, body)
        if answer.status_code >= REFUSED:
            raise HTTPError(request.full_url, answer.status_code, answer.reason_phrase, answer.headers, BytesIO(body))
        return BytesIO(body)

    return open_address


def _by_id(rows: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}
