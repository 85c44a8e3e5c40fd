"""Who calls: a system with a key, or somebody who is logged in; and how far the caller's eye reaches."""

import re
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.models.keys import key_hash
from accounts.people import NOTHING, Reach, reach, reach_of_key
from accounts.prepared import Given
from accounts.roles import NotAllowed
from directives.models import (
    Assessment,
    Assignment,
    CriteriaSet,
    Directive,
    Event,
    ExtensionRequest,
    Indicator,
    Notice,
    Paragraph,
    Question,
    Reading,
    Report,
    Span,
    soon_until_at_once,
)
from directives.models.directives import AssignmentQuerySet, DirectiveQuerySet
from directives.models.history import EventQuerySet, SpanQuerySet
from directives.models.notices import NoticeQuerySet
from tracker import clock
from tracker.addresses import client_address
from tracker.api.remembered import Remembered
from tracker.api.tokens import TOKEN, key_of_token

READ = "read"
READING = ("GET", "HEAD")
KEY_IS_NO_GOOD = gettext_lazy("This key is unknown, has expired or was revoked.")
NOT_FROM_HERE = gettext_lazy("This key may not be used from %(address)s.")
_keys: Remembered[ApiKey] = Remembered()
_soon: Remembered[date] = Remembered()
PLAIN_KEY = re.compile(r"dd_[A-Za-z0-9_-]{20,80}")


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer KEY` (RFC 6750). Nobody is logged in by it: `request.auth` is the key."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        scheme, _gap, plain = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = clock.now()
        key = _key_that_reads(plain, now) if request.method in READING else _key_of(plain, now)
        if key is None:
            raise AuthenticationFailed(KEY_IS_NO_GOOD)
        if key.networks and not key.admits(address := client_address(request)):
            raise NotFromHere(address)
        ApiKey.objects.note_use(key, now)
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for; where a key was given, that it is no good (RFC 6750, section 3)."""
        given = "Authorization" in request.headers
        return 'Bearer realm="dondoc", error="invalid_token"' if given else 'Bearer realm="dondoc"'


def _key_of(plain: str, now: datetime) -> ApiKey | None:
    """The live key that was sent, itself or as a token."""
    if plain.startswith(TOKEN):
        return key_of_token(plain, now)
    return ApiKey.objects.authenticate(plain, now) if PLAIN_KEY.fullmatch(plain) else None


def _key_that_reads(plain: str, now: datetime) -> ApiKey | None:
    """The same, as it is or as it was a moment ago; no key stays in memory as it was sent."""
    key = _keys.get(key_hash(plain), lambda: _key_of(plain, now))
    return key if key is not None and key.is_live(now) else None


class NotFromHere(APIException):
    """A good key, used from where it may not be (403)."""

    status_code = 403

    def __init__(self, address: IPv4Address | IPv6Address | None) -> None:
        super().__init__(NOT_FROM_HERE % {"address": address or "?"})


class MayRead(BasePermission):
    """Whoever is logged in, and keys with the scope `read`."""

    def has_permission(self, request: Request, view: object) -> bool:
        key = request.auth
        if isinstance(key, ApiKey) and READ not in key.scopes:
            raise NotAllowed(_("This key lacks the scope '%(scope)s'.") % {"scope": READ})
        return isinstance(key, ApiKey) or request.user.is_authenticated


def name_of_caller(request: Request) -> str | None:
    """By what the caller is counted, and by what their cursors are theirs; None for a stranger."""
    if isinstance(request.auth, ApiKey):
        return f"key-{request.auth.uuid}"
    return f"user-{request.user.uuid}" if isinstance(request.user, User) else None


class Eye:
    """Whoever reads, on a local date: what exists for them."""

    def __init__(self, sight: Reach, today: date) -> None:
        self.reach, self.today = sight, today
        self._soon: dict[date, date] = {}

    def soon_until(self, day: date) -> date:
        """The last local date that counts as soon on `day`; one query the first time."""
        if day not in self._soon:
            self._soon[day] = cast("date", _soon.get(day, partial(soon_until_at_once, day)))
        return self._soon[day]

    def given(self) -> dict[str, Any]:
        """What a question that is put together for `AnyEye` is asked with."""
        told = {name: getattr(self.reach, name) for name in REACHED}
        return {name: [*ids][0] if len(ids) == 1 else [*ids] for name, ids in told.items()}  # noqa: RUF015

    def without_drafts(self) -> "Eye":
        """The same caller, for whom only what is in force exists."""
        other = copy(self)
        other.reach = replace(self.reach, drafts_of=frozenset())
        return other

    def notices(self) -> NoticeQuerySet:
        return Notice.objects.kept().in_reach(self.reach)

    def paragraphs(self) -> QuerySet[Paragraph]:
        return Paragraph.objects.filter(notice__in=self.notices())

    def directives(self) -> DirectiveQuerySet:
        return Directive.objects.in_reach(self.reach)

    def assignments(self) -> AssignmentQuerySet:
        return Assignment.objects.in_reach(self.reach)

    def assignments_as_of(self, day: date) -> SpanQuerySet:
        """The same as the register knew them at the end of the local date `day`, in the columns of an assignment."""
        return Span.objects.as_of(day).filter(assignment__in=self.assignments()).as_assignments(day)

    def events(self) -> EventQuerySet:
        """What has its place in the chain."""
        return Event.objects.in_reach(self.reach).filter(seal__isnull=False)

    def reports(self) -> QuerySet[Report]:
        return Report.objects.filter(assignment__in=self.assignments())

    def extensions(self) -> QuerySet[ExtensionRequest]:
        return ExtensionRequest.objects.filter(assignment__in=self.assignments())

    def questions(self) -> QuerySet[Question]:
        """Those about work in reach. That an answer is for all shows in it; whose it was is not told to the others."""
        return Question.objects.filter(assignment__in=self.assignments())

    def indicators(self) -> QuerySet[Indicator]:
        return Indicator.objects.in_reach(self.reach)

    def readings(self) -> QuerySet[Reading]:
        return Reading.objects.in_reach(self.reach)

    def criteria_sets(self) -> QuerySet[CriteriaSet]:
        return CriteriaSet.objects.in_reach(self.reach)

    def assessments(self) -> QuerySet[Assessment]:
        return Assessment.objects.in_reach(self.reach)


# How many there are of each kind that a reach names: none, one or many.
ShapeOfReach = tuple[bool, tuple[int, ...]]
REACHED = ("agencies", "committees", "drafts_of")


def shape_of_reach(sight: Reach) -> ShapeOfReach:
    """What of a reach decides how a question reads."""
    return sight.everything, tuple(min(2, len(getattr(sight, name))) for name in REACHED)


class AnyEye(Eye):
    """An eye in a question that is put together: what it reaches, and on which day, is given when it is asked."""

    def __init__(self, shape: ShapeOfReach) -> None:
        everything, many = shape
        ids = {name: Given(name, many=n > 1) if n else frozenset() for name, n in zip(REACHED, many, strict=True)}
        super().__init__(Reach(everything, **ids), Given("today"))

    def soon_until(self, day: date) -> date:
        return Given("soon")  # type: ignore[return-value]  # stands for it


class Caller(Eye):
    """Whoever calls, on the day of the call."""

    def __init__(self, request: Request) -> None:
        today = clock.today()
        super().__init__(_reach(request, today), today)


def _reach(request: Request, today: date) -> Reach:
    if isinstance(request.auth, ApiKey):
        return reach_of_key(request.auth)
    return reach(request.user, today) if isinstance(request.user, User) else NOTHING
