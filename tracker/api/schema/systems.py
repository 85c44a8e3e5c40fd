"""What is told of subscriptions and of the log of their calls, and what can be done with them."""

from collections.abc import Callable
from typing import Any

from accounts.roles import Scope
from directives.models import CallState, Stop, SubscriptionState, Trouble
from tracker.api.schema import told
from tracker.api.schema.parameters import PAGES, PATH_ID, header, parameter
from tracker.api.schema.posted import DONE, operation
from tracker.api.schema.shapes import ID, MOMENT, TEXT, WHOLE, Schema, many, or_nothing, ref, said, thing, word
from tracker.api.subscriptions import (
    CallList,
    CallOne,
    Replay,
    RotateSecret,
    SendAgain,
    SubscriptionList,
    SubscriptionOne,
    SubscriptionVerb,
)
from tracker.api.verbs import Posted

DOES = {
    "challenge-subscription": "Ask the endpoint once more whether it wants to hear",
    "change-subscription": "Change name, endpoint, changes or language",
    "end-subscription": "Be called never again",
    "pause-subscription": "Be called no more for now",
    "resume-subscription": "Be called again, with all that was missed",
}
CALL = {
    "id": ID,
    "message": said(TEXT, "The `webhook-id`."),
    "changed_at": MOMENT,
    "sequence": said(or_nothing(WHOLE), "The number of the change; null of a challenge."),
    "type": TEXT,
    "about": said(ID, "The id of the row."),
    "verb": or_nothing(TEXT),
    "state": word(*CallState.values),
    "attempts": WHOLE,
    "due_at": or_nothing(MOMENT),
    "taken_at": or_nothing(MOMENT),
    "status": or_nothing(WHOLE),
    "trouble": or_nothing(word(*Trouble.values)),
}
SYSTEMS: dict[str, Schema] = {
    "Subscription": thing(
        "What another system hears of, and how it stands.",
        may_lack=["secret"],
        id=ID,
        name=TEXT,
        agency=or_nothing(ref("Body")),
        committee=or_nothing(ref("Body")),
        endpoint=TEXT,
        events=said(many(TEXT), "Names of changes; none for all."),
        language=word("vi", "en"),
        state=word(*SubscriptionState.values),
        stopped_because=or_nothing(word(*Stop.values)),
        waiting=said(WHOLE, "How many calls wait."),
        failures=said(WHOLE, "In a row."),
        rests_until=said(or_nothing(MOMENT), "Not called before."),
        taken_at=or_nothing(MOMENT),
        failed_at=or_nothing(MOMENT),
        former_secret_until=or_nothing(MOMENT),
        made_at=MOMENT,
        version=WHOLE,
        secret=said(TEXT, "Only where it was just made."),
    ),
    "Call": thing("One change for one subscription.", **CALL),
    "Attempt": thing(
        "Each time that it was sent.",
        at=MOMENT,
        endpoint=TEXT,
        took_ms=WHOLE,
        status=or_nothing(WHOLE),
        trouble=or_nothing(word(*Trouble.values)),
        sent=TEXT,
        answer=TEXT,
    ),
    "CallInFull": thing("A call with its attempts.", **CALL, tries=many(ref("Attempt"))),
    "SubscriptionPage": thing(
        "All of them.", results=many(ref("Subscription")), next=said({"type": "null"}, "There is no further page.")
    ),
    "CallPage": thing(
        "A page; `next` is the address of the one after it, null on the last.",
        results=many(ref("Call")),
        next=or_nothing({"type": "string", "format": "uri"}),
    ),
}
ONE = ref("Subscription")


def _read(name: str, summary: str, asked: list[Schema], good: dict[str, Schema], *refused: int) -> Schema:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*asked, header("Language")],
        "responses": {**good, **told.refusals(*refused)},
        "security": [{"key": [str(Scope.SUBSCRIBE)]}],
    }


def subscriptions(name: str, **_how: Any) -> dict[str, Schema]:
    """All of them, and a new one."""
    new = operation("subscribe", "Be called when something changes", SubscriptionList.verb, Scope.SUBSCRIBE, ONE, [])
    new["responses"]["201"] = new["responses"].pop("200")
    good = {"200": told.answer("All of them.", ref("SubscriptionPage"))}
    return {"get": _read("list_subscriptions", "All subscriptions of your body", [], good), "post": new}


def subscription(name: str, **_how: Any) -> dict[str, Schema]:
    """One."""
    unchanged = {"description": "Your copy is still right.", "headers": told.headers("ETag")}
    good = {"200": told.answer(DONE, ONE, "ETag"), "304": unchanged}
    return {"get": _read("read_subscription", "One subscription", [PATH_ID, header("IfNoneMatch")], good, 404)}


def verb_of(name: str, *, verb: Posted, **_how: Any) -> dict[str, Schema]:
    """What is done with one."""
    return {"post": operation(name, DOES[name], verb, Scope.SUBSCRIBE, ONE, [PATH_ID])}


def posted_to(view: type[Any], summary: str, shape: Schema) -> Callable[..., dict[str, Schema]]:
    """A verb with a view of its own."""

    def told_of(name: str, **_how: Any) -> dict[str, Schema]:
        found = operation(name, summary, view.verb, Scope.SUBSCRIBE, shape, [PATH_ID])
        if view is SendAgain:
            found["responses"]["200"] = told.answer(DONE, shape, "Idempotency-Replayed")
        return {"post": found}

    return told_of


def calls(name: str, **_how: Any) -> dict[str, Schema]:
    """The log."""
    state = parameter("state", word(*CallState.values), "How they stand.")
    pages = [parameter(word_, shape) for word_, shape in PAGES.items()]
    good = {"200": told.answer("A page.", ref("CallPage"))}
    return {"get": _read("list_calls", "The calls of a subscription", [PATH_ID, state, *pages], good, 404)}


def call(name: str, **_how: Any) -> dict[str, Schema]:
    """One call."""
    good = {"200": told.answer("As it stands now.", ref("CallInFull"))}
    return {"get": _read("read_call", "One call with its attempts", [PATH_ID], good, 404)}


KINDS: dict[type, Callable[..., dict[str, Schema]]] = {
    SubscriptionList: subscriptions,
    SubscriptionOne: subscription,
    RotateSecret: posted_to(RotateSecret, "Get a new secret", ONE),
    Replay: posted_to(Replay, "Be called again with all since a moment", ONE),
    SubscriptionVerb: verb_of,
    CallList: calls,
    CallOne: call,
    SendAgain: posted_to(SendAgain, "Be called again with this one", ref("CallInFull")),
}
