"""What is too large is cut off before it is read, with a sentence; nothing is kept of it."""

import http.client
import json
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives.actions.attaching import FILE_LIMIT, FILES_LIMIT
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import make_world, visit

MB = 1024 * 1024
TOO_MUCH = {"vi": "Dung lượng gửi một lần quá lớn", "en": "Too much was sent at once"}


def test_whatever_one_form_may_hold_fits(settings):
    assert settings.LARGEST_REQUEST >= FILES_LIMIT * FILE_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_officer_who_sends_more_than_is_taken_reads_why(settings, language):
    settings.LARGEST_REQUEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    world = make_world()
    client = visit(world.officer, language=language)
    with nothing_changes():
        answer = client.post(reverse("report", args=[world.assignment.uuid]), {"text": "x" * 2000})
    assert answer.status_code == 413
    assert TOO_MUCH[language] in answer.content.decode()


@pytest.mark.django_db
def test_more_text_than_memory_takes_is_refused_like_too_large_a_file(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    world = make_world()
    client = visit(world.officer)
    with nothing_changes():
        answer = client.post(reverse("report", args=[world.assignment.uuid]), {"text": "x" * 2000})
    assert answer.status_code == 413
    assert TOO_MUCH["en"] in answer.content.decode()


@pytest.mark.django_db
def test_more_files_than_are_read_at_all_are_refused_with_the_same_page():
    world = make_world()
    client = visit(world.officer)
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(21)]
    with nothing_changes():
        answer = client.post(reverse("report", args=[world.assignment.uuid]), {"files": files})
    assert answer.status_code == 413
    assert TOO_MUCH["en"] in answer.content.decode()


@pytest.mark.django_db
def test_a_stranger_may_send_no_files_worth_the_name(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    upload = SimpleUploadedFile("a.pdf", b"x" * 2000)
    assert visit().post(reverse("log_in"), {"files": upload}).status_code == 413


def test_the_server_of_production_cuts_off_two_gigabytes_at_their_announcement(web_server):
    answer = announce(web_server, "/login/", {"Content-Length": str(2048 * MB)})
    assert answer.status == 413
    assert TOO_MUCH["vi"] in answer.read().decode()


def test_a_body_that_does_not_say_how_large_it_is_is_not_read(web_server):
    answer = announce(web_server, "/login/", {"Transfer-Encoding": "chunked"})
    assert answer.status == 413


def test_programs_are_told_in_their_own_way(web_server):
    answer = announce(web_server, "/api/v1/notices/", {"Content-Length": str(2048 * MB), "Accept-Language": "en"})
    problem = json.loads(answer.read())
    told = (answer.status, problem["status"], problem["type"])
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told == (413, 413, "urn:dondoc:problem:too-large")


def announce(server: str, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    """Send the head of a request alone; whoever waits for the body never answers."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=10)
    connection.putrequest("POST", path)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()
