"""What is answered: rows, headers, and every kind of problem, each described once among the components."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import override

from tracker.api import problems
from tracker.api.problems import Kind
from tracker.api.schema.shapes import TEXT, WHOLE, Schema, many, open_word, thing

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
KINDS: list[Kind] = sorted(
    {kind.name: kind for kind in vars(problems).values() if isinstance(kind, Kind)}.values(),
    key=lambda kind: (kind.status, kind.name),
)
PROBLEM = thing(
    "Why it was not done (RFC 9457). Programs read `type` and the names in `errors`; the sentences are for people.",
    may_lack=["errors", "results"],
    type=open_word(*(kind.type for kind in KINDS)),
    title=TEXT,
    status={"type": "integer"},
    detail=TEXT,
    errors={
        "type": "object",
        "description": "What is wrong with each field or parameter.",
        "additionalProperties": many(TEXT),
    },
    results={"type": "array", "description": "Of many, what each was answered.", "items": {"type": "object"}},
)
HEADERS: dict[str, Schema] = {
    "Allow": {"description": "What can be done here.", "schema": TEXT},
    "ETag": {
        "description": "The version and a hash of the answer: for `If-Match` and `If-None-Match`.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"([0-9]+-)?[0-9a-f]{16}"$'},
    },
    "Idempotency-Replayed": {
        "description": "This was done before under the same `Idempotency-Key`; nothing was done now.",
        "schema": {"type": "string", "const": "true"},
    },
    "Location": {"description": "Where it is read.", "required": True, "schema": TEXT},
    "RateLimit": {
        "description": "How many requests are left, and the seconds until all are there again.",
        "schema": {"type": "string", "pattern": '^"minute";r=[0-9]+;t=[0-9]+$'},
    },
    "RateLimit-Policy": {
        "description": "How many requests a minute there are for each key.",
        "schema": {"type": "string", "pattern": '^"minute";q=[0-9]+;w=60$'},
    },
    "Retry-After": {"description": "Seconds after which to come again.", "schema": WHOLE},
    "WWW-Authenticate": {"description": "What is missing (RFC 6750).", "required": True, "schema": TEXT},
    "X-Request-ID": {
        "description": "Under which the request stands in our logs.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
    },
}
ALWAYS = ("X-Request-ID", "RateLimit", "RateLimit-Policy")
MORE_HEADERS = {401: ("WWW-Authenticate",), 429: ("Retry-After",)}
# Beside what an operation says of itself.
ANYWHERE = (400, 401, 403, 406, 429, 500)


def headers(*names: str) -> Schema:
    """These headers, and those of every answer."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*ALWAYS, *names)}


def answer(says: str, shape: Schema, *names: str, media: str = JSON) -> Schema:
    """A good answer of this shape, with these headers."""
    return {"description": says, "headers": headers(*names), "content": {media: {"schema": shape}}}


def refusals(*more: int) -> dict[str, Schema]:
    """The problems that may be answered by any operation, and by this one."""
    return {str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in sorted({*ANYWHERE, *more})}


def problem_responses() -> dict[str, Schema]:
    """The answer of each status, with an example for each kind of problem."""
    return {_name(status): _response(status) for status in sorted({kind.status for kind in KINDS})}


def _response(status: int) -> Schema:
    kinds = [kind for kind in KINDS if kind.status == status]
    says = " Or: ".join(_english(kind.title) for kind in kinds)
    examples = {kind.name: {"value": _example(kind)} for kind in kinds}
    return {
        "description": f"{says}.",
        "headers": headers(*MORE_HEADERS.get(status, ())),
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}},
    }


def _example(kind: Kind) -> dict[str, Any]:
    told = {"type": kind.type, "title": _english(kind.title), "status": kind.status, "detail": _english(kind.detail)}
    return {**told, "errors": {"due_on": ["Write a day as 2024-12-31."]}} if kind is problems.INVALID else told


def _english(sentence: object) -> str:
    with override("en"):
        return str(sentence)


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "").replace("-", "")
