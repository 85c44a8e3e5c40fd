"""What lists can be narrowed by; what is unknown or unfit is refused by name, never ignored."""

from datetime import date

import pytest
import time_machine

from accounts.models import Role as Office
from directives.models import NoticeState, Role
from directives.models.kinds import DeadlineKind
from directives.models.notices import NoticeKind
from directives.rules.lifecycle import State
from tests.edges.calling import Caller, with_key
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_calendar,
    make_committee,
    make_directive,
    make_ladder,
    make_notice,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 3, 10)  # a Monday; seven working days later is Wednesday 19/3
SUM = "Choose one of: "


class World:
    """Two notices of two committees; `names` says how the tests call each assignment, directive and notice."""

    def __init__(self) -> None:
        make_ladder()
        self.first, self.second = make_committee(code="uy-ban"), make_committee(code="ban-chi-dao")
        self.bca = make_agency(code="bca")
        self.c06 = make_agency(code="c06", parent=self.bca)
        self.team = make_agency(code="doi", parent=self.c06)
        self.hatinh = make_agency(code="ha-tinh")
        self.names: dict[str, str] = {}
        self._first_notice()
        self._second_notice()

    def _first_notice(self) -> None:
        self.notice = notice = self._called("369", make_notice(self.first, number=369, issued_on=date(2024, 8, 9)))
        vneid = self._called("vneid", make_directive(notice, due_on=date(2025, 3, 7)))
        data = self._called("data", make_directive(notice, due_on=date(2025, 3, 19)))
        self._part("bca overdue", self.bca, vneid, due_on=date(2025, 3, 7))
        self._part("c06 coordinates", self.c06, vneid, role=Role.COORDINATING, due_on=date(2025, 3, 20))
        self._part("ha-tinh soon", self.hatinh, data, due_on=date(2025, 3, 19))
        done = {"state": State.DONE, "handed_in_on": date(2025, 3, 3), "due_on": date(2025, 2, 28)}
        self._part("doi done late", self.team, data, role=Role.SHARE, **done)

    def _second_notice(self) -> None:
        fields = {"kind": NoticeKind.INSTRUCTION, "issued_on": date(2025, 1, 6), "state": NoticeState.WITHDRAWN}
        notice = self._called("07", make_notice(self.second, number=7, symbol="CT-TTg", **fields))
        urgent = {"due_on": None, "deadline_kind": DeadlineKind.URGENT_UNDATED}
        self._part("bca undated", self.bca, self._called("urgent", make_directive(notice, **urgent)), due_on=None)

    def _called(self, name, row):
        self.names[str(row.uuid)] = name
        return row

    def _part(self, name, agency, directive, **fields) -> None:
        fields.setdefault("assigned_on", date(2025, 1, 6))
        self._called(name, make_assignment(agency, directive=directive, **fields))


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def auditor(world) -> Caller:
    return Caller(user=make_user(Office.AUDITOR))


ALL = ("doi done late", "bca overdue", "ha-tinh soon", "c06 coordinates", "bca undated")
ASSIGNMENTS = {
    "": ALL,
    "notice=369/TB-VPCP": ALL[:4],
    "notice=369/tb-vpcp": ALL[:4],
    "notice=07/CT-TTg": ("bca undated",),
    "notice=7/CT-TTg": ("bca undated",),
    "notice=369/TB-BCA": (),
    "agency=bca": ("bca overdue", "bca undated"),
    "agency_under=bca": ("doi done late", "bca overdue", "c06 coordinates", "bca undated"),
    "agency_under=c06": ("doi done late", "c06 coordinates"),
    "agency_under=bca&agency=c06": ("c06 coordinates",),
    "agency=bca&agency_under=c06": (),
    "committee=uy-ban": ALL[:4],
    "committee=ban-chi-dao": ("bca undated",),
    "kind=instruction": ("bca undated",),
    "deadline_kind=urgent_undated": ("bca undated",),
    "role=coordinating": ("c06 coordinates",),
    "role=lead&agency=bca": ("bca overdue", "bca undated"),
    "state=done": ("doi done late",),
    "standing=overdue": ("bca overdue",),
    "standing=due_soon": ("ha-tinh soon",),
    "standing=on_track": ("c06 coordinates",),
    "standing=done_late": ("doi done late",),
    "standing=undated": ("bca undated",),
    "standing=waiting": (),
    "due_before=2025-03-07": ("doi done late",),
    "due_before=2025-03-08": ("doi done late", "bca overdue"),
    "due_after=2025-03-19": ("c06 coordinates",),
    "due_after=2025-03-06&due_before=2025-03-20": ("bca overdue", "ha-tinh soon"),
    "agency_under=bca&standing=overdue&notice=369/TB-VPCP&role=lead&state=assigned": ("bca overdue",),
}
DIRECTIVES = {
    "": ("vneid", "data", "urgent"),
    "notice=369/TB-VPCP": ("vneid", "data"),
    "agency=bca": ("vneid", "urgent"),
    "agency_under=c06": ("vneid", "data"),
    "agency=bca&role=lead": ("vneid", "urgent"),
    # One part must pass both: c06 coordinates one directive and leads none.
    "agency=c06&role=lead": (),
    "agency=c06&role=coordinating": ("vneid",),
    "state=done": ("data",),
    "standing=overdue": ("vneid",),
    "standing=overdue&agency=c06": (),
    "committee=ban-chi-dao": ("urgent",),
    "kind=instruction": ("urgent",),
    "deadline_kind=date": ("vneid", "data"),
    "due_before=2025-03-19": ("vneid",),
    "due_after=2025-03-07": ("data",),
    "due_after=2025-03-07&agency=bca": (),
}
NOTICES = {
    "": ("07", "369"),
    "notice=369/TB-VPCP": ("369",),
    "agency=bca": ("07", "369"),
    "agency=ha-tinh": ("369",),
    "agency_under=bca&role=share": ("369",),
    "standing=overdue": ("369",),
    "standing=undated&agency=ha-tinh": (),
    "committee=uy-ban": ("369",),
    "kind=conclusion": ("369",),
    "state=withdrawn": ("07",),
    "state=issued&agency=bca": ("369",),
    "issued_before=2025-01-06": ("369",),
    "issued_after=2024-08-09": ("07",),
    "issued_after=2024-08-08&issued_before=2024-08-10": ("369",),
}
TABLE = [
    *[("assignments", asked, found) for asked, found in ASSIGNMENTS.items()],
    *[("directives", asked, found) for asked, found in DIRECTIVES.items()],
    *[("notices", asked, found) for asked, found in NOTICES.items()],
]


@pytest.mark.parametrize(("name", "asked", "found"), TABLE, ids=[f"{name}?{asked}" for name, asked, _found in TABLE])
def test_a_filter_finds_what_it_names_in_the_order_of_the_list(world, auditor, name, asked, found):
    assert tuple(world.names[row] for row in auditor.ids(f"{name}/?{asked}")) == found


def test_a_notice_is_found_by_its_id_too(world, auditor):
    for uuid, name in world.names.items():
        if name == "07":
            assert [world.names[row] for row in auditor.ids("assignments/", notice=uuid)] == ["bca undated"]


def test_soon_is_counted_in_working_days(world, auditor):
    make_calendar(date(2025, 3, 18))  # now seven working days end on Thursday 20/3
    assert [world.names[row] for row in auditor.ids("assignments/?standing=due_soon")] == [
        "ha-tinh soon",
        "c06 coordinates",
    ]


def test_a_filter_never_looks_at_parts_that_the_caller_does_not_see(world):
    """The department coordinates under a lead that is overdue; that is not the department's to ask."""
    department = with_key(world.c06)
    assert department.ids("directives/?standing=overdue") == []
    assert department.ids("notices/?agency=ha-tinh") == []
    assert [world.names[row] for row in department.ids("directives/?agency_under=bca")] == ["vneid", "data"]


def test_a_filter_never_widens_what_exists_for_the_caller(world):
    assert with_key(world.c06).ids("assignments/?agency=bca") == []
    assert with_key(world.first).ids("notices/?committee=ban-chi-dao") == []


DAY, BLANK = "Write a day as 2024-12-31.", "Give a value, or leave the parameter out."
LIMIT, CURSOR = "Give a whole number from 1 to 500.", "This cursor does not belong to this list with these filters."
NOTICE, AGENCY = "Name a notice as 369/TB-VPCP, or by its id.", "There is no agency with this code."
UNKNOWN, ONCE = "There is no such parameter here.", "Give this parameter once."
PARTS = SUM + "lead, share, coordinating."
STATES = SUM + "assigned, acknowledged, in_progress, handed_in, done, declined, suspended, withdrawn, reassigned."
STANDINGS = SUM + "on_track, due_soon, overdue, waiting, done_on_time, done_late, undated, suspended, outside."
REFUSED = {
    "assignments/?colour=red": {"colour": UNKNOWN},
    "assignments/?Agency=bca": {"Agency": UNKNOWN},
    "assignments/?page=2": {"page": UNKNOWN},
    "assignments/?format=json": {"format": UNKNOWN},
    "assignments/?issued_after=2024-01-01": {"issued_after": UNKNOWN},
    "notices/?due_before=2024-01-01": {"due_before": UNKNOWN},
    "assignments/?agency=nobody": {"agency": AGENCY},
    "assignments/?agency=BCA": {"agency": AGENCY},
    "directives/?agency_under=nobody": {"agency_under": AGENCY},
    "notices/?committee=nobody": {"committee": "There is no committee with this code."},
    "assignments/?agency=": {"agency": BLANK},
    "assignments/?agency=%20": {"agency": BLANK},
    "assignments/?standing=": {"standing": BLANK},
    "assignments/?agency=%00": {"agency": AGENCY},
    "assignments/?notice=369": {"notice": NOTICE},
    "assignments/?notice=369%2FTB%00": {"notice": NOTICE},
    "assignments/?notice=00000000-0000-4000-8000-00000000000g": {"notice": NOTICE},
    "assignments/?notice=99999999999/TB": {"notice": NOTICE},
    "assignments/?role=boss": {"role": PARTS},
    "assignments/?role=LEAD": {"role": PARTS},
    "assignments/?state=late": {"state": STATES},
    "notices/?state=done": {"state": SUM + "draft, issued, withdrawn."},
    "assignments/?standing=late": {"standing": STANDINGS},
    "assignments/?standing=null": {"standing": STANDINGS},
    "assignments/?due_before=31/12/2024": {"due_before": DAY},
    "assignments/?due_before=2024-2-1": {"due_before": DAY},
    "assignments/?due_before=2024-02-30": {"due_before": DAY},
    "assignments/?due_before=0000-01-01": {"due_before": DAY},
    "assignments/?due_after=2024-12-31T00:00": {"due_after": DAY},
    "assignments/?due_after=%D9%A2%D9%A0%D9%A2%D9%A4-12-31": {"due_after": DAY},
    "assignments/?state=done&state=assigned": {"state": ONCE},
    "assignments/?limit=1&limit=2": {"limit": ONCE},
    "assignments/?limit=0": {"limit": LIMIT},
    "assignments/?limit=501": {"limit": LIMIT},
    "assignments/?limit=-1": {"limit": LIMIT},
    "assignments/?limit=ten": {"limit": LIMIT},
    "assignments/?limit=": {"limit": LIMIT},
    "assignments/?limit=%C2%B2": {"limit": LIMIT},
    "assignments/?limit=99999999999999999999999": {"limit": LIMIT},
    "assignments/?cursor=": {"cursor": CURSOR},
    "assignments/?cursor=next": {"cursor": CURSOR},
    "assignments/?cursor=a:b:c": {"cursor": CURSOR},
    "assignments/?colour=red&role=boss&due_before=soon": {"colour": UNKNOWN, "role": PARTS, "due_before": DAY},
}


@pytest.mark.parametrize(("asked", "errors"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_asked_is_refused_by_name(world, auditor, asked, errors):
    answer = auditor.get(asked)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"] == {name: [sentence] for name, sentence in errors.items()}


def test_one_takes_no_parameters(world, auditor):
    address = f"notices/{auditor.ids('notices/')[0]}/"
    answer = auditor.get(address, limit=1)
    assert (answer.status_code, answer.json()["errors"]) == (400, {"limit": [UNKNOWN]})


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(world, auditor, day):
    assert auditor.get("assignments/", due_before=day, due_after=day).status_code == 200


def test_a_filter_costs_the_same_for_any_number_of_rows(world, auditor, django_assert_num_queries):
    for _ in range(12):
        row = make_assignment(world.bca, directive=make_directive(world.notice), due_on=date(2025, 3, 7))
        world.names[str(row.uuid)] = "one more"
    auditor.read("assignments/")
    with django_assert_num_queries(8):
        found = auditor.ids("assignments/?standing=overdue&agency_under=bca&committee=uy-ban&notice=369/TB-VPCP")
    assert [world.names[row] for row in found] == ["bca overdue", *["one more"] * 12]
