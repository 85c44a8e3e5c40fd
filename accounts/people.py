"""From an audience to people: who holds an office on a day; and how far a person's eye reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.agencies import ids_under, under
from accounts.models import Agency, ApiKey, Committee, Office, Role, User
from accounts.roles import ROLE_VERBS, Scope, Verb

AUDIENCE_ROLE = {
    "officer": Role.OFFICER,
    "head": Role.HEAD,
    "secretariat": Role.SECRETARIAT,
    "deputy": Role.STANDING_DEPUTY,
    "chair": Role.CHAIR,
}

# Over work that an agency handed down its own people stand, where the committee's stand over all other.
ABOVE = {"secretariat": Role.OFFICER, "deputy": Role.HEAD, "chair": Role.HEAD}

COMMITTEES_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM accounts_committee WHERE id = ANY(%s)
    UNION
    SELECT child.id FROM accounts_committee child JOIN below ON child.parent_id = below.id
)
SELECT id FROM below
"""


@dataclass(frozen=True)
class Holder:
    """Somebody who gets what an office gets, and why: the office, held or filled as substitute.

    `stand_in` is who fills it beside its holder.
    """

    user: User
    office: Office
    substitutes: bool = False
    stand_in: User | None = None


def seat_of(
    audience: str, *, agency_id: int | None, committee_id: int | None, giver_id: int | None = None
) -> tuple[str, int | None, int | None]:
    """The office that an audience is: role, agency and committee (ids).

    `giver_id` is the agency that handed the work down, if one did: its officers hear what else the secretariat hears,
    its head what else the committee's leaders hear.
    """
    role = AUDIENCE_ROLE[audience]
    if role in (Role.OFFICER, Role.HEAD):
        return role, agency_id, None
    return (role, None, committee_id) if giver_id is None else (ABOVE[audience], giver_id, None)


class Seats:
    """Who sits where on a day, for many agencies and committees: from their offices of that day with its absences."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self._holders: dict[tuple[str, int | None, int | None], dict[int, Holder]] = defaultdict(dict)
        stand_ins = []
        for office in offices:
            stand_in = office.away.substitute if office.away and office.away.substitute.is_active else None
            if office.user.is_active:
                self._seat(office).setdefault(office.user_id, Holder(office.user, office, stand_in=stand_in))
            if stand_in is not None:
                stand_ins.append(Holder(stand_in, office, substitutes=True))
        for filled in stand_ins:
            self._seat(filled.office).setdefault(filled.user.pk, filled)

    @property
    def people(self) -> set[int]:
        """Everybody who is found here (ids)."""
        return {user_id for seat in self._holders.values() for user_id in seat}

    def _seat(self, office: Office) -> dict[int, Holder]:
        return self._holders[office.role, office.agency_id, office.committee_id]

    def holders(
        self, audience: str, *, agency_id: int | None, committee_id: int | None, giver_id: int | None = None
    ) -> list[Holder]:
        """The holders of the audience's office (see `seat_of`). A person who is reached twice is named once, as the
        holder.
        """
        seat = seat_of(audience, agency_id=agency_id, committee_id=committee_id, giver_id=giver_id)
        return list(self._holders[seat].values()) if seat in self._holders else []


def seats(*, agencies: Iterable[int], committees: Iterable[int], on: date) -> Seats:
    """The seats of these agencies and committees (ids) on the local date `on`. Closed accounts get nothing."""
    offices = Office.objects.on(on).filter(Q(agency_id__in=set(agencies)) | Q(committee_id__in=set(committees)))
    return Seats(offices.with_absence(on).select_related("user", "agency", "committee").order_by("pk"))


def offices_of(users: Collection[int], on: date) -> dict[int, list[Office]]:
    """The offices that each of these users (ids) holds or fills as substitute on the local date `on`, in one query."""
    found: dict[int, list[Office]] = {user_id: [] for user_id in users}
    offices = Office.objects.on(on).with_absence(on)
    for office in offices.filter(Q(user__in=found) | Q(away__substitute__in=found)).order_by("pk"):
        if office.user_id in found:
            found[office.user_id].append(office)
        if office.away and office.away.substitute_id in found:
            found[office.away.substitute_id].append(office)
    return found


def people_for(audience: str, *, agency: Agency | None, committee: Committee | None, on: date) -> list[User]:
    """The people of an audience on the local date `on` (see `Seats.holders`)."""
    agency_id, committee_id = agency and agency.pk, committee and committee.pk
    found = seats(agencies=[agency_id] if agency_id else [], committees=[committee_id] if committee_id else [], on=on)
    return [holder.user for holder in found.holders(audience, agency_id=agency_id, committee_id=committee_id)]


def colleagues(office: Office, first: date, last: date) -> QuerySet[User]:
    """Who may fill `office` from `first` to `last` (local dates): whoever holds one of the same body all that time.

    An administrator or an auditor is filled by another one.
    """
    same = Office.objects.filter(agency=office.agency_id, committee=office.committee_id)
    if office.body is None:
        same = same.filter(role=office.role)
    through = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=last), starts_on__lte=first)
    found = User.objects.filter(pk__in=through.values("user"), is_active=True).exclude(pk=office.user_id)
    return found.order_by("name", "pk")


def acted_as(user: User, agency: Agency, on: date) -> frozenset[int]:
    """In whose name `user` acts for the agency on the local date `on` (ids): their own, and whom they substitute."""
    filled = Office.objects.filled_by(user, on).filter(agency=agency)
    return frozenset({user.pk, *filled.values_list("user_id", flat=True)})


@dataclass(frozen=True)
class Reach:
    """How far somebody's eye reaches: everything, or these agencies (with all below them) and these committees."""

    everything: bool
    agencies: frozenset[int]
    committees: frozenset[int]
    drafts_of: frozenset[int]


NOTHING = Reach(False, frozenset(), frozenset(), frozenset())


def reach(user: User, on: date) -> Reach:
    """What the offices that `user` holds or fills on the local date `on` let them see.

    Administrators and auditors read all; a committee's people read the committee and those below it; an agency's
    people read their agency and those below it. Drafts are for the secretariat alone.
    """
    if not user.is_active:
        return NOTHING
    if user.is_system:
        return reach_of_key(ApiKey.objects.of_account(user))
    offices = list(Office.objects.of(user, on).select_related("agency", "committee"))
    agencies = [office.agency for office in offices if office.agency]
    committees = [office.committee_id for office in offices if office.committee_id]
    below = Committee.objects.raw(COMMITTEES_BELOW, [committees]) if committees else []
    return Reach(
        everything=any(office.role in (Role.ADMINISTRATOR, Role.AUDITOR) for office in offices),
        agencies=frozenset(under(*agencies).values_list("pk", flat=True)) if agencies else frozenset(),
        committees=frozenset(committee.pk for committee in below),
        drafts_of=frozenset(office.committee_id for office in offices if office.role == Role.SECRETARIAT),
    )


def reporting_for(offices: Iterable[Office]) -> frozenset[int]:
    """Ids of the agencies for which whoever holds or fills these offices reports."""
    reports = (office for office in offices if Verb.REPORT in ROLE_VERBS[Role(office.role)])
    return frozenset(office.agency_id for office in reports if office.agency_id)


def reach_of_key(key: ApiKey) -> Reach:
    """What a key lets a system see: its agency and those below it, or its committee and those below it.

    Drafts are for a key of their own committee that may write them.
    """
    found = Reach(False, *key.reached, frozenset()) if key.reached else reach_of_body(key.agency_id, key.committee_id)
    if key.committee_id is None or Scope.DRAFT not in key.scopes:
        return found
    return replace(found, drafts_of=frozenset([key.committee_id]))


def reach_of_body(agency_id: int | None, committee_id: int | None) -> Reach:
    """What one agency (id) with those below it sees, or one committee (id) with those below it. No drafts."""
    if agency_id:
        return Reach(False, ids_under(agency_id), frozenset(), frozenset())
    with connection.cursor() as cursor:
        cursor.execute(COMMITTEES_BELOW, [[committee_id]])
        return Reach(False, frozenset(), frozenset(pk for (pk,) in cursor.fetchall()), frozenset())
