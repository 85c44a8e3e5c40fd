"""The codes that history keeps, by the names of what they mean: agencies, groups, directives, roles and decisions."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from accounts.models import Agency, AgencyGroup
from directives.models import Directive, Event, Role
from directives.models.amendments import Outcome

AGENCIES = ("agency", "addressees")
DIRECTIVES = ("directive",)


def names_of(event: Event) -> dict[str, str]:
    """The names of what the event keeps as codes, by code: at most one query for each kind.

    Directives are named of the event's notice and of the one that this amends alone: who reads the event sees those.
    """
    codes = set(_kept(event, AGENCIES))
    uuids = {one for one in _kept(event, DIRECTIVES) if _is_uuid(one)} if event.notice else set()
    found: dict[str, str] = {}
    if codes:
        found |= {row.code: row.name for row in AgencyGroup.objects.filter(code__in=codes)}
        found |= {row.code: row.name for row in Agency.objects.filter(code__in=codes)}
    if uuids:
        seen = (event.notice.pk, event.notice.corrects_id, event.notice.amends_id, event.notice.supersedes_id)
        rows = Directive.objects.filter(uuid__in=uuids, notice__in=[pk for pk in seen if pk])
        found |= {str(row.uuid): f"{row.position}. {row.wording}" for row in rows}
    return found


def decoded(name: str, value: Any, names: dict[str, str]) -> Any:
    """The fact `name` with names instead of codes; what names nothing any more stays as it was kept."""
    if name == "outcome":
        return _label(Outcome.choices, value)
    if name == "addressees" and isinstance(value, list):
        return "; ".join(_addressee(one, names) for one in value)
    if name in (*AGENCIES, *DIRECTIVES) and isinstance(value, str):
        return names.get(value, value)
    return value


def _addressee(one: Any, names: dict[str, str]) -> str:
    """A pair of a role and a code, as `Chủ trì: Bộ Công an`."""
    match one:
        case [str() as role, str() as code, *_]:
            return f"{_label(Role.choices, role)}: {names.get(code, code)}"
    return str(one)


def _label(choices: Iterable[tuple[str, str | Promise]], value: Any) -> str:
    return str(dict(choices).get(value, value)) if value else ""


def _kept(event: Event, facts: Iterable[str]) -> Iterator[str]:
    """The codes that stand at these facts, before and after."""
    for name in facts:
        for value in (event.before.get(name), event.after.get(name)):
            codes = [one[1] for one in value if len(one) > 1] if isinstance(value, list) else [value]
            yield from (code for code in codes if code and isinstance(code, str))


def _is_uuid(value: Any) -> bool:
    try:
        return bool(UUID(value))
    except (TypeError, ValueError, AttributeError):
        return False
