"""What a person was shown travels with the form: signed, for that person and that object, and without secrets."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing

from directives.rules.reconciling import Value

NAME = "_shown"
SALT = "tracker.admin.shown"
LONGEST = 2000  # characters of one field; of a longer text only its fingerprint travels
FINGERPRINT = "sha256:"

Fields = Mapping[str, Value]


@dataclass(frozen=True)
class Version:
    """One version of a page: the values of its form, and of the lists within it by list, row and field."""

    fields: Fields
    rows: Mapping[str, Mapping[str, Fields]] = field(default_factory=dict)

    def short(self) -> "Version":
        """The same with fingerprints in the place of long texts."""
        lists = {prefix: {key: _short(row) for key, row in rows.items()} for prefix, rows in self.rows.items()}
        return Version(_short(self.fields), lists)


@dataclass(frozen=True)
class Shown:
    """What was shown, and when."""

    version: Version
    at: datetime


def sealed(version: Version, *, of: str, user_pk: int, at: datetime) -> str:
    """What the form carries. `of` names the object and its form, so that it fits no other."""
    told = version.short()
    lists = {prefix: {key: _packed(row) for key, row in rows.items()} for prefix, rows in told.rows.items()}
    load = {"of": of, "who": user_pk, "at": at.isoformat(), "fields": _packed(told.fields), "rows": lists}
    return signing.dumps(load, salt=SALT, compress=True)


def unsealed(given: str, *, of: str, user_pk: int) -> Shown | None:
    """What the form carried; None where it carried nothing, or something that was not made for it and this person."""
    try:
        load = signing.loads(given, salt=SALT)
    except signing.BadSignature:
        return None
    if (load["of"], load["who"]) != (of, user_pk):
        return None
    lists = {prefix: {key: _unpacked(row) for key, row in rows.items()} for prefix, rows in load["rows"].items()}
    return Shown(Version(_unpacked(load["fields"]), lists), datetime.fromisoformat(load["at"]))


def _short(fields: Fields) -> dict[str, Value]:
    return {name: _fingerprint(value) if _is_long(value) else value for name, value in fields.items()}


def _is_long(value: Value) -> bool:
    return isinstance(value, str) and len(value) > LONGEST


def _fingerprint(value: Any) -> str:
    return f"{FINGERPRINT}{hashlib.sha256(value.encode()).hexdigest()}:{len(value)}"


def length_of(value: Value) -> int:
    """How many characters the text had of which only the fingerprint is left; 0 where it is all there."""
    return int(value.rsplit(":", 1)[1]) if isinstance(value, str) and value.startswith(FINGERPRINT) else 0


def _packed(fields: Fields) -> dict[str, Any]:
    return {name: _as_json(value) for name, value in fields.items()}


def _as_json(value: Value) -> Any:
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    return list(value) if isinstance(value, tuple) else value


def _unpacked(fields: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _from_json(value) for name, value in fields.items()}


def _from_json(value: Any) -> Value:
    if isinstance(value, dict):
        return frozenset(value["set"])
    return tuple(value) if isinstance(value, list) else value
