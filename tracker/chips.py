"""What a chip of any page says: never by its colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Chip:
    """Words, icon and colour of a standing; colour never speaks alone."""

    standing: str
    words: str | Promise
    icon: str
