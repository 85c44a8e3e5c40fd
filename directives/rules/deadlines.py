"""Deadlines: what is written in a notice, and the date it is understood to mean."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of deadline it is."""

    DATE = "date"
    PERIOD = "period"
    RELATIVE = "relative"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    URGENT_UNDATED = "urgent_undated"
    NONE = "none"
