"""Statements that senders repeat for each message, by the driver itself: the server prepares them once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import Cursor


def execute_prepared(statement: str, rows: Sequence[Sequence[Any]]) -> int:
    """Execute `statement` once with each of `rows`, all in one trip and one commit; how many rows it touched.

    Django binds values into the text of a statement, so that the server reads and plans each anew: for a message that
    was sent, twice the work of both. Raises django.db.Error.
    """
    if not rows:
        return 0
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        if len(rows) == 1:
            cursor.execute(statement, rows[0], prepare=True)
        else:
            cursor.executemany(statement, rows)
        return cursor.rowcount
