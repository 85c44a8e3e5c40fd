"""Holds every answer of the API to its schema: whatever the document does not know is red, in each test that asks.

The published document lets answers grow. Here it is taken at its word: no field that it does not have, no status and
no form that it does not name. An address that it does not name at all is red in `test_api_schema`.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from django.http import HttpResponse

from tracker.api.schema.document import document
from tracker.api.schema.shapes import Schema
from tracker.api.urls import urlpatterns

ROOT = "/api/v1"
PART = re.compile(r"\\\{\w+\\\}")
GIVEN_UP, LED_TO_ITS_PLACE, NOT_CHANGED, NOBODY, NOT_THIS_WAY = 204, 301, 304, 401, 405
SERVED_BESIDE = {f"{ROOT}/schema/", f"{ROOT}/docs/", f"{ROOT}/token/"}


@cache
def closed() -> Schema:
    """The document as of the code, with no room for more in any answer."""
    return close(document(urlpatterns, []))


def close(shape: Any) -> Any:
    """The same, where an object has no other fields, and a text no other words, than those that are described."""
    if isinstance(shape, list):
        return [close(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if "x-words" in shape:
        return {"type": "string", "enum": shape["x-words"]}
    inner = {name: close(one) for name, one in shape.items()}
    is_object = inner.get("type") == "object" and "properties" in inner
    return {"additionalProperties": False, **inner} if is_object else inner


@cache
def validator(shape: str, *, some: bool = False) -> jsonschema_rs.Validator:
    """Of a schema (as JSON) that refers to the components; `some` where the caller chose only some fields."""
    components = closed()["components"]
    whole = {**json.loads(shape), "components": _without("required", components) if some else components}
    return jsonschema_rs.validator_for(whole, validate_formats=True)


def _without(word: str, shape: Any) -> Any:
    if isinstance(shape, list):
        return [_without(word, one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    return {name: _without(word, one) for name, one in shape.items() if name != word}


def hold(method: str, address: str, answer: HttpResponse, body: bytes | None = None) -> HttpResponse:
    """The answer, if it is as the document says. Raises AssertionError with what is not.

    `body` is that of an answer which was read while it was written.
    """
    path, _mark, query = address.removeprefix("http://testserver").partition("?")
    asked = getattr(getattr(answer, "wsgi_request", None), "META", {}).get("QUERY_STRING", "")
    some = "fields=" in f"{query}&{asked}"
    if path.startswith(f"{ROOT}/") and path not in SERVED_BESIDE and answer.status_code != LED_TO_ITS_PLACE:
        held = None if answer.streaming and body is None else answer.content if body is None else body
        wrong = list(what_is_wrong(method, path, answer, held, some=some))
        assert not wrong, f"{method.upper()} {address} answered {answer.status_code}: {'; '.join(wrong)}"
    return answer


def what_is_wrong(method: str, path: str, answer: HttpResponse, body: bytes | None, *, some: bool) -> Iterator[str]:
    """In what the answer differs from the document."""
    operation = operation_at(method, path)
    if operation is None:
        known = address_of(path) is not None
        if known and answer.status_code not in (NOBODY, NOT_THIS_WAY):
            yield "the document names no such method: describe it in tracker/api/schema/operations.py"
        return
    told = resolved(operation["responses"].get(str(answer.status_code)))
    if told is None:
        yield "the document does not name this status"
        return
    for name, header in told.get("headers", {}).items():
        yield from _header(name, resolved(header), answer.headers.get(name))
    if answer.status_code not in (NOT_CHANGED, GIVEN_UP):
        yield from _body(told["content"], answer, body, some=some)


def _header(name: str, told: Schema, given: str | None) -> Iterator[str]:
    if given is None:
        if told.get("required"):
            yield f"{name} is missing"
    elif not validator(json.dumps(told["schema"])).is_valid(
        int(given) if told["schema"].get("type") == "integer" else given
    ):
        yield f"{name} is {given}"


def _body(content: Schema, answer: HttpResponse, body: bytes | None, *, some: bool) -> Iterator[str]:
    form = answer["Content-Type"].partition(";")[0]
    if form not in content:
        yield f"the document does not name the form {form}"
    elif body is not None:
        shape = content[form]["schema"]
        lines = body.splitlines() if form == "application/x-ndjson" else [body]
        if form == "application/x-ndjson":
            shape = {"$ref": "#/components/schemas/SnapshotLine"}
        for line in lines:
            for error in validator(json.dumps(shape), some=some).iter_errors(json.loads(line)):
                yield f"{'.'.join(map(str, error.instance_path))}: {error.message[:300]}"


def operation_at(method: str, path: str) -> Schema | None:
    """What the document says of this method at this address."""
    address = address_of(path)
    word = "get" if method.lower() == "head" else method.lower()
    return closed()["paths"][address].get(word) if address else None


def address_of(path: str) -> str | None:
    """The address of the document that this path is one of."""
    return next((address for address, pattern in _patterns() if pattern.fullmatch(path)), None)


def resolved(told: Schema | None) -> Schema | None:
    """What is referred to."""
    while told and "$ref" in told:
        found: Any = closed()
        for step in told["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        told = found
    return told


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Plain addresses first: an id could be anything."""
    addresses = sorted(closed()["paths"], key=lambda address: address.count("{"))
    return [(address, re.compile(ROOT + PART.sub("[^/]+", re.escape(address)))) for address in addresses]
