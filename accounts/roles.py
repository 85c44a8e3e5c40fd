"""What each role may do: a table of role x verb, and the one function that answers from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.agencies import under
from accounts.models import Agency, ApiKey, Committee, Office, Role, User
from accounts.refusals import Refusal


class Verb(StrEnum):
    """Everything somebody can do; the value is what history shows."""

    DRAFT = "draft"
    ISSUE = "issue"
    ASSIGN = "assign"
    VERIFY = "verify"
    RETURN = "return"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    REASSIGN = "reassign"
    SET_DEADLINE = "set_deadline"
    DECIDE_EXTENSION = "decide_extension"
    HOLD_MESSAGE = "hold_message"
    SEND_AGAIN = "send_again"
    MEASURE = "measure"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    REPORT = "report"
    HAND_IN = "hand_in"
    DECLINE = "decline"
    REQUEST_EXTENSION = "request_extension"
    ASK = "ask"
    ANSWER = "answer"
    SNOOZE = "snooze"
    HAND_DOWN = "hand_down"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_LADDER = "manage_ladder"
    MANAGE_KEYS = "manage_keys"
    READ_HISTORY = "read_history"
    SCHEDULE = "schedule"
    SUBSCRIBE = "subscribe"


AGENCY_VERBS = frozenset(
    {
        Verb.ACKNOWLEDGE,
        Verb.START,
        Verb.REPORT,
        Verb.HAND_IN,
        Verb.DECLINE,
        Verb.REQUEST_EXTENSION,
        Verb.ASK,
        Verb.SNOOZE,
        # And with it whatever becomes of what was handed down: to verify, to return, to give more time, to take back.
        Verb.HAND_DOWN,
    }
)
COMMITTEE_VERBS = frozenset(
    {
        Verb.DRAFT,
        Verb.ISSUE,
        Verb.ASSIGN,
        Verb.VERIFY,
        Verb.RETURN,
        Verb.SUSPEND,
        Verb.RESUME,
        Verb.WITHDRAW,
        Verb.REASSIGN,
        Verb.SET_DEADLINE,
        Verb.DECIDE_EXTENSION,
        Verb.HOLD_MESSAGE,
        Verb.SEND_AGAIN,
        Verb.MEASURE,
        Verb.ANSWER,
    }
)

ROLE_VERBS: dict[Role, frozenset[Verb]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Verb.MANAGE_PEOPLE,
            Verb.MANAGE_CALENDAR,
            Verb.MANAGE_LADDER,
            Verb.MANAGE_KEYS,
            Verb.SUBSCRIBE,
            Verb.READ_HISTORY,
            Verb.SEND_AGAIN,
        }
    ),
    Role.AUDITOR: frozenset({Verb.READ_HISTORY}),
    Role.SECRETARIAT: COMMITTEE_VERBS | {Verb.READ_HISTORY, Verb.SCHEDULE},
    Role.CHAIR: frozenset({Verb.DECIDE_EXTENSION}),
    Role.STANDING_DEPUTY: frozenset({Verb.DECIDE_EXTENSION}),
    Role.MEMBER: frozenset(),
    Role.HEAD: AGENCY_VERBS | {Verb.SCHEDULE},
    Role.OFFICER: AGENCY_VERBS,
}


class Scope(StrEnum):
    """What a key lets a system do, for its agency and all below it, or for its committee."""

    READ = "read"
    REPORT = "report"
    ASK = "ask"
    HAND_DOWN = "hand_down"
    VERIFY = "verify"
    DECIDE = "decide"
    ASSIGN = "assign"
    DRAFT = "draft"
    MEASURE = "measure"
    SUBSCRIBE = "subscribe"


SCOPE_VERBS: dict[Scope, frozenset[Verb]] = {
    Scope.READ: frozenset(),
    Scope.REPORT: frozenset({Verb.ACKNOWLEDGE, Verb.START, Verb.REPORT, Verb.HAND_IN}),
    Scope.ASK: frozenset({Verb.DECLINE, Verb.REQUEST_EXTENSION, Verb.ASK}),
    Scope.HAND_DOWN: frozenset({Verb.HAND_DOWN}),
    Scope.VERIFY: frozenset({Verb.VERIFY, Verb.RETURN}),
    Scope.DECIDE: frozenset({Verb.DECIDE_EXTENSION, Verb.ANSWER}),
    Scope.ASSIGN: frozenset({Verb.ASSIGN, Verb.SUSPEND, Verb.RESUME, Verb.WITHDRAW, Verb.REASSIGN, Verb.SET_DEADLINE}),
    Scope.DRAFT: frozenset({Verb.DRAFT, Verb.ISSUE}),
    Scope.MEASURE: frozenset({Verb.MEASURE}),
    Scope.SUBSCRIBE: frozenset({Verb.SUBSCRIBE}),
}


@dataclass(frozen=True)
class Answer:
    """Whether, and if not, the sentence that says why."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


class NotAllowed(Refusal):
    """Somebody asked for what their offices do not let them do (403)."""


YES = Answer(True)
NOT_HERE = _("Your offices do not let you do this here.")
NOT_FOR_THEM = _("This key does not act for them.")


def may(user: User, verb: Verb, body: Agency | Committee | None = None, *, on: date) -> Answer:
    """Whether `user` may do `verb` for `body` (an agency, a committee, or None for the whole system).

    Only offices held, or filled as substitute, on the local date `on` count.
    """
    return may_each(user, (verb,), body, on=on)[verb]


def may_each(
    user: User, verbs: Iterable[Verb], body: Agency | Committee | None = None, *, on: date
) -> dict[Verb, Answer]:
    """The same for each of several verbs; one query."""
    if not user.is_active:
        return dict.fromkeys(verbs, Answer(False, _("Your account is closed.")))
    if user.is_system:
        return _of_key(user, verbs, body)
    here = [office for office in Office.objects.of(user, on) if _sits_at(office, body)]
    allowed = frozenset[Verb]().union(*(ROLE_VERBS[Role(office.role)] for office in here))
    return {verb: YES if verb in allowed else Answer(False, _refusal(verb, body)) for verb in verbs}


def _of_key(user: User, verbs: Iterable[Verb], body: Agency | Committee | None) -> dict[Verb, Answer]:
    key = ApiKey.objects.of_account(user)
    if not _acts_for(key, body):
        return dict.fromkeys(verbs, Answer(False, NOT_FOR_THEM))
    allowed = frozenset[Verb]().union(*(SCOPE_VERBS[Scope(scope)] for scope in key.scopes))
    return {verb: YES if verb in allowed else Answer(False, _lacks(verb)) for verb in verbs}


def _acts_for(key: ApiKey, body: Agency | Committee | None) -> bool:
    if isinstance(body, Agency):
        return key.agency is not None and under(key.agency).filter(pk=body.pk).exists()
    return isinstance(body, Committee) and key.committee_id == body.pk


def _lacks(verb: Verb) -> str | Promise:
    scope = next((scope for scope, verbs in SCOPE_VERBS.items() if verb in verbs), None)
    return _("This key lacks the scope '%(scope)s'.") % {"scope": scope} if scope else NOT_HERE


def verbs_of(user: User, *, on: date) -> frozenset[Verb]:
    """What the offices of `user` on the local date `on` let them do at least somewhere; for menus, not for verbs."""
    if not user.is_active:
        return frozenset()
    return frozenset[Verb]().union(*(ROLE_VERBS[Role(office.role)] for office in Office.objects.of(user, on)))


def require(user: User, verb: Verb, body: Agency | Committee | None = None, *, on: date) -> None:
    """Pass when `user` may do `verb` for `body` on the local date `on`; otherwise raise NotAllowed."""
    answer = may(user, verb, body, on=on)
    if not answer:
        raise NotAllowed(str(answer.reason))


def _sits_at(office: Office, body: Agency | Committee | None) -> bool:
    if office.role in (Role.ADMINISTRATOR, Role.AUDITOR):
        return True
    if isinstance(body, Agency):
        return office.agency_id == body.pk
    if isinstance(body, Committee):
        return office.committee_id == body.pk
    return False


def _refusal(verb: Verb, body: Agency | Committee | None) -> str | Promise:
    if verb in AGENCY_VERBS and body is not None:
        return _("Only the officers and the head of %(body)s can do this.") % {"body": body.name}
    if verb == Verb.DECIDE_EXTENSION and body is not None:
        return _("Only the secretariat, the chair or the standing deputy of %(body)s can do this.") % {
            "body": body.name
        }
    if verb in COMMITTEE_VERBS and body is not None:
        return _("Only the secretariat of %(body)s can do this.") % {"body": body.name}
    return NOT_HERE
