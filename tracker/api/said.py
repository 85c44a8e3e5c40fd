"""JSON that the database writes: for what is asked so often that its words would cost more than to find it."""

from typing import Any

from django.db.models import (
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    Func,
    IntegerField,
    JSONField,
    SlugField,
    Subquery,
    TextField,
    UUIDField,
)
from django.db.models.expressions import Col, Expression
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import LOUTER


class Said(Func):
    """A JSON object of these columns or expressions, by their names and in their order.

    It is put together as text: the server's own functions for it take nearly twice as long.
    """

    output_field = TextField()

    def __init__(self, **members: Any) -> None:
        super().__init__(*members.values())
        self.names = tuple(members)

    def as_sql(self, compiler: Any, connection: Any, **_how: Any) -> tuple[str, Any]:
        pieces, values, open_still = [], [], "{"
        for name, one in zip(self.names, self.get_source_expressions(), strict=True):
            text, given = compiler.compile(one)
            quote, text = _written(one, text, there=_is_always_there(one, compiler))
            pieces += [f"'{open_still}\"{name}\":{quote}'", text]
            values += given
            open_still = f"{quote},"
        return f"concat({', '.join(pieces)}, '{open_still[:-1]}}}')", values


class AllOf(Subquery):
    """A JSON array of what a query says of each of its rows, in its order."""

    template = "('[' || array_to_string(ARRAY(%(subquery)s), ',') || ']')"
    output_field = TextField()


class Utf8(Func):
    """A text as it is sent."""

    template = "convert_to(%(expressions)s::text, 'UTF8')"
    output_field = BinaryField()


class Moment(Func):
    """The SQL twin of `answers.local`."""

    template = """to_char(%(expressions)s AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"')"""
    output_field = SlugField()


class Exact(Func):
    """The SQL twin of `answers.exact`."""

    template = "trim_scale(%(expressions)s)::text"
    output_field = SlugField()


def _written(one: Expression, text: str, *, there: bool) -> tuple[str, str]:
    """What stands around a value, and how it is written itself; `there`: it is never NULL."""
    if isinstance(one, Said | AllOf):
        return "", text
    if _needs_no_care(one.output_field):
        return ('"', text) if there else ("", f"coalesce('\"' || {text} || '\"', 'null')")
    written = text if isinstance(one.output_field, IntegerField | JSONField) else f"to_json({text})"
    return "", written if there else f"coalesce({written}::text, 'null')"


def _needs_no_care(field: Field) -> bool:
    """Whether nothing in its values could be mistaken for JSON: ids, days, and words that are not free."""
    if isinstance(field, CharField):
        return isinstance(field, SlugField) or bool(field.choices)
    return isinstance(field, UUIDField | DateField) and not isinstance(field, DateTimeField)


def _is_always_there(one: Expression, compiler: SQLCompiler) -> bool:
    if not isinstance(one, Col) or one.target.null:
        return False
    return compiler.query.alias_map[one.alias].join_type != LOUTER
