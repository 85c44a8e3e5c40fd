"""What can be posted and put beside the verbs of an assignment: notices, directives, answers, figures, many at once."""

from collections.abc import Callable, Mapping
from typing import Any

from accounts.roles import Scope
from tracker.api.bulk import BulkView
from tracker.api.drafts import DirectiveVerbView, NoticesView, NoticeVerbView
from tracker.api.measures import IndicatorVerbView, ReadingVerbView
from tracker.api.mirrored import MirroredDirectiveView, MirroredNoticeView, NumberedNoticeView
from tracker.api.schema import told
from tracker.api.schema.asked import body_of
from tracker.api.schema.parameters import PATH_ID, header
from tracker.api.schema.shapes import TEXT, WHOLE, NotDescribed, Schema, many, ref, said, thing
from tracker.api.verbs import AnswerView, Posted

# What each does, in a sentence, and the scope that a key needs.
DOES: dict[str, tuple[str, Scope]] = {
    "add-directive-notice": ("Add a directive to a draft", Scope.DRAFT),
    "add-reading-indicator": ("Enter a figure of a target", Scope.MEASURE),
    "answer-question": ("Answer a question", Scope.DECIDE),
    "assign-directive": ("Give it to one more agency", Scope.ASSIGN),
    "change-directive": ("Change a directive of a draft", Scope.DRAFT),
    "change-notice": ("Change the header or the text of a draft", Scope.DRAFT),
    "discard-notice": ("Give a draft up", Scope.DRAFT),
    "end-directive": ("Let it recur no longer than until a day", Scope.ASSIGN),
    "issue-notice": ("Put it in force: everybody gets their work", Scope.DRAFT),
    "mark-paragraph-notice": ("Say what a paragraph is", Scope.DRAFT),
    "remove-directive": ("Take a directive out of a draft", Scope.DRAFT),
    "set-paragraphs-notice": ("Split the text of a draft", Scope.DRAFT),
    "verify-reading": ("Verify a figure", Scope.VERIFY),
    "withdraw-notice": ("Take an issued notice back", Scope.ASSIGN),
}
NOTICE, DIRECTIVE, READING = ref("NoticeInFull"), ref("DirectiveInFull"), ref("Reading")
ASSIGNMENT = ref("AssignmentInFull")
# What is answered, where it is not the thing at whose address it was posted.
ANSWERED = {"add-directive-notice": DIRECTIVE, "remove-directive": NOTICE, "answer-question": ASSIGNMENT}
REFUSALS = (404, 409, 412, 413, 415, 422)
# The names of those that are named otherwise than by their id.
PATH = {
    "external_ref": {**TEXT, "description": "By what your system knows it.", "maxLength": 120, "pattern": "^[^/]+$"},
    "issuer": {**TEXT, "description": "The code of the agency.", "pattern": "^[-a-zA-Z0-9_]+$"},
    "year": {**WHOLE, "description": "In which it was issued."},
    "number": WHOLE,
    "symbol": {**TEXT, "description": "As TB-VPCP."},
}
DONE = "As it stands now."
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "May be left out: the body is the whole wish. Where it is sent, it holds.",
    "schema": {"type": "string"},
}
RESULT = thing(
    "The answer to one of many.",
    may_lack=["etag", "location"],
    status=said(WHOLE, "As if it had been sent alone; 424 where it was undone with another."),
    etag=TEXT,
    location=TEXT,
    body=said({"type": ["object", "null"]}, "As if it had been sent alone."),
)
POSTED: dict[str, Schema] = {
    "Result": RESULT,
    "Results": thing("The answers, in the order of the requests.", results=many(ref("Result"))),
}


def _shape(name: str, of_thing: Schema) -> Schema:
    return ANSWERED.get(name, of_thing)


def verb_on(of_thing: Schema) -> Callable[..., dict[str, Schema]]:
    """A verb posted to one thing; it is answered with that thing unless said."""

    def told_of(name: str, *, verb: Posted, **_how: Any) -> dict[str, Schema]:
        if name not in DOES:
            raise NotDescribed(f"Say in DOES (tracker/api/schema/posted.py) what the verb {name} does.")
        summary, scope = DOES[name]
        return {"post": operation(name, summary, verb, scope, _shape(name, of_thing), [PATH_ID])}

    return told_of


def operation(name: str, summary: str, verb: Posted, scope: Scope, shape: Schema, path: list[Schema]) -> Schema:
    """What is posted or put, and what is answered."""
    seen = [header("IfMatch")] if verb.is_seen else []
    more = ("Location",) if verb.makes else ()
    answer = told.answer(DONE, shape, "ETag", "Idempotency-Replayed", *more)
    good: dict[str, Schema] = {"201" if verb.makes else "200": answer}
    if name == "discard-notice":
        headers = told.headers("Idempotency-Replayed")
        good = {"204": {"description": "Given up: nothing of it can be read.", "headers": headers}}
    return {
        "operationId": name.replace("-", "_"),
        "summary": summary,
        "parameters": [*path, *seen, header("IdempotencyKey"), header("Language")],
        "requestBody": body_of(verb.asked),
        "responses": {**good, **told.refusals(*REFUSALS, *([428] if verb.is_seen else []))},
        "security": [{"key": [str(scope)]}],
    }


def notices(name: str, *, listed: Mapping[str, Schema], **_how: Any) -> dict[str, Schema]:
    """The list of notices, and a new one."""
    new = operation("draft-notice", "Enter a notice as a draft", NoticesView.verb, Scope.DRAFT, NOTICE, [])
    return {**listed, "post": new}


def _path(*names: str) -> list[Schema]:
    found = []
    for name in names:
        shape = {key: value for key, value in PATH[name].items() if key != "description"}
        says = {"description": PATH[name]["description"]} if "description" in PATH[name] else {}
        found.append({"name": name, "in": "path", "required": True, **says, "schema": shape})
    return found


def mirrored(what: str, verb: Posted, shape: Schema, path: list[Schema]) -> Callable[..., dict[str, Schema]]:
    """Something by the name that another system has for it."""

    def told_of(name: str, **_how: Any) -> dict[str, Schema]:
        says = f"Let {what} be so; the same twice changes nothing"
        put = operation(f"put-{name}", says, verb, Scope.DRAFT, shape, path)
        put["responses"]["200"] = told.answer(DONE, shape, "ETag", "Idempotency-Replayed")
        put["parameters"].append(IF_MATCH)
        get = {
            "operationId": f"find_{name.replace('-', '_')}",
            "summary": f"Find {what}",
            "parameters": [*path, header("IfNoneMatch"), header("Language")],
            "responses": {
                "200": told.answer(DONE, shape, "ETag"),
                "304": {"description": "Your copy is still right.", "headers": told.headers("ETag")},
                **told.refusals(404),
            },
            "security": [{"key": [str(Scope.READ)]}],
        }
        return {"get": get, "put": put}

    return told_of


def bulk(name: str, **_how: Any) -> dict[str, Schema]:
    """Many at once."""
    says, results = "Many verbs at once, all or none or each for itself", ref("Results")
    found = operation("do-many", says, BulkView.verb, Scope.READ, results, [])
    found["responses"] |= told.refusals(424)
    found["responses"]["200"] = told.answer("What each was answered.", results, "Idempotency-Replayed")
    return {"post": found}


KINDS: dict[type, Callable[..., dict[str, Schema]]] = {
    AnswerView: verb_on(ASSIGNMENT),
    NoticeVerbView: verb_on(NOTICE),
    DirectiveVerbView: verb_on(DIRECTIVE),
    IndicatorVerbView: verb_on(READING),
    ReadingVerbView: verb_on(READING),
    NumberedNoticeView: mirrored(
        "the notice of this number", NumberedNoticeView.verb, NOTICE, _path("issuer", "year", "number", "symbol")
    ),
    MirroredNoticeView: mirrored(
        "the notice of this reference", MirroredNoticeView.verb, NOTICE, _path("external_ref")
    ),
    MirroredDirectiveView: mirrored(
        "the directive of this reference",
        MirroredDirectiveView.verb,
        DIRECTIVE,
        [PATH_ID, *_path("external_ref")],
    ),
    BulkView: bulk,
}
