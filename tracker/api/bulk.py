"""Many verbs in one request: all of them or none, or each for itself; every one with its own answer."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request

from accounts.models import User
from accounts.refusals import Refusal
from directives.actions.attaching import atomic_with_files
from directives.actions.moving import lock_all
from tracker.api.answers import Place, ShownOnce, answer
from tracker.api.asked_for import Asked, Words, YesOrNo, words
from tracker.api.callers import Caller
from tracker.api.limits import count_more
from tracker.api.problems import NOT_ALONE, NoneDone, Problem, problem_of
from tracker.api.verbs import Posted, Sent, VerbView

MOST = 100
ROOT = "/api/v1/"
REFUSED = 400


class OneOfMany(Asked):
    """One call: where it would be sent alone, the version that it saw, and its body."""

    to = Words(max_length=500)
    if_match = words(needed=False)
    body = serializers.DictField(required=False)


class Many(Asked):
    """Calls in the order in which they are made."""

    all_or_none = YesOrNo(required=False, default=True)
    requests = serializers.ListField(child=OneOfMany(), min_length=1, max_length=MOST)


class BulkView(VerbView):
    """POST many verbs; each is answered as if it came alone."""

    verb = Posted(Many, lambda: None, is_seen=False)

    def do(self, request: Request, sent: Sent, by: User, **which: Any) -> HttpResponse:
        asked = self.read(request, sent)
        calls = asked["requests"]
        count_more(request, len(calls) - 1)
        work = {which["uuid"] for _view, which in filter(None, map(_verb_or_none, calls)) if "uuid" in which}
        lock_all(Caller(request).assignments().filter(uuid__in=work))
        secrets: dict[Place, str] = {}
        answers = []
        for call in calls:
            told, shown = _answer(request, call, by)
            secrets |= {("results", len(answers), "body", *place): secret for place, secret in shown.items()}
            answers.append(told)
        if asked["all_or_none"] and any(one["status"] >= REFUSED for one in answers):
            raise NoneDone([one if one["status"] >= REFUSED else undone() for one in answers])
        made = answer({"results": answers})
        return ShownOnce(made, secrets) if secrets else made


def undone() -> dict[str, Any]:
    """What is said of a call that was refused only with another one."""
    return _told(Problem(NOT_ALONE, str(NOT_ALONE.detail)).response())


def _answer(request: Request, call: Mapping[str, Any], by: User) -> tuple[dict[str, Any], Mapping[Place, str]]:
    """What the call would be answered alone, and what of it is shown once; refused, it leaves nothing of itself."""
    try:
        with atomic_with_files():
            view, which = _verb_at(call["to"])
            view.request = request
            sent = Sent(call.get("body", {}), call.get("if_match", ""))
            made = view.do(request, sent, by, **which)
            return _told(made), made.secrets if isinstance(made, ShownOnce) else {}
    except (Refusal, APIException, Http404) as error:
        return _told(problem_of(error).response()), {}


def _verb_at(address: str) -> tuple[VerbView, dict[str, Any]]:
    """The view behind an address below the root, and what the address names. Raises NotFound."""
    try:
        found = resolve(ROOT + address)
    except Resolver404 as nowhere:
        raise NotFound from nowhere
    view = getattr(found.func, "view_class", None)
    if view is None or not issubclass(view, VerbView) or issubclass(view, BulkView):
        raise NotFound
    return view(**found.func.view_initkwargs), found.kwargs


def _verb_or_none(call: Mapping[str, Any]) -> tuple[VerbView, dict[str, Any]] | None:
    try:
        return _verb_at(call["to"])
    except NotFound:
        return None


def _told(response: HttpResponse) -> dict[str, Any]:
    """A whole answer as one of many."""
    told: dict[str, Any] = {"status": response.status_code}
    told |= {name.lower(): response[name] for name in ("ETag", "Location") if name in response}
    return {**told, "body": json.loads(response.content) if response.content else None}
