"""Assignments as JSON that the database makes: many at once, for systems that keep a copy of all of them.

The same as the list says (`Assignments.lines`), less the standing; a test holds the two together. What many rows share
is put into words once.
"""

from typing import Any

from django.db.models import BinaryField, Func, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import Agency
from accounts.prepared import Row, put_together_once
from directives.models import Notice
from directives.rules.exchange import STATUS_OF
from tracker.api.answers import as_json
from tracker.api.assignments import Assignments
from tracker.api.parts import BODY, NOTICE_IN_SHORT, body, notice_in_short, parts_said

# What is read of each, beside its own words.
OF = ("directive_id", "period", "directive__notice_id", "agency_id", "state")


class Said(Func):
    """A JSON object of these columns or expressions, by their names and in their order."""

    output_field = TextField()

    def __init__(self, **members: Any) -> None:
        super().__init__(*members.values())
        self.names = tuple(members)

    def as_sql(self, compiler: Any, connection: Any, **_how: Any) -> tuple[str, Any]:
        columns, values = [], []
        for name, one in zip(self.names, self.get_source_expressions(), strict=True):
            text, given = compiler.compile(one)
            columns.append(f'{text} AS "{name}"')
            values += given
        return f"(SELECT row_to_json(it) FROM (SELECT {', '.join(columns)}) it)", values  # noqa: S608 - columns


class Utf8(Func):
    """A text as it is sent."""

    template = "convert_to(%(expressions)s::text, 'UTF8')"
    output_field = BinaryField()


OWN = Said(
    id="uuid",
    directive=Said(
        id="directive__uuid",
        wording="directive__wording",
        quote="directive__quote",
        product="directive__product",
    ),
    deadline_text="directive__deadline_text",
    deadline_kind="directive__deadline_kind",
    **{name: name for name in Assignments.AS_STORED},
)


def to_be_said(assignments: QuerySet) -> QuerySet:
    """These assignments with the columns that `assignments_said` needs, which are sent as they are (`binary`)."""
    return assignments.annotate(key=Cast("uuid", TextField()), own=Utf8(OWN)).values("key", "own", *OF)


def assignments_said(rows: list[Row]) -> dict[str, bytes]:
    """Each of these rows as a JSON object, by its id; three queries, whatever their number."""
    parts = parts_said(row["directive_id"] for row in rows)
    notices = _said_by_id(_notices(ids=list({row["directive__notice_id"] for row in rows})), notice_in_short)
    agencies = _said_by_id(_agencies(ids=list({row["agency_id"] for row in rows})), body)
    statuses = {state: f',"exchange_status":"{status}",'.encode() for state, status in STATUS_OF.items()}
    return {
        row["key"]: b'%b,"notice":%b,"agency":%b%b%b}'
        % (
            row["own"][:-1],
            notices[row["directive__notice_id"]],
            agencies[row["agency_id"]],
            statuses[row["state"]],
            parts[row["directive_id"], row["period"]],
        )
        for row in rows
    }


@put_together_once
def _notices(ids: list[int]) -> QuerySet:
    return Notice.objects.filter(pk__among=ids).values("pk", *NOTICE_IN_SHORT)


@put_together_once
def _agencies(ids: list[int]) -> QuerySet:
    return Agency.objects.filter(pk__among=ids).values("pk", *BODY)


def _said_by_id(rows: list[Row], in_words: Any) -> dict[int, bytes]:
    """What is said of each, by its id; columns are named as where they come across a relation."""
    return {row["pk"]: as_json(in_words({f"it__{name}": one for name, one in row.items()}, "it")) for row in rows}
