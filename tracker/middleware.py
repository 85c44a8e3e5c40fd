"""What every request passes: an id that the logs and the history share, and a limit to what is sent."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

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


class Policies(CSPMiddleware):
    """What a browser may do with an answer. JSON is no page: a browser that shows it may do nothing at all."""

    NOTHING = "default-src 'none'; frame-ancestors 'none'"
    JSON = ("application/json", "application/problem+json", "application/x-ndjson")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type") not in self.JSON:
            return super().process_response(request, response)
        response[HEADER] = self.NOTHING
        return response


class CompressedPages(GZipMiddleware):
    """Pages are sent compressed. Not files, which mostly are, nor answers of the API, which its proxy may compress.

    SECURITY: Django adds a length by chance to each page, and masks its token anew, so that sizes tell nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        return super().process_response(request, response) if is_page else response


def size_limit(answer: Answering) -> Answering:
    """Turn away what is larger than anything asked for here, before a byte of it is read or kept.

    A limit of its own for strangers, who have no file to send. What does not say how large it is could be endless.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        endless = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
        if endless or _announced(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            limit = settings.LARGEST_REQUEST if request.user.is_authenticated else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            if endless or _announced(request) > limit:
                raise RequestDataTooBig("The request is larger than its sender may send, or does not tell its size.")
        return answer(request)

    return middleware


def _announced(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isdecimal() else 0
