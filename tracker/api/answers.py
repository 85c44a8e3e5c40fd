"""What goes out: JSON, and for one row a tag by which a reader's copy is known to be fresh."""

from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.http import parse_etags
from rest_framework.request import Request

from directives.rules.working_days import HANOI

TAG_LENGTH = 16  # hexadecimal digits


def as_json(body: dict[str, Any]) -> bytes:
    """Compact UTF-8; days and moments as ISO 8601, what is exact or still to be translated as text."""
    return orjson.dumps(body, default=str)


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


def answer_one(request: Request, body: dict[str, Any], *, version: int | None) -> HttpResponse:
    """200 with `body` and its tag, or 304 where `If-None-Match` names that tag.

    The tag begins with the row's version, where it has one. The rest is of the whole body, because what is shown of a
    row also changes with the day (standing), the reader's language, and rows beside it.
    """
    rendered = as_json(body)
    digest = sha256(rendered).hexdigest()[:TAG_LENGTH]
    tag = f'"{digest}"' if version is None else f'"{version}-{digest}"'
    reads = request.method in ("GET", "HEAD")
    known = parse_etags(request.headers.get("If-None-Match", "")) if reads else []
    fresh = "*" in known or tag in {given.removeprefix("W/") for given in known}
    response = HttpResponse(status=304) if fresh else HttpResponse(rendered, content_type="application/json")
    response["ETag"] = tag
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    return response
