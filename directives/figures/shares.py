"""k of N: how many of those to whom the same was given have done it, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from accounts.models import Agency
from directives.figures.scope import Scope
from directives.models import Directive, Role, Span
from directives.models.history import SpanQuerySet
from directives.rules.lifecycle import LIVE, State


def answering(spans: SpanQuerySet, as_of: date) -> SpanQuerySet:
    """Of `spans` those of who leads or shares live work at the end of a local date: the N."""
    return spans.as_of(as_of).filter(state__in=LIVE).exclude(role=Role.COORDINATING)


def finished(spans: SpanQuerySet, as_of: date) -> SpanQuerySet:
    """Of them who has done it, with a deadline or without: the k."""
    return answering(spans, as_of).filter(state=State.DONE)


def missing(spans: SpanQuerySet, as_of: date) -> SpanQuerySet:
    """Of them who has not done it yet."""
    return answering(spans, as_of).exclude(state=State.DONE)


@dataclass(frozen=True)
class Given:
    """A directive (id) that several agencies have a part in: how many of them, and how many have done it."""

    directive: int
    done: int
    total: int


def given_to_several(scope: Scope, as_of: date) -> list[Given]:
    """k of N of each directive that more than one agency answers for, at the end of the local date `as_of`.

    Where most are missing comes first. One query.
    """
    rows = answering(scope.spans(), as_of).order_by().values("directive")
    counts = rows.annotate(total=Count("pk"), done=Count("pk", filter=Q(state=State.DONE))).filter(total__gt=1)
    found = [Given(row["directive"], row["done"], row["total"]) for row in counts]
    return sorted(found, key=lambda one: (one.done - one.total, one.directive))


@dataclass(frozen=True)
class Shares:
    """`done` of `total` who answer for a directive, and who is missing, by code."""

    done: int
    total: int
    missing: Sequence[Agency]


def shares(directive: Directive, as_of: date, *, period: str = "") -> Shares:
    """How many of those who lead or share a directive have it done at the end of the local date `as_of`. One query."""
    rows = answering(Span.objects.filter(directive=directive, assignment__period=period), as_of)
    rows = rows.select_related("agency").order_by("agency__code", "pk")
    found = [(row.agency, row.state == State.DONE) for row in rows]
    return Shares(sum(done for _agency, done in found), len(found), [agency for agency, done in found if not done])
