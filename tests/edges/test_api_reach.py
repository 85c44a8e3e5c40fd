"""Whose rows a caller reads in every list: what belongs to the work in their reach, and no filter shows another's."""

from datetime import date
from uuid import UUID

import pytest

from accounts.models import Role
from directives.actions.recording import record
from directives.actions.sealing import seal_events
from directives.models import NoticeState
from tests.edges.calling import Caller, with_key
from tests.make import (
    at,
    make_agency,
    make_assessment,
    make_assignment,
    make_committee,
    make_directive,
    make_extension,
    make_indicator,
    make_notice,
    make_paragraph,
    make_question,
    make_reading,
    make_report,
    make_set,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = at(date(2025, 3, 4))
BODIES = ("ministry", "department", "province")


class World:
    """A committee gives work to a ministry, its department and a province; each has one of everything.

    `names` tells the tests whose each row is. What happened to the notice itself, and its paragraph, is everybody's who
    has a part in it; what happened to the draft that it was, its secretariat's.
    """

    def __init__(self) -> None:
        self.above, self.other = make_committee(), make_committee()
        self.committee = make_committee(parent=self.above)
        self.ministry, self.province = make_agency("Bộ Công an", code="bca"), make_agency("Hà Tĩnh", code="ha-tinh")
        self.department = make_agency("Cục", code="c06", parent=self.ministry)
        self.notice, criteria = make_notice(self.committee), make_set(self.committee)
        self.names = {make_paragraph(self.notice).uuid: "notice", criteria.uuid: "set"}
        self.work = {}
        for name in BODIES:
            agency = getattr(self, name)
            work = self.work[name] = make_assignment(agency, directive=make_directive(self.notice))
            indicator = make_indicator(self.committee, reported_by=agency)
            rows = [
                make_report(work),
                make_extension(work),
                make_question(work),
                indicator,
                make_reading(indicator, agency=agency),
                make_assessment(criteria, agency),
                record(work, "assign", by=None, at=DAY),
            ]
            self.names |= {row.uuid: name for row in rows}
        self.names[record(self.notice, "amend_draft", by=None, at=DAY).uuid] = "draft"
        self.names[record(self.notice, "issue", by=None, at=DAY).uuid] = "notice"
        draft = make_notice(self.committee, state=NoticeState.DRAFT)
        self.names[record(draft, "draft_notice", by=None, at=DAY).uuid] = "draft"
        self.names[make_paragraph(draft).uuid] = "draft"
        self.names[record(make_user(), "change_password", by=None, at=DAY).uuid] = "person"
        seal_events()

    def seen(self, caller: Caller, name: str) -> set[str]:
        """Whose rows of a list the caller reads."""
        return {self.names[row] for row in map(UUID, caller.ids(f"{name}/"))}


@pytest.fixture
def world() -> World:
    return World()


def person(role: str, body=None) -> Caller:
    return Caller(user=make_user(role, body))


OF_WORK = ("reports", "extensions", "questions", "indicators", "readings", "assessments")
ALL, NOTICE, SET = set(BODIES), {"notice"}, {"set"}
# Whose work each caller reads; and beside it of events and paragraphs.
SEES = {
    "key of the committee": (lambda w: with_key(w.committee), ALL, NOTICE),
    "key of the committee above": (lambda w: with_key(w.above), ALL, NOTICE),
    "key of another committee": (lambda w: with_key(w.other), set(), set()),
    "key of the ministry": (lambda w: with_key(w.ministry), {"ministry", "department"}, NOTICE),
    "key of the department": (lambda w: with_key(w.department), {"department"}, NOTICE),
    "key of another agency": (lambda w: with_key(make_agency()), set(), set()),
    "officer of the province": (lambda w: person(Role.OFFICER, w.province), {"province"}, NOTICE),
    "chair": (lambda w: person(Role.CHAIR, w.committee), ALL, NOTICE),
    "secretariat": (lambda w: person(Role.SECRETARIAT, w.committee), ALL, {"notice", "draft"}),
    "secretariat of another committee": (lambda w: person(Role.SECRETARIAT, w.other), set(), set()),
}


@pytest.mark.parametrize(("caller", "work", "beside"), SEES.values(), ids=SEES)
def test_a_caller_reads_what_belongs_to_the_work_in_its_reach(world, caller, work, beside):
    caller = caller(world)
    assert {name: world.seen(caller, name) for name in OF_WORK} == dict.fromkeys(OF_WORK, work)
    assert world.seen(caller, "criteria-sets") == (SET if work else set())
    assert world.seen(caller, "paragraphs") == beside
    assert world.seen(caller, "events") == work | beside


def test_who_sees_everything_reads_every_event_and_no_draft(world):
    auditor = person(Role.AUDITOR)
    assert world.seen(auditor, "events") == {*ALL, "notice", "draft", "person"}
    assert world.seen(auditor, "paragraphs") == NOTICE
    assert {name: world.seen(auditor, name) for name in OF_WORK} == dict.fromkeys(OF_WORK, ALL)


def test_one_by_its_id_is_there_for_whoever_its_list_shows_it(world):
    department = with_key(world.department)
    for name in (*OF_WORK, "events", "paragraphs"):
        seen = set(department.ids(f"{name}/"))
        everybodys = person(Role.AUDITOR).ids(f"{name}/")
        found = {row: department.get(f"{name}/{row}/").status_code for row in everybodys}
        assert (name, found) == (name, {row: 200 if row in seen else 404 for row in everybodys})


@pytest.mark.parametrize(
    "asked", ["assignment={work}", "directive={directive}", "agency=ha-tinh", "agency_under=ha-tinh"]
)
@pytest.mark.parametrize("name", ["reports", "extensions", "questions", "events"])
def test_no_filter_shows_what_is_anothers(world, name, asked):
    work = world.work["province"]
    address = f"{name}/?{asked.format(work=work.uuid, directive=work.directive.uuid)}"
    assert with_key(world.ministry).ids(address) == []
    assert len(with_key(world.committee).ids(address)) == 1


@pytest.mark.parametrize("name", ["indicators", "readings", "assessments"])
def test_no_agency_asks_for_the_figures_of_another(world, name):
    assert with_key(world.ministry).ids(f"{name}/?agency=ha-tinh") == []
    assert len(with_key(world.ministry).ids(f"{name}/?agency_under=bca")) == 2


NAMED = {
    "events": {"notice": "notices", "directive": "directives", "assignment": "assignments"},
    "reports": {"assignment": "assignments"},
    "extensions": {"assignment": "assignments"},
    "questions": {"assignment": "assignments"},
    "readings": {"indicator": "indicators", "report": "reports"},
    "indicators": {"directive": "directives", "part_of": "indicators"},
}


@pytest.mark.parametrize("name", NAMED)
def test_whatever_a_line_names_by_id_can_be_opened(world, name):
    for caller in (with_key(world.department), with_key(world.committee), person(Role.SECRETARIAT, world.committee)):
        rows = caller.read(f"{name}/")["results"]
        named = [(many, row[field]) for row in rows for field, many in NAMED[name].items() if row[field]]
        assert [many for many, row in named if caller.get(f"{many}/{row}/").status_code != 200] == []


def test_the_directory_is_everybodys(world):
    stranger = with_key(make_agency())
    assert {"bca", "c06", "ha-tinh"} <= {row["code"] for row in stranger.read("agencies/", limit=500)["results"]}
    assert world.committee.code in {row["code"] for row in stranger.read("committees/")["results"]}
