"""The reader's desk: who reads, on which day, by which calendar, and for which agencies this person acts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import Office, Role, User
from accounts.people import Reach, reach, reporting_for
from accounts.roles import ROLE_VERBS, Verb
from directives.models import named_days, soon_until
from directives.rules.counting import NamedDay
from directives.rules.working_days import Calendar
from tracker import clock


class SignedIn(HttpRequest):
    """A request behind `login_required`: there is a person, and django-htmx has looked at it."""

    user: User
    htmx: HtmxDetails


@dataclass(frozen=True)
class Desk:
    """Read once for a request; each part costs one query at most, and only when it is asked for."""

    user: User
    today: date

    @cached_property
    def named_days(self) -> list[NamedDay]:
        """The days that differ from the plain week, as they stand now."""
        return named_days()

    @cached_property
    def calendar(self) -> Calendar:
        """The working calendar as it stands now."""
        working = frozenset(day.day for day in self.named_days if day.working)
        return Calendar(off=frozenset(day.day for day in self.named_days if not day.working), working=working)

    @cached_property
    def sight(self) -> Reach:
        """How far the reader's eye reaches today."""
        return reach(self.user, self.today)

    @cached_property
    def soon_until(self) -> date:
        """The last local date that counts as due soon."""
        return soon_until(self.today)

    @cached_property
    def offices(self) -> list[Office]:
        """The offices held or filled today, with their bodies."""
        return list(Office.objects.of(self.user, self.today).select_related("agency", "committee").order_by("pk"))

    @cached_property
    def own_agencies(self) -> frozenset[int]:
        """Ids of the agencies that this person reports for today."""
        return reporting_for(self.offices)

    @cached_property
    def decides_for(self) -> frozenset[int]:
        """Ids of the committees for which this person may decide on requests for more time today."""
        return self._committees(Verb.DECIDE_EXTENSION)

    @cached_property
    def answers_for(self) -> frozenset[int]:
        """Ids of the committees for which this person may answer questions today."""
        return self._committees(Verb.ANSWER)

    def _committees(self, verb: Verb) -> frozenset[int]:
        held = (office for office in self.offices if verb in ROLE_VERBS[Role(office.role)])
        return frozenset(office.committee_id for office in held if office.committee_id)


def desk_of(request: SignedIn) -> Desk:
    """The desk of the person who asks, today in Viet Nam."""
    return Desk(user=request.user, today=clock.today())
