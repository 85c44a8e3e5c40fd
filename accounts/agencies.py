"""The agency tree, succession, and who belongs to a group on a day."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Agency, AgencyGroup, Succession

UNDER = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM accounts_agency WHERE id = ANY(%s)
    UNION
    SELECT child.id FROM accounts_agency child JOIN below ON child.parent_id = below.id
)
SELECT id FROM below
"""


def under(*agencies: Agency) -> QuerySet[Agency]:
    """The agencies themselves and everything below them in the tree, in one query."""
    return Agency.objects.filter(pk__in=RawSQL(UNDER, [[agency.pk for agency in agencies]]))  # noqa: S611


def current(agency: Agency, on: date) -> Agency:
    """Who carries the agency's work on the local date `on`: itself, or the end of its chain of successors.

    Where a succession has no heir yet the agency itself is returned. Chains are short (at most a few mergers),
    and a circle cannot loop because each step must lie later than the last.
    """
    since = date.min
    while True:
        step = (
            Succession.objects.select_related("successor")
            .filter(predecessor=agency, on__lte=on, on__gt=since)
            .order_by("on", "pk")
            .last()
        )
        if step is None:
            return agency
        agency, since = step.successor, step.on


def members(group: AgencyGroup, on: date) -> QuerySet[Agency]:
    """The agencies of a group that exist on the local date `on`, by code."""
    by_kind = Q(kind__in=group.kinds)
    if group.parent_id:
        by_kind &= Q(parent_id=group.parent_id)
    named = Q(pk__in=group.members.values("pk"))
    return Agency.objects.filter(pk__in=Agency.objects.on(on).filter(by_kind | named).values("pk")).order_by("code")
