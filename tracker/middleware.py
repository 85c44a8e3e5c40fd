"""What every request passes: an id that the logs and the history share."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from directives.actions.recording import REQUEST_ID

Answering = Callable[[HttpRequest], HttpResponse]
PLAIN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id(answer: Answering) -> Answering:
    """Name each request, by the proxy's `X-Request-ID` where it is plain, in the logs, in history and in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if PLAIN_ID.fullmatch(given) else str(uuid4())
        before = REQUEST_ID.set(name)
        try:
            with structlog.contextvars.bound_contextvars(request_id=name):
                response = answer(request)
        finally:
            REQUEST_ID.reset(before)
        response["X-Request-ID"] = name
        return response

    return middleware
