"""What can be done at an address: an operation for each kind of view, from what the view declares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.roles import SCOPE_VERBS, Scope, Verb
from tracker.api.assessments import Assessments, CriteriaSets
from tracker.api.assignments import Assignments
from tracker.api.changes import Changes
from tracker.api.directives import Directives
from tracker.api.directory import Agencies, Committees
from tracker.api.drafts import NoticesView
from tracker.api.events import Events
from tracker.api.extensions import Extensions
from tracker.api.figures import Indicators, Readings
from tracker.api.notices import Notices
from tracker.api.paragraphs import Paragraphs
from tracker.api.questions import Questions
from tracker.api.reports import Reports
from tracker.api.resource import Resource
from tracker.api.schema import posted, systems, told
from tracker.api.schema.asked import body_of
from tracker.api.schema.parameters import COPYING, PAGES, PATH_ID, asked_in, chosen, header, ordering, parameter
from tracker.api.schema.rows import ROWS
from tracker.api.schema.rows_of_figures import FIGURES
from tracker.api.schema.shapes import NotDescribed, Schema, ref
from tracker.api.snapshot import LINES, Snapshot
from tracker.api.statistics import PARAMETERS, Statistics
from tracker.api.verbs import DECISIONS, VerbView
from tracker.api.views import ListView, OneView


@dataclass(frozen=True)
class Described:
    """A resource in words, and the components that describe its line in a list and its answer for one."""

    line: str
    in_full: str
    many: str
    one: str


RESOURCES: dict[type[Resource], Described] = {
    Agencies: Described("Agency", "Agency", "agencies", "agency"),
    Assessments: Described("Assessment", "AssessmentInFull", "assessments", "assessment"),
    Assignments: Described("Assignment", "AssignmentInFull", "assignments", "assignment"),
    Committees: Described("Committee", "Committee", "committees", "committee"),
    CriteriaSets: Described("CriteriaSet", "CriteriaSetInFull", "criteria_sets", "criteria_set"),
    Directives: Described("Directive", "DirectiveInFull", "directives", "directive"),
    Events: Described("Event", "Event", "events", "event"),
    Extensions: Described("Extension", "Extension", "extensions", "extension"),
    Indicators: Described("Indicator", "Indicator", "indicators", "indicator"),
    Notices: Described("Notice", "NoticeInFull", "notices", "notice"),
    Paragraphs: Described("Paragraph", "Paragraph", "paragraphs", "paragraph"),
    Questions: Described("Question", "Question", "questions", "question"),
    Readings: Described("Reading", "Reading", "readings", "reading"),
    Reports: Described("Report", "Report", "reports", "report"),
}
SCHEMAS = {**ROWS, **FIGURES}
# What each verb does, in a sentence.
DOES = {
    "acknowledge": "Confirm that the agency has received it",
    "ask": "Ask a question about it",
    "decline": "Decline it: it was given to the wrong agency",
    "grant-extension": "Grant more time, as asked or until another day",
    "hand-down": "Give a part of it to units below",
    "hand-in": "Hand it in: the work is done",
    "nudge": "Ask the units below for what they still owe",
    "reassign": "Give it to another agency",
    "refuse-extension": "Refuse more time",
    "report": "Report progress",
    "request-extension": "Ask for more time",
    "resume": "Let it go on",
    "return": "Return what was handed in",
    "set-deadline": "Set another deadline",
    "start": "Note that work has begun",
    "suspend": "Suspend it",
    "verify": "Verify what was handed in: it is done",
    "withdraw": "Withdraw it",
}
DECIDING = {f"{word}-extension": Verb.DECIDE_EXTENSION for word in DECISIONS}


def list_of(name: str, *, resource: type[Resource], **_how: Any) -> dict[str, Schema]:
    """A page of a resource."""
    about = described(resource)
    filters = asked_in(about.many, resource.FILTERS.base_filters)
    pages = [parameter(word, shape) for word, shape in PAGES.items()]
    choice = [ordering(resource.ORDERS), chosen(resource.FIELDS)]
    return {
        "get": {
            "operationId": f"list_{about.many}",
            "summary": f"A page of {about.many}",
            "parameters": [*filters, *choice, *pages, header("Language")],
            "responses": {"200": told.answer("A page.", ref(f"{about.line}Page")), **told.refusals()},
            **needs(Scope.READ),
        }
    }


def one_of(name: str, *, resource: type[Resource], **_how: Any) -> dict[str, Schema]:
    """One of a resource."""
    about = described(resource)
    return {
        "get": {
            "operationId": f"read_{about.one}",
            "summary": f"One {about.one}",
            "parameters": [
                PATH_ID,
                chosen((*resource.FIELDS, *resource.MORE)),
                header("IfNoneMatch"),
                header("Language"),
            ],
            "responses": {
                "200": told.answer("As it stands now.", ref(about.in_full), "ETag"),
                "304": {"description": "Your copy is still right.", "headers": told.headers("ETag")},
                **told.refusals(404),
            },
            **needs(Scope.READ),
        }
    }


def verb_of(name: str, *, verb: Any, **_how: Any) -> dict[str, Schema]:
    """A verb that is posted; the answer is the assignment as it stands then."""
    if name not in DOES:
        raise NotDescribed(f"Say in DOES (tracker/api/schema/operations.py) what the verb {name} does.")
    seen = [header("IfMatch")] if verb.is_seen else []
    done = told.answer(
        "Done: the assignment as it stands now.", ref("AssignmentInFull"), "ETag", "Idempotency-Replayed"
    )
    return {
        "post": {
            "operationId": operation_id(name),
            "summary": DOES[name],
            "parameters": [PATH_ID, *seen, header("IdempotencyKey"), header("Language")],
            "requestBody": body_of(verb.asked),
            "responses": {"200": done, **told.refusals(404, 409, 412, 413, 415, 422, *([428] if verb.is_seen else []))},
            **needs(scope_of(name)),
        }
    }


def statistics(name: str, **_how: Any) -> dict[str, Schema]:
    """The official cells."""
    return {
        "get": {
            "operationId": "read_statistics",
            "summary": "The official cells as of a day",
            "parameters": [*asked_in(name, PARAMETERS), header("Language")],
            "responses": {"200": told.answer("The cells.", ref("Statistics")), **told.refusals()},
            **needs(Scope.READ),
        }
    }


def snapshot(name: str, **_how: Any) -> dict[str, Schema]:
    """The beginning of a copy."""
    return {
        "get": {
            "operationId": "read_snapshot",
            "summary": "All that you may see, as of one moment: a line for each row",
            "parameters": [header("Language")],
            "responses": {
                "200": told.answer("A `SnapshotLine` on each line.", {"type": "string"}, media=LINES),
                **told.refusals(),
            },
            **needs(Scope.READ),
        }
    }


def _copying() -> list[Schema]:
    needed = {"epoch", "after"}
    return [{**parameter(word, shape), "required": word in needed} for word, shape in COPYING.items()]


def changes(name: str, **_how: Any) -> dict[str, Schema]:
    """How a copy goes on."""
    return {
        "get": {
            "operationId": "read_changes",
            "summary": "What has changed since, complete and in order",
            "parameters": [*_copying(), header("Language")],
            "responses": {"200": told.answer("A page.", ref("Changes"), "Retry-After"), **told.refusals(410)},
            **needs(Scope.READ),
        }
    }


def notices(name: str, **how: Any) -> dict[str, Schema]:
    """The list of notices, to which a new one is posted."""
    return posted.notices(name, listed=list_of(name, **how))


KINDS: dict[type, Callable[..., dict[str, Schema]]] = {
    **posted.KINDS,
    **systems.KINDS,
    NoticesView: notices,
    ListView: list_of,
    OneView: one_of,
    VerbView: verb_of,
    Statistics: statistics,
    Snapshot: snapshot,
    Changes: changes,
}


def operations(name: str, view: Any) -> dict[str, Schema]:
    """What can be done at the address of this name, by method. Raises NotDescribed."""
    for family in view.cls.__mro__:
        if family in KINDS:
            return KINDS[family](name, **view.initkwargs)
    raise NotDescribed(
        f"Say in KINDS (tracker/api/schema/operations.py) what can be done at {name}, by {view.cls.__name__}."
    )


def described(resource: type[Resource]) -> Described:
    """The resource in words. Raises NotDescribed."""
    if resource not in RESOURCES:
        raise NotDescribed(
            f"Describe the rows of {resource.__name__} in tracker/api/schema/rows.py, and name them in RESOURCES of"
            " tracker/api/schema/operations.py."
        )
    about = RESOURCES[resource]
    for name, fields in ((about.line, resource.FIELDS), (about.in_full, (*resource.FIELDS, *resource.MORE))):
        if strange := set(fields) ^ set(SCHEMAS[name]["properties"]):
            raise NotDescribed(f"Describe {', '.join(sorted(strange))} of {name} in tracker/api/schema/rows.py.")
    return about


def scope_of(name: str) -> Scope:
    """What a key needs to post the verb at the address of this name."""
    if name == "nudge":
        return Scope.HAND_DOWN
    verb = DECIDING.get(name) or Verb(name.replace("-", "_"))
    return next(scope for scope, verbs in SCOPE_VERBS.items() if verb in verbs)


def operation_id(name: str) -> str:
    """A name for programs; it never changes."""
    word = name.replace("-", "_")
    return word if name.endswith("-extension") else f"{word}_assignment"


def needs(scope: Scope) -> Schema:
    """A key with this scope."""
    return {"security": [{"key": [str(scope)]}]}
