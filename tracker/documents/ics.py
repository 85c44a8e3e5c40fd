"""Whole days as a calendar program reads them (RFC 5545, with the names of RFC 7986). Knows no database.

The same entries are the same bytes: nothing here asks for the time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets, without the end of the line (RFC 5545, 3.1)
UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
SIGNS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Don doc//Deadlines//VI", "CALSCALE:GREGORIAN")
# A calendar holds one component at least (3.6), also where nothing is due.
ZONE = (
    "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Ho_Chi_Minh",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class WholeDay:
    """One entry. `status` is CONFIRMED, TENTATIVE or CANCELLED; `sequence` rises when the day moves."""

    uid: str
    day: date
    summary: str
    description: str
    category: str
    address: str
    status: str
    sequence: int
    changed_at: datetime


def write_calendar(name: str, about: str, entries: Iterable[WholeDay], *, hours: int) -> bytes:
    """The calendar `name`, to be asked for again each so many `hours`."""
    lines = [
        *HEAD,
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"DESCRIPTION:{text(about)}",
        f"X-WR-CALDESC:{text(about)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{hours}H",
        f"X-PUBLISHED-TTL:PT{hours}H",
        *ZONE,
    ]
    for entry in entries:
        lines += _entry(entry)
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def text(said: str) -> str:
    """`said` as a value of type TEXT (3.3.11): one line, whatever lines and signs are in it."""
    return "\\n".join(UNWRITABLE.sub("", line).translate(SIGNS) for line in said.splitlines())


def folded(line: str) -> bytes:
    """One content line with its end, parted so that no piece is longer than allowed and no letter is cut."""
    octets, pieces = line.encode(), []
    room = LONGEST_LINE
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xC0 == 0x80:  # in the middle of a letter
            cut -= 1
        pieces.append(octets[:cut])
        octets, room = octets[cut:], LONGEST_LINE - 1  # the next piece begins with a blank
    return b"\r\n ".join([*pieces, octets]) + b"\r\n"


def _entry(entry: WholeDay) -> Iterator[str]:
    changed = entry.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    # Without a method both say when the entry was last another (3.8.7.2).
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    # The first day that no longer belongs to it (3.8.2.2).
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{text(entry.summary)}"
    yield f"DESCRIPTION:{text(entry.description)}"
    yield f"CATEGORIES:{text(entry.category)}"
    yield f"URL:{entry.address}"
    yield f"STATUS:{entry.status}"
    # A deadline keeps nobody busy.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
