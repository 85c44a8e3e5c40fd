"""Pages with nothing on them: empty lists teach, and broken pages say so."""

import pytest
from django.utils.translation import override
from django.views.defaults import bad_request, server_error

from tests.edges.visiting import visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "No work has been given yet"),
        ("/?notice=999", "Nothing here for these filters"),
        ("/notices/", "No notice yet"),
        ("/messages/", "No message yet"),
    ],
)
def test_an_empty_page_teaches(world, address, words):
    assert words in visit(world.stranger).get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?standing=all&tab=coordinating", "Nothing has this standing today"),
        ("/?tab=coordinating", "Nothing waits to be coordinated"),
        ("/?tab=down", "Nothing is handed down at present"),
        ("/?standing=overdue", "Nothing has this standing today"),
    ],
)
def test_an_empty_part_of_a_list_teaches(world, address, words):
    assert words in visit(world.officer).get(address).content.decode()


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
