"""Who hears a rung: from its audiences to people, with the message that it goes out in."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from accounts.people import Holder, Seats
from directives.actions.posting import Envelope
from directives.models import DeliveryKind
from directives.rules.escalation import LEADERSHIP, digest_moment, leadership_moment, up_to
from directives.rules.working_days import HANOI, Calendar


@dataclass(frozen=True)
class Hearer:
    """Somebody whom a rung reaches, and as what; `for_nobody` where only because the agency has nobody in office."""

    audience: str
    holder: Holder
    for_nobody: bool = False

    @property
    def user(self) -> User:
        return self.holder.user

    @property
    def leads(self) -> bool:
        """Whether they lead the committee: of work that was handed down an agency's own head hears, at once."""
        return self.audience in LEADERSHIP and self.holder.office.committee_id is not None

    @property
    def kind(self) -> str:
        """What kind of message tells them of it."""
        escalated = self.audience in (*LEADERSHIP, "secretariat")
        return DeliveryKind.ESCALATED if escalated else DeliveryKind.DIGEST


def hearers(
    found: Seats, audience: str, *, agency_id: int, committee_id: int, giver_id: int | None = None
) -> list[Hearer]:
    """Everybody whom a rung up to `audience` speaks to, once each.

    Where the agency has no officer, its head hears; where it has nobody in office, whoever gave it the work: the
    committee's secretariat, or the officers of the agency that handed it down (`giver_id`).
    """
    people: dict[int, Hearer] = {}
    for earlier in up_to(audience):
        for holder in found.holders(earlier, agency_id=agency_id, committee_id=committee_id, giver_id=giver_id):
            people.setdefault(holder.user.pk, Hearer(earlier, holder))
    if not any(hearer.audience == "officer" for hearer in people.values()):
        for holder in found.holders("head", agency_id=agency_id, committee_id=None):
            people.setdefault(holder.user.pk, Hearer("head", holder))
    if not any(hearer.audience in ("officer", "head") for hearer in people.values()):
        for holder in found.holders("secretariat", agency_id=None, committee_id=committee_id, giver_id=giver_id):
            people.setdefault(holder.user.pk, Hearer("secretariat", holder, for_nobody=True))
    return list(people.values())


class Hours:
    """When what a round has to say is to leave, in Hanoi."""

    def __init__(self, *, now: datetime, today: date, calendar: Calendar) -> None:
        self.now = now
        self.at_once = now.astimezone(HANOI)
        self.digest = digest_moment(now=now, today=today, calendar=calendar)
        # One working day later: what leaders are told, and what comes too late for the digest of the day.
        self.next_digest = self.leadership = leadership_moment(now=now, today=today, calendar=calendar)

    def envelope(self, hearer: Hearer, channel: str, *, urgent: bool) -> Envelope:
        """What a rung goes out in."""
        if hearer.kind == DeliveryKind.DIGEST and not urgent:
            return self.of_the_day(hearer.holder, channel)
        early = self.at_once if urgent else self.digest
        hour = self.leadership if hearer.leads else early
        return Envelope(hearer.user, hearer.holder, hearer.kind, hour, channel)

    def of_the_day(self, holder: Holder, channel: str) -> Envelope:
        """The digest of the day, which lists what is overdue whether or not a rung falls on it."""
        return Envelope(holder.user, holder, DeliveryKind.DIGEST, self.digest, channel, next_at=self.next_digest)
