"""What the API tells of itself, to anybody: its OpenAPI document, and a page to read it and try it on."""

from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import MethodNotAllowed

from tracker.api.problems import problem_of
from tracker.api.views import READING

# Written by `manage.py write_openapi`; a check holds it to the code.
FILE = Path(__file__).with_name("openapi.json")
TEXT = FILE.read_bytes() if FILE.exists() else b"{}"
TAG = f'"{sha256(TEXT).hexdigest()[:16]}"'


@csrf_exempt
def schema(request: HttpRequest) -> HttpResponse:
    """The document; 304 for whoever has it already."""
    if refusal := _only_read(request):
        return refusal
    response = HttpResponse(TEXT, content_type="application/json")
    response["ETag"] = TAG
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=TAG, response=response) or response


@csrf_exempt
def page(request: HttpRequest) -> HttpResponse:
    """The page; whatever is tried there goes to this server, with the key that is typed there."""
    return _only_read(request) or render(request, "api/reference.html")


def _only_read(request: HttpRequest) -> HttpResponse | None:
    if request.method.lower() in READING:
        return None
    refusal = problem_of(MethodNotAllowed(request.method)).response()
    refusal["Allow"] = ", ".join(READING).upper()
    return refusal
