"""What the database writes of an assignment is what is said of it here, whatever stands in its columns."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import cycle

import pytest

from accounts.prepared import Statement
from directives.actions.recording import record
from directives.models import Assignment, Attachment, Report, Role
from directives.rules.lifecycle import State
from tests.edges.calling import Caller, with_key
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_extension,
    make_notice,
    make_report,
    make_user,
)
from tracker.api.answers import exact, local
from tracker.api.assignments import Assignments
from tracker.api.filters import Filters
from tracker.api.reports import REPORT
from tracker.api.resource import Resource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eight_working_days_before")]
WORDS = ['Nói: "hoàn thành"', "a\\b\\u0041\\n", "hai\r\n\tdòng\x01\x1f\x7f", "100 % %s {0}", "<b>&'</b>", "𝄞\u2028", ""]
SYMBOLS = ["TB-VPCP", "CTr/TU", "2024/QĐ-TTg", "ĐA/TW"]
DONE_ON = date(2025, 3, 3)


@pytest.fixture
def caller() -> Caller:
    """Of a committee whose assignments are in every state, with every kind of word in every place for words."""
    committee, by = make_committee(), make_user(name='Lê "Thư" ký')
    states, symbols = cycle(State), cycle(SYMBOLS)
    for number, word in enumerate(WORDS * 2, start=1):
        notice = make_notice(committee, number=number, symbol=next(symbols), text=f"1. {word}.")
        directive = make_directive(notice, wording=word, product=word, deadline_text=word)
        due_on = date(2025, 3, 2 + number) if number % 3 else None
        lead = make_agency(f"Bộ {word}", name_en=word)
        part = make_assignment(lead, directive=directive, due_on=due_on, **_in(next(states)))
        make_assignment(make_agency(), directive=part.directive, role=Role.COORDINATING)
        before = {"lời": [word, None, 1.5]}
        record(part, "start", by=by if number % 2 else None, at=at(DONE_ON), before=before, after={}, reason=word)
        if word:
            report = make_report(part, text=word, asks=word, figure=f"{number}.5000", percent=number, by=by)
            extension = make_extension(part, reason=word, due_on_then=DONE_ON)
            for owner in ({"report": report}, {"report": report}, {"extension": extension}):
                Attachment.objects.create(name=f"{word}.pdf", size=number, sha256="a" * 64, content_type="x/y", **owner)
    return with_key(committee)


def _in(state: State) -> dict[str, object]:
    return {"state": state, "handed_in_on": DONE_ON, "done_on": DONE_ON if state == State.DONE else None}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_the_same_in_lists_and_in_full(caller, language, monkeypatch):
    caller.headers["accept-language"] = language
    pages = ["assignments/?limit=500", "assignments/?fields=notice,agency,standing&state=assigned"]
    addresses = [*pages, *(f"assignments/{one.uuid}/" for one in Assignment.objects.all())]
    quick = [caller.read(address) for address in addresses]
    assert {line["state"] for line in quick[0]["results"]} == set(State)
    for name in ("said", "said_in_full"):
        monkeypatch.setattr(Assignments, name, getattr(Resource, name))
    monkeypatch.setattr(Assignments, "KEYS", ())
    monkeypatch.setattr(Filters, "shape", None)  # what was put together for the keys
    assert [caller.read(address) for address in addresses] == quick


def test_it_is_the_same_for_whoever_keeps_a_copy(caller):
    lines = {line["id"]: line for line in caller.read("assignments/?limit=500")["results"]}
    for line in lines.values():
        del line["standing"]
    told = [json.loads(line) for line in caller.get("snapshot/").streaming_content]
    assert {row["row"]["id"]: row["row"] for row in told if row.get("type") == "assignment"} == lines


MOMENTS = [datetime(2025, 3, 3, 16, 59, 59, 999999, UTC), datetime(2024, 12, 31, 17, 0, tzinfo=UTC)]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("figure", ["0", "0.0000", "100", "1200.5000", "-7.4840", "0.0001"])
def test_figures_and_moments_are_written_alike(moment, figure):
    make_report(figure=Decimal(figure), at=moment)
    told = Statement(Report.objects.values(said=REPORT)).rows({})[0]["said"]
    assert f'"at":"{local(moment)}"' in told
    assert f'"figure":"{exact(Report.objects.get().figure)}"' in told
