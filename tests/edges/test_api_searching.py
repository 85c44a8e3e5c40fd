"""Lists are searched as people type, without diacritics; and narrowed by what each of them has for itself."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from accounts.people import Reach
from directives.actions.recording import record
from directives.actions.sealing import seal_events
from directives.models import ExtensionState
from directives.rules.lifecycle import State
from tests.edges.shelves import auditor
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
    make_succession,
    make_user,
)
from tracker.api.callers import Eye
from tracker.api.urls import RESOURCES

pytestmark = pytest.mark.django_db
MIDNIGHT = at(date(2025, 3, 5), 0, 0)


class World:
    """Some of everything; `names` says how the tests call each row."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._directory()
        self._work()
        self._figures()
        self._history()

    def called(self, name: str, row):
        self.names[str(row.uuid)] = name
        return row

    def _directory(self) -> None:
        above = self.called("uy-ban", make_committee("Ủy ban Quốc gia về chuyển đổi số", code="uy-ban"))
        self.committee = self.called("ban", make_committee("Ban Chỉ đạo", code="ban", parent=above, abbreviation="BCĐ"))
        old = make_agency("Bộ Thông tin", code="btttt", valid_to=date(2025, 2, 28))
        self.bca = make_agency("Bộ Công an", code="bca", valid_from=date(2000, 1, 1))
        self.c06 = make_agency("Cục C06", code="c06", parent=self.bca, kind="department")
        heir = make_agency("Bộ Khoa học", code="bkhcn", valid_from=date(2025, 3, 1))
        make_succession(old, heir, date(2025, 3, 1))
        for row in (old, self.bca, self.c06, heir):
            self.called(row.code, row)

    def _work(self) -> None:
        text = "1. Đưa giấy tờ lên VNeID. 2. Tỷ lệ đạt 80%."
        notice = make_notice(self.committee, subject="Về ứng dụng VNeID", number=369, text=text)
        self.called("vneid notice", notice)
        self.called("II.1", make_paragraph(notice, text[:25], label="II.1", handled_as="directive"))
        self.called("II.2", make_paragraph(notice, text[26:], label="II.2", handled_as="target"))
        one = self.called("vneid", make_directive(notice, "Đưa giấy tờ lên VNeID", field="Dân cư"))
        two = self.called("mang", make_directive(make_notice(), "Hạ tầng mạng", field="Viễn thông"))
        self.called("mang notice", two.notice)
        self.lead = self.called("bca", make_assignment(self.bca, directive=one, assigned_on=date(2025, 1, 6)))
        done = {"state": State.DONE, "done_on": date(2025, 3, 3), "assigned_on": date(2025, 2, 3)}
        self.done = self.called("c06", make_assignment(self.c06, directive=two, **done))
        handed = {"kind": "hand_in", "state": "verified"}
        # On either side of midnight in Hanoi, which is another day in Greenwich.
        self.called("late in the evening", make_report(self.lead, at=at(date(2025, 3, 4), 23, 59)))
        self.called("at midnight", make_report(self.done, at=MIDNIGHT, difficulties="Vướng mắc", **handed))
        self.called("waiting", make_extension(self.lead, asked_at=MIDNIGHT))
        self.called("where from", make_question(self.lead, text="Số liệu lấy từ nguồn nào?"))
        told = {"answer": "Theo Thông tư 01.", "answered_by": make_user(), "answered_at": MIDNIGHT}
        self.called("told", make_question(self.done, asked_at=MIDNIGHT, state="answered", **told))
        self.called("refused", make_extension(self.done, asked_at=at(date(2025, 3, 6)), state=ExtensionState.REFUSED))

    def _figures(self) -> None:
        target = {"reported_by": self.bca, "directive": self.lead.directive, "due_on": date(2025, 12, 31)}
        one = self.called("ho-so", make_indicator(self.committee, code="ho-so", **target))
        self.called("khac", make_indicator(code="khac", name_vi="Chữ ký số", due_on=date(2026, 12, 31)))
        self.called("verified", make_reading(one, date(2025, 3, 3), agency=self.bca, verified_by=make_user()))
        self.called("reported", make_reading(one, date(2025, 3, 4)))
        criteria = self.called("bo-1", make_set(self.committee, code="bo-1", name_vi="Bộ tiêu chí đô thị"))
        self.called("asked", make_assessment(criteria, self.bca, date(2025, 3, 3), due_on=date(2025, 4, 1)))
        self.called("sent", make_assessment(criteria, self.c06, date(2025, 3, 4), state="submitted"))

    def _history(self) -> None:
        by = make_user(name="Chuyên viên Nguyễn Văn A")
        self.called("began", record(self.lead, "start", by=by, at=at(date(2025, 3, 4), 23, 59)))
        self.called("ended", record(self.done, "verify", by=None, at=MIDNIGHT, reason="Đã đủ hồ sơ"))
        seal_events()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Once for all: nobody here changes anything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(), auditor()
        transaction.set_rollback(True)


FOUND = {
    "committees/?q=chuyen doi so": ["uy-ban"],
    "committees/?q=BCD": ["ban"],
    "committees/?parent=uy-ban": ["ban"],
    "committees/?q=%2B": [],
    "agencies/?q=cong an": ["bca"],
    "agencies/?q=bo thong tin": ["btttt"],
    "agencies/?code=c06": ["c06"],
    "agencies/?parent=bca": ["c06"],
    "agencies/?agency_under=bca": ["bca", "c06"],
    "agencies/?kind=department": ["c06"],
    "agencies/?q=bo&on=2025-02-28": ["bca", "btttt"],
    "agencies/?q=bo&on=2025-03-01": ["bca", "bkhcn"],
    "notices/?q=ung dung vneid": ["vneid notice"],
    "notices/?q=369": ["vneid notice"],
    "notices/?q=36": [],
    "notices/?exchange_status=06": ["mang notice"],
    "directives/?q=giay to vne": ["vneid"],
    "directives/?q=HẠ TẦNG": ["mang"],
    "directives/?field=Dân cư": ["vneid"],
    "directives/?exchange_status=01": ["vneid"],
    "assignments/?q=giay to": ["bca"],
    "assignments/?q=bo cong an": ["bca"],
    "assignments/?q=cuc c06 ha tang": ["c06"],
    "assignments/?q=khong co gi": [],
    "assignments/?q=%2B": [],
    "assignments/?exchange_status=06": ["c06"],
    "assignments/?exchange_status=01": ["bca"],
    "assignments/?exchange_status=13": [],
    "assignments/?directive={vneid}": ["bca"],
    "assignments/?assigned_after=2025-01-06": ["c06"],
    "assignments/?assigned_before=2025-02-03": ["bca"],
    "paragraphs/?label=II.2": ["II.2"],
    "paragraphs/?q=ty le da": ["II.2"],
    "paragraphs/?q=giay to ty le": [],
    "paragraphs/?q=%2B": [],
    "paragraphs/?handled_as=directive": ["II.1"],
    "paragraphs/?notice=369/TB-VPCP": ["II.1", "II.2"],
    "reports/?reported_before=2025-03-05": ["late in the evening"],
    "reports/?reported_after=2025-03-04": ["at midnight"],
    "reports/?reported_after=2025-03-05": [],
    "reports/?kind=hand_in": ["at midnight"],
    "reports/?q=hoan thanh": ["at midnight", "late in the evening"],
    "reports/?q=vuong mac": ["at midnight"],
    "reports/?q=%2B": [],
    "reports/?state=submitted": ["late in the evening"],
    "reports/?agency_under=bca": ["at midnight", "late in the evening"],
    "reports/?agency=bca": ["late in the evening"],
    "reports/?committee=ban&role=lead": ["late in the evening"],
    "reports/?assignment={c06}": ["at midnight"],
    "extensions/?state=open": ["waiting"],
    "extensions/?asked_after=2025-03-05": ["refused"],
    "extensions/?notice=369/TB-VPCP": ["waiting"],
    "extensions/?q=lay y ki": ["refused", "waiting"],
    "questions/?q=nguon nao": ["told", "where from"],
    "questions/?q=thong tu 01": ["told"],
    "questions/?state=open": ["where from"],
    "questions/?asked_after=2025-03-04": ["told"],
    "questions/?agency=bca": ["where from"],
    "indicators/?q=chu ky": ["khac"],
    "indicators/?directive={vneid}": ["ho-so"],
    "indicators/?notice=369/TB-VPCP": ["ho-so"],
    "indicators/?agency=bca": ["ho-so"],
    "indicators/?due_after=2025-12-31": ["khac"],
    "readings/?indicator={ho-so}": ["reported", "verified"],
    "readings/?verified=yes": ["verified"],
    "readings/?verified=no&committee=ban": ["reported"],
    "readings/?as_of_after=2025-03-03": ["reported"],
    "readings/?q=bao cao co quan": ["reported", "verified"],
    "readings/?q=so lieu": [],
    "criteria-sets/?q=do thi": ["bo-1"],
    "assessments/?criteria_set={bo-1}": ["sent", "asked"],
    "assessments/?state=submitted": ["sent"],
    "assessments/?q=do thi cong an": ["asked"],
    "assessments/?agency=bca": ["asked"],
    "assessments/?due_before=2025-04-02": ["asked"],
    "events/?verb=start": ["began"],
    "events/?q=nguyen van": ["began"],
    "events/?q=du ho so": ["ended"],
    "events/?agency=c06": ["ended"],
    "events/?happened_before=2025-03-05": ["began"],
    "events/?happened_after=2025-03-04": ["ended"],
    "events/?notice=369/TB-VPCP": ["began"],
    "events/?after=999999999999999999": [],
}


@pytest.mark.parametrize(("asked", "found"), FOUND.items(), ids=FOUND)
def test_a_list_is_searched_and_narrowed_by_its_own_words(world, asked, found):
    world, caller = world
    ids = {name: row for row, name in world.names.items()}
    address = asked.format_map(ids) if "{" in asked else asked
    assert [world.names.get(row, row) for row in caller.ids(address)] == found


def test_events_go_on_behind_a_number(world):
    world, caller = world
    first, *others = caller.read("events/")["results"]
    assert caller.read("events/", after=first["sequence"])["results"] == others
    assert [row["sequence"] for row in others] == sorted(row["sequence"] for row in others)


NO_ID, NUMBER = "Name it by its id.", "Give a whole number."
REFUSED = {
    "reports/?assignment=369": {"assignment": NO_ID},
    "reports/?reported_before=hom nay": {"reported_before": "Write a day as 2024-12-31."},
    "events/?after=-1": {"after": NUMBER},
    "events/?after=9999999999999999999": {"after": NUMBER},
    "readings/?verified=true": {"verified": "Choose one of: yes, no."},
    "assignments/?exchange_status=04": {"exchange_status": "Choose one of: 01, 03, 05, 06, 02, 13."},
    "agencies/?on=today": {"on": "Write a day as 2024-12-31."},
    "agencies/?q=": {"q": "Give a value, or leave the parameter out."},
    "agencies/?q=a%00": {"q": "Give a value, or leave the parameter out."},
    "indicators/?on=2025-03-03": {"on": "There is no such parameter here."},
}


@pytest.mark.parametrize(("asked", "errors"), REFUSED.items(), ids=REFUSED)
def test_what_a_list_does_not_know_is_refused_by_name(world, asked, errors):
    answer = world[1].get(asked)
    told = {name: [sentence] for name, sentence in errors.items()}
    assert (answer.status_code, answer.json()["errors"]) == (400, told)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(world, day):
    for asked in (
        "reports/?reported_before={0}&reported_after={0}",
        "agencies/?on={0}",
        "assignments/?assigned_after={0}",
    ):
        assert world[1].get(asked.format(day)).status_code == 200


BY = {
    "notices": "notices_by_words",
    "paragraphs": "notices_by_text",
    "reports": "reports_by_words",
    "extensions": "extensions_by_words",
    "questions": "questions_by_words",
    "readings": "readings_by_words",
    "events": "events_by_words",
}


@pytest.mark.parametrize(("name", "index"), BY.items(), ids=BY)
def test_words_are_found_by_an_index(world, name, index):
    resource = dict(zip((many for many, _one in RESOURCES), RESOURCES.values(), strict=True))[name]
    eye = Eye(Reach(True, frozenset(), frozenset(), frozenset()), date(2025, 3, 6))
    with transaction.atomic(), connection.cursor() as cursor:
        # Of a few rows all are read, one after the other; whether an index could answer is another question.
        for way in ("seqscan", "indexscan", "nestloop", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        asked = resource.FILTERS(QueryDict("q=hoan thanh"), caller=eye)
        asked.clean()
        rows = asked.filter_queryset(resource(eye).rows())
        assert f"Bitmap Index Scan on {index}" in rows.order_by().explain()
        transaction.set_rollback(True)
