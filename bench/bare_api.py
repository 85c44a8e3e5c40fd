"""The bare limit of the API: psycopg and orjson in a plain WSGI function; no rights, limits, filters or refusals.

It knows nothing of Django. What it is asked for stands ready in the address: ids, a day, a number.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import orjson
import psycopg
from psycopg.rows import dict_row

LINE = """
SELECT part.id, part.uuid, directive.uuid AS directive, directive.wording, directive.quote, directive.product,
       directive.deadline_text, directive.deadline_kind, notice.uuid AS notice, notice.number, notice.symbol,
       notice.issued_on, agency.code, agency.name_vi, part.role, part.period, part.state, part.due_on,
       part.original_due_on, part.assigned_on, part.handed_in_on, part.done_on, part.returned_on, part.version
FROM directives_assignment part
JOIN directives_directive directive ON directive.id = part.directive_id
JOIN directives_notice notice ON notice.id = directive.notice_id
JOIN accounts_agency agency ON agency.id = part.agency_id
"""
LIST = f"""
{LINE} WHERE part.agency_id IN (SELECT id FROM accounts_agency WHERE id = %(agency)s OR parent_id = %(agency)s)
AND part.state IN ('assigned', 'acknowledged', 'in_progress') AND part.due_on < %(day)s
ORDER BY part.due_on, part.id LIMIT 50
"""
ONE = f"{LINE} WHERE part.uuid = %(uuid)s"
OF_ONE = {
    "history": """SELECT at, verb, by_name, on_behalf_of, before, after, reason FROM directives_event
                  WHERE assignment_id = %(id)s ORDER BY at, id""",
    "reports": """SELECT uuid, kind, at, percent, text, difficulties, asks, product_ref, state, decided_at, reason
                  FROM directives_report WHERE assignment_id = %(id)s ORDER BY at, id""",
    "extensions": """SELECT uuid, asked_at, due_on_then, asked_due_on, reason, state, decided_at, decision_reason
                     FROM directives_extensionrequest WHERE assignment_id = %(id)s ORDER BY asked_at, id""",
}
CELLS = """
SELECT cell, sum(many)::bigint AS many FROM (
    SELECT cell, many FROM directives_tally
    WHERE basis = 'due_on' AND committee_id = %(committee)s AND by_month
    AND from_on < date_trunc('month', %(day)s::date)
    UNION ALL
    SELECT cell, many FROM directives_tally
    WHERE basis = 'due_on' AND committee_id = %(committee)s AND NOT by_month
    AND from_on >= date_trunc('month', %(day)s::date) AND from_on <= %(day)s
    UNION ALL
    SELECT cell, many FROM directives_tallyentry
    WHERE basis = 'due_on' AND committee_id = %(committee)s AND from_on <= %(day)s
) told GROUP BY 1
"""
# What a page tells of each change, and nothing of who may see it, who leads and who coordinates.
CHANGES = """
SELECT change.sequence, change.at, change.kind, change.verb, part.uuid, directive.uuid AS directive, directive.wording,
       directive.quote, directive.product, directive.deadline_text, directive.deadline_kind, notice.uuid AS notice,
       notice.number, notice.symbol,
       notice.issued_on, agency.code, agency.name_vi, part.role, part.period, part.state, part.due_on,
       part.original_due_on, part.assigned_on, part.handed_in_on, part.done_on, part.returned_on, part.version
FROM directives_feedchange change JOIN directives_assignment part ON part.uuid = change.uuid
JOIN directives_directive directive ON directive.id = part.directive_id
JOIN directives_notice notice ON notice.id = directive.notice_id
JOIN accounts_agency agency ON agency.id = part.agency_id
WHERE change.sequence > %(after)s ORDER BY change.sequence LIMIT 1000
"""
Asked = dict[str, Any]
OURS = threading.local()


def application(environ: Asked, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One answer, with the connection of this thread."""
    body = orjson.dumps(ANSWERS[environ["PATH_INFO"]](dict(parse_qsl(environ["QUERY_STRING"]))))
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _rows(statement: str, asked: Asked) -> list[Asked]:
    if not hasattr(OURS, "connection"):
        OURS.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row)
    return OURS.connection.execute(statement, asked).fetchall()


def _one(asked: Asked) -> Asked:
    (row,) = _rows(ONE, asked)
    return {**row, **{name: _rows(statement, row) for name, statement in OF_ONE.items()}}


ANSWERS: dict[str, Callable[[Asked], Any]] = {
    "/assignments": lambda asked: _rows(LIST, asked),
    "/assignment": _one,
    "/statistics": lambda asked: _rows(CELLS, asked),
    "/changes": lambda asked: _rows(CHANGES, asked),
}
