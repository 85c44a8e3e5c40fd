"""The whole document: every address of the API with what can be done there, and the components that describe it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern

from accounts.roles import Scope
from directives.models import Shown
from tracker.api.schema import told
from tracker.api.schema.answers import ANSWERS, COPIED, page_of
from tracker.api.schema.examples import example
from tracker.api.schema.operations import RESOURCES, SCHEMAS, operations
from tracker.api.schema.parameters import HEADERS
from tracker.api.schema.posted import POSTED
from tracker.api.schema.shapes import NotDescribed, Schema
from tracker.api.schema.systems import SYSTEMS
from tracker.api.schema.words import WORDS

OPENAPI = "3.1.0"
VERSION = "1.0.0"
SAYS = """\
Where every directive stands, for other systems. `docs/api.md` is the page for those who connect a system,
`docs/feed.md` tells how a copy is kept. The examples run with curl as they are, where URL is the address of the API,
KEY a committee's key and AGENCY_KEY an agency's; `make demo` prints all three.

Answers may come to have more fields, and words more values where their description says so: take what you know, and
pass over the rest.
"""
KEY = {"type": "http", "scheme": "bearer", "description": "A key, as `dd_...`, with the scopes named."}
# What a token is asked for with; it then goes where a key would.
GATEWAY = {
    "type": "oauth2",
    "description": "A key turned into a token of ten minutes (RFC 6749, 4.4): the client is how it begins.",
    "flows": {"clientCredentials": {"tokenUrl": "/api/v1/token/", "scopes": {str(scope): "" for scope in Scope}}},
}
# What is about the API, and no part of it.
ABOUT = frozenset({"nowhere", "schema", "docs", "token"})
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


def document(patterns: list[URLPattern], lacking: list[str] | None = None) -> Schema:
    """The OpenAPI document of these addresses.

    Whatever has no schema yet raises NotDescribed; where there is a list of what is `lacking`, it is left out and told
    there.
    """
    return {
        "openapi": OPENAPI,
        "info": {"title": "Đôn đốc", "version": VERSION, "description": SAYS},
        "servers": [{"url": "/api/v1"}],
        "paths": dict(_addresses(patterns, lacking)),
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key, as `dd_...`, with the scopes named.",
                },
                "gateway": GATEWAY,
            },
            "parameters": HEADERS,
            "headers": told.HEADERS,
            "responses": told.problem_responses(),
            "schemas": dict(sorted(_schemas().items())),
        },
    }


def written(told_of: Schema) -> str:
    """The document as it stands in the repository."""
    return json.dumps(told_of, ensure_ascii=False, indent=1) + "\n"


def _addresses(patterns: list[URLPattern], lacking: list[str] | None) -> Iterator[tuple[str, dict[str, Schema]]]:
    for pattern in patterns:
        if pattern.name in ABOUT:
            continue
        address = "/" + CONVERTER.sub(_name, str(pattern.pattern))
        try:
            found = operations(str(pattern.name), pattern.callback)
            yield address, _with_examples(address, found)
        except NotDescribed as sentence:
            if lacking is None:
                raise
            lacking.append(str(sentence))


def _name(part: re.Match[str]) -> str:
    return "{id}" if part[1] == "uuid" else f"{{{part[1]}}}"


def _with_examples(address: str, found: dict[str, Schema]) -> dict[str, Schema]:
    group = address.split("/")[1]
    return {
        method: {
            "tags": [group],
            **operation,
            "description": f"```sh\n{example(operation['operationId'])}\n```",
        }
        for method, operation in found.items()
    }


def _schemas() -> dict[str, Any]:
    if strange := set(Shown.values) - COPIED.keys():
        raise NotDescribed(f"Name in COPIED (tracker/api/schema/answers.py) what describes a copied row: {strange}.")
    pages = {f"{about.line}Page": page_of(about.line) for about in RESOURCES.values()}
    return {**WORDS, **SCHEMAS, **ANSWERS, **POSTED, **SYSTEMS, **pages, "Problem": told.PROBLEM}
