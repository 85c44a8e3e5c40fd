"""The page of one assignment: what is shown, to whom, at which cost."""

from datetime import date

import pytest

from accounts.models import Role
from directives.actions import reporting
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.visiting import MONDAY, QUOTE, keep, make_world, visit
from tests.make import (
    at,
    make_addressee,
    make_agency,
    make_assignment,
    make_delivery,
    make_extension,
    make_question,
    make_reminder,
    make_report,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def page_of(world):
    return f"/assignments/{world.assignment.uuid}/"


def pages_of(choices):
    return [act.page for act in ([choices.first] if choices.first else []) + choices.acts]


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("stranger", 404), ("secretary", 200), ("auditor", 200)])
def test_who_sees_an_assignment(world, who, status):
    assert visit(getattr(world, who)).get(page_of(world)).status_code == status


def test_the_sentence_stands_marked_in_its_paragraph(world):
    page = visit(world.officer).get(page_of(world)).content.decode()
    assert f"2. <mark>{QUOTE}</mark>; báo cáo kết quả." in page
    assert "Đánh giá chung" not in page


@pytest.mark.parametrize(
    ("state", "first", "others"),
    [
        (State.ASSIGNED, "acknowledge", ["start", "report", "hand_in", "request_extension", "ask", "decline"]),
        (State.ACKNOWLEDGED, "start", ["report", "hand_in", "request_extension", "ask", "decline"]),
        (State.IN_PROGRESS, "report", ["hand_in", "request_extension", "ask"]),
    ],
)
def test_what_may_be_done_now_is_offered_and_what_comes_next_is_in_front(state, first, others):
    world = make_world(state=state)
    choices = visit(world.officer).get(page_of(world)).context["choices"]
    assert (choices.first.page, [act.page for act in choices.acts], choices.reason) == (first, others, "")


def test_returned_work_asks_to_be_handed_in_again():
    world = make_world(state=State.IN_PROGRESS, returned_on=MONDAY)
    make_report(
        world.assignment, state="returned", reason="Thiếu số liệu.", decided_by=world.secretary, decided_at=at(MONDAY)
    )
    answer = visit(world.officer).get(page_of(world))
    assert answer.context["choices"].first.page == "hand_in"
    assert answer.context["returned"].reason == "Thiếu số liệu."


@pytest.mark.parametrize("state", [State.HANDED_IN, State.DONE, State.DECLINED, State.SUSPENDED, State.WITHDRAWN])
def test_where_nothing_can_be_done_the_page_says_who_acts(state):
    world = make_world(state=state)
    choices = visit(world.officer).get(page_of(world)).context["choices"]
    assert pages_of(choices) == []
    assert choices.reason.split(":")[0] in {
        "Handed in", "Verified as done", "The agency declined this", "Suspended", "Withdrawn"
    }  # fmt: skip


def test_who_only_reads_is_told_whose_work_it_is(world):
    choices = visit(world.auditor).get(page_of(world)).context["choices"]
    assert (pages_of(choices), choices.reason) == (
        [],
        "Only the officers and the head of Bộ Công an can do this.",
    )


@pytest.mark.parametrize("why", ["undated", "asked already"])
def test_an_extension_is_not_offered_where_it_makes_no_sense(why):
    world = make_world(due_on=None) if why == "undated" else make_world()
    if why == "asked already":
        make_extension(world.assignment, asked_by=world.officer)
    assert "request_extension" not in pages_of(visit(world.officer).get(page_of(world)).context["choices"])


def test_the_thread_holds_reports_and_requests_with_their_answers_newest_first(world):
    decided = {"decided_by": world.secretary, "decided_at": at(MONDAY)}
    make_report(world.assignment, text="Bước một.", at=at(date(2025, 3, 4)), by=world.officer)
    make_extension(
        world.assignment,
        asked_by=world.officer,
        asked_at=at(date(2025, 3, 5)),
        state="refused",
        decision_reason="Không đủ căn cứ.",
        **decided,
    )
    make_report(world.assignment, text="Bước hai.", at=at(date(2025, 3, 6)), by=world.officer)
    page = visit(world.officer).get(page_of(world)).content.decode()
    places = [page.index(words) for words in ("Bước hai.", "Không đủ căn cứ.", "Bước một.")]
    assert places == sorted(places)


@pytest.mark.parametrize("reader", ["officer", "secretary"])
def test_what_lapsed_with_its_work_says_so(world, reader):
    make_extension(world.assignment, asked_by=world.officer, state="lapsed", decided_at=at(MONDAY))
    make_report(world.assignment, kind="hand_in", by=world.officer, state="lapsed", decided_at=at(MONDAY))
    words = plain(visit(getattr(world, reader)).get(page_of(world))).decode()
    assert "the work ended before it was decided" in words
    assert "the work was withdrawn before it was verified" in words
    assert "Waiting for verification" not in words
    assert "not decided yet" not in words


def test_history_tells_every_verb_and_the_ladder_what_comes_next(world):
    reporting.report_progress(world.assignment, by=world.officer, at=at(MONDAY), text="Đang làm.")
    answer = visit(world.officer).get(page_of(world))
    [line] = answer.context["history"]
    assert (line.what, line.changes) == ("reported progress", ("Assigned → In progress",))
    coming = [(one.on, one.when) for one in answer.context["coming"]]
    assert coming == [
        (date(2025, 3, 11), "3 working days before"),
        (date(2025, 3, 13), "1 working day before"),
        (date(2025, 3, 14), "on the day it is due"),
    ]


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_however_long_its_story(world, number, django_assert_num_queries):
    for _ in range(number):
        report = make_report(world.assignment, by=world.officer)
        keep(report)
        decided = {"state": "refused", "decided_by": world.secretary, "decided_at": at(MONDAY)}
        make_extension(world.assignment, asked_by=world.officer, **decided)
        make_addressee(world.assignment.directive, make_agency(), Part.COORDINATING)
        for row in (world.assignment, make_assignment(directive=world.assignment.directive, role=Part.SHARE)):
            who = {"asked_by": world.officer, "answered_by": world.secretary, "answered_at": at(MONDAY)}
            make_question(row, state="answered", answer="Có.", common=True, **who)
    client = visit(world.officer)
    client.get(page_of(world))
    with django_assert_num_queries(34):
        client.get(page_of(world))


def test_what_was_sent_says_to_whom_and_why(world):
    digest = make_delivery(world.officer, kind="digest", assignment=None, state="sent")
    make_reminder(digest, world.assignment, -3, state="sent")
    asked = {"kind": "asked", "assignment": world.assignment, "notice": world.assignment.directive.notice}
    make_delivery(world.secretary, **asked, state="sent", sent_at=at(MONDAY))
    make_delivery(world.secretary, **asked)
    page = visit(world.officer).get(page_of(world))
    (told,) = page.context["sent"]
    assert (told.reminder.recipient, told.why) == (world.officer, "3 working days before · Officers of the agency")
    assert [(one.delivery.recipient, list(one.channels)) for one in page.context["news"]] == [
        (world.secretary, ["E-mail"])
    ]


def test_what_another_agency_reports_changes_not_a_byte_of_this_page(world):
    neighbour = make_agency("Bộ Y tế")
    make_addressee(world.assignment.directive, neighbour, Part.COORDINATING)
    theirs = make_assignment(neighbour, directive=world.assignment.directive, role=Part.COORDINATING)
    beside, notice = make_user(Role.OFFICER, neighbour), world.assignment.directive.notice
    for reader, own, writer, other in (
        (world.officer, world.assignment, beside, theirs),
        (beside, theirs, world.officer, world.assignment),
    ):
        client, said = visit(reader), {"by": writer, "at": at(MONDAY), "text": "Bí mật."}
        addresses = [f"/assignments/{own.uuid}/", "/", "/notices/", f"/notices/{notice.uuid}/", "/messages/"]
        before = [plain(client.get(address)) for address in addresses]
        reporting.report_progress(other, **said)
        assert [plain(client.get(address)) for address in addresses] == before
    reporting.hand_in(world.assignment, by=world.officer, at=at(MONDAY), text="Bí mật.")
    assert [plain(visit(beside).get(address)) for address in addresses] == before


def test_the_lead_sees_whether_who_coordinates_has_delivered_and_how_late_it_is_but_not_what(world):
    directive, (health, justice) = world.assignment.directive, (make_agency("Bộ Y tế"), make_agency("Bộ Tư pháp"))
    late = date(2025, 3, 7)
    theirs = make_assignment(health, directive=directive, role=Part.COORDINATING)
    make_assignment(justice, directive=directive, role=Part.COORDINATING, due_on=late)
    reporting.hand_in(theirs, by=make_user(Role.OFFICER, health), at=at(MONDAY), text="Bí mật của Bộ Y tế.")
    answer = visit(world.officer).get(page_of(world))
    shown = {helper.agency.name: (helper.delivered_on, helper.late) for helper in answer.context["helpers"]}
    assert shown == {"Bộ Tư pháp": (None, True), "Bộ Y tế": (MONDAY, False)}
    assert answer.context["chip"].standing == "due_soon"  # not made late by who helps
    assert "1 working day overdue, was due on 07/03/2025" in answer.content.decode()
    assert "Bí mật" not in answer.content.decode()
    hand_in = visit(world.officer).get(f"/assignments/{world.assignment.uuid}/hand-in/").content.decode()
    assert "Coordinating agencies that have not delivered their part: Bộ Tư pháp." in " ".join(hand_in.split())
    assert visit(make_user(Role.OFFICER, justice)).get(f"/assignments/{theirs.uuid}/").status_code == 404


def plain(answer):
    """The page without its form tokens, which differ each time."""
    return b"\n".join(line for line in answer.content.splitlines() if b"csrfmiddlewaretoken" not in line)
