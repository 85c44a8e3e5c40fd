"""Systems do by verbs what people do on the pages: the same actions, the same refusals, in the name of the key."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role, User
from directives.models import Assignment, Attachment, Delivery, ExtensionRequest
from tests.actions.conftest import nothing_changes
from tests.edges.calling import Caller, with_key
from tests.edges.two_systems import AGENCY, World
from tests.make import make_agency, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


@pytest.fixture
def world() -> World:
    return World()


def test_an_agency_and_its_committee_take_work_to_its_end_by_their_systems(world):
    assert world.do(world.agency, "acknowledge")["state"] == "acknowledged"
    assert world.do(world.agency, "start")["state"] == "in_progress"
    told = world.do(world.agency, "report", {"text": "Đã kết nối 40 tỉnh", "percent": 60, "asks": "Thêm kinh phí"})
    assert [(row["text"], row["percent"]) for row in told["reports"]] == [("Đã kết nối 40 tỉnh", 60)]
    world.do(world.agency, "hand-in", {"text": "Đã xong", "product_ref": "12/BCA", "figure": 97.5, "unit": "%"})
    told = world.do(world.desk, "return", {"reason": "Thiếu số liệu", "redo_by": "2027-03-20"})
    assert told["state"] == "in_progress"
    world.do(world.agency, "hand-in", {"text": "Đã bổ sung"})
    told = world.do(world.desk, "verify")
    assert (told["state"], told["standing"]) == ("done", "done_on_time")
    names = [event["by"] for event in told["history"]]
    assert names[-2:] == [
        User.objects.get(keys__agency=world.ministry).name,
        User.objects.get(keys__committee=world.committee).name,
    ]
    assert told["history"][-2]["on_behalf_of"] == "Bộ Công an"


def test_more_time_is_asked_for_and_given_by_systems(world):
    told = world.do(world.agency, "request-extension", {"asked_due_on": "2027-04-30", "reason": "Chờ dữ liệu"})
    asked = told["extensions"][0]["id"]
    answer = world.desk.post(f"extensions/{asked}/grant/", {"due_on": "2027-04-15"}, seen=world.tag)
    assert answer.json()["due_on"] == "2027-04-15"
    assert ExtensionRequest.objects.get().state == "granted"
    told = world.do(world.agency, "request-extension", {"asked_due_on": "2027-05-30", "reason": "Vẫn chờ"})
    refused = f"extensions/{told['extensions'][1]['id']}/refuse/"
    with nothing_changes():
        assert world.desk.post(refused, {}, seen=world.tag).json()["errors"] == {"reason": ["This field is required."]}
    assert world.desk.post(refused, {"reason": "Đã gia hạn"}, seen=world.tag).status_code == 200


def test_a_committee_moves_work_by_its_system(world):
    world.do(world.desk, "set-deadline", {"due_on": "2027-04-10", "reason": "Theo họp"})
    world.do(world.desk, "suspend", {"reason": "Chờ luật"})
    world.do(world.desk, "resume", {"reason": "Luật đã có"})
    told = world.do(world.desk, "reassign", {"to_agency": world.other.code, "reason": "Đúng việc"})
    assert told["state"] == "reassigned"
    assert Assignment.objects.get(agency=world.other).due_on == date(2027, 4, 10)


def test_a_report_brings_its_files(world):
    file = SimpleUploadedFile("Báo cáo.txt", b"97,5 %", content_type="text/plain")
    answer = world.agency.send(world.address("hand-in"), {"text": "Đã xong", "files": [file]}, seen=world.tag)
    assert answer.status_code == 200, answer.content.decode()
    assert Attachment.objects.get().report.text == "Đã xong"


def test_a_person_who_is_logged_in_acts_in_their_own_name(world):
    officer = make_user(Role.OFFICER, world.ministry)
    told = world.do(Caller(user=officer), "acknowledge")
    assert told["history"][-1]["by"] == officer.name


def test_the_key_of_a_parent_agency_acts_for_those_below_it(world):
    above = make_agency("Chính phủ")
    world.ministry.parent = above
    world.ministry.save()
    assert world.do(with_key(above, *AGENCY), "acknowledge")["state"] == "acknowledged"


def test_a_system_gets_no_message_and_holds_no_office(world):
    world.do(world.agency, "hand-in", {"text": "Đã xong"})
    system = User.objects.get(is_system=True)
    assert not Delivery.objects.filter(recipient=system).exists()
    assert not system.offices.exists()
    assert not system.has_usable_password()


# --- refusals, each with its status and what it names; none changes anything

NOT_DONE = {
    "no version": ("agency", "report", {"text": "x"}, None, 428, "version-needed", None),
    "an old version": ("agency", "report", {"text": "x"}, '"0-abc"', 412, "stale", None),
    "no tag of ours": ("agency", "report", {"text": "x"}, "abc", 412, "stale", None),
    "another moment": ("desk", "verify", {}, "*", 409, "wrong-moment", None),
    "no text": ("agency", "report", {"text": " "}, "*", 400, "invalid", {"text"}),
    "nothing": ("agency", "report", {}, "*", 400, "invalid", {"text"}),
    "101 %": ("agency", "report", {"text": "x", "percent": 101}, "*", 400, "invalid", {"percent"}),
    "no number": ("agency", "report", {"text": "x", "percent": "nhiều"}, "*", 400, "invalid", {"percent"}),
    "no such field": ("agency", "report", {"text": "x", "tien_do": 60}, "*", 400, "invalid", {"tien_do"}),
    "files where none belong": ("agency", "start", {"files": []}, "*", 400, "invalid", {"files"}),
    "no day": ("desk", "set-deadline", {"due_on": "31/12/2024", "reason": "x"}, "*", 400, "invalid", {"due_on"}),
    "a past day": ("desk", "set-deadline", {"due_on": "2024-12-31", "reason": "x"}, "*", 400, "invalid", {"due_on"}),
    "no agency": ("desk", "reassign", {"to_agency": "xyz", "reason": "x"}, "*", 400, "invalid", {"to_agency"}),
    "not its verb": ("desk", "report", {"text": "x"}, "*", 403, "not-allowed", None),
    "not its side": ("agency", "withdraw", {"reason": "x"}, "*", 403, "not-allowed", None),
    "a name twice": ("agency", "report", b'{"text": "x", "text": "y"}', "*", 400, "invalid", {"text"}),
    "NUL": ("agency", "report", b'{"text": "x\\u0000"}', "*", 400, "invalid", {"text"}),
    "a list": ("agency", "report", b"[]", "*", 400, "invalid", None),
    "too much": ("agency", "report", b'{"text": "' + b"x" * 1_100_000 + b'"}', "*", 413, "too-large", None),
}


@pytest.mark.parametrize(("who", "verb", "body", "seen", "status", "kind", "fields"), NOT_DONE.values(), ids=NOT_DONE)
def test_what_is_refused_changes_nothing_and_says_why(world, who, verb, body, seen, status, kind, fields):
    caller = getattr(world, who)
    caller.get(world.address())  # notes that the key is in use
    with nothing_changes():
        answer = caller.post(world.address(verb), body, seen=seen)
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (answer.status_code, told["type"]) == (status, f"urn:dondoc:problem:{kind}")
    assert fields is None or set(told["errors"]) == fields
    assert told["detail"]


FORMS = {
    "a form": {"content_type": "application/x-www-form-urlencoded"},
    "text": {"content_type": "text/plain"},
    "packed": {"content_type": "application/json", "headers": {"content-encoding": "gzip"}},
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_sent_in_another_form_is_not_read(world, form):
    headers = {**world.agency.headers, "if-match": "*", **form.get("headers", {})}
    address = f"/api/v1/{world.address('acknowledge')}"
    answer = world.agency.client.post(address, b"text=x", content_type=form["content_type"], headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (415, "urn:dondoc:problem:unsupported-media-type")
    assert world.state() == "assigned"


def test_without_a_scope_a_key_only_reads_and_is_told_which_one_it_lacks(world):
    answer = with_key(world.ministry, "read").post(world.address("acknowledge"), seen="*")
    assert (answer.status_code, answer.json()["detail"]) == (403, "This key lacks the scope 'report'.")
    assert world.state() == "assigned"


def test_what_the_caller_does_not_see_is_not_there(world):
    answer = with_key(world.other, *AGENCY).post(world.address("acknowledge"), seen="*")
    assert answer.status_code == 404
    assert world.state() == "assigned"


def test_whoever_is_logged_in_sends_the_token_that_proves_it(world):
    caller = Caller(user=make_user(Role.OFFICER, world.ministry))
    caller.client.handler.enforce_csrf_checks = True
    assert caller.post(world.address("acknowledge"), seen="*").status_code == 403
    assert world.state() == "assigned"
