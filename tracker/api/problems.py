"""Where the API says no: every refusal and error as `application/problem+json` (RFC 9457)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.log import log_response
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.views import set_rollback

from accounts.refusals import Refusal
from accounts.roles import NotAllowed
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tracker.api.answers import as_json
from tracker.api.bodies import Packed, TooLarge, Unreadable
from tracker.api.callers import NotFromHere
from tracker.api.writing import AnotherRequest, VersionNeeded


@dataclass(frozen=True)
class Kind:
    """A kind of problem. `name` is for programs and never changes; `title` and `detail` are for people."""

    name: str
    status: int
    title: str | Promise
    detail: str | Promise = ""

    @property
    def type(self) -> str:
        return f"urn:dondoc:problem:{self.name}"


INVALID = Kind("invalid", 400, _("Something in the request cannot be accepted"), _("The request cannot be understood."))
NOBODY = Kind("unauthenticated", 401, _("Nobody knows who is calling"), _("Send a key, or log in."))
NOT_ALLOWED = Kind("not-allowed", 403, _("Not yours to do"), _("You may not do this."))
NOT_FROM_HERE = Kind("not-from-here", 403, _("Not from this address"))
NOT_FOUND = Kind("not-found", 404, _("Not found"), _("There is nothing here that you may see."))
NOT_THIS_WAY = Kind("method-not-allowed", 405, _("Not possible here"), _("Allow names what can be done here."))
NOT_IN_THIS_FORM = Kind("not-acceptable", 406, _("Not available in this form"), _("Answers are application/json."))
WRONG_MOMENT = Kind("wrong-moment", 409, _("Not possible now"))
TOO_LARGE = Kind("too-large", 413, _("Too much was sent"), _("Nothing of this size is taken here."))
STALE = Kind("stale", 412, _("Somebody was faster"))
NOT_THIS_FORM = Kind(
    "unsupported-media-type",
    415,
    _("Not sent in a form that is read here"),
    _("Send application/json, or multipart/form-data where files belong to it."),
)
ANOTHER_REQUEST = Kind("another-request", 422, _("The name of another request"))
TOO_OFTEN = Kind(
    "too-many-requests", 429, _("Asked too often"), _("Wait as many seconds as Retry-After says, then go on.")
)
VERSION_NEEDED = Kind("version-needed", 428, _("What was seen is not said"))
NO_FIELD = "non_field_errors"  # the framework's name for a whole
START_OVER = _("Read /api/v1/snapshot/ anew, and go on from the number that it begins with.")
NONE_DONE = Kind(
    "none-done",
    409,
    _("Nothing of it was done"),
    _("At least one of these was refused, and all were to be done or none: results says which, and why."),
)
NOT_ALONE = Kind("not-alone", 424, _("Not done, since another was refused"), _("This would have been done."))
OTHER_EPOCH = Kind("other-epoch", 410, _("Your copy belongs to another time"), START_OVER)
CHANGES_FORGOTTEN = Kind("changes-forgotten", 410, _("These changes are no longer kept"), START_OVER)
UNEXPECTED = Kind(
    "unexpected",
    500,
    _("Something went wrong here"),
    _("The fault was recorded under the X-Request-ID of this answer."),
)


class OtherEpoch(Exception):
    """A copy was begun before a restore, in another language, or when its key acted for somebody else."""


class ChangesForgotten(Exception):
    """A copy is so old that the changes behind it are no longer kept."""


class NoneDone(Exception):
    """One of many was refused, and with it all; what each would have been answered."""

    def __init__(self, answers: Sequence[Mapping[str, Any]]) -> None:
        self.answers = answers


KIND_OF: dict[type[Exception], Kind] = {
    NotAllowed: NOT_ALLOWED,
    WrongMoment: WRONG_MOMENT,
    Invalid: INVALID,
    Stale: STALE,
    OtherEpoch: OTHER_EPOCH,
    ChangesForgotten: CHANGES_FORGOTTEN,
    NoneDone: NONE_DONE,
    exceptions.ValidationError: INVALID,
    exceptions.ParseError: INVALID,
    SuspiciousOperation: INVALID,
    RequestDataTooBig: TOO_LARGE,
    exceptions.AuthenticationFailed: NOBODY,
    exceptions.NotAuthenticated: NOBODY,
    NotFromHere: NOT_FROM_HERE,
    exceptions.PermissionDenied: NOT_ALLOWED,
    PermissionDenied: NOT_ALLOWED,
    exceptions.NotFound: NOT_FOUND,
    Http404: NOT_FOUND,
    exceptions.MethodNotAllowed: NOT_THIS_WAY,
    exceptions.NotAcceptable: NOT_IN_THIS_FORM,
    exceptions.UnsupportedMediaType: NOT_THIS_FORM,
    exceptions.Throttled: TOO_OFTEN,
    TooLarge: TOO_LARGE,
    AnotherRequest: ANOTHER_REQUEST,
    VersionNeeded: VERSION_NEEDED,
}


@dataclass(frozen=True)
class Problem:
    """One problem as it is told to one reader."""

    kind: Kind
    detail: str
    errors: dict[str, list[str]] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def response(self) -> HttpResponse:
        body: dict[str, Any] = {
            "type": self.kind.type,
            "title": str(self.kind.title),
            "status": self.kind.status,
            "detail": self.detail,
            **self.more,
        }
        if self.errors:
            body["errors"] = self.errors
        response = HttpResponse(as_json(body), status=self.kind.status, content_type="application/problem+json")
        response["Cache-Control"] = "no-store"
        return response


def kind_of(error: Exception) -> Kind:
    """The kind that `error` is told as; what nobody foresaw is our fault."""
    for family in type(error).__mro__:
        if family in KIND_OF:
            return KIND_OF[family]
    if isinstance(error, exceptions.APIException) and error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        phrase = HTTPStatus(error.status_code).phrase
        return Kind(phrase.lower().replace(" ", "-"), error.status_code, phrase, str(error.detail))
    return UNEXPECTED


@singledispatch
def problem_of(error: Exception) -> Problem:
    """What to tell about `error`, in the reader's language."""
    kind = kind_of(error)
    return Problem(kind, str(kind.detail))


@problem_of.register
def _refused(error: Refusal) -> Problem:
    return Problem(kind_of(error), _sentence(error))


@problem_of.register
def _one_value_refused(error: Invalid) -> Problem:
    return Problem(INVALID, _sentence(error), {error.field: [_sentence(error)]})


@problem_of.register
def _values_refused(error: exceptions.ValidationError) -> Problem:
    if not isinstance(error.detail, dict):
        return Problem(INVALID, " ".join(map(str, error.detail)))
    errors: dict[str, list[str]] = {}
    for name, sentence in _sentences(error.detail):
        errors.setdefault(name, []).append(sentence)
    told = [f"{name}: {sentence}" for name, sentences in errors.items() for sentence in sentences]
    return Problem(INVALID, " ".join(told), errors)


def _sentences(detail: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each sentence with the place that it is about: `addressees[1].agency`."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            part = f"[{key}]" if isinstance(key, int) else f".{key}"
            yield from _sentences(inner, name if key == NO_FIELD else f"{name}{part}".removeprefix("."))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from _sentences(inner, f"{name}[{place}]" if isinstance(inner, dict) else name)
    else:
        yield name, str(detail)


@problem_of.register(Unreadable)
@problem_of.register(Packed)
@problem_of.register(AnotherRequest)
@problem_of.register(VersionNeeded)
@problem_of.register(NotFromHere)
def _said(error: exceptions.APIException) -> Problem:
    return Problem(kind_of(error), str(error.detail))


@problem_of.register
def _none_done(error: NoneDone) -> Problem:
    return Problem(NONE_DONE, str(NONE_DONE.detail), more={"results": error.answers})


@problem_of.register
def _stranger(error: exceptions.AuthenticationFailed) -> Problem:
    return Problem(NOBODY, str(error.detail))


def _sentence(refusal: Refusal) -> str:
    sentence = gettext(str(refusal.sentence))
    return sentence % refusal.params if refusal.params else sentence


def answer_problem(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """The framework's hook for whatever a view raises. A fault of ours is logged with its trace, never shown."""
    set_rollback()
    response = problem_of(error).response()
    if challenge := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = challenge
    if isinstance(error, exceptions.Throttled) and error.wait is not None:
        response["Retry-After"] = str(math.ceil(error.wait))
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        request = context["request"]._request  # noqa: SLF001 - signals and logs speak of Django's request
        got_request_exception.send(sender=answer_problem, request=request)
        log_response("%s", request.path, response=response, request=request, exception=error)
    return response
