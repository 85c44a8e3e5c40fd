"""The shapes of values, as JSON Schema (2020-12) has them: few, and each written in one way."""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

ID: Schema = {"type": "string", "format": "uuid", "examples": ["8d62a1c5-430c-4f87-940d-a68e9adc9334"]}
DAY: Schema = {"type": "string", "format": "date", "examples": ["2024-12-31"]}
MOMENT: Schema = {"type": "string", "format": "date-time", "examples": ["2024-12-30T16:05:00+07:00"]}
TEXT: Schema = {"type": "string"}
# Of an agency or a committee; it never changes.
CODE: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "examples": ["bca"]}
WHOLE: Schema = {"type": "integer", "minimum": 0}
# An exact figure: written as a string, since many readers round numbers.
FIGURE: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "examples": ["97.5"]}
YES_OR_NO: Schema = {"type": "boolean"}


class NotDescribed(Exception):
    """Something of the API has no schema yet; the sentence says what, and where it is to be written."""


def ref(name: str) -> Schema:
    """What stands under this name among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(says: str = "", /, *, may_lack: Iterable[str] = (), **fields: Schema) -> Schema:
    """An object of these fields, all of which are there but those that it `may_lack`."""
    needed = [name for name in fields if name not in set(may_lack)]
    described = {"description": says} if says else {}
    return {"type": "object", **described, "required": needed, "properties": fields}


def many(of: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": of}


def word(*words: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": [str(one) for one in words]}


def open_word(*words: str) -> Schema:
    """One of these words, or one that comes later: clients must not break over it. Tests do (`x-words`)."""
    known = [str(one) for one in words]
    return {"type": "string", "x-words": known, "description": "New ones may come.", "examples": known[:1]}


def or_nothing(shape: Schema) -> Schema:
    """This, or null."""
    if isinstance(shape.get("type"), str) and "enum" not in shape:
        return {**shape, "type": [shape["type"], "null"]}
    if isinstance(shape.get("type"), list):
        return {**shape, "type": [*shape["type"], "null"]}
    return {"oneOf": [shape, {"type": "null"}]}


def said(shape: Schema, says: str) -> Schema:
    """This, with what it means here."""
    return {**shape, "description": says}
