"""The agencies' table: each as it was, or with what its predecessors did."""

from datetime import date

from accounts.agencies import heirs
from accounts.models import Agency, Succession
from directives.figures.cells import Basis, By, Cells
from directives.figures.scope import Scope
from directives.figures.summary import totals_by


def carried_by(agency: Agency, on: date) -> frozenset[int]:
    """The agency (id) and those whose work it carries on the local date `on`, as the agencies' table adds them up."""
    found, new = {agency.pk}, {agency.pk}
    while new:
        steps = Succession.objects.filter(successor__in=new, on__lte=on).values_list("predecessor", flat=True)
        new = set(steps) - found
        found |= new
    carries = heirs(Agency.objects.filter(pk__in=found), on)
    return frozenset(pk for pk, ends in carries.items() if ends[0].pk == agency.pk)


def league(scope: Scope, as_of: date, *, succession: bool, basis: Basis = Basis.CURRENT) -> dict[Agency, Cells]:
    """The cells of each agency at the end of the local date `as_of`, the most overdue first.

    Without `succession` each agency stands for itself, also one that has ended. With it, what an agency that had ended
    by then left behind counts with the one that carries its work; where several share it, with the first of them.
    Three queries at most.
    """
    found = totals_by(scope, By.AGENCY, as_of, basis=basis)
    agencies = Agency.objects.in_bulk(found)
    carries = heirs(agencies.values(), as_of) if succession else {}
    told: dict[Agency, Cells] = {}
    for pk, cells in found.items():
        whose = carries[pk][0] if succession else agencies[pk]
        told[whose] = told.get(whose, Cells()) + cells
    return dict(sorted(told.items(), key=lambda row: (-row[1].open_overdue, -row[1].total, row[0].code)))
