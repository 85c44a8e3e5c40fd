"""From an audience to people: who holds an office on a day; and how far a person's eye reaches."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.agencies import under
from accounts.models import Agency, ApiKey, Committee, Office, Role, User

AUDIENCE_ROLE = {
    "officer": Role.OFFICER,
    "head": Role.HEAD,
    "secretariat": Role.SECRETARIAT,
    "deputy": Role.STANDING_DEPUTY,
    "chair": Role.CHAIR,
}

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
    """Somebody who gets what an office gets, and why: the office, held or filled as substitute."""

    user: User
    office: Office
    substitutes: bool = False


def holders(audience: str, *, agency: Agency | None, committee: Committee | None, on: date) -> list[Holder]:
    """Who holds the audience's office on the local date `on`, and on an absence the substitute as well.

    `audience` is officer or head (of `agency`), secretariat, deputy or chair (of `committee`). Closed accounts get
    nothing. A person who is reached twice is named once, as the holder.
    """
    role = AUDIENCE_ROLE[audience]
    seat = Q(agency=agency) if role in (Role.OFFICER, Role.HEAD) else Q(committee=committee)
    found: dict[int, Holder] = {}
    offices = Office.objects.on(on).filter(seat, role=role).select_related("user", "substitute", "agency", "committee")
    for office in offices.order_by("pk"):
        if office.user.is_active:
            found.setdefault(office.user_id, Holder(office.user, office))
    for office in offices.filter(substitute_from__lte=on, substitute_to__gte=on).order_by("pk"):
        if office.substitute.is_active:
            found.setdefault(office.substitute_id, Holder(office.substitute, office, substitutes=True))
    return list(found.values())


def people_for(audience: str, *, agency: Agency | None, committee: Committee | None, on: date) -> list[User]:
    """The people of an audience on the local date `on` (see `holders`)."""
    return [holder.user for holder in holders(audience, agency=agency, committee=committee, on=on)]


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


def reach_of_key(key: ApiKey) -> Reach:
    """What a key lets a system see: its agency and those below it, or its committee and those below it. No drafts."""
    if key.agency_id:
        return Reach(False, frozenset(under(key.agency).values_list("pk", flat=True)), frozenset(), frozenset())
    below = Committee.objects.raw(COMMITTEES_BELOW, [[key.committee_id]])
    return Reach(False, frozenset(), frozenset(committee.pk for committee in below), frozenset())
