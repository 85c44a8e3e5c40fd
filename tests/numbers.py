"""The numbers on pages: where each leads, how many rows stand there, and which are no numbers of rows at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.test import Client
from lxml import html

# Words in which a figure says something else than how many rows there are.
OTHERWISE = re.compile(
    r"""
    \d+((\sto\s|–)\d+)?\s((calendar\s|working\s)?(days?|hours)|ngày|giờ)\b |              # spans of time
    \d{1,2}/\d{1,2}/\d{4} | \d\d/\d\d\b | \d{1,2}:\d\d(:\d\d)? | \b(19|20)\d\d\b | \b\d+\sms\b   # days, hours, years
    | \b\d+\.\d+\.\d+\.\d+(/\d+)?                                                       # networks
    | \d+/[A-ZĐ][\w-]+ | \bII?\.\d+(\.\w)?                                              # notices and paragraphs
    | \d+([.,]\d+)?\s%                                                                 # shares: beside their parts
    | \d+([.,]\d+)?\s[KMG]?B\b | SHA-256 | \b[0-9a-f]{64}\b                             # files and their fingerprints
    """,
    re.VERBOSE,
)
NOT_READ = {"script", "style", "option", "select", "textarea", "svg", "title", "kbd"}
PAGES = 20


@dataclass(frozen=True)
class Number:
    """A number of rows: how many, where they are, and of which kind."""

    value: int
    address: str
    kind: str
    words: str

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it leads, with what it says."""
        return self.address, self.kind, self.value


class Screen:
    """One page as somebody reads it."""

    def __init__(self, address: str, told: str) -> None:
        self.address = address
        self.body: Any = html.document_fromstring(told).body

    @cached_property
    def numbers(self) -> list[Number]:
        """All numbers that count rows elsewhere, or in a place of this page that they name."""
        return [self._read(one) for one in self.body.iter() if one.get("data-counts") is not None and self._leads(one)]

    def _leads(self, one: Any) -> bool:
        return _link(one) is not None and _value(one) > 0

    def _read(self, one: Any) -> Number:
        href = _link(one).get("href")
        return Number(_value(one), urljoin(self.address, href), one.get("data-counts"), _words(one))

    def wrong_here(self) -> Iterator[str]:
        """The numbers that stand beside their rows and do not count them."""
        for one in self.body.iter():
            if one.get("data-counts") is None or _link(one) is not None or _value(one) == 0:
                continue
            beside = next((above for above in one.iterancestors() if _rows(above, one.get("data-counts"))), self.body)
            many = sum(map(_weight, _rows(beside, one.get("data-counts"))))
            on_all_pages = any("data-place" in above.attrib for above in one.iterancestors())
            if _value(one) != many and not (on_all_pages or self.onward):
                yield f"{self.address}: {_words(one)}, and {many} rows beside it"

    def rows(self, fragment: str, kind: str) -> int:
        """How many rows there are in the place that is named, or on the whole page."""
        place = self.body.get_element_by_id(fragment, None) if fragment else None
        found = [row for row in _rows(place, kind) if row is not place] if place is not None else []
        return sum(map(_weight, found or _rows(self.body, kind)))

    @cached_property
    def onward(self) -> str:
        """The address of the next page; empty on the last."""
        for link in self.body.iterfind(".//a[@rel='next']"):
            return urljoin(self.address, link.get("href"))
        here = self.body.find(".//p[@class='paginator']/span[@class='this-page']")
        behind = here.getnext() if here is not None else None
        return urljoin(self.address, behind.get("href")) if behind is not None and behind.tag == "a" else ""

    def bare(self, known: re.Pattern[str], excepted: dict[str, str]) -> Iterator[str]:
        """The figures in running words that are neither numbers of rows nor of `excepted` (by class or tag)."""
        for one in self.body.iter():
            if not isinstance(one.tag, str):
                continue
            above = [one, *one.iterancestors()]
            if any(_is_excepted(each, excepted) for each in above):
                continue
            for words in (one.text, *(child.tail for child in one)):
                left = OTHERWISE.sub("", known.sub("", words or ""))
                if re.search(r"\d", left):
                    yield " ".join(left.split())


def _is_excepted(one: Any, excepted: dict[str, str]) -> bool:
    if one.get("data-counts") is not None or one.tag in NOT_READ or one.tag in excepted:
        return True
    return not excepted.keys().isdisjoint([*(one.get("class") or "").split(), *one.attrib])


def _link(one: Any) -> Any:
    return next((above for above in [one, *one.iterancestors()] if above.tag == "a"), None)


def _value(one: Any) -> int:
    return int(re.sub(r"[.,]", "", one.text_content()))


def _words(one: Any) -> str:
    return " ".join(one.getparent().text_content().split())[:100]


def _rows(place: Any, kind: str) -> list[Any]:
    if kind:
        return [one for one in place.iter() if kind in (one.get("data-row") or "").split()]
    boxes = [one for one in place.iter() if one.get("data-rows") is not None]
    return [row for box in boxes for row in box if isinstance(row.tag, str) and row.get("data-aside") is None]


def _weight(row: Any) -> int:
    return int(row.get("data-stands-for", 1))


def words_of(told: str) -> str:
    """What a page says, without its marks."""
    return " ".join(html.document_fromstring(told).text_content().split())


class Reader:
    """Somebody who opens pages, each of them once."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.seen: dict[str, Screen | None] = {}

    def screen(self, address: str) -> Screen | None:
        """A page; None where there is something else. Raises AssertionError where it cannot be read."""
        path = urldefrag(address).url
        if path not in self.seen:
            answer = self.browser.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            is_page = "html" in answer.get("Content-Type", "")
            self.seen[path] = Screen(path, answer.content.decode()) if is_page else None
        return self.seen[path]

    def counted(self, number: Number) -> int:
        """How many rows there are where a number leads, on all pages."""
        fragment, address, many = urldefrag(number.address).fragment, number.address, 0
        for _page in range(PAGES):
            screen = self.screen(address)
            assert screen is not None
            many += screen.rows(fragment, number.kind)
            if not (address := screen.onward):
                break
        return many
