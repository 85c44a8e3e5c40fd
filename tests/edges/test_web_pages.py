"""One assignment, its files, notices and messages: what is shown, to whom, at which cost."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils.translation import override
from django.views.defaults import bad_request, server_error

from accounts.models import Role
from directives.actions import reporting
from directives.models import Attachment, Delivery, NoticeState
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.visiting import MONDAY, QUOTE, World, keep, make_world, pdf, visit
from tests.make import (
    at,
    make_addressee,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_extension,
    make_group,
    make_notice,
    make_paragraph,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    """It is that Monday, and lazy sentences are read in English."""
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def page_of(world):
    return f"/assignments/{world.assignment.uuid}/"


def pages_of(choices):
    return [act.page for act in ([choices.first] if choices.first else []) + choices.acts]


# --- one assignment


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
        (State.ASSIGNED, "acknowledge", ["start", "report", "hand_in", "request_extension", "decline"]),
        (State.ACKNOWLEDGED, "start", ["report", "hand_in", "request_extension", "decline"]),
        (State.IN_PROGRESS, "report", ["hand_in", "request_extension"]),
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
        "Handed in", "Verified as done", "Your agency declined this", "Suspended", "Withdrawn"
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
    client = visit(world.officer)
    client.get(page_of(world))
    with django_assert_num_queries(24):
        client.get(page_of(world))


def test_what_another_agency_reports_changes_not_a_byte_of_this_page(world):
    neighbour = make_agency("Bộ Y tế")
    make_addressee(world.assignment.directive, neighbour, Part.COORDINATING)
    theirs = make_assignment(neighbour, directive=world.assignment.directive, role=Part.COORDINATING)
    client = visit(world.officer)
    addresses = [page_of(world), "/", "/notices/", f"/notices/{world.assignment.directive.notice.uuid}/", "/messages/"]
    before = [plain(client.get(address)) for address in addresses]
    reporting.hand_in(theirs, by=make_user(Role.OFFICER, neighbour), at=at(MONDAY), text="Bí mật của Bộ Y tế.")
    assert [plain(client.get(address)) for address in addresses] == before


def plain(answer):
    """The page without its form tokens, which differ each time."""
    return b"\n".join(line for line in answer.content.splitlines() if b"csrfmiddlewaretoken" not in line)


# --- files


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("stranger", 404), ("secretary", 200), ("auditor", 200)])
def test_a_file_is_handed_out_to_those_who_see_the_assignment(world, who, status):
    file = keep(make_report(world.assignment, by=world.officer))
    answer = visit(getattr(world, who)).get(f"/attachments/{file.uuid}/")
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 evidence"


def test_a_file_is_a_download_that_no_browser_opens_in_our_name(world):
    file = keep(make_report(world.assignment, by=world.officer), 'Báo "cáo"\r\nX: 1.pdf')
    answer = visit(world.officer).get(f"/attachments/{file.uuid}/")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_letter_of_an_extension_is_handed_out_too(world):
    client = visit(world.officer)
    typed = {"asked_due_on": "2025-03-31", "reason": "Chờ.", "files": [pdf("Công văn.pdf")]}
    client.post(f"{page_of(world)}extension/", typed)
    file = Attachment.objects.get()
    assert file.file.name != "Công văn.pdf"
    assert client.get(f"/attachments/{file.uuid}/").status_code == 200
    assert visit(world.stranger).get(f"/attachments/{file.uuid}/").status_code == 404


# --- notices


def test_an_agency_reads_the_notices_that_give_it_work(world):
    mine = world.assignment.directive.notice
    make_notice(make_committee())
    make_notice(world.committee, state=NoticeState.DRAFT)
    client = visit(world.officer)
    assert [notice.pk for notice in client.get("/notices/").context["shown"]] == [mine.pk]
    assert client.get(f"/notices/{mine.uuid}/").status_code == 200
    assert visit(world.stranger).get(f"/notices/{mine.uuid}/").status_code == 404


def test_a_notice_marks_what_it_asks_and_numbers_it(world):
    notice = world.assignment.directive.notice
    page = visit(world.officer).get(f"/notices/{notice.uuid}/").content.decode()
    assert f'<mark>{QUOTE}</mark><a class="mark-number" href="#d1">' in page


def test_overlapping_quotations_are_each_marked_to_their_own_end(world):
    notice = world.assignment.directive.notice
    second = make_directive(notice, "Báo cáo kết quả", quote="tiện ích lên VNeID; báo cáo kết quả")
    make_assignment(world.agency, directive=second)
    answer = visit(world.officer).get(f"/notices/{notice.uuid}/")
    [(_, words)] = answer.context["paragraphs"]
    assert [(stretch.words, stretch.quoted, [one.position for one in stretch.ending]) for stretch in words] == [
        ("2. ", False, []),
        ("Bộ Công an đưa ", True, []),
        ("tiện ích lên VNeID", True, [1]),
        ("; báo cáo kết quả", True, [2]),
        (".", False, []),
    ]


@pytest.mark.parametrize(("members", "rows"), [(2, 1), (12, 10)])
def test_a_notice_shows_how_many_of_all_are_done_at_a_fixed_cost(members, rows, django_assert_num_queries):
    world = make_world()
    notice = world.assignment.directive.notice
    agencies = [make_agency() for _ in range(members)]
    group = make_group(*agencies)
    for _ in range(rows):
        shared = make_directive(notice, "Mỗi cơ quan tự làm", quote=QUOTE)
        make_addressee(shared, group, Part.SHARE)
        for number, agency in enumerate(agencies):
            state = State.DONE if number == 0 else State.IN_PROGRESS
            make_assignment(agency, directive=shared, role=Part.SHARE, group=group, state=state)
    make_paragraph(notice, "1. Đánh giá chung.", position=9)
    client = visit(world.secretary)
    client.get(f"/notices/{notice.uuid}/")
    with django_assert_num_queries(19):
        answer = client.get(f"/notices/{notice.uuid}/")
    assert [(entry["done"], entry["total"]) for entry in answer.context["asked"]] == [(0, 1)] + [(1, members)] * rows


# --- messages


def make_message(user, **fields):
    fields.setdefault("state", "sent")
    fields.setdefault("channel", "in_app")
    moment = at(MONDAY, 7)
    return Delivery.objects.create(
        key=f"{user.pk}:{Delivery.objects.count()}",
        kind="digest",
        recipient=user,
        created_at=moment,
        due_at=moment + timedelta(minutes=Delivery.objects.count()),
        sent_at=moment,
        subject="Việc sắp đến hạn",
        body="Còn 3 ngày làm việc.",
        because="you serve as Officer, Bộ Công an",
        **fields,
    )


def test_messages_are_the_readers_own_that_were_sent_here(world):
    mine = [make_message(world.officer), make_message(world.officer, assignment=world.assignment)]
    make_message(world.officer, channel="email")
    make_message(world.stranger)
    answer = visit(world.officer).get("/messages/")
    assert [message.pk for message in answer.context["shown"]] == [mine[1].pk, mine[0].pk]
    assert answer.context["unseen"] == 2
    assert "You get this because you serve as Officer, Bộ Công an." in answer.content.decode()


def test_only_its_reader_marks_a_message_as_read_and_only_by_post(world):
    message = make_message(world.officer)
    address = f"/messages/{message.uuid}/seen/"
    assert visit(world.officer).get(address).status_code == 405
    assert visit(world.stranger).post(address).status_code == 404
    message.refresh_from_db()
    assert message.seen_at is None
    assert visit(world.officer).post(address)["Location"] == "/messages/"
    message.refresh_from_db()
    assert message.seen_at == at(MONDAY)


def test_read_a_second_time_the_first_time_stays(world):
    message = make_message(world.officer)
    client = visit(world.officer)
    client.post(f"/messages/{message.uuid}/seen/")
    with time_machine.travel(at(MONDAY, 11)):
        client.post(f"/messages/{message.uuid}/seen/")
    message.refresh_from_db()
    assert message.seen_at == at(MONDAY)


def test_all_own_messages_are_marked_at_once_and_no_others(world):
    make_message(world.officer)
    make_message(world.officer)
    theirs = make_message(world.stranger)
    visit(world.officer).post("/messages/seen/")
    assert list(Delivery.objects.filter(seen_at=None)) == [theirs]


@pytest.mark.parametrize("number", [1, 50])
def test_messages_cost_the_same_for_any_length(world, number, django_assert_num_queries):
    for _ in range(number):
        make_message(world.officer, assignment=world.assignment)
    client = visit(world.officer)
    client.get("/messages/")
    with django_assert_num_queries(5):
        assert len(client.get("/messages/").context["shown"]) == number


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "Nothing waits for a lead"),
        ("/?tab=coordinating", "Nothing waits to be coordinated"),
        ("/?standing=overdue", "Nothing has this standing today"),
        ("/?notice=999", "Nothing here for notice “999”"),
        ("/notices/", "No notice yet"),
        ("/messages/", "No message yet"),
    ],
)
def test_an_empty_page_teaches(world, address, words):
    assert words in visit(world.stranger).get(address).content.decode()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda request: server_error(request), "Hệ thống gặp lỗi"),
        (lambda request: bad_request(request, Exception()), "Yêu cầu không hợp lệ"),
    ],
    ids=["500", "400"],
)
def test_a_broken_page_says_so_and_asks_no_database(rf, answer, words, django_assert_num_queries):
    with django_assert_num_queries(0), override("vi"):
        page = answer(rf.get("/")).content.decode()
    assert f"<h1>{words}</h1>" in page
