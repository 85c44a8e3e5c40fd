"""Builders of agencies, people, their offices and absences, and keys."""

from datetime import date

from accounts.models import Absence, Agency, AgencyGroup, AgencyKind, ApiKey, Committee, Office, Role, Succession, User
from accounts.models.people import COMMITTEE_ROLES, SYSTEM_ROLES
from tests.make.days import FAR_FUTURE, OFFICES_SINCE, numbers


def make_agency(name: str = "", *, kind: str = AgencyKind.MINISTRY, **fields: object) -> Agency:
    """An agency; named 'Cơ quan 7' where the name does not matter."""
    number = next(numbers)
    fields.setdefault("code", f"co-quan-{number}")
    return Agency.objects.create(name_vi=name or f"Cơ quan {number}", kind=kind, **fields)


def make_succession(predecessor: Agency, successor: Agency, on: date) -> Succession:
    """The work of `predecessor` passes to `successor` on a day."""
    return Succession.objects.create(predecessor=predecessor, successor=successor, on=on, basis="Nghị quyết")


def make_group(*members: Agency, kinds: tuple[str, ...] = (), name: str = "", **fields: object) -> AgencyGroup:
    """A group addressee, by named members, by kinds, or both."""
    number = next(numbers)
    fields.setdefault("code", f"nhom-{number}")
    group = AgencyGroup.objects.create(name_vi=name or f"Nhóm {number}", kinds=list(kinds), **fields)
    group.members.set(members)
    return group


def make_committee(name: str = "", **fields: object) -> Committee:
    """A committee without secretariat agency or parent unless said."""
    number = next(numbers)
    fields.setdefault("code", f"ban-chi-dao-{number}")
    return Committee.objects.create(name_vi=name or f"Ban Chỉ đạo {number}", **fields)


def make_user(role: str = Role.OFFICER, body: Agency | Committee | None = None, **fields: object) -> User:
    """Somebody who holds the office `role` in `body` since `OFFICES_SINCE`; a new body where none is given.

    The password is `PASSWORD` only where `password=PASSWORD` is asked for: hashing is slow, most tests log in by force.
    `starts_on` and `ends_on` are the office's; all else is the user's.
    """
    number = next(numbers)
    dates = {name: fields.pop(name) for name in ("starts_on", "ends_on") if name in fields}
    fields.setdefault("email", f"{role}.{number}@dondoc.example".replace("_", "-"))
    fields.setdefault("name", f"{Role(role).name} {number}")
    user = User.objects.create_user(**fields)
    make_office(user, role, body, **dates)
    return user


def make_office(user: User, role: str, body: Agency | Committee | None = None, **fields: object) -> Office:
    """One more office for `user`, in `body` or in a new one of the kind that the role sits in."""
    fields.setdefault("starts_on", OFFICES_SINCE)
    if role in SYSTEM_ROLES:
        return Office.objects.create(user=user, role=role, **fields)
    if role in COMMITTEE_ROLES:
        return Office.objects.create(user=user, role=role, committee=body or make_committee(), **fields)
    return Office.objects.create(user=user, role=role, agency=body or make_agency(), **fields)


def make_absence(away: User | Office, substitute: User, begins_on: date, ends_on: date | None = None) -> Absence:
    """`substitute` fills the office (the only one of a user) on those days; on one day where no last one is given."""
    office = away.offices.get() if isinstance(away, User) else away
    return Absence.objects.create(
        office=office, substitute=substitute, begins_on=begins_on, ends_on=ends_on or begins_on
    )


def make_key(body: Agency | Committee | None = None, *, scopes: tuple[str, ...] = ("read",)) -> tuple[ApiKey, str]:
    """An API key acting for `body` (a new committee if none), and its plain text."""
    body = body or make_committee()
    seat = {"agency": body} if isinstance(body, Agency) else {"committee": body}
    return ApiKey.issue(f"Khóa {next(numbers)}", expires_at=FAR_FUTURE, scopes=scopes, **seat)
