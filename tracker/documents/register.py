"""The register of agencies for the reader of notices: from the database, or from the seeds where there is none."""

from typing import Any

from accounts.agencies import besides_committees
from accounts.models import Agency, AgencyGroup
from directives.rules.reading import register
from tracker.seeding.files import read, with_dates

FIELDS = ("code", "name_vi", "short_name_vi", "abbreviation", "aliases", "kind", "valid_from", "valid_to")
GROUP_FIELDS = ("code", "name_vi", "aliases")
DATES = ("valid_from", "valid_to")


def register_of_the_database() -> register.Register:
    """Agencies and groups of every day, in two queries.

    A committee that issues papers itself is named in its own notices for much, and is given nothing there.
    """
    return _register(
        list(besides_committees(Agency.objects.order_by("pk")).values(*FIELDS)),
        list(AgencyGroup.objects.order_by("pk").values(*GROUP_FIELDS)),
    )


def register_of_the_seeds() -> register.Register:
    """What a new installation knows; no database is asked."""
    return _register(
        [with_dates(row, DATES) for row in read("agencies.json")["agencies"]],
        read("groups.json")["groups"],
    )


def _register(agencies: list[dict[str, Any]], groups: list[dict[str, Any]]) -> register.Register:
    return register.Register(
        tuple(
            register.Agency(
                code=row["code"],
                name=row["name_vi"],
                short_name=row.get("short_name_vi", ""),
                abbreviation=row.get("abbreviation", ""),
                aliases=tuple(row.get("aliases", ())),
                kind=row["kind"],
                valid_from=row.get("valid_from"),
                valid_to=row.get("valid_to"),
            )
            for row in agencies
        ),
        tuple(register.Group(row["code"], row["name_vi"], tuple(row.get("aliases", ()))) for row in groups),
    )
