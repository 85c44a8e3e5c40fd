"""The register of agencies as plain data, and the agency that a text names on the day of a notice.

Names are found whatever their capitals, Unicode form, tone placement and dashes, and with one wrong
letter in a long name where only one agency can be meant.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from directives.rules.spelling import one_tone

WORD = re.compile(r"\w{1,60}")
LONG_NAME = 3  # words from which a wrong letter is forgiven
LONG_LETTERS = 12  # and letters
PROVINCE = "province"
MINISTRY = "ministry"
RANKS = ("tỉnh ", "thành phố ", "tp. ", "tp ")
COMMITTEE = "ủy ban nhân dân "
# A name that begins like this stands by itself; others ("KHCN", "Huế") only do in a list below a shared head.
WHOLE = re.compile(
    r"(?:bộ|ban|ủy ban|ubnd|tỉnh|thành phố|tp|văn phòng|thanh tra|thống đốc|ngân hàng|tổng|tập đoàn|đài|viện|cục|"
    r"kho bạc|"
    r"bảo hiểm|tòa án|kiểm toán|mặt trận|mttq|hội|liên đoàn|đoàn|trung ương|thông tấn|học viện|chủ tịch|chủ nhiệm|"
    r"chánh|giám đốc|tổ công tác|sở|công an|huyện|xã|phường|thị trấn|đặc khu|nhnn|c06|a05)\b"
)


@dataclass(frozen=True)
class Agency:
    """An agency of the register; `valid_from` and `valid_to` are its first and last day, None where open."""

    code: str
    name: str
    short_name: str = ""
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def exists_on(self, day: date | None) -> bool:
        """Whether it exists on `day`; where no day is known, whether it exists still."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Group:
    """A group of agencies that a notice addresses as one: "các bộ, ngành"."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """All agencies and groups, of every day."""

    agencies: tuple[Agency, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Found:
    """An agency named in a line up to `end`; `existed` on the day, `typo` where a letter was wrong."""

    end: int
    agency: Agency
    existed: bool = True
    typo: bool = False


def plain(name: str) -> str:
    """A name in the spelling that lines have in lower case."""
    return " ".join(one_tone(unicodedata.normalize("NFC", name)).lower().replace("–", "-").split())


@dataclass
class Names:
    """The names by which agencies are called on a day, ready to be looked for."""

    day: date | None
    whole: dict[str, list[tuple[str, Agency]]] = field(default_factory=dict)
    short: dict[str, list[tuple[str, Agency]]] = field(default_factory=dict)
    capitals: dict[str, Agency] = field(default_factory=dict)
    blurred: dict[tuple[str | None, ...], list[tuple[str, Agency]]] = field(default_factory=dict)
    begun: set[tuple[int, str]] = field(default_factory=set)
    groups: dict[str, Group] = field(default_factory=dict)

    def find(self, text: str, low: str, at: int) -> Found | None:
        """The agency whose own name stands at `at`: the longest that fits, then one with a wrong letter."""
        word = WORD.match(low, at)
        if word is None:
            return None
        if found := self._longest(self.whole, word[0], low, at):
            return found
        capital = self.capitals.get(text[at : word.end()])
        if capital:
            return Found(word.end(), capital, capital.exists_on(self.day))
        return self._misspelt(low, at) if text[at].isupper() else None

    def find_short(self, low: str, at: int, kind: str) -> Found | None:
        """The agency of `kind` whose short name stands at `at`, as in a list below "các Bộ:"."""
        word = WORD.match(low, at)
        return self._longest(self.short, word[0], low, at, kind) if word else None

    def _longest(
        self, names: dict[str, list[tuple[str, Agency]]], first: str, low: str, at: int, kind: str = ""
    ) -> Found | None:
        for name, agency in names.get(first, ()):
            end = at + len(name)
            if (not kind or agency.kind == kind) and low.startswith(name, at) and not low[end : end + 1].isalnum():
                return Found(end, agency, agency.exists_on(self.day))
        return None

    def _misspelt(self, low: str, at: int) -> Found | None:
        words = list(_words(low, at, 12))
        if not any((place, low[start:end]) in self.begun for place, (start, end) in enumerate(words[:2])):
            return None  # no name begins with either word, and at most one of them is misspelt
        for count in range(len(words), LONG_NAME - 1, -1):
            spelt = [low[start:end] for start, end in words[:count]]
            near = {
                agency.code: agency
                for gap in range(count)
                for name, agency in self.blurred.get((*spelt[:gap], None, *spelt[gap + 1 :]), ())
                if _one_letter_apart(name.split()[gap], spelt[gap])
            }
            if len(near) == 1:
                agency = next(iter(near.values()))
                return Found(words[count - 1][1], agency, agency.exists_on(self.day), typo=True)
        return None


@lru_cache(maxsize=32)
def names_on(register: Register, day: date | None) -> Names:
    """The names of `register` on `day`; an agency that does not exist then is only found where no other fits."""
    names = Names(day)
    agencies = sorted(register.agencies, key=lambda each: not each.exists_on(day))
    known = {name: agency for agency in reversed(agencies) for name in _whole_names(agency)}
    shorts = {(name, agency.kind): agency for agency in reversed(agencies) for name in _short_names(agency)}
    for name, agency in sorted(known.items(), key=lambda each: -len(each[0])):
        names.whole.setdefault(_first(name), []).append((name, agency))
        if agency.exists_on(day):
            _blur(names, name, agency)
    for (name, _kind), agency in sorted(shorts.items(), key=lambda each: -len(each[0][0])):
        names.short.setdefault(_first(name), []).append((name, agency))
    initials = [each for each in reversed(agencies) if len(each.abbreviation) >= LONG_NAME]
    names.capitals |= {each.abbreviation.upper(): each for each in initials}
    names.capitals |= {each.abbreviation: each for each in initials if each.abbreviation[:1].isupper()}
    names.groups |= {plain(name): group for group in register.groups for name in (group.name, *group.aliases)}
    return names


def _blur(names: Names, name: str, agency: Agency) -> None:
    """Keep a long name without each of its words in turn, so that a word with a wrong letter is found."""
    words = name.split()
    if len(words) >= LONG_NAME and len(name) >= LONG_LETTERS:
        names.begun |= {(0, words[0]), (1, words[1])}
        for gap in range(len(words)):
            names.blurred.setdefault((*words[:gap], None, *words[gap + 1 :]), []).append((name, agency))


def _spellings(aliases: tuple[str, ...]) -> Iterator[str]:
    """The names as the press writes them too: "Bộ GD&ĐT", "Bộ GD-ĐT", "Bộ GDĐT", and without "và"."""
    for alias in aliases:
        yield alias
        if " và " in alias:
            yield alias.replace(" và ", " ")
        if "&" in alias:
            yield from (alias.replace("&", "-"), alias.replace("&", ""), alias.replace("&", " & "))


def _whole_names(agency: Agency) -> Iterator[str]:
    # "Công an" alone is no ministry; other bodies are called by their short names.
    short = () if agency.kind == MINISTRY else (agency.short_name,)
    for name in map(plain, (*short, *_spellings((agency.name, *agency.aliases)))):
        if name and WHOLE.match(name):
            yield name
            if name.startswith(COMMITTEE):
                yield f"ubnd {name.removeprefix(COMMITTEE)}"
            yield from _other_ranks(name, agency)


def _other_ranks(name: str, agency: Agency) -> Iterator[str]:
    """Provinces become cities and cities are called provinces; the name tells which is meant."""
    if agency.kind != PROVINCE or not name.startswith(COMMITTEE):
        return
    own = name.removeprefix(COMMITTEE)
    place = next((own.removeprefix(rank) for rank in RANKS if own.startswith(rank)), own)
    for rank in RANKS:
        yield from (f"{COMMITTEE}{rank}{place}", f"ubnd {rank}{place}", f"{rank}{place}")
    yield from (f"{COMMITTEE}{place}", f"ubnd {place}")


def _short_names(agency: Agency) -> Iterator[str]:
    for name in map(plain, (agency.abbreviation, *_spellings((agency.short_name, *agency.aliases)))):
        if name:
            yield name
    for head in ("tập đoàn ", "tổng công ty ", "bộ "):
        for name in map(plain, (agency.name, *_spellings(agency.aliases))):
            if name.startswith(head):
                yield name.removeprefix(head)


def _first(name: str) -> str:
    found = WORD.match(name)
    return found[0] if found else ""


def _words(low: str, at: int, most: int) -> Iterator[tuple[int, int]]:
    """Words that follow one another with nothing but a blank between them."""
    for _turn in range(most):
        found = WORD.match(low, at)
        if found is None:
            return
        end = found.end()
        # Names are compared as they are written, with the comma or dash after a word.
        if low[end : end + 1] == "," and low[end + 1 : end + 2] == " ":
            end += 1
        yield at, end
        if low[end : end + 3] == " - ":
            yield end + 1, end + 2
            at = end + 3
        elif low[end : end + 1] == " ":
            at = end + 1
        else:
            return


def _one_letter_apart(name: str, written: str) -> bool:
    """Whether one letter was changed, dropped or added; a word of one letter is never another."""
    if name == written or min(len(name), len(written)) < 2 or abs(len(name) - len(written)) > 1:
        return False
    shorter, longer = sorted((_bare(name), _bare(written)), key=len)
    same = next((at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    return shorter[same:] == longer[same + 1 :] or shorter[same + 1 :] == longer[same + 1 :]


def _bare(word: str) -> str:
    return word.rstrip(",")
