"""Questions that are put together once, asked again and again with other values, and prepared by the server.

For what every request asks. Putting a query together costs several times what its answer does, and a text with its
values in it is read and planned by the server anew each time.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, wraps
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Expression, ForeignKey, Lookup, QuerySet
from django.db.models.expressions import BaseExpression
from django.db.models.sql.compiler import SQLCompiler
from psycopg import Cursor, sql

Row = dict[str, Any]
# A text with a place for each value, and the names of those values in the order of their places.
Text = tuple[str, tuple[str, ...]]


class Given(Expression):
    """In a question that is put together: the place of the value that is given under `name` when it is asked.

    Where it stands for `many` ids, only `Among` knows how to ask for it.
    """

    def __init__(self, name: str, *, many: bool = False) -> None:
        super().__init__()
        self.name, self.many = name, many

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        if self.many:
            raise TypeError(f"Ask for {self.name} with `among`: it stands for many.")
        return "%s", [self]

    def get_group_by_cols(self) -> list[BaseExpression]:
        return []


@ForeignKey.register_lookup
@models.BigAutoField.register_lookup
@models.UUIDField.register_lookup
class Among(Lookup):
    """Whether it is one of many ids, which are one value: a question has the same text for any number of them.

    A single one is asked for as such: an index then gives its rows in their order.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        column, found = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, Given):
            return f"{column} = {'ANY(%s)' if self.rhs.many else '%s'}", [*found, self.rhs]
        ids = [self.rhs] if isinstance(self.rhs, int) else list(self.rhs)
        if not ids:
            raise EmptyResultSet
        return (f"{column} = %s", [*found, *ids]) if len(ids) == 1 else (f"{column} = ANY(%s)", [*found, array(ids)])


class Statement:
    """A query over `values()`, put together: its text, with a place for each `Given`.

    `binary`: the server sends numbers, ids and bytes as they are, not in words; not for columns that hold JSON.
    `planned_anew`: the server plans it for these values each time, where what is quick for some is slow for others: a
    busy agency's work is found in the order of its dates, a quiet one's is not.
    """

    def __init__(self, rows: QuerySet, *, binary: bool = False, planned_anew: bool = False) -> None:
        self.how = {"binary": binary, "prepare": not planned_anew}
        query = rows.query
        compiler = query.get_compiler(connection=connection)
        self.text, self.names = _with_places(*compiler.as_sql())
        self.columns = tuple(query.selected or (*query.values_select, *query.annotation_select))
        told = compiler.get_converters([chosen for chosen, _sql, _alias in compiler.select])
        self._convert = [(self.columns[place], converters, told) for place, (converters, told) in told.items()]

    def rows(self, values: dict[str, Any]) -> list[Row]:
        """The rows for these values, each by the names of its columns."""
        found = ask(self.text, [_one(values[name]) for name in self.names], **self.how)
        rows = [dict(zip(self.columns, one, strict=True)) for one in found]
        for name, converters, expression in self._convert:
            for row in rows:
                for convert in converters:
                    row[name] = convert(row[name], expression, connection)
        return rows


def put_together_once(query: Callable[..., QuerySet]) -> Callable[..., list[Row]]:
    """The rows of a query over `values()` whose text does not depend on its arguments, which are given by name; a list
    is asked for with `among`.
    """

    @cache
    def statement(given: Iterable[tuple[str, bool]]) -> Statement:
        return Statement(query(**{name: Given(name, many=many) for name, many in given}))

    @wraps(query)
    def rows(**values: Any) -> list[Row]:
        return statement(tuple((name, isinstance(value, list)) for name, value in values.items())).rows(values)

    return rows


def array(ids: Iterable[Any]) -> str:
    """Numbers or UUIDs as one value: their column says of which kind they are. As a list each would be looked at for
    its kind, which takes longer than the question.
    """
    return f"{{{','.join(map(str, ids))}}}"


def ask(text: str, values: Sequence[Any], *, binary: bool = False, prepare: bool = True) -> list[tuple[Any, ...]]:
    """The rows of a statement that only reads, which the server prepares where it may (`prepare_threshold`).

    Whoever counts what is asked is told of it as of any other. By the first of a request a connection shows that it
    lives, and no other is sent for that: where it has died, it is opened anew and asked again. Raises django.db.Error.
    """
    ours: Any = connections[DEFAULT_DB_ALIAS]
    if ours.queries_logged or ours.execute_wrappers:
        with ours.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall()
    is_first, ours.health_check_done = not ours.health_check_done, True
    ours.ensure_connection()
    try:
        return Cursor(ours.connection).execute(text, values, prepare=prepare, binary=binary).fetchall()
    except psycopg.Error:
        if not is_first or ours.in_atomic_block or ours.is_usable():
            with ours.wrap_database_errors:
                raise
    ours.close()
    return ask(text, values, binary=binary, prepare=prepare)


def _one(value: Any) -> Any:
    return array(value) if isinstance(value, list) else value


def _with_places(text: str, values: Iterable[Any]) -> Text:
    """What is the same each time is written into the text, where the planner sees it; an index may be for it alone."""
    connection.ensure_connection()
    parts, names = text.split("%s"), []
    whole = [parts[0]]
    for value, part in zip(values, parts[1:], strict=True):
        if isinstance(value, Given):
            names.append(value.name)
            whole.append("%s")
        else:
            whole.append(sql.Literal(value).as_string(connection.connection).replace("%", "%%"))
        whole.append(part)
    return "".join(whole), tuple(names)
