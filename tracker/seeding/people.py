"""The demo's bodies, its offices with their log-ins, and its API keys."""

import json
import os
import secrets
import string
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.agencies import members
from accounts.models import Agency, AgencyGroup, ApiKey, Committee, Office, Role, User
from accounts.passwords import CLASSES
from tracker.seeding.files import DOMAIN, read, with_dates
from tracker.seeding.reference import DATES, load_agencies, load_groups

PASSWORD_LENGTH = 16
# Without letters and digits that look alike on a screen.
SIGNS = "".join(sign for sign in string.ascii_letters + string.digits if sign not in "0O1lI") + "-+=%@"
KEY_DAYS = 365
TERM = ("starts_on", "ends_on")


def load_bodies() -> None:
    """The agencies, groups and committees that only the demo's story needs."""
    bodies = read("demo/bodies.json")
    load_agencies(bodies["agencies"])
    load_groups(bodies["groups"])
    for row in bodies["committees"]:
        _add_committee(row)


def load_offices(known: Mapping[str, str] | None) -> list[dict[str, str]]:
    """The demo's accounts; answers with what `var/demo.json` tells of each, passwords included.

    `known` maps e-mail to the password written down earlier; None where nothing can be written down, so that the
    accounts stay closed to passwords. An account that is there keeps its password where it is written down, and gets
    a new one where that was lost, since nobody could log in otherwise.
    """
    seed = read("demo/offices.json")
    users = {user.email: user for user in User.objects.filter(email__in=[row["email"] for row in seed["offices"]])}
    accounts = []
    for row in seed["offices"]:
        password = None if known is None else known.get(row["email"]) or new_password()
        if row["email"] not in users:
            _add_office({"starts_on": seed["starts_on"], **row}, password)
        elif known is not None and row["email"] not in known:
            users[row["email"]].set_password(password)
            users[row["email"]].save(update_fields=["password"])
        told = {name: row.get(name, "") for name in ("email", "role", "body", "name")}
        accounts.append({**told, "password": password or ""})
    return accounts


def load_message_boxes(on: date) -> None:
    """An officer without log-in in each agency that only gets messages in the demo; groups as of local date `on`."""
    seed = read("demo/offices.json")["messages_only"]
    agencies = list(Agency.objects.filter(code__in=seed["agencies"]))
    for group in AgencyGroup.objects.filter(code__in=seed["groups"]):
        agencies += members(group, on)
    served = set(Office.objects.filter(role=Role.OFFICER).values_list("agency_id", flat=True))
    boxes = {f"chuyenvien.{agency.code.replace('-', '')}@{DOMAIN}": agency for agency in agencies}
    known = set(User.objects.filter(email__in=boxes).values_list("email", flat=True))
    new = {email: agency for email, agency in boxes.items() if agency.pk not in served and email not in known}
    users = User.objects.bulk_create(
        User(
            email=email,
            name=f"Chuyên viên {agency.name_vi.replace('Ủy ban nhân dân', 'UBND')}",
            password=make_password(None),
        )
        for email, agency in new.items()
    )
    since = date.fromisoformat(seed["starts_on"])
    Office.objects.bulk_create(
        Office(user=user, role=Role.OFFICER, agency=agency, starts_on=max(since, agency.valid_from or since))
        for user, agency in zip(users, new.values(), strict=True)
    )


def load_keys(known: Mapping[str, Any], *, at: datetime) -> dict[str, str]:
    """The plain text of the demo's API keys by their names in the note: those of `known` that still open, else new."""
    return {row["told_as"]: _load_key(known.get(row["told_as"], ""), row, at) for row in read("demo/keys.json")["keys"]}


def _load_key(known: str, row: dict[str, Any], at: datetime) -> str:
    if known and ApiKey.objects.authenticate(known, at):
        return known
    agency = Agency.objects.filter(code=row["body"]).first()
    committee = Committee.objects.filter(code=row["body"]).first()
    # Its plain text is lost: a key that nobody can name should not stay open.
    named = ApiKey.objects.filter(name=row["name"], agency=agency, committee=committee)
    named.filter(revoked_at=None).update(revoked_at=at)
    until = at + timedelta(days=KEY_DAYS)
    scopes = tuple(row["scopes"])
    return ApiKey.issue(row["name"], agency=agency, committee=committee, expires_at=until, scopes=scopes)[1]


def new_password() -> str:
    """A random password of all four classes, as the policy asks."""
    while True:
        password = "".join(secrets.choice(SIGNS) for _ in range(PASSWORD_LENGTH))
        if all(any(belongs(sign) for sign in password) for belongs in CLASSES):
            return password


def read_note(path: Path) -> dict[str, Any]:
    """What was written down for this installation earlier; nothing where there is no such file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_note(path: Path, note: dict[str, Any]) -> None:
    """Write passwords and key down for the owner's eyes alone (mode 0600), in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(note, file, ensure_ascii=False, indent=1)
    unfinished.replace(path)


def _add_committee(row: dict[str, Any]) -> None:
    if Committee.objects.filter(code=row["code"]).exists():
        return
    fields = with_dates(row, DATES)
    fields["parent"] = Committee.objects.get(code=row["parent"]) if "parent" in row else None
    fields["secretariat"] = Agency.objects.get(code=row["secretariat"])
    Committee.objects.create(**fields)


def _add_office(row: dict[str, Any], password: str | None) -> None:
    user = User.objects.create_user(row["email"], password, name=row["name"], is_staff=row.get("staff", False))
    body, term = row.get("body"), with_dates({name: row[name] for name in TERM if name in row}, TERM)
    Office.objects.create(
        user=user,
        role=row["role"],
        agency=Agency.objects.filter(code=body).first(),
        committee=Committee.objects.filter(code=body).first(),
        **term,
    )
