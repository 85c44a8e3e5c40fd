"""Which messages nobody can switch off: those in the application, and those that the office owes by e-mail."""

from directives.rules.refusals import N_

KEEPS_ALL = N_("The application keeps every message.")
OFFICE_OWES = N_("The office is bound to hear of this by e-mail.")
OWED_BY_EMAIL = ("digest", "escalated")


def duty(kind: str, channel: str) -> str:
    """Why messages of this kind and channel cannot be switched off, as a sentence; empty where they can."""
    if channel == "in_app":
        return KEEPS_ALL
    if channel == "email" and kind in OWED_BY_EMAIL:
        return OFFICE_OWES
    return ""
