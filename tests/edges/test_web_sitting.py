"""Several reports in one sitting: one page with a block for each, each entered by itself, without a script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from directives.actions.reporting import hand_in, return_report
from directives.models import Assignment, Attachment, Reading, Report, Unsent
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import pdf, visit
from tests.make import make_agency, make_assignment, make_directive, make_indicator, make_user
from tracker import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PAGE = "/reports/"


class Desk:
    """An officer's browser, and five assignments of the agency."""

    def __init__(self, world) -> None:
        self.world, self.client = world, visit(world.officer)
        notice = world.assignment.directive.notice
        self.rows = [make_assignment(world.agency, directive=make_directive(notice)) for _ in range(5)]

    def page(self, *rows):
        return self.client.get(PAGE, {"a": [row.uuid for row in rows]})

    def send(self, said, **more):
        """`said` by row: what is written into its block."""
        words = {"a": [row.uuid for row in said], **more}
        for row, fields in said.items():
            for name, value in {"kind": "report", "version": row.version, **fields}.items():
                words[f"{row.uuid.hex}-{name}"] = value
        return self.client.post(PAGE, words)


@pytest.fixture
def desk(world):
    return Desk(world)


def test_the_list_offers_ticks_for_the_agencys_own_open_work_and_leads_to_the_page(desk):
    Assignment.objects.filter(pk=desk.rows[0].pk).update(state=State.HANDED_IN, handed_in_on="2025-03-10")
    page = desk.client.get("/").content.decode()
    ticked = set(re.findall(r'name="a" value="([^"]+)" form="sitting"', page))
    assert ticked == {str(row.uuid) for row in (desk.world.assignment, *desk.rows[1:])}
    assert f'action="{PAGE}" id="sitting"' in page
    assert 'name="a"' not in visit(desk.world.auditor).get("/?standing=all").content.decode()


def test_a_block_says_why_its_work_came_back(desk):
    first, second, *_rest = desk.rows
    for row in (first, second):
        hand_in(row, by=desk.world.officer, at=clock.now(), text="Xong.")
    return_report(first, by=desk.world.secretary, at=clock.now(), reason="Thiếu biên bản nghiệm thu.")
    return_report(second, by=desk.world.secretary, at=clock.now(), reason="Thiếu chữ ký.")
    hand_in(second, by=desk.world.officer, at=clock.now(), text="Xong.")
    page = desk.page(first, second).content.decode()
    assert page.count("Thiếu biên bản nghiệm thu.") == 1
    assert "Thiếu chữ ký." not in page


def test_each_block_is_entered_by_itself_as_its_kind_says(desk):
    first, second, *_rest = desk.rows
    indicator = make_indicator(desk.world.committee, directive=first.directive)
    answer = desk.send(
        {
            first: {"text": "Đang làm.", "percent": "40", f"figure-{indicator.uuid.hex}": "3,924", "asks": "Kinh phí."},
            second: {"kind": "hand_in", "text": "Xong.", "product_ref": "12/BC", "files": [pdf()]},
        }
    )
    assert (answer.status_code, answer.url) == (302, "/")
    progress, done = Report.objects.order_by("pk")
    assert (progress.assignment, progress.kind, progress.percent, progress.asks) == (first, "progress", 40, "Kinh phí.")
    assert (done.assignment, done.kind, done.product_ref) == (second, "hand_in", "12/BC")
    assert (Reading.objects.get().value, Attachment.objects.get().report) == (3924, done)
    assert Assignment.objects.get(pk=second.pk).state == State.HANDED_IN


def test_one_refused_block_stays_with_its_sentence_and_words_and_the_others_are_entered(desk):
    good, wrong, empty = desk.rows[:3]
    answer = desk.send({good: {"text": "Đang làm."}, wrong: {"text": "Gần xong.", "percent": "101"}, empty: {}})
    assert answer.status_code == 200
    assert [report.assignment for report in Report.objects.all()] == [good]
    blocks = {block.assignment: block for block in answer.context["blocks"]}
    assert [blocks[row].sent for row in (good, wrong, empty)] == [True, False, False]
    assert blocks[wrong].form.errors == {"percent": ["The percentage lies between 0 and 100."]}
    page = answer.content.decode()
    assert "1 report was sent." in page
    assert "Gần xong.</textarea>" in page.replace("\n", "")
    assert f'name="{good.uuid.hex}-text"' not in page
    assert f'name="{empty.uuid.hex}-text"' in page


REFUSED = {
    "nothing written": ({}, None),
    "no text": ({"percent": "40"}, "text"),
    "101 %": ({"text": "a", "percent": "101"}, "percent"),
    "difficulties in a hand-in": ({"kind": "hand_in", "text": "a", "difficulties": "b"}, "difficulties"),
    "a product in a progress report": ({"text": "a", "product_ref": "12/BC"}, "product_ref"),
    "half of what is handed in": ({"kind": "hand_in", "text": "a", "percent": "50"}, "percent"),
    "a file that is not what it says": ({"text": "a", "files": [pdf("a.docx")]}, "files"),
    "a kind that is none": ({"kind": "verify", "text": "a"}, "kind"),
}


@pytest.mark.parametrize(("said", "field"), REFUSED.values(), ids=REFUSED)
def test_a_block_that_is_refused_changes_nothing(desk, said, field):
    with nothing_changes():
        answer = desk.send({desk.rows[0]: said})
    assert answer.status_code == 400
    (block,) = answer.context["blocks"]
    assert list(block.form.errors) == ([field] if field else [])


def test_an_older_version_is_told_in_its_block_and_a_second_click_sends_nothing_twice(desk):
    first, second = desk.rows[:2]
    desk.send({first: {"text": "Đang làm."}})
    said = {first: {"text": "Đang làm."}, second: {"text": "Cũng vậy."}}
    assert desk.send(said).status_code == 302
    assert Report.objects.count() == 2
    with nothing_changes():
        answer = desk.send({first: {"text": "Khác."}})
    assert answer.status_code == 412
    assert answer.context["blocks"][0].version == 2


def test_drafts_are_kept_for_each_and_shown_again(desk):
    first, second, third = desk.rows[:3]
    said = {first: {"text": "Nháp một.", "percent": "nửa"}, second: {"kind": "hand_in", "text": "Nháp hai."}, third: {}}
    assert desk.send(said, keep="1").status_code == 302
    assert Unsent.objects.count() == 2
    page = desk.page(first, second, third)
    blocks = {block.assignment: block.form for block in page.context["blocks"]}
    assert [blocks[row]["kind"].value() for row in (first, second, third)] == ["report", "hand_in", "report"]
    assert "Nháp một.</textarea>" in page.content.decode().replace("\n", "")
    assert 'value="nửa"' in page.content.decode()
    sent = {"text": "Nháp hai.", "kind": "hand_in", "unsent_version": "1"}
    assert desk.send({second: sent}).status_code == 302
    assert [draft.assignment for draft in Unsent.objects.all()] == [first]


def test_another_window_is_met_and_not_overwritten(desk):
    row = desk.rows[0]
    desk.send({row: {"text": "Cửa sổ một."}}, keep="1")
    with nothing_changes():
        met = desk.send({row: {"text": "Cửa sổ hai."}}, keep="1")
    assert "Cửa sổ một." in met.content.decode()
    assert "Cửa sổ hai.</textarea>" in met.content.decode().replace("\n", "")
    words = {"a": row.uuid, f"{row.uuid.hex}-text": "Cửa sổ hai."}
    told = desk.client.post(f"{PAGE}unsent/", words)
    assert (told.status_code, told.json()["met"]) == (409, {f"{row.uuid.hex}-unsent_version": 1})
    kept = desk.client.post(f"{PAGE}unsent/", {**words, f"{row.uuid.hex}-unsent_version": "1"})
    assert kept.json()["versions"] == {f"{row.uuid.hex}-unsent_version": 2}
    assert Unsent.objects.get().words["text"] == "Cửa sổ hai."


def test_nobody_reports_for_another_agency_and_what_is_not_in_sight_is_not_there(desk):
    foreign, unit = make_assignment(), make_assignment(make_agency(parent=desk.world.agency))
    assert desk.page(foreign, unit).context["blocks"] == []
    with nothing_changes():
        answer = desk.send({foreign: {"text": "Xong."}, unit: {"text": "Xong."}})
    assert answer.status_code == 403
    (block,) = answer.context["blocks"]
    assert (block.assignment, block.sent) == (unit, False)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECRETARIAT])
def test_who_reports_for_nobody_is_told_so(desk, role):
    desk.client = visit(make_user(role, desk.world.committee if role == Role.SECRETARIAT else None))
    assert desk.page(desk.rows[0]).context["blocks"] == []
    with nothing_changes():
        assert desk.send({desk.rows[0]: {"text": "Xong."}}).status_code == 403


def test_twenty_are_shown_and_the_others_named_as_too_many(desk):
    rows = [make_assignment(desk.world.agency) for _ in range(21)]
    page = desk.page(*rows, *rows)
    assert len(page.context["blocks"]) == 20
    assert "At most 20 in one sitting" in page.content.decode()


def test_work_that_is_closed_says_why(desk):
    Assignment.objects.filter(pk=desk.rows[0].pk).update(state=State.SUSPENDED)
    page = desk.page(desk.rows[0])
    assert "This cannot be done now: the assignment is suspended." in page.content.decode()
    assert "textarea" not in page.content.decode()


def test_the_page_costs_the_same_for_one_and_for_five(desk):
    def cost(*rows) -> int:
        desk.page(*rows)
        with CaptureQueriesContext(connection) as queries:
            desk.page(*rows)
        return len(queries)

    for row in desk.rows:
        make_indicator(desk.world.committee, directive=row.directive)
    assert cost(desk.rows[0]) == cost(*desk.rows) <= 14
