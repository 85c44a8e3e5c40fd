"""Who calls: a system with a key, or somebody who is logged in; and how far the caller's eye reaches."""

import re
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.people import NOTHING, Reach, reach, reach_of_key
from accounts.roles import NotAllowed
from directives.models import Assignment, Directive, Notice, soon_until
from directives.models.directives import AssignmentQuerySet, DirectiveQuerySet
from directives.models.notices import NoticeQuerySet
from tracker import clock

READ = "read"
PLAIN_KEY = re.compile(r"dd_[A-Za-z0-9_-]{20,80}")


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer KEY` (RFC 6750). Nobody is logged in by it: `request.auth` is the key."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        scheme, _gap, plain = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = clock.now()
        key = ApiKey.objects.authenticate(plain, now) if PLAIN_KEY.fullmatch(plain) else None
        if key is None:
            raise AuthenticationFailed(_("This key is unknown, has expired or was revoked."))
        ApiKey.objects.note_use(key, now)
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for; where a key was given, that it is no good (RFC 6750, section 3)."""
        given = "Authorization" in request.headers
        return 'Bearer realm="dondoc", error="invalid_token"' if given else 'Bearer realm="dondoc"'


class MayRead(BasePermission):
    """Whoever is logged in, and keys with the scope `read`."""

    def has_permission(self, request: Request, view: object) -> bool:
        key = request.auth
        if isinstance(key, ApiKey) and READ not in key.scopes:
            raise NotAllowed(_("This key lacks the scope '%(scope)s'.") % {"scope": READ})
        return isinstance(key, ApiKey) or request.user.is_authenticated


class Caller:
    """Whoever calls, on the day of the call: what exists for them."""

    def __init__(self, request: Request) -> None:
        self.today = clock.today()
        self.reach = _reach(request, self.today)

    def notices(self) -> NoticeQuerySet:
        return Notice.objects.kept().in_reach(self.reach)

    def directives(self) -> DirectiveQuerySet:
        return Directive.objects.in_reach(self.reach)

    def assignments(self) -> AssignmentQuerySet:
        return Assignment.objects.in_reach(self.reach)

    def assignments_with_standing(self) -> AssignmentQuerySet:
        """With `standing` as of today; costs two queries for what counts as soon."""
        return self.assignments().with_standing(self.today, soon_until(self.today))


def _reach(request: Request, today: date) -> Reach:
    if isinstance(request.auth, ApiKey):
        return reach_of_key(request.auth)
    return reach(request.user, today) if isinstance(request.user, User) else NOTHING
