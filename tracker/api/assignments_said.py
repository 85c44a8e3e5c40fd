"""Assignments as JSON that the database writes: for lists, for one in full, and for systems that keep a copy of all.

The same as `Assignments.lines` and `more` say; tests hold them together.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from uuid import UUID

from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.expressions import Expression, RawSQL
from django.db.models.functions import Cast
from django.utils.translation import get_language

from accounts.models.agencies import name_in_use
from accounts.prepared import Given, Row, Statement
from directives.models import Event, ExtensionRequest, Report
from directives.rules.exchange import STATUS_OF
from directives.rules.notice_header import reference_of
from directives.rules.standing import Standing
from tracker.api.answers import as_json
from tracker.api.callers import AnyEye, Eye, ShapeOfReach, shape_of_reach
from tracker.api.events_said import EVENT
from tracker.api.extensions import EXTENSION
from tracker.api.parts import BODY, SAID_OF_TURN, columns, parts_said
from tracker.api.reports import REPORT
from tracker.api.said import AllOf, Said, Utf8

STORED = (
    *("role", "period", "state", "due_on", "original_due_on", "assigned_on"),
    *("handed_in_on", "done_on", "returned_on", "version"),
)
NOTICE = "directive__notice"
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
    **{name: name for name in STORED},
)
OF_NOTICE = Said(id=f"{NOTICE}__uuid", issued_on=f"{NOTICE}__issued_on")
# What is read of each, beside its own words.
OF = (
    *("directive_id", "period", "state"),
    *columns("agency", *BODY),
    *columns(NOTICE, "number", "symbol"),
)
MORE = Said(
    history=AllOf(Event.objects.filter(assignment=OuterRef("pk")).order_by("at", "pk").values(said=EVENT)),
    extensions=AllOf(
        ExtensionRequest.objects.filter(assignment=OuterRef("pk")).order_by("asked_at", "pk").values(said=EXTENSION)
    ),
    reports=AllOf(Report.objects.filter(assignment=OuterRef("pk")).order_by("at", "pk").values(said=REPORT)),
)
STATUSES = {state: f',"exchange_status":"{status}"'.encode() for state, status in STATUS_OF.items()}
STANDINGS = {standing: f',"standing":"{standing}"'.encode() for standing in Standing}
# And where it is said how it stands, and which version of it this is.
AS_IT_STANDS = ("id", "due_on", "handed_in_on", "done_on", "version")
# How a row stands; a copy is not told what changes at midnight.
Stands = Callable[[Row], str]
# Who has which part in its directive: asked for with each row, or of many rows at once.
PARTS = Utf8(RawSQL(SAID_OF_TURN, (), output_field=TextField()))  # noqa: S611 - our own words


def to_be_said(assignments: QuerySet, *also: str, **more: Expression) -> QuerySet:
    """These assignments with the columns that `assignments_said` needs, which are sent as they are (`binary`)."""
    words = {"own": Utf8(OWN), "notice": Utf8(OF_NOTICE), **more}
    return assignments.order_by().annotate(key=Cast("uuid", TextField()), **words).values("key", *words, *OF, *also)


def copies_said(rows: list[Row]) -> dict[str, bytes]:
    """Each of these rows as a JSON object, by its id."""
    turns = parts_said(row["directive_id"] for row in rows)
    for row in rows:
        row["parts"] = turns[row["directive_id"], row["period"]]
    return {row["key"]: said for row, said in zip(rows, assignments_said(rows), strict=True)}


def assignments_said(rows: list[Row], stands: Stands | None = None) -> list[bytes]:
    """Each of these rows, with its `parts`, as a JSON object."""
    language = get_language()
    return [
        b'%b,"notice":%b,"reference":%b},"agency":%b%b,%b%b}'
        % (
            row["own"][:-1],
            row["notice"][:-1],
            _reference(row["directive__notice__number"], row["directive__notice__symbol"]),
            _agency(row["agency__code"], row["agency__name_vi"], row["agency__name_en"], language),
            STATUSES[row["state"]],
            row["parts"],
            STANDINGS[stands(row)] if stands else b"",
        )
        for row in rows
    ]


def said_by_ids(eye: Eye, ids: list[int], stands: Stands) -> list[bytes]:
    """These assignments in this order, as they are now; without those that are gone or out of sight since."""
    found = _by_ids(shape_of_reach(eye.reach)).rows({**eye.given(), "ids": ids})
    rows = {row["id"]: row for row in found}
    return assignments_said([rows[pk] for pk in ids if pk in rows], stands)


def said_in_full(eye: Eye, uuid: UUID, stands: Stands) -> tuple[bytes, int] | None:
    """The assignment of this id, with all that belongs to it, and its version; None where `eye` does not see it."""
    rows = _in_full(shape_of_reach(eye.reach)).rows({**eye.given(), "uuid": uuid})
    if not rows:
        return None
    (said,) = assignments_said(rows, stands)
    return b"%b,%b" % (said[:-1], rows[0]["more"][1:]), rows[0]["version"]


@cache
def _by_ids(sight: ShapeOfReach) -> Statement:
    these = AnyEye(sight).assignments().filter(pk__among=Given("ids", many=True))
    return Statement(to_be_said(these, *AS_IT_STANDS, parts=PARTS), binary=True)


@cache
def _in_full(sight: ShapeOfReach) -> Statement:
    one = AnyEye(sight).assignments().filter(uuid=Given("uuid"))
    return Statement(to_be_said(one, *AS_IT_STANDS, parts=PARTS, more=Utf8(MORE)), binary=True)


@lru_cache(1000)
def _agency(code: str, name_vi: str, name_en: str, _language: str | None) -> bytes:
    return as_json({"code": code, "name": name_in_use(name_vi, name_en)})


@lru_cache(1000)
def _reference(number: int | None, symbol: str) -> bytes:
    return as_json(reference_of(number, symbol))
