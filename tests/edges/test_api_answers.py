"""What the three resources say, field by field; what a list costs; and when a reader's copy is fresh."""

from datetime import date

import pytest
import time_machine

from accounts.models import Role as Office
from directives.actions.extending import refuse_extension, request_extension
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.models import Role
from directives.rules.lifecycle import State
from tests.edges.calling import with_key
from tests.make import (
    DUE_ON,
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_ladder,
    make_notice,
    make_paragraph,
    make_user,
)

pytestmark = pytest.mark.django_db

BEFORE_DUE = at(date(2025, 3, 4))  # a Tuesday, eight working days before the due date


class World:
    """One notice with one directive: a lead, two coordinating agencies, and two that each do their own share."""

    def __init__(self) -> None:
        make_ladder()
        self.committee = make_committee("Ủy ban Quốc gia", code="uy-ban", name_en="National Committee")
        self.issuer = make_agency("Văn phòng Chính phủ", code="vpcp", name_en="Office of the Government")
        self.notice = make_notice(
            self.committee,
            text="1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.\n2. Báo cáo kết quả.",
            number=9,
            symbol="TB-VPCP",
            issuer=self.issuer,
            met_on=date(2025, 2, 28),
            subject="Kết luận phiên họp",
        )
        self.paragraph = make_paragraph(
            self.notice, "1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.", handled_as="directive"
        )
        make_paragraph(self.notice, "2. Báo cáo kết quả.", label="2", handled_as="information")
        self.directive = make_directive(
            self.notice,
            "Đưa 4 tiện ích lên VNeID",
            quote="Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
            product="4 tiện ích",
            field="Chuyển đổi số",
            deadline_text="trước ngày 14/3/2025",
            paragraph=self.paragraph,
        )
        self.ministry = make_agency("Bộ Công an", code="bca", name_en="Ministry of Public Security")
        self.lead = make_assignment(self.ministry, directive=self.directive)
        for code in ("byt", "btp"):
            make_assignment(make_agency(code=code), directive=self.directive, role=Role.COORDINATING)
        for code, state in (("hn", State.DONE), ("ht", State.ASSIGNED), ("gl", State.WITHDRAWN)):
            make_assignment(make_agency(code=code), directive=self.directive, role=Role.SHARE, state=state)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def _eight_working_days_before():
    with time_machine.travel(BEFORE_DUE, tick=False):
        yield


def test_what_is_said_of_an_assignment(world):
    assert with_key(world.committee).read("assignments/", agency="bca")["results"] == [
        {
            "id": str(world.lead.uuid),
            "directive": {
                "id": str(world.directive.uuid),
                "wording": "Đưa 4 tiện ích lên VNeID",
                "quote": "Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
                "product": "4 tiện ích",
            },
            "notice": {"id": str(world.notice.uuid), "reference": "09/TB-VPCP", "issued_on": "2025-03-03"},
            "agency": {"code": "bca", "name": "Ministry of Public Security"},
            "role": "lead",
            "period": "",
            "state": "assigned",
            "standing": "on_track",
            "due_on": "2025-03-14",
            "original_due_on": "2025-03-14",
            "assigned_on": "2025-03-03",
            "handed_in_on": None,
            "done_on": None,
            "returned_on": None,
            "version": 1,
            "deadline_text": "trước ngày 14/3/2025",
            "deadline_kind": "date",
            "lead": "bca",
            "coordinating": ["btp", "byt"],
        }
    ]


def test_what_is_said_of_a_directive(world):
    line = {
        "id": str(world.directive.uuid),
        "notice": {"id": str(world.notice.uuid), "reference": "09/TB-VPCP", "issued_on": "2025-03-03"},
        "paragraph": "1",
        "quote": "Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
        "wording": "Đưa 4 tiện ích lên VNeID",
        "product": "4 tiện ích",
        "field": "Chuyển đổi số",
        "deadline_text": "trước ngày 14/3/2025",
        "deadline_kind": "date",
        "due_on": "2025-03-14",
        "lead": "bca",
        "coordinating": ["btp", "byt"],
        "share": {"done": 1, "of": 2},
        "assignments": [str(row.uuid) for row in world.directive.assignments.order_by("pk")],
        "version": 1,
    }
    caller = with_key(world.committee)
    assert caller.read("directives/")["results"] == [line]
    assert caller.read(f"directives/{world.directive.uuid}/") == line


def test_an_agency_is_told_who_has_which_part_but_only_its_own_assignment_by_id(world):
    told = with_key(world.ministry).read(f"directives/{world.directive.uuid}/")
    assert (told["lead"], told["coordinating"], told["share"]) == ("bca", ["btp", "byt"], {"done": 1, "of": 2})
    assert told["assignments"] == [str(world.lead.uuid)]


def test_what_is_said_of_a_notice(world):
    line = {
        "id": str(world.notice.uuid),
        "reference": "09/TB-VPCP",
        "number": 9,
        "symbol": "TB-VPCP",
        "kind": "conclusion",
        "committee": {"code": "uy-ban", "name": "Ủy ban Quốc gia"},
        "issuer": {"code": "vpcp", "name": "Văn phòng Chính phủ"},
        "met_on": "2025-02-28",
        "issued_on": "2025-03-03",
        "subject": "Kết luận phiên họp",
        "state": "issued",
        "urgency": "normal",
        "version": 1,
        "directive_count": 1,
    }
    caller = with_key(world.committee, language="vi")
    assert caller.read("notices/")["results"] == [line]
    assert caller.read(f"notices/{world.notice.uuid}/") == {
        **line,
        "paragraphs": [
            {
                "label": "1",
                "handled_as": "directive",
                "text": "1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
                "start": 0,
                "end": 47,
            },
            {"label": "2", "handled_as": "information", "text": "2. Báo cáo kết quả.", "start": 48, "end": 67},
        ],
        "directives": [str(world.directive.uuid)],
    }


def test_lead_and_coordinating_are_those_of_the_same_period(world):
    first, second = make_agency(code="q1"), make_agency(code="q2")
    directive = make_directive(world.notice)
    for period, lead, helper in (("2025-Q1", first, second), ("2025-Q2", second, first)):
        make_assignment(lead, directive=directive, period=period)
        make_assignment(helper, directive=directive, role=Role.COORDINATING, period=period)
    caller = with_key(world.committee)
    told = caller.read("assignments/", agency="q1")["results"]
    assert [(row["period"], row["lead"], row["coordinating"]) for row in told] == [
        ("2025-Q1", "q1", ["q2"]),
        ("2025-Q2", "q2", ["q1"]),
    ]
    latest = caller.read(f"directives/{directive.uuid}/")
    assert (latest["lead"], latest["coordinating"]) == ("q2", ["q1"])


def test_an_assignment_of_a_directive_without_lead_says_so(world):
    share = make_assignment(make_agency(), directive=make_directive(world.notice), role=Role.SHARE)
    told = with_key(world.committee).read(f"assignments/{share.uuid}/")
    assert (told["lead"], told["coordinating"]) == (None, [])


# --- the answer for one


STEPS = [at(date(2025, 3, day)) for day in (4, 5, 6, 14, 17, 18, 19)]


@pytest.fixture
def told(world) -> dict:
    """What is said of an assignment that was returned once and done late, after more time was refused."""
    officer = make_user(Office.OFFICER, world.ministry, name="Chuyên viên Bộ Công an")
    secretary = make_user(Office.SECRETARIAT, world.committee, name="Thư ký Ủy ban")
    later = date(2025, 3, 31)
    report_progress(world.lead, by=officer, at=STEPS[0], text="Xong 2 tiện ích.", percent=50)
    asked = request_extension(world.lead, by=officer, at=STEPS[1], asked_due_on=later, reason="Chờ thẩm định.")
    refuse_extension(asked, by=secretary, at=STEPS[2], reason="Không gia hạn.")
    hand_in(world.lead, by=officer, at=STEPS[3], text="Xong.", product_ref="12/BC-BCA")
    return_report(world.lead, by=secretary, at=STEPS[4], reason="Thiếu biên bản.")
    hand_in(world.lead, by=officer, at=STEPS[5], text="Đã bổ sung.")
    verify(world.lead, by=secretary, at=STEPS[6])
    return with_key(world.committee).read(f"assignments/{world.lead.uuid}/")


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
        "due_on_then": "2025-03-14",
        "asked_due_on": "2025-03-31",
        "reason": "Chờ thẩm định.",
        "state": "refused",
        "decided_at": "2025-03-06T09:00:00+07:00",
        "decision_reason": "Không gia hạn.",
        "granted_due_on": None,
    }


def test_the_answer_for_one_tells_the_reports_and_what_became_of_them(told):
    assert [(row["kind"], row["state"], row["percent"], row["text"], row["reason"]) for row in told["reports"]] == [
        ("progress", "submitted", 50, "Xong 2 tiện ích.", ""),
        ("hand_in", "returned", 100, "Xong.", "Thiếu biên bản."),
        ("hand_in", "verified", 100, "Đã bổ sung.", ""),
    ]


def test_the_answer_for_one_begins_with_all_that_its_line_says(world):
    caller = with_key(world.committee)
    told = caller.read(f"assignments/{world.lead.uuid}/")
    assert caller.read("assignments/", agency="bca")["results"] == [
        {name: told[name] for name in told if name not in ("history", "extensions", "reports")}
    ]


# --- what a list costs


COSTS = {"notices": 5, "directives": 6, "assignments": 7}


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("name", "queries"), COSTS.items(), ids=COSTS)
def test_a_list_costs_the_same_for_any_length(name, queries, rows, django_assert_num_queries):
    make_ladder()
    committee, agencies = make_committee(), [make_agency() for _ in range(3)]
    issuer, by = make_agency(), make_user(Office.ADMINISTRATOR)
    for _ in range(rows):
        directive = make_directive(make_notice(committee, issuer=issuer, entered_by=by))
        for agency, role in zip(agencies, Role.values, strict=True):
            make_assignment(agency, directive=directive, role=role)
    caller = with_key(committee)
    caller.read("notices/")  # the use of the key is noted here
    with django_assert_num_queries(queries):
        told = caller.read(f"{name}/", **({"role": "lead"} if name == "assignments" else {}))
    assert len(told["results"]) == rows


# --- freshness


def test_a_copy_is_fresh_until_the_row_changes(world):
    caller = with_key(world.ministry)
    address = f"assignments/{world.lead.uuid}/"
    tag = caller.get(address)["ETag"]
    assert tag.startswith('"1-')
    answer = caller.get(address, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    report_progress(world.lead, by=make_user(Office.OFFICER, world.ministry), at=BEFORE_DUE, text="Xong một nửa.")
    changed = caller.get(address, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["ETag"].startswith('"2-')


def test_a_copy_is_stale_once_midnight_has_made_the_assignment_overdue(world):
    caller = with_key(world.ministry)
    address = f"assignments/{world.lead.uuid}/"
    with time_machine.travel(at(DUE_ON, 23, 59), tick=False):
        tag = caller.get(address)["ETag"]
    with time_machine.travel(at(date(2025, 3, 15), 0, 0), tick=False):
        answer = caller.get(address, headers={"if-none-match": tag})
    assert (answer.status_code, answer.json()["standing"]) == (200, "overdue")


FRESH = {
    "the tag": ("{tag}", 304),
    "the tag as a weak one": ("W/{tag}", 304),
    "the tag among others": ('"1-0000", {tag}', 304),
    "any": ("*", 304),
    "another tag": ('"1-0000"', 200),
    "no tag at all": ("1", 200),
}


@pytest.mark.parametrize(("given", "status"), FRESH.values(), ids=FRESH)
def test_which_copies_count_as_fresh(world, given, status):
    caller = with_key(world.committee)
    address = f"directives/{world.directive.uuid}/"
    tag = caller.get(address)["ETag"]
    answer = caller.get(address, headers={"if-none-match": given.format(tag=tag)})
    assert answer.status_code == status


def test_each_language_has_a_tag_of_its_own(world):
    address = f"assignments/{world.lead.uuid}/"
    english = with_key(world.committee).get(address)
    vietnamese = with_key(world.committee, language="vi").get(address)
    assert english["ETag"] != vietnamese["ETag"]
    assert "Accept-Language" in english["Vary"]


def test_an_answer_is_its_readers_alone(world):
    assert with_key(world.committee).get("assignments/")["Cache-Control"] == "private, no-cache"


def test_a_head_tells_the_tag_without_a_body(world):
    caller = with_key(world.committee)
    answer = caller.client.head(f"/api/v1/notices/{world.notice.uuid}/", headers=caller.headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == caller.get(f"notices/{world.notice.uuid}/")["ETag"]
