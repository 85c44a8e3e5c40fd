"""Assignments as JSON that the database makes: many at once, for systems that keep a copy of all of them.

The same as the list says (`Assignments.lines`), less the standing; a test holds the two together. What many rows share
is put into words once.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from accounts.models import Agency
from directives.models import Notice
from directives.rules.exchange import STATUS_OF
from tracker.api.answers import as_json
from tracker.api.assignments import Assignments
from tracker.api.parts import BODY, NOTICE_IN_SHORT, Parts, body, notice_in_short, parts_by_turn

DIRECTIVE = {name: f"directive__{name}" for name in ("wording", "quote", "product")}
OWN = JSONObject(
    id="uuid",
    directive=JSONObject(id="directive__uuid", **DIRECTIVE),
    deadline_text="directive__deadline_text",
    deadline_kind="directive__deadline_kind",
    **{name: name for name in Assignments.AS_STORED},
)


def assignments_said(rows: QuerySet) -> dict[UUID, str]:
    """Each of these assignments as a JSON object, by its id; four queries, whatever their number."""
    own = rows.annotate(own=Cast(OWN, TextField()))
    of = ("directive_id", "period", "directive__notice_id", "agency_id", "state")
    found = list(own.values_list("uuid", "own", *of))
    parts = {turn: _parts(one) for turn, one in parts_by_turn(row[2] for row in found).items()}
    parts = defaultdict(lambda: _parts(Parts()), parts)
    notices = _notices({row[4] for row in found})
    agencies = _agencies({row[5] for row in found})
    return {
        uuid: (
            f'{text[:-1]},"notice":{notices[notice]},"agency":{agencies[agency]},'
            f'"exchange_status":"{STATUS_OF[state]}",{parts[directive, period]}}}'
        )
        for uuid, text, directive, period, notice, agency, state in found
    }


def said(told: Any) -> str:
    """JSON of what a list says of a row."""
    return as_json(told).decode()


def _parts(parts: Parts) -> str:
    # Codes are slugs: nothing in them needs to be escaped.
    lead = f'"{parts.lead}"' if parts.lead else "null"
    coordinating = ",".join(f'"{code}"' for code in parts.coordinating)
    return f'"lead":{lead},"coordinating":[{coordinating}]'


def _notices(ids: set[int]) -> dict[int, str]:
    rows = Notice.objects.filter(pk__in=ids).values("pk", *NOTICE_IN_SHORT)
    return {row["pk"]: said(notice_in_short(_beside(row), "it")) for row in rows}


def _agencies(ids: set[int]) -> dict[int, str]:
    rows = Agency.objects.filter(pk__in=ids).values("pk", *BODY)
    return {row["pk"]: said(body(_beside(row), "it")) for row in rows}


def _beside(row: dict[str, Any]) -> dict[str, Any]:
    """The columns as lists have them, where they come across a relation."""
    return {f"it__{column}": value for column, value in row.items()}
