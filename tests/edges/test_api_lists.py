"""What every list says, row by row, what one of it says beyond, and what it costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Role as Office
from directives.actions.extending import refuse_extension, request_extension
from directives.actions.reporting import hand_in, verify
from directives.actions.sealing import seal_events
from directives.models import Attachment, Seal
from tests.edges.calling import with_key
from tests.edges.shelves import FIRST_DAY, SHELVES, auditor
from tests.make import (
    at,
    make_agency,
    make_assessment,
    make_committee,
    make_indicator,
    make_reading,
    make_set,
    make_succession,
    make_user,
)
from tracker.api.urls import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eight_working_days_before")]
LISTS = {many: (one, resource) for (many, one), resource in RESOURCES.items()}
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("name", SHELVES)
def test_a_line_says_its_fields_and_one_of_it_says_more(name):
    shelf, (_one, resource) = SHELVES[name](), LISTS[name]
    shelf.put(FIRST_DAY)
    line = shelf.caller.read(f"{name}/")["results"][0]
    assert sorted(line) == sorted(resource.FIELDS)
    answer = shelf.caller.get(f"{name}/{line['id']}/")
    told = answer.json()
    assert {field: told[field] for field in line} == line
    assert told.keys() == {*resource.FIELDS, *resource.MORE}
    fresh = shelf.caller.get(f"{name}/{line['id']}/", headers={"if-none-match": answer["ETag"]})
    assert fresh.status_code == 304
    assert shelf.caller.get(f"{name}/{NOBODYS}/").status_code == 404


# The caller's offices and session, the rows, and what belongs to a whole page of them.
COSTS = {
    "committees": 8,
    "agencies": 9,
    "notices": 11,
    "paragraphs": 9,
    "directives": 11,
    "assignments": 11,
    "reports": 9,
    "extensions": 9,
    "questions": 10,
    "indicators": 11,
    "readings": 8,
    "criteria-sets": 8,
    "assessments": 8,
    "events": 8,
}


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize(("name", "queries"), COSTS.items(), ids=COSTS)
def test_a_list_costs_the_same_for_any_length(name, queries, rows, django_assert_num_queries):
    shelf = SHELVES[name]()
    for number in range(rows):
        shelf.put(FIRST_DAY + timedelta(days=2 - number % 3))  # the first still to come: what is soon is asked for
    with django_assert_num_queries(queries):
        shelf.caller.read(f"{name}/")


def test_what_is_said_of_a_committee_and_of_an_agency():
    above, secretariat = make_committee(code="uy-ban"), make_agency(code="vpcp")
    below = make_committee("Ban", code="ban", name_en="Board", parent=above, secretariat=secretariat)
    ministry = make_agency(
        "Bộ Kế hoạch", code="bkhdt", short_name_vi="KH và ĐT", edxml_code="G09", abbreviation="BKHĐT"
    )
    heir = make_agency(code="btc", valid_from=date(2025, 3, 1))
    make_succession(ministry, heir, date(2025, 3, 1))
    caller = with_key(above)
    assert caller.read("committees/", code="ban")["results"] == [
        {
            "id": str(below.uuid),
            "code": "ban",
            "name": "Board",
            "abbreviation": "",
            "parent": "uy-ban",
            "valid_from": None,
            "valid_to": None,
            "secretariat": "vpcp",
        }
    ]
    assert caller.read("agencies/", code="bkhdt")["results"] == [
        {
            "id": str(ministry.uuid),
            "code": "bkhdt",
            "name": "Bộ Kế hoạch",
            "abbreviation": "BKHĐT",
            "parent": None,
            "valid_from": None,
            "valid_to": None,
            "kind": "ministry",
            "short_name": "KH và ĐT",
            "edxml_code": "G09",
            "successors": [{"agency": "btc", "on": "2025-03-01"}],
        }
    ]


def test_what_is_said_of_a_paragraph(register):
    line, other = with_key(register.ministry).read("paragraphs/")["results"]
    assert line == {
        "id": str(register.paragraph.uuid),
        "label": "1",
        "handled_as": "directive",
        "position": 1,
        "start": 0,
        "end": 47,
        "text": "1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
        "notice": {"id": str(register.notice.uuid), "reference": "09/TB-VPCP", "issued_on": "2025-03-03"},
        "directives": [str(register.directive.uuid)],
    }
    assert (other["text"], other["directives"]) == ("2. Báo cáo kết quả.", [])


@pytest.fixture
def done(register):
    """The lead asked for more time, was refused, and handed in with a file; all of it is verified and sealed."""
    officer = make_user(Office.OFFICER, register.ministry, name="Chuyên viên")
    secretary = make_user(Office.SECRETARIAT, register.committee, name="Thư ký")
    days = [at(date(2025, 3, day)) for day in (4, 5, 6, 7)]
    asked = request_extension(register.lead, by=officer, at=days[0], asked_due_on=date(2025, 3, 31), reason="Chờ.")
    refuse_extension(asked, by=secretary, at=days[1], reason="Không.")
    report = hand_in(register.lead, by=officer, at=days[2], text="Xong.", figure=Decimal("74.84"), unit="%")
    Attachment.objects.create(report=report, name="a.pdf", size=9, sha256="0" * 64, content_type="application/pdf")
    verify(register.lead, by=secretary, at=days[3], verified_figure=Decimal(74), reason="Theo kiểm tra.")
    seal_events()
    return register


def test_what_is_said_of_a_report(done):
    caller = with_key(done.ministry)
    (line,) = caller.read("reports/", kind="hand_in")["results"]
    files = [{"name": "a.pdf", "size": 9, "sha256": "0" * 64, "content_type": "application/pdf"}]
    assert [{name: file[name] for name in file if name != "id"} for file in line.pop("files")] == files
    del line["id"]
    assert line == {
        "at": "2025-03-06T09:00:00+07:00",
        "by": "Chuyên viên",
        "kind": "hand_in",
        "percent": 100,
        "text": "Xong.",
        "difficulties": "",
        "asks": "",
        "product_ref": "",
        "unit": "%",
        "state": "verified",
        "reason": "Theo kiểm tra.",
        "figure": "74.84",
        "verified_figure": "74",
        "decided_at": "2025-03-07T09:00:00+07:00",
        "assignment": str(done.lead.uuid),
        "agency": {"code": "bca", "name": "Ministry of Public Security"},
        "notice": {"id": str(done.notice.uuid), "reference": "09/TB-VPCP", "issued_on": "2025-03-03"},
    }


def test_what_is_said_of_a_request_for_more_time_and_the_tag_by_which_it_is_decided(done):
    caller = with_key(done.committee)
    (line,) = caller.read("extensions/")["results"]
    answer = caller.get(f"extensions/{line['id']}/")
    done.lead.refresh_from_db()
    assert answer["ETag"].startswith(f'"{done.lead.version}-')
    del line["id"], line["agency"], line["notice"]
    assert line == {
        "asked_at": "2025-03-04T09:00:00+07:00",
        "asked_by": "Chuyên viên",
        "due_on_then": "2025-03-14",
        "asked_due_on": "2025-03-31",
        "reason": "Chờ.",
        "state": "refused",
        "decision_reason": "Không.",
        "granted_due_on": None,
        "decided_at": "2025-03-05T09:00:00+07:00",
        "files": [],
        "assignment": str(done.lead.uuid),
    }


def test_one_assignment_tells_its_reports_requests_and_history_as_their_lists_do(done):
    caller = with_key(done.committee)
    told = caller.read(f"assignments/{done.lead.uuid}/")
    for name in ("reports", "extensions"):
        lines = caller.read(f"{name}/", assignment=done.lead.uuid, ordering=list(LISTS[name][1].ORDERS)[1])["results"]
        assert told[name] == [{field: line[field] for field in told[name][0]} for line in lines]
    events = caller.read("events/", assignment=done.lead.uuid)["results"]
    assert told["history"] == [{field: event[field] for field in told["history"][0]} for event in events]


def test_what_is_said_of_an_event(done):
    event = with_key(done.ministry).read("events/", verb="refuse_extension")["results"][0]
    seal = Seal.objects.get(event__uuid=event.pop("id"))
    before, after = event.pop("before"), event.pop("after")
    assert (before["state"], after["state"]) == ("assigned", "assigned")
    assert event == {
        "sequence": seal.sequence,
        "hash": seal.hash,
        "at": "2025-03-05T09:00:00+07:00",
        "by": "Thư ký",
        "verb": "refuse_extension",
        "on_behalf_of": "Ủy ban Quốc gia",
        "reason": "Không.",
        "subject": f"assignment:{done.lead.uuid}",
        "notice": str(done.notice.uuid),
        "directive": str(done.directive.uuid),
        "assignment": str(done.lead.uuid),
    }


def test_what_is_said_of_a_target_and_its_reading():
    committee, reporter = make_committee(), make_agency("Bộ Y tế", code="byt")
    goal = {"target": 95, "baseline": 40, "baseline_on": date(2024, 1, 1), "due_on": date(2025, 12, 31)}
    whole = make_indicator(committee, code="chung")
    target = make_indicator(committee, code="ho-so", reported_by=reporter, part_of=whole, **goal)
    reading = make_reading(target, date(2025, 3, 3), value="74.84", agency=reporter, by=make_user(name="Cán bộ"))
    caller = with_key(committee)
    line = caller.read("indicators/", code="ho-so")["results"][0]
    latest = {"as_of": "2025-03-03", "value": "74.84", "numerator": None, "denominator": None}
    told = {name: line[name] for name in ("name", "part_of", "target", "baseline", "verdict", "latest", "directive")}
    assert told == {
        "name": "Tỷ lệ hồ sơ trực tuyến",
        "part_of": str(whole.uuid),
        "target": "95",
        "baseline": "40",
        "verdict": "not_yet",
        "latest": {**latest, "bound": "exact", "verified": False},
        "directive": None,
    }
    (line,) = caller.read("readings/")["results"]
    told = {name: line[name] for name in ("id", "indicator", "code", "agency", "by", "value", "verified_value", "at")}
    assert told == {
        "id": str(reading.uuid),
        "indicator": str(target.uuid),
        "code": "ho-so",
        "agency": {"code": "byt", "name": "Bộ Y tế"},
        "by": "Cán bộ",
        "value": "74.84",
        "verified_value": None,
        "at": "2025-03-03T09:00:00+07:00",
    }
    assert with_key(reporter).read("indicators/")["results"][0]["part_of"] is None  # which it cannot open


def test_what_is_said_of_a_self_assessment_and_its_criteria():
    row = make_assessment(make_set(None, "yes_no", "scored", code="bo-1"), state="submitted")
    for mark, given in zip(row.marks.order_by("pk"), (1, 7), strict=True):
        mark.reported = given
        mark.save()
    caller = auditor()
    told = caller.read(f"assessments/{row.uuid}/")
    assert told["criteria_set"] == {"id": str(row.criteria_set.uuid), "code": "bo-1"}
    assert told["reported"] == {"reached": 1, "missed": 1, "open": 0, "points": "7", "full": "10"}
    assert told["verified"] is None
    assert [(mark["reported"], mark["verified"], mark["is_reached"]) for mark in told["marks"]] == [
        ("1", None, True),
        ("7", None, False),
    ]
    criteria = caller.read(f"criteria-sets/{row.criteria_set.uuid}/")["criteria"]
    assert [(one["position"], one["kind"], one["full"]) for one in criteria] == [
        (1, "yes_no", None),
        (2, "scored", "10"),
    ]
