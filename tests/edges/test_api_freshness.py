"""When a reader's copy is fresh, and who may keep one."""

from datetime import date

import pytest
import time_machine

from accounts.models import Role as Office
from directives.actions.reporting import report_progress
from tests.edges.calling import with_key
from tests.edges.one_notice import BEFORE_DUE
from tests.make import (
    DUE_ON,
    at,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eight_working_days_before")]


def test_a_copy_is_fresh_until_the_row_changes(register):
    caller = with_key(register.ministry)
    address = f"assignments/{register.lead.uuid}/"
    tag = caller.get(address)["ETag"]
    assert tag.startswith('"1-')
    answer = caller.get(address, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    report_progress(register.lead, by=make_user(Office.OFFICER, register.ministry), at=BEFORE_DUE, text="Xong một nửa.")
    changed = caller.get(address, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["ETag"].startswith('"2-')


def test_a_copy_is_stale_once_midnight_has_made_the_assignment_overdue(register):
    caller = with_key(register.ministry)
    address = f"assignments/{register.lead.uuid}/"
    with time_machine.travel(at(DUE_ON, 23, 59), tick=False):
        tag = caller.get(address)["ETag"]
    with time_machine.travel(at(date(2025, 3, 15), 0, 0), tick=False):
        answer = caller.get(address, headers={"if-none-match": tag})
    assert (answer.status_code, answer.json()["standing"]) == (200, "overdue")


FRESH = {
    "the tag": ("{tag}", 304),
    "the tag as a weak one": ("W/{tag}", 304),
    "the tag among others": ('"1-0000", {tag}', 304),
    "any": ("*", 304),
    "another tag": ('"1-0000"', 200),
    "no tag at all": ("1", 200),
}


@pytest.mark.parametrize(("given", "status"), FRESH.values(), ids=FRESH)
def test_which_copies_count_as_fresh(register, given, status):
    caller = with_key(register.committee)
    address = f"directives/{register.directive.uuid}/"
    tag = caller.get(address)["ETag"]
    answer = caller.get(address, headers={"if-none-match": given.format(tag=tag)})
    assert answer.status_code == status


def test_each_language_has_a_tag_of_its_own(register):
    address = f"assignments/{register.lead.uuid}/"
    english = with_key(register.committee).get(address)
    vietnamese = with_key(register.committee, language="vi").get(address)
    assert english["ETag"] != vietnamese["ETag"]
    assert "Accept-Language" in english["Vary"]


def test_an_answer_is_its_readers_alone(register):
    assert with_key(register.committee).get("assignments/")["Cache-Control"] == "private, no-cache"


def test_a_head_tells_the_tag_without_a_body(register):
    caller = with_key(register.committee)
    answer = caller.client.head(f"/api/v1/notices/{register.notice.uuid}/", headers=caller.headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == caller.get(f"notices/{register.notice.uuid}/")["ETag"]
