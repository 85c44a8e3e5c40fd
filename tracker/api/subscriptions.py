"""Subscriptions of the caller's body: made, changed, paused, given a new secret; and the log of their calls."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.agencies import under
from accounts.models import Agency, ApiKey, Committee, User
from accounts.roles import NotAllowed, Scope, Verb, require
from directives.actions import replaying, subscriptions
from directives.models import Call, CallState, Subscription
from tracker import clock
from tracker.api import asked_for
from tracker.api.answers import ShownOnce, answer, answer_one, as_json, local
from tracker.api.filters import refused_parameters
from tracker.api.paging import Order, limit_of, next_address, position_of, read_page
from tracker.api.verbs import Posted, Sent, VerbView
from tracker.api.views import READING
from tracker.api.writing import person

NEWEST = Order("id", descending=True)
VERBS: dict[str, Posted] = {
    "change": Posted(asked_for.ChangeSubscription, subscriptions.change),
    "pause": Posted(asked_for.Nothing, subscriptions.pause),
    "resume": Posted(asked_for.Nothing, subscriptions.resume),
    "challenge": Posted(asked_for.Nothing, subscriptions.challenge_again),
    "end": Posted(asked_for.Nothing, subscriptions.end),
}
COLUMNS = ("id", "uuid", "at", "created_at", "kind", "about", "verb", "sequence", "state", "attempts", "due_at")
COLUMNS += ("taken_at", "status", "trouble")


def subscriptions_of(request: Request) -> QuerySet[Subscription]:
    """Those of whom the caller acts for, with how many calls wait. Raises NotAllowed."""
    rows = Subscription.objects.kept().select_related("agency", "committee")
    rows = rows.annotate(waiting=Count("calls", filter=Q(calls__state=CallState.WAITING)))
    key = request.auth
    if not isinstance(key, ApiKey):
        require(person(request), Verb.SUBSCRIBE, on=clock.today())
        return rows
    if Scope.SUBSCRIBE not in key.scopes:
        raise NotAllowed(gettext("This key lacks the scope '%(scope)s'.") % {"scope": Scope.SUBSCRIBE})
    return rows.filter(agency__in=under(key.agency)) if key.agency else rows.filter(committee=key.committee_id)


def said(row: Subscription) -> dict[str, Any]:
    """What is said of one; its secrets never."""
    body = row.body
    return {
        "id": row.uuid,
        "name": row.name,
        "agency": {"code": body.code, "name": body.name} if row.agency_id else None,
        "committee": {"code": body.code, "name": body.name} if row.committee_id else None,
        "endpoint": row.endpoint,
        "events": row.events,
        "language": row.language,
        "state": row.state,
        "stopped_because": row.stopped_because or None,
        "waiting": row.waiting,
        "failures": row.failures,
        "rests_until": local(row.rests_until),
        "taken_at": local(row.taken_at),
        "failed_at": local(row.failed_at),
        "former_secret_until": local(row.former_until),
        "made_at": local(row.at),
        "version": row.version,
    }


def call_said(row: dict[str, Any]) -> dict[str, Any]:
    """What the log says of one call."""
    return {
        "id": row["uuid"],
        "message": f"msg_{row['uuid'].hex}",
        "changed_at": local(row["at"]),
        "sequence": row["sequence"],
        "type": row["kind"],
        "about": row["about"],
        "verb": row["verb"] or None,
        "state": row["state"],
        "attempts": row["attempts"],
        "due_at": local(row["due_at"]) if row["state"] == CallState.WAITING else None,
        "taken_at": local(row["taken_at"]),
        "status": row["status"],
        "trouble": row["trouble"] or None,
    }


def found_in(rows: QuerySet, uuid: UUID) -> Any:
    """The row. Raises NotFound: what is not the caller's is not there."""
    row = rows.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Pass where each parameter is known. Raises ValidationError."""
    if wrong := refused_parameters(request.query_params, known):
        raise ValidationError(wrong)


class SubscriptionList(VerbView):
    """GET those of the caller's body, the newest first; POST to make one, whose secret the answer shows only now."""

    http_method_names: ClassVar = ["get", "head", "post"]
    verb = Posted(asked_for.Subscribe, subscriptions.subscribe, is_seen=False)

    def get(self, request: Request) -> HttpResponse:
        refuse_unknown(request, set())
        found = list(subscriptions_of(request).order_by("-pk"))  # fifty at most of one body
        return answer({"results": [said(row) for row in found], "next": None})

    def do(self, request: Request, sent: Sent, by: User, **_which: Any) -> HttpResponse:
        subscriptions_of(request)
        asked = self.read(request, sent)
        row, plain = subscriptions.subscribe(_body(request, asked), by=by, at=clock.now(), **asked)
        made = answer_one(request, as_json(said(subscriptions_of(request).get(pk=row.pk))), version=row.version)
        made.status_code = 201
        return ShownOnce(made, {(): plain})


def _body(request: Request, asked: dict[str, Any]) -> Agency | Committee:
    """For whom it is: whom the body of the request names, else whom the key acts for. Raises ValidationError."""
    agency, committee = asked.pop("agency", None), asked.pop("committee", None)
    if agency and committee:
        raise ValidationError({"agency": [gettext("Name one agency or one committee.")]})
    key = request.auth
    own = (key.agency or key.committee) if isinstance(key, ApiKey) else None
    if not (body := agency or committee or own):
        raise ValidationError({"agency": [gettext("Name one agency or one committee.")]})
    return body


class SubscriptionOne(APIView):
    """GET one."""

    http_method_names = READING

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        refuse_unknown(request, set())
        return answer_one(request, as_json(said(row := found_in(subscriptions_of(request), uuid))), version=row.version)


class SubscriptionVerb(VerbView):
    """POST one verb to one subscription; the answer is how it stands then."""

    def row(self, _caller: Any, uuid: UUID) -> Any:
        return found_in(subscriptions_of(self.request), uuid)

    def answer(self, request: Request, row: Any, done: Any) -> HttpResponse:
        """How it stands now, also where it has just ended."""
        stands = Subscription.objects.select_related("agency", "committee").get(pk=row.pk)
        waits = Call.objects.filter(subscription=row, state=CallState.WAITING).count()
        vars(stands)["waiting"] = waits
        return answer_one(request, as_json(said(stands)), version=stands.version)


class RotateSecret(SubscriptionVerb):
    """POST for a new secret, which the answer shows only now."""

    verb = Posted(asked_for.RotateSecret, subscriptions.rotate_secret)

    def answer(self, request: Request, row: Any, done: Any) -> HttpResponse:
        return ShownOnce(super().answer(request, row, done), {(): done[1]})


class Replay(SubscriptionVerb):
    """POST to be called once more with all that has changed since a moment."""

    verb = Posted(asked_for.Replay, replaying.replay, is_seen=False)


class CallList(APIView):
    """GET the log of a subscription, the newest call first."""

    http_method_names = READING

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        refuse_unknown(request, {"limit", "cursor", "state"})
        rows = Call.objects.filter(subscription=found_in(subscriptions_of(request), uuid))
        if (state := request.query_params.get("state")) is not None:
            if state not in CallState.values:
                raise ValidationError({"state": [gettext("There is no such state.")]})
            rows = rows.filter(state=state)
        page = read_page(rows.values(*COLUMNS), NEWEST, after=position_of(request, NEWEST), limit=limit_of(request))
        return answer(
            {"results": [call_said(row) for row in page.rows], "next": next_address(request, NEWEST, page.end)}
        )


class CallOne(APIView):
    """GET one call with its attempts: what was sent, and what was answered."""

    http_method_names = READING

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        refuse_unknown(request, set())
        return answer(call_in_full(found_in(calls_of(request), uuid)))


def calls_of(request: Request) -> QuerySet[Call]:
    """The calls of the caller's subscriptions."""
    return Call.objects.filter(subscription__in=subscriptions_of(request).order_by().values("pk"))


def call_in_full(call: Call) -> dict[str, Any]:
    """One call with its attempts."""
    tries = [
        {
            "at": local(one.at),
            "endpoint": one.endpoint,
            "took_ms": one.took,
            "status": one.status,
            "trouble": one.trouble or None,
            "sent": one.sent,
            "answer": one.answer,
        }
        for one in call.tries.order_by("pk")
    ]
    return {**call_said({name: getattr(call, name) for name in COLUMNS}), "tries": tries}


class SendAgain(VerbView):
    """POST to be called once more with this one."""

    verb = Posted(asked_for.Nothing, replaying.send_again, is_seen=False)

    def row(self, _caller: Any, uuid: UUID) -> Any:
        return found_in(calls_of(self.request), uuid)

    def answer(self, request: Request, row: Call, done: Any) -> HttpResponse:
        row.refresh_from_db()
        return answer(call_in_full(row))
