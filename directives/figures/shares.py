"""k of N: how many of those to whom the same was given have done it, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Agency
from directives.models import Directive, Role, Span
from directives.rules.lifecycle import LIVE, State


@dataclass(frozen=True)
class Shares:
    """`done` of `total` who answer for a directive, and who is missing, by code."""

    done: int
    total: int
    missing: Sequence[Agency]


def shares(directive: Directive, as_of: date, *, period: str = "") -> Shares:
    """How many of those who lead or share a directive have it done at the end of the local date `as_of`. One query."""
    rows = Span.objects.filter(directive=directive, assignment__period=period, state__in=LIVE).as_of(as_of)
    rows = rows.exclude(role=Role.COORDINATING).select_related("agency").order_by("agency__code", "pk")
    found = [(row.agency, row.state == State.DONE) for row in rows]
    return Shares(sum(done for _agency, done in found), len(found), [agency for agency, done in found if not done])
