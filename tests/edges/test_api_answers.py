"""What the three resources say in a list, field by field, and what a list costs."""

import pytest

from accounts.models import Role as Office
from directives.models import Role
from tests.edges.calling import with_key
from tests.make import (
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_ladder,
    make_notice,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eight_working_days_before")]


def test_what_is_said_of_an_assignment(register):
    assert with_key(register.committee).read("assignments/", agency="bca")["results"] == [
        {
            "id": str(register.lead.uuid),
            "directive": {
                "id": str(register.directive.uuid),
                "wording": "Đưa 4 tiện ích lên VNeID",
                "quote": "Đưa tiện ích lên VNeID trước ngày 14/3/2025.",
                "product": "4 tiện ích",
            },
            "notice": {"id": str(register.notice.uuid), "reference": "09/TB-VPCP", "issued_on": "2025-03-03"},
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
            "exchange_status": "01",
            "deadline_text": "trước ngày 14/3/2025",
            "deadline_kind": "date",
            "lead": "bca",
            "coordinating": ["btp", "byt"],
        }
    ]


AS_WRITTEN = {
    "addressees": [],
    "recurrence": "",
    "recurrence_day": None,
    "recurrence_month": None,
    "recurrence_shift": "before",
    "recurs_until": None,
    "review_on": None,
    "external_ref": "",
}


def test_what_is_said_of_a_directive(register):
    line = {
        "id": str(register.directive.uuid),
        "notice": {"id": str(register.notice.uuid), "reference": "09/TB-VPCP", "issued_on": "2025-03-03"},
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
        "assignments": [str(row.uuid) for row in register.directive.assignments.order_by("pk")],
        "version": 1,
    }
    caller = with_key(register.committee)
    assert caller.read("directives/")["results"] == [line]
    assert caller.read(f"directives/{register.directive.uuid}/") == {**line, **AS_WRITTEN}


def test_an_agency_is_told_who_has_which_part_but_only_its_own_assignment_by_id(register):
    told = with_key(register.ministry).read(f"directives/{register.directive.uuid}/")
    assert (told["lead"], told["coordinating"], told["share"]) == ("bca", ["btp", "byt"], {"done": 1, "of": 2})
    assert told["assignments"] == [str(register.lead.uuid)]


def paragraphs_said(register) -> list[dict]:
    return [
        {
            "id": str(register.notice.paragraphs.get(label=label).uuid),
            "position": int(label),
            "label": label,
            "handled_as": handled_as,
            "text": text,
            "start": start,
            "end": end,
        }
        for label, handled_as, text, start, end in (
            ("1", "directive", "1. Đưa tiện ích lên VNeID trước ngày 14/3/2025.", 0, 47),
            ("2", "information", "2. Báo cáo kết quả.", 48, 67),
        )
    ]


def test_what_is_said_of_a_notice(register):
    line = {
        "id": str(register.notice.uuid),
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
    caller = with_key(register.committee, language="vi")
    assert caller.read("notices/")["results"] == [line]
    assert caller.read(f"notices/{register.notice.uuid}/") == {
        **line,
        "external_ref": "",
        "text": register.notice.text,
        "paragraphs": paragraphs_said(register),
        "directives": [str(register.directive.uuid)],
        "exchange": [
            {"agency": code, "status": status}
            for code, status in (("bca", "01"), ("btp", "01"), ("byt", "01"), ("gl", "13"), ("hn", "06"), ("ht", "01"))
        ],
    }


def test_lead_and_coordinating_are_those_of_the_same_period(register):
    first, second = make_agency(code="q1"), make_agency(code="q2")
    directive = make_directive(register.notice)
    for period, lead, helper in (("2025-Q1", first, second), ("2025-Q2", second, first)):
        make_assignment(lead, directive=directive, period=period)
        make_assignment(helper, directive=directive, role=Role.COORDINATING, period=period)
    caller = with_key(register.committee)
    told = caller.read("assignments/", agency="q1")["results"]
    assert [(row["period"], row["lead"], row["coordinating"]) for row in told] == [
        ("2025-Q1", "q1", ["q2"]),
        ("2025-Q2", "q2", ["q1"]),
    ]
    latest = caller.read(f"directives/{directive.uuid}/")
    assert (latest["lead"], latest["coordinating"]) == ("q2", ["q1"])


def test_an_assignment_of_a_directive_without_lead_says_so(register):
    share = make_assignment(make_agency(), directive=make_directive(register.notice), role=Role.SHARE)
    told = with_key(register.committee).read(f"assignments/{share.uuid}/")
    assert (told["lead"], told["coordinating"]) == (None, [])


COSTS = {"notices": 4, "directives": 5, "assignments": 5}


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
