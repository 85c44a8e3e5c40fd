"""What every request passes: an id that the logs share."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

Answering = Callable[[HttpRequest], HttpResponse]
PLAIN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id(answer: Answering) -> Answering:
    """Name each request, by the proxy's `X-Request-ID` where it is plain, in the logs and in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if PLAIN_ID.fullmatch(given) else str(uuid4())
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = answer(request)
        response["X-Request-ID"] = name
        return response

    return middleware
