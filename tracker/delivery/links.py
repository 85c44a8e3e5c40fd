"""Where links in messages lead: to pages, which only show. No link changes anything."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse


def assignment_page(uuid: UUID) -> str:
    """The address of the page of one assignment."""
    return settings.SITE_URL + reverse("assignment", args=[uuid])


def list_page() -> str:
    """The address of the reader's list of assignments."""
    return settings.SITE_URL + reverse("assignments")


def assessment_page(uuid: UUID) -> str:
    """The address of the table in which an agency assesses itself."""
    return settings.SITE_URL + reverse("self_assessment", args=[uuid])


def key_page(number: int) -> str:
    """The address of a system's key at the desk, where an administrator makes its successor."""
    return settings.SITE_URL + reverse("admin:accounts_apikey_change", args=[number])
