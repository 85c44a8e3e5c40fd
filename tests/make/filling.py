"""Many rows in one statement, written by the database itself: a hundred thousand assignments in seconds."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Field, Model, UUIDField

from accounts.models import Committee, User


@dataclass(frozen=True)
class Rows:
    """Rows that were written together: their ids follow one another, beginning with `first`."""

    first: int
    many: int

    def __getitem__(self, nth: str) -> str:
        """SQL for the id of the row with a number (SQL, from 0); behind the last it begins anew."""
        return f"({self.first} + ({nth}) % {self.many})"

    @property
    def ids(self) -> str:
        """SQL that holds for the ids of these rows and no others."""
        return f"BETWEEN {self.first} AND {self.first + self.many - 1}"


@dataclass
class Crowd:
    """What was written, room by room; each kind of row under its own name."""

    committee: Committee
    secretary: User
    today: date
    mark: str  # what tells the codes and numbers of this crowd from those of another

    @property
    def day(self) -> str:
        return f"DATE '{self.today}'"


def fill(model: type[Model], source: int | str, /, **columns: str) -> Rows:
    """Write rows of `model`: as many as said, numbered `i` from 0, or one for each row of `source` (SQL behind FROM).

    `columns` are SQL expressions by column; every other column has what the model gives it.
    """
    if isinstance(source, int):
        source = f"generate_series(0, {source - 1}) AS i"
    given = {field.column: columns.pop(field.attname, None) or _usual(field) for field in _fields(model)}
    if columns:
        raise TypeError(f"{model.__name__} has no {', '.join(columns)}.")
    names = ", ".join(f'"{name}"' for name in given)
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH written AS (INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(given.values())} "
            f"FROM {source} RETURNING {key}) SELECT min({key}), count(*) FROM written"
        )
        first, many = cursor.fetchone()
    return Rows(first or 0, many)


def one_of(words: tuple[str, ...], nth: str) -> str:
    """SQL for one of some words, by a number (SQL, from 0) that goes round behind the last."""
    return f"(ARRAY[{', '.join(map(text, words))}])[1 + ({nth}) % {len(words)}]"


def text(words: str) -> str:
    """SQL for just these words."""
    return "'" + words.replace("'", "''") + "'"


def _fields(model: type[Model]) -> list[Field]:
    own = [field for field in model._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]
    return [field for field in own if not field.has_db_default() and not field.generated]


def _usual(field: Field) -> str:
    """What the model gives a column of which nothing is said, as SQL."""
    if isinstance(field, UUIDField):
        return "gen_random_uuid()"
    if field.has_default():
        return _literal(field.get_default(), field)
    if getattr(field, "auto_now_add", False):
        return "now()"
    return "NULL" if field.null else "''"


def _literal(value: Any, field: Field) -> str:
    if isinstance(value, (bool, int)):
        return str(value).lower()
    if isinstance(value, str):
        return text(value)
    return text(json.dumps(value)) if field.get_internal_type() == "JSONField" else "'{}'"
