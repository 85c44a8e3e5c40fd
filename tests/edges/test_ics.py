"""Calendars as programs read them: lines, signs and days, against real parsers and without a database."""

from datetime import date, datetime, timedelta, timezone

import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tracker.documents.ics import WholeDay, folded, text, write_calendar

CHANGED = datetime(2024, 12, 26, 8, 15, tzinfo=timezone(timedelta(hours=7)))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\\;,:"ầ™𝄞'), max_size=300)


def entry(**changed: object) -> WholeDay:
    facts = {
        "uid": "9f0c",
        "day": date(2024, 12, 31),
        "summary": "Hạn: Trình dự thảo",
        "description": "Bộ Công an",
        "category": "Chủ trì",
        "address": "https://dondoc.example/assignments/9f0c/",
        "status": "CONFIRMED",
        "sequence": 2,
        "changed_at": CHANGED,
    }
    return WholeDay(**{**facts, **changed})


def test_an_entry_is_one_whole_day_with_all_that_a_program_asks_for():
    content = write_calendar("Thời hạn – Bộ Công an", "Chỉ để đọc", [entry()], hours=4)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert {name: value.to_ical().decode() for name, value in event.items()} == {
        "UID": "9f0c",
        "DTSTAMP": "20241226T011500Z",
        "LAST-MODIFIED": "20241226T011500Z",
        "SEQUENCE": "2",
        "DTSTART": "20241231",
        "DTEND": "20250101",
        "SUMMARY": "Hạn: Trình dự thảo",
        "DESCRIPTION": "Bộ Công an",
        "CATEGORIES": "Chủ trì",
        "URL": "https://dondoc.example/assignments/9f0c/",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2024, 12, 31), date(2025, 1, 1))


def test_an_empty_calendar_still_holds_a_component():
    calendar = Calendar.from_ical(write_calendar("Thời hạn", "", [], hours=4))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert (calendar["X-WR-CALNAME"], calendar["VERSION"]) == ("Thời hạn", "2.0")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)


@given(WORDS)
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(words):
    pieces = folded(f"SUMMARY:{text(words)}").split(b"\r\n")
    assert pieces.pop() == b""
    assert max(len(piece) for piece in pieces) <= 75
    assert all(piece.decode().startswith(" ") for piece in pieces[1:])
    assert "".join([pieces[0].decode(), *(piece.decode()[1:] for piece in pieces[1:])]) == f"SUMMARY:{text(words)}"


@given(WORDS)
def test_two_parsers_read_what_was_written(words):
    content = write_calendar(words, words, [entry(summary=words, description=words)], hours=4)
    meant = "\n".join(words.splitlines())
    [first] = Calendar.from_ical(content).walk("VEVENT")
    assert (str(first["SUMMARY"]), str(first["DESCRIPTION"])) == (meant, meant)
    second = vobject.readOne(content.decode()).vevent
    assert (second.summary.value, second.dtstart.value, second.dtend.value) == (
        meant,
        date(2024, 12, 31),
        date(2025, 1, 1),
    )


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=80))
def test_no_sign_that_would_break_a_line_is_written(words):
    assert len(text(words).splitlines()) <= 1
