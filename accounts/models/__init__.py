"""Who: agencies and committees, people and their offices, keys."""

from accounts.models.agencies import Agency, AgencyGroup, AgencyKind, Committee, Succession
from accounts.models.keys import ApiKey
from accounts.models.people import MessengerAddress, Office, Role, User

__all__ = [
    "Agency",
    "AgencyGroup",
    "AgencyKind",
    "ApiKey",
    "Committee",
    "MessengerAddress",
    "Office",
    "Role",
    "Succession",
    "User",
]
