"""The short way of a system that reads: past what only pages need, sessions, forms, static files and their policies.

Most of what the API is asked is read by systems with a key, and what stands around a view costs them as much as the
view. Whoever comes without a key, or with something to write, goes the long way; both ways are asked in a test.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import HEADER
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.urls import resolve

from tracker.api.limits import announced
from tracker.middleware import Policies, request_id
from tracker.web.language import language_of_reader

Answering = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/v1/"


def short_way(long_way: Answering) -> Answering:
    """Middleware, before all others."""
    answered: Answering = _view
    around: tuple[Any, ...] = (announced, _headers, language_of_reader, SecurityMiddleware, request_id)
    for middleware in around:
        answered = middleware(convert_exception_to_response(answered))
    return lambda request: answered(request) if _may_go(request) else long_way(request)


def _view(request: HttpRequest) -> HttpResponse:
    request.get_host()  # refused here as on the long way
    found: Any = request.resolver_match
    return found.func(request, *found.args, **found.kwargs)


def _may_go(request: HttpRequest) -> bool:
    """Whether it reads with a key and nothing in its body, and is for a view of the API."""
    told = request.META
    if (
        request.method not in ("GET", "HEAD")
        or not request.path_info.startswith(ROOT)
        or told.get("HTTP_AUTHORIZATION", "")[:7].lower() != "bearer "
        or told.get("CONTENT_LENGTH")
        or "HTTP_TRANSFER_ENCODING" in told
    ):
        return False
    try:
        request.resolver_match = resolve(request.path_info)
    except Http404:
        return False
    return hasattr(request.resolver_match.func, "cls")


def _headers(answer: Answering) -> Answering:
    """What the long way says of every answer beside."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault(HEADER, Policies.NOTHING)
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not response.streaming and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware
