"""What every request passes: an id that the logs share, and the end of a session that nobody uses."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker import clock

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


def idle_time_out(answer: Answering) -> Answering:
    """Let a session live on from each minute in which it is used; the server forgets an idle one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        minute = int(clock.now().timestamp()) // 60
        if request.user.is_authenticated and request.session.get("used_in_minute") != minute:
            request.session["used_in_minute"] = minute  # one write a minute, not one a request
            request.session.set_expiry(
                settings.IDLE_SECONDS_ADMINISTRATOR if request.user.is_staff else settings.IDLE_SECONDS
            )
        return answer(request)

    return middleware
