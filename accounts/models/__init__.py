"""Who: agencies and committees, people and their offices, keys."""

from accounts.models.absences import Absence
from accounts.models.agencies import Agency, AgencyGroup, AgencyKind, Committee, Succession
from accounts.models.feeds import CalendarFeed
from accounts.models.keys import ApiKey, SentOnce
from accounts.models.people import MessengerAddress, Office, Role, User

__all__ = [
    "Absence",
    "Agency",
    "AgencyGroup",
    "AgencyKind",
    "ApiKey",
    "CalendarFeed",
    "Committee",
    "MessengerAddress",
    "Office",
    "Role",
    "SentOnce",
    "Succession",
    "User",
]
