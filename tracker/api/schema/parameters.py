"""What can be asked for in an address and in headers: read off the filters, each with what it means."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django_filters import Filter

from tracker.api import finding
from tracker.api.paging import DEFAULT_LIMIT, MOST
from tracker.api.schema.shapes import CODE, DAY, ID, WHOLE, NotDescribed, Schema, ref, said, word
from tracker.api.schema.words import WORDS

# How each filter reads its word, and the shape of such words.
READ_BY: dict[Callable[..., Any], Schema] = {
    finding.find_day: DAY,
    finding.find_past_day: DAY,
    finding.find_number: {**WHOLE, "maximum": 10**finding.LONGEST_NUMBER - 1},
    finding.find_id: ID,
    str: {"type": "string", "pattern": r"^[^\u0000]*\S[^\u0000]*$"},
    finding.find_agency: CODE,
    finding.find_subtree: CODE,
    finding.find_committee: CODE,
    finding.find_notices: {
        "type": "string",
        "pattern": r"^([0-9]{1,6}[/-][^\s]{1,60}|[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})$",
        "examples": ["369/TB-VPCP"],
    },
}
# A parameter means the same in every list that has it.
MEANS = {
    "agency": "Exactly the agency of this code.",
    "agency_under": "The agency of this code and all below it.",
    "asked_after": "Asked for later than this day, which is itself not among them.",
    "asked_before": "Asked for earlier than this day, which is itself not among them.",
    "assigned_after": "Given later than this day, which is itself not among them.",
    "assigned_before": "Given earlier than this day, which is itself not among them.",
    "as_of_after": "As of a later day than this, which is itself not among them.",
    "as_of_before": "As of an earlier day than this, which is itself not among them.",
    "assignment": "Of the assignment of this id.",
    "after": "Behind this number of the chain.",
    "code": "Exactly this code.",
    "criteria_set": "Of the set of criteria of this id.",
    "directive": "Of the directive of this id.",
    "exchange_status": "What the national document exchange is told of it.",
    "field": "Exactly this field of work.",
    "handled_as": "What the paragraph is.",
    "happened_after": "Later than this day, which is itself not among them.",
    "happened_before": "Earlier than this day, which is itself not among them.",
    "indicator": "Of the indicator of this id.",
    "label": "Exactly this label.",
    "on": "Those that exist on this day.",
    "parent": "Directly below the one of this code.",
    "q": "Words in any order, without diacritics, the last perhaps only begun.",
    "reported_after": "Reported later than this day, which is itself not among them.",
    "reported_before": "Reported earlier than this day, which is itself not among them.",
    "verb": "Exactly this verb of history.",
    "verified": "Whether somebody has verified it.",
    "as_of": "What the register knew at the end of this day; today where it is left out. None to come.",
    "basis": "`current`, the deadline that holds, or `original`, the one first given.",
    "by": "Also a row for each of these.",
    "committee": "Exactly the committee of this code.",
    "deadline_kind": "How the notice states the deadline.",
    "due_after": "Due later than this day, which is itself not among them.",
    "due_before": "Due earlier than this day, which is itself not among them.",
    "issued_after": "Issued later than this day, which is itself not among them.",
    "issued_before": "Issued earlier than this day, which is itself not among them.",
    "kind": "Of which kind it is; of work, of which kind its notice is.",
    "notice": "A notice by number and symbol, which two years may share, or by its id.",
    "role": "The part of the agency.",
    "standing": "How it stands with its deadline today.",
    "state": "What was done last.",
}
PAGES: dict[str, Schema] = {
    "limit": said(
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}, "How many rows on a page."
    ),
    "cursor": said({"type": "string"}, "Where the page begins: from `next` of the page before, as it is."),
}
COPYING: dict[str, Schema] = {
    "epoch": said({"type": "string", "minLength": 1}, "The epoch that the snapshot began with."),
    "after": {**WHOLE, "maximum": 10**18 - 1, "description": "The number up to which you know all changes."},
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1000, "description": "How many changes."},
    "wait": {
        "type": "integer",
        "minimum": 0,
        "maximum": 30,
        "default": 0,
        "description": "Hold the answer for so many seconds until there is a change.",
    },
}
PATH_ID = {"name": "id", "in": "path", "required": True, "schema": ID}
HEADERS: dict[str, Schema] = {
    "Language": {
        "name": "Accept-Language",
        "in": "header",
        "description": "In which language names and sentences come: `vi` unless given, or `en`.",
        "schema": {"type": "string", "examples": ["vi", "en"]},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` of your copy; 304 means that it is still right.",
        "schema": {"type": "string"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The `ETag` that was read, so that nobody's work is written over; `*` takes any version.",
        "schema": {"type": "string", "pattern": r"\S", "examples": ["*"]},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A name for the request: sent again within seven days it is not done twice, but answered alike.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$", "examples": ["bc-2024-12-30-01"]},
    },
}


def header(name: str) -> Schema:
    """The header parameter that stands under this name among the components."""
    return {"$ref": f"#/components/parameters/{name}"}


def asked_in(where: str, found: Mapping[str, Filter]) -> list[Schema]:
    """The parameters of these filters. Raises NotDescribed."""
    return [parameter(name, says=_meaning(where, name), shape=_shape(where, name, one)) for name, one in found.items()]


def parameter(name: str, shape: Schema, says: str = "") -> Schema:
    """A parameter in the address."""
    told = {key: value for key, value in shape.items() if key != "description"}
    return {"name": name, "in": "query", "description": says or shape["description"], "schema": told}


def ordering(known: Iterable[str]) -> Schema:
    """In which order; the first where it is left out."""
    return parameter("ordering", word(*known), "In which order; `-` turns it round. The first of these if left out.")


def chosen(known: Iterable[str]) -> Schema:
    """Only some of the fields of each row."""
    told = parameter(
        "fields", {"type": "array", "items": word(*known), "minItems": 1}, "Only these; the others are lacking."
    )
    return {**told, "style": "form", "explode": False}


def _meaning(where: str, name: str) -> str:
    if name not in MEANS:
        raise NotDescribed(
            f"Say in MEANS (tracker/api/schema/parameters.py) what the parameter {name} of {where} means."
        )
    return MEANS[name]


def _shape(where: str, name: str, found: Filter) -> Schema:
    """By what its word is looked up with."""
    find = found.extra.get("find")
    if isinstance(words := getattr(find, "__self__", None), dict):
        return _word(list(words))
    if find not in READ_BY:
        raise NotDescribed(
            f"Say in READ_BY (tracker/api/schema/parameters.py) what words {find} reads: {name} of {where}."
        )
    return READ_BY[find]


def _word(words: list[str]) -> Schema:
    named = next((name for name, shape in WORDS.items() if shape.get("enum") == words), None)
    return ref(named) if named else word(*words)
