"""Clauses of a paragraph: what stands between full stops and semicolons, outside brackets and quotation marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.rules.reading.line import Line

STOPS = re.compile(
    r"[.;?!…()\"]|"
    # "..., riêng thành phố A hoàn thành trước ngày X": an exception is a clause of its own.
    r",(?= riêng (?:bộ|ubnd|ủy ban|sở|tỉnh|thành phố|tp|các (?:bộ|tỉnh|thành phố|địa phương|sở)) "
    r"[^;.]{3,200}? (?:hoàn thành|xong|trước|chậm nhất) )"
)
# After these a full stop ends no sentence.
SHORTENED = re.compile(
    r"(?:\btp|\bts|\bpgs|\bgs|\bths|\bđ/c|\bv\.v|\bstt|\bkm|\bno|\bmr|\bvd|\b(?:khoản|điều|mục|điểm) \d{1,2})$"
)
NUMBERED = re.compile(r"\((?:[ivx]{1,4}|\d{1,2}|[a-zđ])\) ?")  # "(1) ...; (2) ..." within a sentence
BRACKETS = re.compile(r"[()]")
BRACKET_LIMIT = 600  # letters after which an open bracket is taken for a slip of the pen


@dataclass(frozen=True)
class Clause:
    """Letters `start`:`end` of a line; `stop` is what ended it: ".", ";" or "" for the end of the paragraph."""

    start: int
    end: int
    stop: str


def clauses_of(line: Line) -> list[Clause]:
    """The clauses of `line` in their order, without its number and without empty ones."""
    found: list[Clause] = []
    start = line.begin
    for at, stop in _stops(line):
        if line.text[start:at].strip(" .,;"):
            found.append(Clause(_skip(line.text, start), at, stop))
        start = at + 1
    if line.text[start:].strip(" .,;"):
        found.append(Clause(_skip(line.text, start), len(line.text.rstrip()), ""))
    return found


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " .,;":
        at += 1
    return at


def _stops(line: Line) -> Iterator[tuple[int, str]]:
    opened: int | None = None
    quoted: int | None = None
    for found in STOPS.finditer(line.low, line.begin):
        at, letter = found.start(), found[0]
        if opened is not None and at - opened > BRACKET_LIMIT:
            opened = None
        if quoted is not None and at - quoted > BRACKET_LIMIT:
            quoted = None
        if letter == "(":
            opened = at if opened is None else opened
        elif letter == ")":
            opened = None
        elif letter == '"':
            quoted = at if quoted is None else None
        elif opened is None and quoted is None and _ends(line, at, letter):
            yield at, ";" if letter in ";," else "."


def _ends(line: Line, at: int, letter: str) -> bool:
    if letter in ";,":
        return True
    after = line.text[at + 1 : at + 3]
    if not after.startswith(" ") or not (after[1:].isupper() or after[1:] in "\"'(“"):
        return False
    return letter != "." or not SHORTENED.search(line.low[max(line.begin, at - 12) : at])


def brackets(line: Line, start: int, end: int) -> list[tuple[int, int]]:
    """The places in brackets within letters `start`:`end`; one that is never closed is none."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for bracket in BRACKETS.finditer(line.text, start, end):
        at = bracket.start()
        if bracket[0] == "(" and opened is None:
            opened = at
        elif bracket[0] == ")" and opened is not None:
            found.append((opened, at + 1))
            opened = None
    return found
