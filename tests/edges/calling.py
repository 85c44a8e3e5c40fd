"""Calling the API as a system with a key, as somebody who is logged in, or as nobody."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import Agency, Committee, User
from tests.edges.described import hold
from tests.make import make_key

ROOT = "/api/v1/"


class Caller:
    """One caller. Addresses are below the API's root, or full as `next` gives them.

    Each answer is held to the schema of the API.
    """

    def __init__(self, *, key: str = "", user: User | None = None, language: str = "en") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"accept-language": language}
        if key:
            self.headers["authorization"] = f"Bearer {key}"
        if user is not None:
            self.client.force_login(user)

    def get(self, address: str, *, headers: dict[str, str] | None = None, **asked: Any) -> HttpResponse:
        """The answer, whatever its status."""
        full = address if address.startswith(("/", "http:")) else f"{ROOT}{address}"
        return hold("get", full, self.client.get(full, asked, headers={**self.headers, **(headers or {})}))

    def post(
        self, address: str, body: object = None, *, seen: str | None = None, name: str = "", **headers: str
    ) -> HttpResponse:
        """The answer to a verb: `body` as JSON (bytes as they are), `seen` as If-Match, `name` as Idempotency-Key."""
        return self._write("post", address, body, seen=seen, name=name, **headers)

    def put(self, address: str, body: object, *, seen: str | None = None, name: str = "") -> HttpResponse:
        """The answer to a whole thing that is to be so."""
        return self._write("put", address, body, seen=seen, name=name)

    def _write(
        self, method: str, address: str, body: object, *, seen: str | None, name: str, **headers: str
    ) -> HttpResponse:
        told = {**self.headers, **headers}
        told |= {"if-match": seen} if seen is not None else {}
        told |= {"idempotency-key": name} if name else {}
        sent = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        full, ask = f"{ROOT}{address}", getattr(self.client, method)
        return hold(method, full, ask(full, sent, content_type="application/json", headers=told))

    def send(self, address: str, body: dict[str, Any], *, seen: str) -> HttpResponse:
        """The answer to a verb whose body is sent as a form with files."""
        full = f"{ROOT}{address}"
        return hold("post", full, self.client.post(full, body, headers={**self.headers, "if-match": seen}))

    def read(self, address: str, **asked: Any) -> dict[str, Any]:
        """The body of an answer that must be 200."""
        answer = self.get(address, **asked)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def ids(self, address: str, **asked: Any) -> list[str]:
        """The ids on a page."""
        return [row["id"] for row in self.read(address, **asked)["results"]]


def with_key(body: Agency | Committee, *scopes: str, language: str = "en") -> Caller:
    """A system whose key acts for `body`."""
    _row, plain = make_key(body, scopes=scopes or ("read",))
    return Caller(key=plain, language=language)
