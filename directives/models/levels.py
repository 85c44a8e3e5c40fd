"""Between levels: an agency gives its part on to those below it, and what it hands down is its own inner work."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models.expressions import RawSQL

from directives.models.searching import FoundByTheirDirective

# Behind whatever the notice itself gives: directives that agencies handed down under it are numbered from here on.
HANDED_DOWN_FROM = 100_000

BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT part.id
    FROM directives_assignment part JOIN directives_directive directive ON directive.id = part.directive_id
    WHERE directive.handed_down_from_id = ANY(%s) AND directive.given_by_id IS NOT NULL
    UNION
    SELECT part.id FROM below JOIN directives_directive directive ON directive.handed_down_from_id = below.id
    JOIN directives_assignment part ON part.directive_id = directive.id
    WHERE directive.given_by_id IS NOT NULL
)
SELECT id FROM below
"""


class BetweenLevels(FoundByTheirDirective):
    """The words by which assignments are told apart that a committee gave, and that an agency handed down."""

    def from_committees(self) -> Self:
        """What the notices give: what the figures of a committee count."""
        return self.filter(committee__isnull=False)

    def handed_down_by(self, agencies: Iterable[int]) -> Self:
        """What these agencies (ids) gave to others below them."""
        return self.filter(directive__given_by__in=agencies)

    def handed_down_to(self, agencies: Iterable[int]) -> Self:
        """What these agencies (ids) were given by an agency above them."""
        return self.filter(agency__in=agencies, directive__given_by__isnull=False)

    def parts_of(self, parents: Iterable[models.Model]) -> Self:
        """What was handed down from these assignments, one level down."""
        return self.filter(directive__handed_down_from__in=parents, directive__given_by__isnull=False)

    def below(self, parents: Iterable[models.Model]) -> Self:
        """What was handed down from these assignments, through all levels, in one query."""
        return self.filter(pk__in=RawSQL(BELOW, [[parent.pk for parent in parents]]))  # noqa: S611
