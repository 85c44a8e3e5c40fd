"""The ladders of all committees, as one piece of work reads them."""

from directives.actions.moving import read_terms
from directives.models import Ladder
from directives.rules.nudges import Terms


class Ladders:
    """Every committee's ladder, read once."""

    def __init__(self) -> None:
        rows = Ladder.objects.prefetch_related("rungs")
        self._terms = {ladder.committee_id: read_terms(ladder) for ladder in rows}
        self.monthly = any(terms.monthly_by for terms in self._terms.values())

    def whose(self, committee_id: int) -> int | None:
        """The committee whose ladder it climbs: its own, else None for the default one."""
        return committee_id if committee_id in self._terms else None

    def of(self, committee_id: int | None) -> Terms:
        """What the committee's own ladder asks, else the default one; nothing where neither is set."""
        return self._terms.get(committee_id, self._terms.get(None, Terms()))
