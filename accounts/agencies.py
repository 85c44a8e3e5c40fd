"""The agency tree, succession, and who belongs to a group on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from accounts.models import Agency, AgencyGroup, Succession
from accounts.prepared import ask

UNDER = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM accounts_agency WHERE id = ANY(%s)
    UNION
    SELECT child.id FROM accounts_agency child JOIN below ON child.parent_id = below.id
)
SELECT id FROM below
"""
UNDER_CODES = UNDER.replace("id = ANY", "code = ANY")


def under(*agencies: Agency) -> QuerySet[Agency]:
    """The agencies themselves and everything below them in the tree, in one query."""
    return Agency.objects.filter(pk__in=RawSQL(UNDER, [[agency.pk for agency in agencies]]))  # noqa: S611


def ids_under(agency: int) -> frozenset[int]:
    """The same of one agency (id), as ids alone."""
    return _ids(UNDER, [agency])


def ids_under_code(code: str) -> frozenset[int]:
    """The same of the agency of this code; none where there is none."""
    return _ids(UNDER_CODES, [code])


def _ids(statement: str, named: list[int] | list[str]) -> frozenset[int]:
    return frozenset(pk for (pk,) in ask(statement, [named]))


def current(agency: Agency, on: date) -> Agency:
    """Who carries the agency's work on the local date `on`: itself, or the end of its chain of successors.

    Where a succession has no heir yet the agency itself is returned; where several share its work, the one entered
    last (`heirs` names them all).
    """
    return heirs([agency], on)[agency.pk][-1]


def heirs(agencies: Iterable[Agency], on: date) -> dict[int, list[Agency]]:
    """By the id of each agency, who carries its work on the local date `on`, in one query.

    An agency without successor is its own heir. Each step is taken on the day of the last or later, and once, so that
    several successions of one day are followed and a circle ends.
    """
    steps: dict[int, list[Succession]] = defaultdict(list)
    for step in Succession.objects.select_related("successor").filter(on__lte=on).order_by("on", "pk"):
        steps[step.predecessor_id].append(step)
    return {agency.pk: _ends(agency, date.min, frozenset(), steps) for agency in agencies}


def _ends(agency: Agency, since: date, taken: frozenset[int], steps: Mapping[int, list[Succession]]) -> list[Agency]:
    onward = [step for step in steps.get(agency.pk, ()) if step.on >= since and step.pk not in taken]
    if not onward:
        return [agency]
    day = onward[-1].on
    found: dict[int, Agency] = {}
    for step in onward:
        if step.on == day:
            for end in _ends(step.successor, day, taken | {step.pk}, steps):
                found.setdefault(end.pk, end)
    return list(found.values())


def besides_committees(rows: QuerySet[Agency]) -> QuerySet[Agency]:
    """Those of `rows` that are more than a committee under its own name: who can be given work."""
    return rows.filter(as_committee=None)


def members(group: AgencyGroup, on: date) -> QuerySet[Agency]:
    """The agencies of a group that exist on the local date `on`, by code."""
    by_kind = Q(kind__in=group.kinds)
    if group.parent_id:
        by_kind &= Q(parent_id=group.parent_id)
    named = Q(pk__in=group.members.values("pk"))
    there = besides_committees(Agency.objects.on(on)).filter(by_kind | named)
    return Agency.objects.filter(pk__in=there.values("pk")).order_by("code")


def members_of(groups: Iterable[AgencyGroup], on: date) -> dict[int, list[Agency]]:
    """By the id of each group its members on the local date `on`, by code; one query, however many groups."""
    asked = {group.pk: group for group in groups}
    kinds = {kind for group in asked.values() for kind in group.kinds}
    there = besides_committees(Agency.objects.on(on)).filter(Q(kind__in=kinds) | Q(named_in__in=asked))
    named = ArrayAgg("named_in", filter=Q(named_in__in=asked), default=Value([]))
    rows = list(there.annotate(named_by=named).order_by("code"))
    return {
        pk: [agency for agency in rows if pk in agency.named_by or _is_of_kind(agency, group)]
        for pk, group in asked.items()
    }


def _is_of_kind(agency: Agency, group: AgencyGroup) -> bool:
    return agency.kind in group.kinds and (group.parent_id is None or agency.parent_id == group.parent_id)
