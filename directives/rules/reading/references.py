"""References: the addressees that a place of a line names, and how a name is taken over."""

from collections.abc import Iterator
from dataclasses import dataclass

from directives.rules.reading.body_words import PLACE_WORDS
from directives.rules.reading.register import Found


@dataclass(frozen=True)
class Reference:
    """One addressee: its `name`, the register's `code` where it is known, and whether it is a group.

    `existed` on the day; `typo`: a letter was wrong; `is_certain`: it is a body, not just a word; `is_whole`: it is
    known where its name ends; `is_guessed`: "Tỉnh", which is taken for the province that the notice is about.
    """

    name: str
    code: str = ""
    is_group: bool = False
    existed: bool = True
    typo: bool = False
    is_registered: bool = False
    is_certain: bool = True
    is_whole: bool = False
    is_guessed: bool = False


@dataclass(frozen=True)
class Mention:
    """A body, a group or a list of bodies at `start`:`end` of a line."""

    start: int
    end: int
    references: tuple[Reference, ...]


def reference_to(found: Found) -> Reference:
    agency = found.agency
    return Reference(
        agency.name, agency.code, existed=found.existed, typo=found.typo, is_registered=True, is_whole=True
    )


def field_of(found: Found, written: str) -> str:
    """The field of a department: as `written`, or in full where only the ministry's initials are ("Sở GTVT")."""
    is_short = sum(letter.isupper() for letter in written) * 2 > sum(letter.isalpha() for letter in written)
    return found.agency.short_name if is_short and found.agency.short_name else written


def is_a_name(words: str) -> bool:
    """Whether a capital follows the head word, or it says whose it is: "Công an tỉnh"."""
    rest = words.split()[1:]
    return any(word[0].isupper() or word[0].isdigit() for word in rest) or (bool(rest) and rest[-1] in PLACE_WORDS)


def once(references: list[Reference]) -> Iterator[Reference]:
    seen: set[str] = set()
    for reference in references:
        if reference.name not in seen:
            seen.add(reference.name)
            yield reference
