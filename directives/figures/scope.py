"""Of which work a figure is asked."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Agency, Committee
from directives.models import Span
from directives.models.history import SpanQuerySet


@dataclass(frozen=True)
class Scope:
    """What is counted: the work that these committees (ids) gave, that of these agencies (ids), or both at once.

    None stands for all of them. `handed_down` turns from what committees gave to what the agencies gave to others
    below them. `first`, `last`: only what was assigned on these local dates or between them.
    """

    committees: frozenset[int] | None = None
    agencies: frozenset[int] | None = None
    handed_down: bool = False
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, body: Committee | Agency, *, handed_down: bool = False) -> "Scope":
        """What a committee gave; what an agency was given, or what it handed down."""
        if isinstance(body, Committee):
            return cls(committees=frozenset([body.pk]))
        return cls(agencies=frozenset([body.pk]), handed_down=handed_down)

    @property
    def is_plain(self) -> bool:
        """Whether it is told apart by committee and agency alone, as the summary by days is."""
        return not self.handed_down and self.first is None and self.last is None

    def spans(self) -> SpanQuerySet:
        """The spans of what is counted, of all days."""
        rows = Span.objects.all()
        if self.handed_down:
            rows = rows.filter(directive__given_by__in=self.agencies or ())
        else:
            rows = rows.filter(committee__isnull=False)
            if self.committees is not None:
                rows = rows.filter(committee__in=self.committees)
            if self.agencies is not None:
                rows = rows.filter(agency__in=self.agencies)
        if self.first:
            rows = rows.filter(assignment__assigned_on__gte=self.first)
        if self.last:
            rows = rows.filter(assignment__assigned_on__lte=self.last)
        return rows
