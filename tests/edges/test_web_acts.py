"""What an agency does on its pages: who may, what comes of it, and that a refusal changes nothing."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from accounts.models import Role
from accounts.refusals import Refusal
from directives.models import Assignment, Attachment, Event, ExtensionRequest, Report
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import MONDAY, make_world, pdf, visit
from tests.make import at, make_extension, make_user
from tracker.web.refusals import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ACTS = {
    "acknowledge": ({}, State.ACKNOWLEDGED),
    "start": ({}, State.IN_PROGRESS),
    "report": ({"text": "Đã tích hợp 2 trong 4 tiện ích.", "percent": "50"}, State.IN_PROGRESS),
    "hand-in": ({"text": "Đã xong.", "product_ref": "1234/BCA-C06"}, State.HANDED_IN),
    "extension": ({"asked_due_on": "2025-03-31", "reason": "Chờ dữ liệu."}, State.ASSIGNED),
    "ask": ({"text": "Số liệu lấy theo nguồn nào?"}, State.ASSIGNED),
    "decline": ({"reason": "Thuộc Bộ Tư pháp."}, State.DECLINED),
}
ACT_NAMES = list(ACTS)
ASKED = "A request for more time is already waiting for a decision."
UNDATED = "This assignment has no deadline that could be extended."
FASTER = "Somebody else changed this in the meantime. Look at it again before you go on."


def address(world, act):
    return f"/assignments/{world.assignment.uuid}/{act}/"


def post(client, world, act, **changed):
    return client.post(address(world, act), {**ACTS[act][0], **changed})


@pytest.mark.parametrize("act", ACT_NAMES)
def test_the_agencys_officer_acts_and_comes_back_to_the_assignment(world, act):
    client = visit(world.officer)
    assert client.get(address(world, act)).status_code == 200
    answer = post(client, world, act)
    assert (answer.status_code, answer["Location"]) == (302, f"/assignments/{world.assignment.uuid}/")
    assert Assignment.objects.get().state == ACTS[act][1]
    event = Event.objects.get()
    assert (event.by, event.at) == (world.officer, at(MONDAY))


@pytest.mark.parametrize("act", ACT_NAMES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("secretary", 403), ("auditor", 403)],
    ids=["other agency", "secretariat", "auditor"],
)
def test_nobody_else_acts_for_the_agency(world, who, status, act):
    client = visit(getattr(world, who))
    with nothing_changes():
        assert client.get(address(world, act)).status_code == status
        answer = post(client, world, act)
    assert answer.status_code == status
    if status == 403:
        assert "Only the officers and the head of Bộ Công an can do this." in answer.content.decode()


@pytest.mark.parametrize("act", ACT_NAMES)
def test_without_log_in_nothing_is_shown_or_done(world, act):
    with nothing_changes():
        assert visit().get(address(world, act))["Location"].startswith("/login/")
        answer = post(visit(), world, act)
    if ACTS[act][0]:
        # The log-in page itself, which carries what was written.
        assert (answer.status_code, answer.templates[0].name) == (401, "registration/login.html")
    else:
        assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("act", ACT_NAMES)
def test_what_was_handed_in_takes_no_further_act(act):
    world = make_world(state=State.HANDED_IN)
    client = visit(world.officer)
    with nothing_changes():
        assert client.get(address(world, act)).status_code == 409
        answer = post(client, world, act)
    assert answer.status_code == 409
    sentence = "This cannot be done now: the assignment was handed in and waits for verification."
    assert answer.context["form"].non_field_errors() == [sentence]


@pytest.mark.parametrize("act", ACT_NAMES)
def test_whoever_reads_an_older_version_is_told_and_keeps_the_words(world, act):
    Assignment.objects.update(version=7)
    client = visit(world.officer)
    with nothing_changes():
        answer = post(client, world, act, version="6")
    page = answer.content.decode()
    assert answer.status_code == 412
    assert FASTER in page
    assert all(word in page for word in ACTS[act][0].values() if not word.startswith("2025"))
    assert 'name="version" value="7"' in page


def test_the_version_that_was_read_is_sent_along_and_fits(world):
    client = visit(world.officer)
    assert 'name="version" value="1"' in client.get(address(world, "report")).content.decode()
    assert post(client, world, "report", version="1").status_code == 302


def test_a_wrong_value_does_not_hide_that_somebody_was_faster(world):
    client = visit(world.officer)
    Assignment.objects.update(version=7)
    answer = post(client, world, "report", version="1", text="")
    assert 'name="version" value="1"' in answer.content.decode()
    assert post(client, world, "report", version="1").status_code == 412


@pytest.mark.parametrize("act", ["report", "hand-in", "extension", "decline"])
def test_a_letter_sent_twice_is_one_letter(world, act):
    client = visit(world.officer)
    first, second = (post(client, world, act, version="1") for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Report.objects.count() + ExtensionRequest.objects.count() == (act != "decline")
    assert Event.objects.count() == 1


@pytest.mark.parametrize("changed", [{"text": "Đã tích hợp 3."}, {"percent": "75"}, {"asks": "Xin kinh phí."}])
def test_a_second_letter_with_other_words_is_not_taken_for_the_first(world, changed):
    client = visit(world.officer)
    post(client, world, "report", version="1")
    with nothing_changes():
        answer = post(client, world, "report", version="1", **changed)
    assert answer.status_code == 412
    assert FASTER in answer.content.decode()


def test_the_same_words_of_somebody_else_are_not_taken_for_sent(world):
    client = visit(world.officer)
    post(visit(make_user(Role.OFFICER, world.agency)), world, "report", version="1")
    with nothing_changes():
        assert post(client, world, "report", version="1").status_code == 412


def test_a_progress_report_keeps_every_word(world):
    files = [pdf("Báo cáo.pdf"), pdf("Phụ lục.pdf")]
    post(visit(world.officer), world, "report", difficulties="Thiếu dữ liệu.", asks="Đề nghị đôn đốc.", files=files)
    report = Report.objects.get()
    assert (report.kind, report.text, report.percent) == ("progress", "Đã tích hợp 2 trong 4 tiện ích.", 50)
    assert (report.difficulties, report.asks) == ("Thiếu dữ liệu.", "Đề nghị đôn đốc.")
    assert [(file.name, file.size) for file in report.attachments.order_by("pk")] == [
        ("Báo cáo.pdf", 100),
        ("Phụ lục.pdf", 100),
    ]


def test_a_hand_in_counts_from_its_day_and_keeps_the_products_number(world):
    post(visit(world.officer), world, "hand-in", files=[pdf()])
    report = Report.objects.get()
    assert (report.kind, report.product_ref, report.attachments.count()) == ("hand_in", "1234/BCA-C06", 1)
    assert Assignment.objects.get().handed_in_on == MONDAY


@pytest.mark.parametrize("written", ["2025-03-31", "31/03/2025"])
def test_an_extension_is_asked_with_its_date_reason_and_letter(world, written):
    post(visit(world.officer), world, "extension", asked_due_on=written, files=[pdf("Công văn.pdf")])
    request = ExtensionRequest.objects.get()
    assert (request.asked_due_on, request.reason, request.state) == (date(2025, 3, 31), "Chờ dữ liệu.", "open")
    assert [file.name for file in request.attachments.all()] == ["Công văn.pdf"]
    assert Assignment.objects.get().due_on == world.assignment.due_on


WRONG = [
    ("report", {"text": "  "}, "text", "Please say what was done."),
    ("report", {"text": "x" * 20_001}, "text", "This is too long: at most 20000 characters."),
    ("report", {"percent": "101"}, "percent", "The percentage lies between 0 and 100."),
    ("report", {"percent": "much"}, "percent", "The percentage lies between 0 and 100."),
    ("hand-in", {"text": ""}, "text", "Please say what was done."),
    ("decline", {"reason": ""}, "reason", "Please give a reason."),
    ("extension", {"reason": " "}, "reason", "Please give a reason."),
    ("extension", {"asked_due_on": "soon"}, "asked_due_on", "Write a day such as 31/12/2024."),
    (
        "extension",
        {"asked_due_on": "2025-03-14"},
        "asked_due_on",
        "Ask for a date after the present deadline and after today.",
    ),
]


@pytest.mark.parametrize(("act", "typed", "field", "sentence"), WRONG)
def test_a_wrong_value_gets_a_sentence_beside_its_field(world, act, typed, field, sentence):
    client = visit(world.officer)
    with nothing_changes():
        answer = post(client, world, act, **typed)
    assert answer.status_code == 400
    assert answer.context["form"].errors == {field: [sentence]}
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert re.search(rf'<[^>]* name="{field}"[^>]* autofocus', answer.content.decode())


FILES = {
    "a script in a PDF's name": (lambda: [pdf("a.exe")], "a.exe is of a kind that is not accepted."),
    "not what its name says": (lambda: [pdf("a.docx")], "a.docx is not what its name says it is."),
    "empty": (lambda: [pdf("a.pdf", 0)], None),
    "too large": (
        lambda: [pdf("a.pdf", 25 * 1024 * 1024 + 1)],
        "a.pdf is too large: a file may have at most 25 MB.",
    ),
    "too many": (lambda: [pdf(f"{n}.pdf") for n in range(11)], "At most 10 files at a time."),
}


@pytest.mark.parametrize("wrong", FILES)
def test_a_file_that_cannot_be_kept_is_named_and_the_report_stays_unsent(world, wrong):
    make, sentence = FILES[wrong]
    files = make()
    if wrong == "empty":
        files[0].file.truncate(0)
        files[0].size = 0
        sentence = "a.pdf is empty."
    client = visit(world.officer)
    with nothing_changes():
        answer = post(client, world, "report", files=files)
    assert answer.status_code == 400
    assert answer.context["form"].errors == {"files": [sentence]}
    assert "Đã tích hợp 2 trong 4 tiện ích." in answer.content.decode()


def test_one_wrong_file_keeps_the_good_ones_out_too(world):
    post(visit(world.officer), world, "report", files=[pdf("good.pdf"), pdf("bad.exe")])
    assert not Attachment.objects.exists()


def test_a_second_request_waits_for_the_first(world):
    make_extension(world.assignment, asked_by=world.officer)
    client = visit(world.officer)
    with nothing_changes():
        shut = client.get(address(world, "extension"))
        answer = post(client, world, "extension")
    assert (shut.status_code, shut.context["closed"].sentence) == (409, ASKED)
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors() == [ASKED]


def test_undated_work_has_no_deadline_to_extend():
    world = make_world(due_on=None)
    client = visit(world.officer)
    with nothing_changes():
        shut = client.get(address(world, "extension"))
        answer = post(client, world, "extension")
    assert (shut.status_code, shut.context["closed"].sentence) == (409, UNDATED)
    assert answer.context["form"].errors == {"asked_due_on": [UNDATED]}


def test_a_refusal_is_said_in_the_readers_language_with_its_date_as_offices_write_it():
    with override("vi"):
        assert told(Refusal("Log in")) == "Đăng nhập"
        assert told(Refusal("%(day)s", day=MONDAY)) == "10/03/2025"


def test_a_form_from_another_site_is_not_taken(world):
    client = visit(world.officer)
    client.handler.enforce_csrf_checks = True
    with nothing_changes():
        answer = post(client, world, "report")
    assert answer.status_code == 403
    assert "This page has grown old" in answer.content.decode()


def test_an_act_goes_on_to_no_other_site(world):
    answer = post(visit(world.officer), world, "acknowledge", next="//example.org/")
    assert answer["Location"] == f"/assignments/{world.assignment.uuid}/"
