"""Who issues a notice: an agency, or the committee itself under its own name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyKind, Committee, User
from directives.actions.recording import record
from directives.rules.refusals import Invalid

NAMES = ("name_vi", "name_en", "abbreviation", "valid_from", "valid_to")
ANOTHER = _("A committee issues under its own name only what is its own. Choose an agency.")


def with_issuer(fields: Mapping[str, Any], committee: Committee, *, by: User, at: datetime) -> dict[str, Any]:
    """The fields of a notice of `committee`, where the committee itself is named as issuer with its body as that.

    Raises Invalid(issuer) where another committee is named.
    """
    issuer = fields.get("issuer")
    if not isinstance(issuer, Committee):
        return dict(fields)
    if issuer.pk != committee.pk:
        raise Invalid("issuer", ANOTHER)
    return {**fields, "issuer": as_issuer(committee, by=by, at=at)}


@transaction.atomic
def as_issuer(committee: Committee, *, by: User, at: datetime) -> Agency:
    """The committee as a body that issues papers: made when it first does, and called as the committee is called."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    called = {name: getattr(committee, name) for name in NAMES}
    body = committee.itself
    if body is None:
        body = Agency.objects.create(code=_code_for(committee), kind=AgencyKind.OTHER, **called)
        committee.itself = body
        committee.save(update_fields=["itself"])
        record(body, "add", by=by, at=at, on_behalf_of=committee.name_vi, after=_told(called))
    elif before := {name: getattr(body, name) for name in NAMES if getattr(body, name) != called[name]}:
        after = {name: called[name] for name in before}
        Agency.objects.filter(pk=body.pk).update(**after)
        record(body, "change", by=by, at=at, on_behalf_of=committee.name_vi, before=_told(before), after=_told(after))
    return body


def _code_for(committee: Committee) -> str:
    """Its own, unless an agency has that; ids are never used twice."""
    is_taken = Agency.objects.filter(code=committee.code).exists()
    return f"{committee.code[:40]}-{committee.pk}" if is_taken else committee.code


def _told(called: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(one) for name, one in called.items() if one not in ("", None)}
