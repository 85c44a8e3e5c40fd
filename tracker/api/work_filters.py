"""What lists of something that belongs to assignments can be narrowed by."""

from directives.models import Role
from tracker.api.filters import Filters, agency, agency_under, by_id, committee, notice, one_of


class WorkFilters(Filters):
    """By its assignment: which one, whose, in which role, of which directive and notice."""

    assignment = by_id("assignment__uuid")
    directive = by_id("assignment__directive__uuid")
    notice = notice("assignment__directive__notice")
    committee = committee("assignment__directive__notice__committee")
    agency = agency("assignment__agency")
    agency_under = agency_under("assignment__agency")
    role = one_of("assignment__role", Role.values)
