"""What goes out: JSON, and for one row a tag by which a reader's copy is known to be fresh."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.http import parse_etags
from rest_framework.request import Request

from directives.rules.working_days import HANOI

# Where in a body: names of fields and places in lists, from the outside in.
Place = tuple[str | int, ...]
TAG_LENGTH = 16  # hexadecimal digits


def as_json(body: Any) -> bytes:
    """Compact UTF-8; days and moments as ISO 8601, what is exact or still to be translated as text."""
    return orjson.dumps(body, default=str)


class ShownOnce(HttpResponse):
    """An answer with secrets beside it, by the places in its body where they belong.

    SECURITY: what is remembered of a request that named itself is the body alone; `whole` is only sent.
    """

    def __init__(self, made: HttpResponse, secrets: Mapping[Place, str]) -> None:
        super().__init__(made.content, status=made.status_code, headers=made.headers)
        self.secrets = secrets

    def whole(self) -> HttpResponse:
        """As it is sent, this once."""
        body = json.loads(self.content)
        for place, secret in self.secrets.items():
            row = body
            for step in place:
                row = row[step]
            row["secret"] = secret
        sent = HttpResponse(as_json(body), status=self.status_code, headers=self.headers)
        sent["Cache-Control"] = "no-store"
        return sent


def local(at: datetime | None) -> str | None:
    """A moment as it is written in Viet Nam, with its offset, to the second."""
    return at.astimezone(HANOI).isoformat(timespec="seconds") if at else None


def answer(body: dict[str, Any]) -> HttpResponse:
    """200 with `body`; only its reader may keep it, and asks again before using it."""
    return answer_text(as_json(body))


def answer_text(body: str | bytes) -> HttpResponse:
    """The same, of what is JSON already."""
    return _private(HttpResponse(body, content_type="application/json"))


def exact(figure: Decimal | None) -> str | None:
    """An exact figure as it is written: `74.84`, never `74.8400` or `7.484E+1`."""
    return None if figure is None else f"{figure.normalize():f}"


def answer_list(lines: list[bytes], following: str | None) -> HttpResponse:
    """The same of a page of lines, which are JSON already, and the address of the next."""
    return answer_text(b'{"results":[%b],"next":%b}' % (b",".join(lines), as_json(following)))


def answer_one(request: Request, body: bytes, *, version: int | None) -> HttpResponse:
    """200 with `body`, which is JSON already, and its tag, or 304 where `If-None-Match` names that tag.

    The tag begins with the row's version, where it has one. The rest is of the whole body, because what is shown of a
    row also changes with the day (standing), the reader's language, and rows beside it.
    """
    digest = sha256(body).hexdigest()[:TAG_LENGTH]
    tag = f'"{digest}"' if version is None else f'"{version}-{digest}"'
    reads = request.method in ("GET", "HEAD")
    known = parse_etags(request.headers.get("If-None-Match", "")) if reads else []
    fresh = "*" in known or tag in {given.removeprefix("W/") for given in known}
    response = HttpResponse(status=304) if fresh else HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    return response
