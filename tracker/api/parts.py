"""Who has which part in a directive: what the three resources say alike, each read in one query for a whole page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from accounts.models.agencies import name_in_use
from accounts.prepared import array, ask
from directives.models import Role
from directives.rules.lifecycle import LIVE
from directives.rules.notice_header import reference_of

# A directive, and a period of it where it recurs.
Turn = tuple[int, str]


@dataclass
class Parts:
    """The codes of the agencies that lead and coordinate."""

    lead: str | None = None
    coordinating: list[str] = field(default_factory=list)


# Asked with every page.
LIVE_PARTS = f"""
part.role IN ('{Role.LEAD}', '{Role.COORDINATING}') AND part.state IN ({", ".join(f"'{state}'" for state in LIVE)})
"""
TURNS = f"""
FROM directives_assignment part JOIN accounts_agency agency ON agency.id = part.agency_id
WHERE part.directive_id = ANY(%s) AND {LIVE_PARTS}
GROUP BY part.directive_id, part.period
"""
LEADS = f"FILTER (WHERE part.role = '{Role.LEAD}')"
COORDINATES = f"ORDER BY agency.code) FILTER (WHERE part.role = '{Role.COORDINATING}'"
BY_TURN = f"""
SELECT part.directive_id, part.period, min(agency.code) {LEADS}, array_agg(agency.code {COORDINATES}) {TURNS}
"""
# The same as the members of a JSON object. Codes are slugs: nothing in them needs to be escaped.
SAID = f"""'"lead":' || coalesce('"' || min(agency.code) {LEADS} || '"', 'null')
       || ',"coordinating":[' || coalesce(string_agg('"' || agency.code || '"', ',' {COORDINATES}), '') || ']'"""
SAID_BY_TURN = f"SELECT part.directive_id, part.period, {SAID} {TURNS}"
# Of one assignment's turn.
SAID_OF_TURN = f"""
SELECT {SAID} FROM directives_assignment part JOIN accounts_agency agency ON agency.id = part.agency_id
WHERE part.directive_id = directives_assignment.directive_id AND part.period = directives_assignment.period
AND {LIVE_PARTS}
"""  # noqa: S608 - our own words


def parts_by_turn(directives: Iterable[int]) -> dict[Turn, Parts]:
    """Who leads and who coordinates each of these directives (ids) in each period, by live assignments."""
    rows = ask(*_asked(BY_TURN, set(directives)))
    found = {(directive, period): Parts(lead, beside or []) for directive, period, lead, beside in rows}
    return defaultdict(Parts, found)


def parts_said(directives: Iterable[int]) -> dict[Turn, bytes]:
    """The same as the members of a JSON object."""
    rows = ask(*_asked(SAID_BY_TURN, set(directives)))
    said = {(directive, period): text.encode() for directive, period, text in rows}
    return defaultdict(lambda: b'"lead":null,"coordinating":[]', said)


def _asked(text: str, directives: set[int]) -> tuple[str, list[Any]]:
    """Of a single one as such: the server knows what that costs whichever it is, and plans it once for all."""
    if len(directives) == 1:
        return text.replace("ANY(%s)", "%s"), [*directives]
    return text, [array(directives)]


def body(row: dict[str, Any], prefix: str) -> dict[str, Any] | None:
    """An agency or committee as it is named in an answer; None where the row has none."""
    if row[f"{prefix}__code"] is None:
        return None
    return {
        "code": row[f"{prefix}__code"],
        "name": name_in_use(row[f"{prefix}__name_vi"], row[f"{prefix}__name_en"]),
    }


def notice_in_short(row: dict[str, Any], prefix: str) -> dict[str, Any]:
    """The notice that a directive or an assignment comes from."""
    return {
        "id": row[f"{prefix}__uuid"],
        "reference": reference_of(row[f"{prefix}__number"], row[f"{prefix}__symbol"]),
        "issued_on": row[f"{prefix}__issued_on"],
    }


def columns(prefix: str, *names: str) -> tuple[str, ...]:
    """The names of columns across a relation."""
    return tuple(f"{prefix}__{name}" for name in names)


NOTICE_IN_SHORT = ("uuid", "number", "symbol", "issued_on")
BODY = ("code", "name_vi", "name_en")
# Of what belongs to an assignment: which one, whose, and under which notice.
WORK = (
    *columns("assignment", "uuid"),
    *columns("assignment__agency", *BODY),
    *columns("assignment__directive__notice", *NOTICE_IN_SHORT),
)
WORK_TOLD = ("assignment", "agency", "notice")


def work(row: dict[str, Any]) -> dict[str, Any]:
    """The assignment that a report or a request is of."""
    return {
        "assignment": row["assignment__uuid"],
        "agency": body(row, "assignment__agency"),
        "notice": notice_in_short(row, "assignment__directive__notice"),
    }
