"""Every no of the API is one document of RFC 9457, byte for byte, in the reader's language."""

import json
import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import override_settings
from django.urls import path
from rest_framework import exceptions
from rest_framework.views import APIView

from accounts.roles import NotAllowed
from directives.rules.lifecycle import NOW_IT_IS, State, WrongMoment
from directives.rules.refusals import N_, Invalid, Stale
from tests.edges.calling import Caller, with_key
from tests.make import make_committee

pytestmark = pytest.mark.django_db

# Whatever a view raises, by the name in its address.
RAISES = {
    "not-allowed": NotAllowed("Only the secretariat can do this."),
    "wrong-moment": WrongMoment(NOW_IT_IS[State.DONE]),
    "invalid": Invalid("due_on", N_("At least %(days)d days are 100%% needed."), days=3),
    "percent": Invalid("percent", "100% is the most."),
    "stale": Stale("Somebody changed this meanwhile. Read it again."),
    "fields": exceptions.ValidationError({"text": ["Say what was done."], "percent": ["Too much.", "Not whole."]}),
    "list": exceptions.ValidationError(["One.", "Two."]),
    "json": exceptions.ParseError("JSON parse error - line 3"),
    "suspicious": SuspiciousOperation("the inside of the server"),
    "denied": PermissionDenied("the inside of the server"),
    "missing": Http404("the inside of the server"),
    "type": exceptions.UnsupportedMediaType("text/csv"),
    "fault": ValueError("password=hunter2"),
    "fault-of-framework": exceptions.APIException("the inside of the server"),
}


class Raising(APIView):
    authentication_classes = ()
    permission_classes = ()

    def get(self, request, name):
        raise RAISES[name]


urlpatterns = [path("api/raise/<str:name>/", Raising.as_view())]


@pytest.fixture
def raised():
    """The answer where a view raises what `RAISES` calls so."""
    with override_settings(ROOT_URLCONF=__name__):
        yield lambda name, language="en": Caller(language=language).get(f"/api/raise/{name}/")


def told(kind: str, title: str, status: int, detail: str, errors: str = "") -> str:
    document = f'"type":"urn:dondoc:problem:{kind}","title":"{title}","status":{status},"detail":"{detail}"'
    return f'{{{document},"errors":{errors}}}' if errors else f"{{{document}}}"


UNFIT = "Something in the request cannot be accepted"
FAULT = told(
    "unexpected",
    "Something went wrong here",
    500,
    "The fault was recorded under the X-Request-ID of this answer.",
)
TOLD = {
    "not-allowed": told("not-allowed", "Not yours to do", 403, "Only the secretariat can do this."),
    "wrong-moment": told(
        "wrong-moment", "Not possible now", 409, "This cannot be done now: the assignment was verified as done."
    ),
    "invalid": told(
        "invalid",
        UNFIT,
        400,
        "At least 3 days are 100% needed.",
        '{"due_on":["At least 3 days are 100% needed."]}',
    ),
    "percent": told("invalid", UNFIT, 400, "100% is the most.", '{"percent":["100% is the most."]}'),
    "stale": told("stale", "Somebody was faster", 412, "Somebody changed this meanwhile. Read it again."),
    "fields": told(
        "invalid",
        UNFIT,
        400,
        "text: Say what was done. percent: Too much. percent: Not whole.",
        '{"text":["Say what was done."],"percent":["Too much.","Not whole."]}',
    ),
    "list": told("invalid", UNFIT, 400, "One. Two."),
    "json": told("invalid", UNFIT, 400, "The request cannot be understood."),
    "suspicious": told("invalid", UNFIT, 400, "The request cannot be understood."),
    "denied": told("not-allowed", "Not yours to do", 403, "You may not do this."),
    "missing": told("not-found", "Not found", 404, "There is nothing here that you may see."),
    "type": told(
        "unsupported-media-type",
        "Not sent in a form that is read here",
        415,
        "Send application/json, or multipart/form-data where files belong to it.",
    ),
    "fault": FAULT,
    "fault-of-framework": FAULT,
}


@pytest.mark.parametrize(("name", "document"), TOLD.items(), ids=TOLD)
def test_what_a_view_raises_is_told_as_one_document(raised, name, document):
    answer = raised(name)
    assert answer.content.decode() == document
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.status_code == json.loads(document)["status"]
    assert answer["Cache-Control"] == "no-store"


def test_every_raised_thing_is_in_the_table():
    assert TOLD.keys() == RAISES.keys()


def test_a_fault_of_ours_is_in_the_log_with_its_trace_and_not_in_the_answer(raised, caplog):
    with caplog.at_level(logging.ERROR, logger="django.request"):
        answer = raised("fault")
    (record,) = caplog.records
    assert record.exc_info[1] is RAISES["fault"]
    assert b"hunter2" not in answer.content
    assert answer["X-Request-ID"]


# --- the doors themselves


def vietnamese(kind: str, title: str, status: int, detail: str, errors: str = "") -> bytes:
    return told(kind, title, status, detail, errors).encode()


def test_vietnamese_is_what_is_told_where_no_language_is_asked_for():
    answer = Caller(language="").get("notices/")
    assert answer["Content-Language"] == "vi"
    assert answer.content == vietnamese(
        "unauthenticated", "Chưa xác thực", 401, "Đề nghị gửi kèm khóa API, hoặc đăng nhập."
    )


def test_an_unknown_address_is_not_found_for_anybody_with_any_method():
    nowhere = vietnamese(
        "not-found", "Không tìm thấy", 404, "Tại địa chỉ này không có nội dung nào thuộc phạm vi được xem."
    )
    client = Caller(language="vi").client
    for address in ("/api/v1/", "/api/v1/petitions/", "/api/v1/notices/369/paragraphs/"):
        for method in ("get", "post", "put", "patch", "delete", "options"):
            answer = getattr(client, method)(address, headers={"accept-language": "vi"})
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
            assert answer.content == nowhere


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_what_is_only_read_says_so(method):
    caller = with_key(make_committee())
    answer = getattr(caller.client, method)("/api/v1/assignments/", headers=caller.headers)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert answer.content.decode() == told(
        "method-not-allowed", "Not possible here", 405, "Allow names what can be done here."
    )


def test_another_form_than_json_is_not_available():
    answer = with_key(make_committee()).get("assignments/", headers={"accept": "text/csv"})
    assert answer.content.decode() == told(
        "not-acceptable", "Not available in this form", 406, "Answers are application/json."
    )


def test_several_wrong_parameters_are_told_at_once_each_by_its_name():
    answer = with_key(make_committee(), language="vi").get("assignments/", colour="red", due_before="31/12/2024")
    assert answer.content == vietnamese(
        "invalid",
        "Yêu cầu có nội dung không hợp lệ",
        400,
        "colour: Không có tham số này. due_before: Ghi ngày theo dạng 2024-12-31.",
        '{"colour":["Không có tham số này."],"due_before":["Ghi ngày theo dạng 2024-12-31."]}',
    )


def test_an_address_that_lacks_its_slash_is_led_to_its_place():
    answer = with_key(make_committee()).get("notices?limit=1")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/notices/?limit=1")


def test_too_many_parameters_are_refused():
    asked = "&".join(f"p{number}=1" for number in range(1100))
    assert with_key(make_committee()).get(f"notices/?{asked}").status_code == 400
