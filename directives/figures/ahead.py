"""What comes due next."""

from datetime import date

from directives.figures.scope import Scope
from directives.models import Role
from directives.models.history import SpanQuerySet
from directives.rules.lifecycle import WORKING


def due_ahead(scope: Scope, as_of: date, until: date) -> SpanQuerySet:
    """The spans of what is worked on at the end of the local date `as_of` and due from then on to `until`.

    Lead and share work; what is due on `as_of` itself is among it, since nothing is overdue on its own day.
    """
    rows = scope.spans().as_of(as_of).filter(state__in=WORKING, due_on__gte=as_of, due_on__lte=until)
    return rows.exclude(role=Role.COORDINATING)
