"""Who sits at the desk during one request: today's offices, asked once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import Committee, User
from accounts.people import Reach, reach
from accounts.roles import COMMITTEE_VERBS, Verb, verbs_of
from directives.models import soon_until
from tracker import clock

# Who has nothing of these has no business at the desk. Deciding an extension alone is done on the pages of the web.
AT_THE_DESK = (COMMITTEE_VERBS - {Verb.DECIDE_EXTENSION}) | {
    Verb.MANAGE_PEOPLE,
    Verb.MANAGE_CALENDAR,
    Verb.MANAGE_LADDER,
    Verb.MANAGE_KEYS,
    Verb.READ_HISTORY,
}


@dataclass(frozen=True)
class Seat:
    """A person, the local date, and what that person's offices allow somewhere on it."""

    user: User
    today: date
    verbs: frozenset[Verb]

    def can(self, *verbs: Verb) -> bool:
        """Whether one of these verbs is allowed somewhere."""
        return not self.verbs.isdisjoint(verbs)

    @cached_property
    def sight(self) -> Reach:
        """How far this person's eye reaches today."""
        return reach(self.user, self.today)

    @cached_property
    def soon_until(self) -> date:
        """The last local date that counts as soon today."""
        return soon_until(self.today)

    def committees(self) -> QuerySet[Committee]:
        """The committees whose secretariat this person is."""
        return Committee.objects.filter(pk__in=self.sight.drafts_of)

    def serves(self, committee_id: int) -> bool:
        """Whether this person is the secretariat of the committee."""
        return committee_id in self.sight.drafts_of


def seat_of(request: HttpRequest) -> Seat:
    """The seat of this request; the offices are read once for each request."""
    kept = vars(request)
    if "seat" not in kept:
        today = clock.today()
        verbs = verbs_of(request.user, on=today) if isinstance(request.user, User) else frozenset[Verb]()
        kept["seat"] = Seat(request.user, today, verbs)
    return kept["seat"]
