"""What every write has alike: who acts, which version they saw, and once for all the times that it is sent."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from accounts.models import ApiKey, SentOnce, User
from directives.actions.attaching import atomic_with_files
from directives.rules.refusals import Stale
from tracker import clock

# As the answers' ETag: the version, then what else the body says.
TAG = re.compile(r'"(?P<version>[0-9]{1,9})(-[0-9a-f]+)?"')
NAME = re.compile(r"[\x21-\x7e]{1,255}")
ANOTHER_VERSION = _("This has changed since you read it. Read it again before you go on.")
DEADLOCK = "40P01"  # of PostgreSQL
NO_NAME = _("An Idempotency-Key has 1 to 255 visible ASCII characters.")


class VersionNeeded(APIException):
    """A write that does not say what it saw (428, RFC 6585)."""

    status_code = 428
    default_detail = _("Send the ETag that you read as If-Match, so that nobody's work is written over.")


class AnotherRequest(APIException):
    """A name that stood for another request before (422)."""

    status_code = 422
    default_detail = _("This Idempotency-Key was sent before with another request.")


def person(request: Request) -> User:
    """In whose name the caller acts: the account of its key, or whoever is logged in."""
    if isinstance(request.auth, ApiKey):
        return request.auth.acting()
    if not isinstance(request.user, User):
        raise TypeError("nobody acts who is not known")
    return request.user


def version_seen(tag: str) -> int | None:
    """The version that an `If-Match` names; None where any will do (`*`). Raises VersionNeeded, or Stale for a tag that
    none of ours looks like."""
    seen = tag.strip()
    if not seen:
        raise VersionNeeded
    if seen == "*":
        return None
    if ours := TAG.fullmatch(seen):
        return int(ours["version"])
    raise Stale(ANOTHER_VERSION)


@dataclass(frozen=True)
class Named:
    """A request with an `Idempotency-Key`: its name, and the SHA-256 of what it asks for."""

    name: str
    fingerprint: str


def name_of(request: Request, body: bytes) -> Named | None:
    """The request's name, None where it has none; `body` is all that it asks for. Raises ValidationError."""
    name = request.headers.get("Idempotency-Key")
    if name is None:
        return None
    if not NAME.fullmatch(name):
        raise ValidationError({"Idempotency-Key": [NO_NAME]})
    asked = b"\0".join([request.method.encode(), request.get_full_path().encode(), body])
    return Named(name, hashlib.sha256(asked).hexdigest())


def once(named: Named | None, who: Callable[[], User], act: Callable[[User], HttpResponse]) -> HttpResponse:
    """Do `act` and answer; where the same request came before, answer what was answered then, and do nothing.

    What is done and what is remembered of it become true together: a request that died on its way left neither. Two
    that come at once wait for each other. A refusal leaves nothing, not even its name. Raises AnotherRequest.
    """
    try:
        return past_deadlocks(lambda: _done(named, who, act))
    except AlreadySent as sent:
        return _again(sent.named, who())


def _done(named: Named | None, who: Callable[[], User], act: Callable[[User], HttpResponse]) -> HttpResponse:
    with atomic_with_files():
        by = who()
        row = named and _begin(named, by)
        answer = act(by)
        if row:
            row.status, row.body, row.tag = answer.status_code, answer.content, answer.headers.get("ETag", "")
            row.location = answer.headers.get("Location", "")
            row.save(update_fields=["status", "body", "tag", "location"])
        return answer


def past_deadlocks(act: Callable[[], HttpResponse], tries: int = 3) -> HttpResponse:
    """Do `act`, which is one transaction; again where the database broke it off, so that another could go on.

    Whoever does many things at once may wait for somebody who waits for them.
    """
    for left in range(tries - 1, -1, -1):
        try:
            return act()
        except OperationalError as broken:
            if left == 0 or getattr(broken.__cause__, "sqlstate", "") != DEADLOCK:
                raise
    raise AssertionError


class AlreadySent(Exception):
    """The name is taken by a request whose transaction has ended."""

    def __init__(self, named: Named) -> None:
        self.named = named


def _begin(named: Named, by: User) -> SentOnce:
    try:
        with transaction.atomic():
            return SentOnce.objects.create(by=by, name=named.name, fingerprint=named.fingerprint, at=clock.now())
    except IntegrityError as taken:
        raise AlreadySent(named) from taken


def _again(named: Named, by: User) -> HttpResponse:
    row = SentOnce.objects.get(by=by, name=named.name)
    if row.fingerprint != named.fingerprint:
        raise AnotherRequest
    answer = HttpResponse(bytes(row.body), status=row.status, content_type="application/json")
    answer["Idempotency-Replayed"] = "true"
    answer["Cache-Control"] = "private, no-cache"
    for header, kept in (("ETag", row.tag), ("Location", row.location)):
        if kept:
            answer[header] = kept
    return answer
