"""A committee's system writes a notice from the first draft to its issue, and after; drafts exist for nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from directives.models import Assignment, Attachment, Directive, Notice, NoticeState, Question, Reading
from tests.actions.conftest import nothing_changes
from tests.edges.a_document import TEXT, Office
from tests.edges.calling import Caller, with_key
from tests.make import make_agency, make_committee, make_indicator, make_issued, make_question, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_system_drafts_and_issues_a_notice_and_takes_it_back(office):
    draft = office.drafted()
    of = f"notices/{draft['id']}"
    told = office.desk.post(f"{of}/change/", {"signer": "Phạm Minh Chính", "met_on": "2027-02-26"}, seen=draft["tag"])
    assert told.json()["met_on"] == "2027-02-26"
    paragraphs = office.do(f"{of}/set-paragraphs/")["paragraphs"]
    assert [(row["position"], row["text"]) for row in paragraphs] == list(enumerate(TEXT.split("\n"), start=1))
    added = office.desk.post(f"{of}/add-directive/", office.directive(), seen="*")
    assert (added.status_code, added["Location"]) == (201, f"/api/v1/directives/{added.json()['id']}/")
    assert (added.json()["addressees"], added.json()["paragraph"]) == (
        [{"role": "lead", "agency": "bca", "group": None, "due_on": None}],
        "1",
    )
    changed = office.desk.post(f"directives/{added.json()['id']}/change/", {"product": "Báo cáo"}, seen=added["ETag"])
    assert changed.json()["product"] == "Báo cáo"
    assert office.desk.post(f"directives/{added.json()['id']}/remove/", {}, seen=added["ETag"]).status_code == 412
    refused = office.desk.post(f"{of}/issue/", {}, seen="*")
    assert (refused.status_code, set(refused.json()["errors"])) == (400, {"paragraphs"})
    office.do(f"{of}/mark-paragraph/", {"position": 2, "handled_as": "orientation"})
    assert office.do(f"{of}/issue/")["state"] == "issued"
    assert Assignment.objects.get().agency == office.lead
    office.do(f"directives/{added.json()['id']}/assign/", {"agency": "vpcp", "role": "coordinating"})
    assert Assignment.objects.count() == 2
    assert office.do(f"{of}/withdraw/", {"reason": "Ban hành nhầm"})["state"] == "withdrawn"
    assert {row.state for row in Assignment.objects.all()} == {"withdrawn"}
    assert office.verbs()[:5] == ["draft", "amend", "split", "add_directive", "change_directive"]


def test_a_draft_is_given_up_and_a_directive_is_taken_out(office):
    draft = office.drafted()
    added = office.do(f"notices/{draft['id']}/add-directive/", office.directive())
    assert office.do(f"directives/{added['id']}/remove/")["directives"] == []
    address = f"notices/{draft['id']}/discard/"
    answers = [office.desk.post(address, {}, seen="*", name="bo-1") for _time in range(2)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert office.notice().state == NoticeState.DISCARDED


STRANGERS = {
    "a key of the committee that does not draft": lambda o: with_key(o.committee, "read", "assign", "verify"),
    "a key of the committee above, that drafts": lambda o: with_key(o.committee.parent, "read", "draft"),
    "a key of an agency": lambda o: with_key(o.lead, "read", "report", "ask", "hand_down"),
    "an auditor": lambda o: Caller(user=make_user(Role.AUDITOR)),
}


@pytest.mark.parametrize("caller", STRANGERS.values(), ids=STRANGERS)
def test_a_draft_exists_for_nobody_else(office, caller):
    office.committee.parent = make_committee()
    office.committee.save()
    draft = office.drafted()
    added = office.do(f"notices/{draft['id']}/add-directive/", office.directive())
    stranger = caller(office)
    assert [stranger.ids(f"{nouns}/") for nouns in ("notices", "directives")] == [[], []]
    with nothing_changes():
        for address in (f"notices/{draft['id']}/issue/", f"directives/{added['id']}/remove/"):
            assert stranger.post(address, {}, seen="*").status_code == 404
        assert stranger.get(f"notices/{draft['id']}/").status_code == 404


def test_a_copy_holds_no_draft(office):
    office.drafted()
    office.do(f"notices/{office.notice().uuid}/add-directive/", office.directive())
    lines = b"".join(office.desk.get("snapshot/").streaming_content).decode()
    assert '"type":"notice"' not in lines
    assert '"type":"directive"' not in lines


REFUSED = {
    "whose": (lambda o: with_key(o.lead, "read", "draft"), "notices/", {}, {"committee"}),
    "no such agency": (lambda o: o.desk, "notices/", {"issuer": "khong-co"}, {"issuer"}),
    "a secret": (lambda o: o.desk, "notices/", {"secrecy": "secret"}, {"secrecy"}),
    "no such kind": (lambda o: o.desk, "notices/", {"kind": "letter-of-love"}, {"kind"}),
    "a field of others": (lambda o: o.desk, "notices/", {"version": 3}, {"version"}),
}


@pytest.mark.parametrize(("caller", "address", "fields", "named"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_drafted_is_refused_by_its_name(office, caller, address, fields, named):
    caller = caller(office)
    caller.get("notices/")
    with nothing_changes():
        answer = caller.post(address, office.header(**fields))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, named)


WRONG_DIRECTIVES = {
    "whom": (
        {"addressees": [{"role": "lead", "agency": "bca"}, {"role": "share", "agency": "x"}]},
        "addressees[1].agency",
    ),
    "no role": ({"addressees": [{"agency": "bca"}]}, "addressees[0].role"),
    "no object": ({"addressees": [5]}, "addressees[0]"),
    "no list": ({"addressees": "bca"}, "addressees"),
    "another sentence": ({"quote": "Đưa người lên Sao Hỏa"}, "quote"),
    "no such paragraph": ({"paragraph": 9}, "paragraph"),
    "a day of the past": ({"due_on": "2027-02-01"}, "due_on"),
}


@pytest.mark.parametrize(("fields", "named"), WRONG_DIRECTIVES.values(), ids=WRONG_DIRECTIVES)
def test_what_is_wrong_with_a_directive_is_named_to_its_place(office, fields, named):
    draft = office.drafted()
    with nothing_changes():
        answer = office.desk.post(f"notices/{draft['id']}/add-directive/", office.directive(**fields), seen="*")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [named]), answer.content.decode()


def test_an_issued_notice_is_not_changed_and_a_draft_not_unseen(office):
    draft = office.drafted()
    of = f"notices/{draft['id']}"
    office.do(f"{of}/add-directive/", office.directive())
    with nothing_changes():
        assert office.desk.post(f"{of}/change/", {"subject": "Khác"}).status_code == 428
        assert office.desk.post(f"{of}/change/", {"subject": "Khác"}, seen=draft["tag"]).status_code == 412
    office.do(f"{of}/issue/", {"unhandled_ok": True})
    with nothing_changes():
        assert office.desk.post(f"{of}/change/", {"subject": "Khác"}, seen="*").status_code == 409


def test_what_recurs_is_ended(office):
    draft = office.drafted()
    body = office.directive(due_on=None, deadline_kind="recurring", recurrence="monthly", recurrence_day=25)
    added = office.do(f"notices/{draft['id']}/add-directive/", body)
    office.do(f"notices/{draft['id']}/issue/", {"unhandled_ok": True})
    told = office.do(f"directives/{added['id']}/end/", {"until": "2027-03-31", "reason": "Đã có hệ thống"})
    assert (told["recurs_until"], Directive.objects.get().recurrence) == ("2027-03-31", "monthly")


# --- beside notices


def test_an_agency_hands_its_work_down_and_decides_on_it_by_its_system(office):
    unit = make_agency("Cục A05", parent=office.lead, code="a05")
    (whole,) = make_issued(office.lead, committee=office.committee, due_on=None)
    agency = with_key(office.lead, "read", "report", "hand_down")
    body = {"units": ["a05"], "wording": "Rà soát dữ liệu"}
    told = agency.post(f"assignments/{whole.uuid}/hand-down/", body, seen="*")
    assert (told.status_code, told.json()["state"]) == (200, "in_progress")
    part = Assignment.objects.get(agency=unit)
    assert agency.post(f"assignments/{whole.uuid}/nudge/", {}).status_code == 200
    with_key(unit, "read", "report").post(f"assignments/{part.uuid}/hand-in/", {"text": "Xong"}, seen="*")
    assert agency.post(f"assignments/{part.uuid}/verify/", {}, seen="*").json()["state"] == "done"
    with nothing_changes():
        answer = agency.post(f"assignments/{whole.uuid}/hand-down/", {**body, "units": ["vpcp"]}, seen="*")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"units"})


def test_a_question_is_answered_by_the_committees_system(office):
    (work,) = make_issued(office.lead, committee=office.committee)
    asked = make_question(work, asked_by=make_user(Role.OFFICER, office.lead))
    stranger = with_key(make_agency(), "read", "ask")
    assert stranger.post(f"questions/{asked.uuid}/answer/", {"text": "x"}, seen="*").status_code == 404
    own = with_key(office.lead, "read", "ask")
    assert own.post(f"questions/{asked.uuid}/answer/", {"text": "x"}, seen="*").status_code == 403
    answer = office.desk.post(f"questions/{asked.uuid}/answer/", {"text": "Theo Thông tư 01", "common": True}, seen="*")
    assert answer.status_code == 200, answer.content.decode()
    assert Question.objects.get().answer == "Theo Thông tư 01"


def test_a_figure_is_entered_by_whoever_gives_it_and_verified_by_the_committee(office):
    target = make_indicator(office.committee, reported_by=office.lead)
    agency = with_key(office.lead, "read", "report")
    body = {"as_of": "2027-03-01", "value": "97.5", "source": "Hệ thống VNeID", "agency": "bca"}
    told = agency.post(f"indicators/{target.uuid}/add-reading/", body)
    assert (told.status_code, told.json()["value"]) == (201, "97.5")
    reading = f"readings/{told.json()['id']}/verify/"
    office.desk.get("notices/")  # notes that the key is in use
    with nothing_changes():
        assert agency.post(reading, {}).status_code == 403
        assert office.desk.post(reading, {"value": "90"}).json()["errors"].keys() == {"reason"}
        assert agency.post(f"indicators/{target.uuid}/add-reading/", body).status_code == 400
    assert office.desk.post(reading, {"value": "90", "reason": "Trừ trùng"}).json()["verified_value"] == "90"
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("figure", ["", " "])
def test_an_empty_text_is_no_figure_where_null_would_be_none(office, figure):
    target = make_indicator(office.committee)
    body = {"as_of": "2027-03-01", "value": "97.5", "denominator": figure, "source": "VNeID"}
    office.desk.get("notices/")  # notes that the key is in use
    with nothing_changes():
        refused = office.desk.post(f"indicators/{target.uuid}/add-reading/", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["denominator"])
    body["denominator"] = None
    assert office.desk.post(f"indicators/{target.uuid}/add-reading/", body).status_code == 201


def test_a_figure_brings_its_files(office):
    target = make_indicator(office.committee)
    file = SimpleUploadedFile("So lieu.txt", b"97,5 %", content_type="text/plain")
    body = {"as_of": "2027-03-01", "value": "97.5", "denominator": "", "source": "VNeID", "files": [file]}
    assert office.desk.send(f"indicators/{target.uuid}/add-reading/", body, seen="").status_code == 201
    assert Attachment.objects.get().reading == Reading.objects.get()


def test_two_of_one_name_make_one_draft(office):
    body = office.header()
    first = office.desk.post("notices/", body, name="tao-1")
    again = office.desk.post("notices/", body, name="tao-1")
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert Notice.objects.count() == 1
