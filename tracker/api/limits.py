"""How often one caller may ask, and try to become known: counted in Redis by the minute, over all processes.

Every answer says what is left (draft-ietf-httpapi-ratelimit-headers). Without Redis nobody is counted, and all goes on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from tracker import clock
from tracker.api.callers import name_of_caller

WINDOW = 60  # seconds
PATIENCE = 0.2  # seconds that an answer may wait for the count
# Seconds without a count, once Redis did not answer.
PAUSE = 5


@dataclass(frozen=True)
class Allowance:
    """What is left of `most` until the window ends, `reset` seconds from now; below 0 where it was too much."""

    left: int
    reset: int
    most: int
    name: str = "minute"


class PerCaller(BaseThrottle):
    """At most `API_RATE` requests a minute for each key, and for each person who is logged in."""

    reset: int | None = None

    def allow_request(self, request: Request, view: object) -> bool:
        """Count the request. Strangers are turned away before."""
        return not self.count(request, 1)

    def count(self, request: Request, many: int) -> bool:
        """Count `many` requests; whether that was too many."""
        found = allowance(name, many) if many and (name := name_of_caller(request)) else None
        if found is None:
            return False
        announce(request, found)
        self.reset = found.reset
        return found.left < 0

    def wait(self) -> int | None:
        """Seconds until the caller may ask again."""
        return self.reset


def count_more(request: Request, many: int) -> None:
    """Count what one request brings beside itself. Raises Throttled."""
    counter = PerCaller()
    if counter.count(request, many):
        raise Throttled(counter.wait())


def count_try(request: Request, who: str) -> None:
    """Count an attempt of `who` to become known, before it is looked at. Raises Throttled."""
    found = allowance(f"failed:{who}", most=settings.TOKEN_FAILURES, name="failed")
    if found is not None:
        announce(request, found)
        if found.left < 0:
            raise Throttled(found.reset)


def forget_try(request: Request, who: str) -> None:
    """It did not fail: only what fails is counted."""
    found = allowance(f"failed:{who}", -1, most=settings.TOKEN_FAILURES, name="failed")
    if found is not None:
        announce(request, found)


def announce(request: Request, found: Allowance) -> None:
    """Let the answer say what is left."""
    vars(request._request)["allowance"] = found  # noqa: SLF001 - read by `announced`


def announced(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say in each answer that was counted how many requests are left, and for how long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        found: Allowance | None = vars(request).get("allowance")
        if found is not None:
            response["RateLimit-Policy"] = f'"{found.name}";q={found.most};w={WINDOW}'
            response["RateLimit"] = f'"{found.name}";r={max(0, found.left)};t={found.reset}'
        return response

    return middleware


def allowance(caller: str, many: int = 1, *, most: int | None = None, name: str = "minute") -> Allowance | None:
    """Count requests of `caller`, and say what is left of `most`; None where nobody counts now."""
    if time.monotonic() < _away.until:
        return None
    now = int(clock.now().timestamp())
    counter = f"api-rate:{caller}:{now // WINDOW}"
    try:
        counted = _counter().incr(counter, many)
        if counted == many:  # the first of this minute
            _counter().expire(counter, 2 * WINDOW)
    except redis.RedisError:
        _away.until = time.monotonic() + PAUSE
        return None
    most = settings.API_RATE if most is None else most
    return Allowance(most - counted, WINDOW - now % WINDOW, most, name)


class _Away:
    """Until when (monotonic seconds) this process does not ask Redis."""

    until = 0.0


_away = _Away()


@cache
def _counter() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, protocol=2
    )
