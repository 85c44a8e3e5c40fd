"""Where links in messages lead: to pages, which only show. No link changes anything."""

from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def assignment_page(uuid: UUID) -> str:
    """The address of the page of one assignment."""
    return settings.SITE_URL + _path("assignment", uuid)


def list_page() -> str:
    """The address of the reader's list of assignments."""
    return settings.SITE_URL + _path("assignments")


def _path(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return "/".join(["", "assignments", *map(str, args), ""])
