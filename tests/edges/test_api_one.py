"""The answer for one assignment: where it stands, its whole history, what was asked, reported and decided."""

from datetime import date

import pytest

from accounts.models import Role as Office
from directives.actions.extending import refuse_extension, request_extension
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from tests.edges.calling import with_key
from tests.make import at, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eight_working_days_before")]

STEPS = [at(date(2025, 3, day)) for day in (4, 5, 6, 14, 17, 18, 19)]


@pytest.fixture
def told(register) -> dict:
    """What is said of an assignment that was returned once and done late, after more time was refused."""
    officer = make_user(Office.OFFICER, register.ministry, name="Chuyên viên Bộ Công an")
    secretary = make_user(Office.SECRETARIAT, register.committee, name="Thư ký Ủy ban")
    later = date(2025, 3, 31)
    report_progress(register.lead, by=officer, at=STEPS[0], text="Xong 2 tiện ích.", percent=50)
    asked = request_extension(register.lead, by=officer, at=STEPS[1], asked_due_on=later, reason="Chờ thẩm định.")
    refuse_extension(asked, by=secretary, at=STEPS[2], reason="Không gia hạn.")
    hand_in(register.lead, by=officer, at=STEPS[3], text="Xong.", product_ref="12/BC-BCA")
    return_report(register.lead, by=secretary, at=STEPS[4], reason="Thiếu biên bản.")
    hand_in(register.lead, by=officer, at=STEPS[5], text="Đã bổ sung.")
    verify(register.lead, by=secretary, at=STEPS[6])
    return with_key(register.committee).read(f"assignments/{register.lead.uuid}/")


def test_the_answer_for_one_tells_where_it_stands_by_the_original_date(told):
    names = ("state", "standing", "original_due_on", "due_on", "handed_in_on", "returned_on", "done_on")
    assert {name: told[name] for name in names} == {
        "state": "done",
        "standing": "done_late",
        "original_due_on": "2025-03-14",
        "due_on": "2025-03-14",
        "handed_in_on": "2025-03-18",
        "returned_on": "2025-03-17",
        "done_on": "2025-03-18",
    }


def test_the_answer_for_one_tells_the_whole_history_in_order(told):
    assert [(row["at"], row["verb"], row["by"], row["reason"]) for row in told["history"]] == [
        ("2025-03-04T09:00:00+07:00", "report", "Chuyên viên Bộ Công an", ""),
        ("2025-03-05T09:00:00+07:00", "request_extension", "Chuyên viên Bộ Công an", "Chờ thẩm định."),
        ("2025-03-06T09:00:00+07:00", "refuse_extension", "Thư ký Ủy ban", "Không gia hạn."),
        ("2025-03-14T09:00:00+07:00", "hand_in", "Chuyên viên Bộ Công an", ""),
        ("2025-03-17T09:00:00+07:00", "return", "Thư ký Ủy ban", "Thiếu biên bản."),
        ("2025-03-18T09:00:00+07:00", "hand_in", "Chuyên viên Bộ Công an", ""),
        ("2025-03-19T09:00:00+07:00", "verify", "Thư ký Ủy ban", ""),
    ]
    assert [(row["before"]["state"], row["after"]["state"]) for row in told["history"] if row["verb"] == "hand_in"] == [
        ("in_progress", "handed_in"),
        ("in_progress", "handed_in"),
    ]


def test_the_answer_for_one_tells_what_was_asked_and_decided(told):
    (extension,) = told["extensions"]
    del extension["id"]
    assert extension == {
        "asked_at": "2025-03-05T09:00:00+07:00",
        "asked_by": "Chuyên viên Bộ Công an",
        "due_on_then": "2025-03-14",
        "asked_due_on": "2025-03-31",
        "reason": "Chờ thẩm định.",
        "state": "refused",
        "decided_at": "2025-03-06T09:00:00+07:00",
        "decision_reason": "Không gia hạn.",
        "granted_due_on": None,
        "files": [],
    }


def test_the_answer_for_one_tells_the_reports_and_what_became_of_them(told):
    assert [(row["kind"], row["state"], row["percent"], row["text"], row["reason"]) for row in told["reports"]] == [
        ("progress", "submitted", 50, "Xong 2 tiện ích.", ""),
        ("hand_in", "returned", 100, "Xong.", "Thiếu biên bản."),
        ("hand_in", "verified", 100, "Đã bổ sung.", ""),
    ]


def test_the_answer_for_one_begins_with_all_that_its_line_says(register):
    caller = with_key(register.committee)
    told = caller.read(f"assignments/{register.lead.uuid}/")
    assert caller.read("assignments/", agency="bca")["results"] == [
        {name: told[name] for name in told if name not in ("history", "extensions", "reports")}
    ]
