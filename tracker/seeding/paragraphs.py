"""Splits the plainly numbered texts of the seeds: I, 1, a."""

import re
from dataclasses import dataclass

NUMBERED = re.compile(r"^(?:([IVX]+)\.|(\d+)\.|([a-zđ])\))\s.*$", re.MULTILINE)


@dataclass(frozen=True)
class Stretch:
    """A paragraph by label and offsets."""

    label: str
    start: int
    end: int


def read_paragraphs(text: str) -> list[Stretch]:
    """The numbered lines of `text`, labelled like 'III.1.a'."""
    found, above = [], ["", "", ""]
    for line in NUMBERED.finditer(text):
        level = next(level for level in range(3) if line[level + 1])
        above[level:] = [line[level + 1]] + [""] * (2 - level)
        found.append(Stretch(".".join(filter(None, above)), line.start(), line.end()))
    return found
