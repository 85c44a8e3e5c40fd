"""Whose paper it is: the head, the symbol and the place of a committee's papers, and of an agency's."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Agency, AgencyKind, Committee
from tracker.papers.form import Issuer, Signature, Text

PEOPLES_COMMITTEE = "UBND"  # all of them are abbreviated so


def of_committee(committee: Committee) -> Issuer:
    """A committee's papers leave by the agency that is its secretariat; by a secretariat of its own where none is."""
    if committee.secretariat:
        return of_agency(committee.secretariat)
    return Issuer(_("Secretariat"), committee.name, committee.abbreviation, settings.PLACE_OF_ISSUE)


def of_agency(agency: Agency) -> Issuer:
    """The papers of an agency: below the name of the one to which it belongs; one query for each level above it."""
    above = agency.parent.name if agency.parent else ""
    return Issuer(agency.name, above, _abbreviation(agency), place_of(agency))


def _abbreviation(agency: Agency) -> str:
    if agency.abbreviation:
        return agency.abbreviation
    return PEOPLES_COMMITTEE if agency.kind in (AgencyKind.PROVINCE, AgencyKind.COMMUNE) else ""


def place_of(agency: Agency) -> str:
    """The province in which it sits, by its short name; that of the settings where it belongs to none."""
    body: Agency | None = agency
    while body is not None:
        if body.kind == AgencyKind.PROVINCE:
            return body.short_name_vi or body.name
        body = body.parent
    return settings.PLACE_OF_ISSUE


def signed_by(committee: Committee | None = None) -> Signature:
    """Who signs: the head of the agency, or of the secretariat where that is none. The clerk puts in the name."""
    if committee is not None and committee.secretariat is None:
        return Signature(_("Head of the secretariat"))
    return Signature(_("Head of the agency"))


def symbol(*parts: str) -> str:
    """'BC-VPCP': what there is of the parts."""
    return "-".join(filter(None, parts))


def readers_of(committee: Committee) -> list[str]:
    """Who gets a report on the committee's work."""
    return [_("- The leaders and members of %(body)s;") % {"body": committee.name}, kept()]


def closing(body: str) -> Text:
    """The last words of a report, which stay with the signature."""
    return Text(_("This is the report of %(body)s./.") % {"body": body})


def kept() -> str:
    """The last line of the recipients: the copy that stays."""
    return _("- To be kept: registry.")
