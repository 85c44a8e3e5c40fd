"""A long list is checked and entered by a worker: the page tells how far it is, and a dead worker loses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from directives.actions.leasing import LEASE, TakenOver, tell_progress
from directives.actions.list_runs import claim_list, end_list
from directives.models import Directive, Event, IntakeState, ListRun, Notice
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import ENTERED_ON, drafted, make_desk
from tests.edges.test_lists import book, check, page, send, told
from tests.make import at, make_directive, make_user
from tracker import clock
from tracker.admin.lists import AT_ONCE
from tracker.listings import list_waiting

pytestmark = pytest.mark.django_db
ROWS = AT_ONCE + 1
LONG = book(["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"],
            *([n, f"Việc {n}", "Bộ Công an", "31/12/2024"] for n in range(ROWS)))  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def asked(desk, notice: Notice, content: bytes = LONG):
    """The check of a long list is asked for; the page on which its columns stood."""
    columns = send(desk, notice, content)
    return columns, check(desk, notice, columns, annex="on")


def checked(desk, notice: Notice):
    """The page of the check, once a worker has done it."""
    columns, answer = asked(desk, notice)
    assert list_waiting(now=clock.now()) == 1
    return columns, desk.client.get(answer.url)


def entering(desk, notice: Notice):
    """What was checked is to be entered: the way to send it (again), and the answer."""
    columns, shown = checked(desk, notice)
    way = page(columns, notice, "enter"), {"token": shown.context["token"]}
    return way, desk.client.post(*way)


def test_a_long_list_waits_and_its_page_says_so_and_then_shows_the_check(desk):
    notice = drafted(desk)
    _columns, answer = asked(desk, notice)
    run = ListRun.objects.get()
    assert answer.url == reverse("admin:notice_list_run", args=[notice.pk, run.uuid])
    assert 'http-equiv="refresh"' in desk.client.get(answer.url).content.decode()
    claim_list(at=clock.now())
    run.refresh_from_db()
    assert tell_progress(run, at=clock.now(), done=100, total=400)
    shown = desk.client.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert 'value="100" max="400"' in shown
    assert "Đã kiểm tra 25% số dòng." in shown
    ListRun.objects.update(state=IntakeState.WAITING, leased_until=None)
    with nothing_entered():
        assert list_waiting(now=clock.now()) == 1
    assert desk.client.get(answer.url, headers={"HX-Request": "true"})["HX-Redirect"] == answer.url
    found = desk.client.get(answer.url)
    assert found.context["counts"] == {"new": ROWS, "changed": 0, "same": 0, "rows": ROWS}
    assert (len(found.context["told"]["new"]), found.context["told"]["more"]) == (50, ROWS - 50)


@contextmanager
def nothing_entered() -> Iterator[None]:
    """No directive and no event is written inside."""
    before = Directive.objects.count(), Event.objects.count()
    yield
    assert (Directive.objects.count(), Event.objects.count()) == before


def test_two_clicks_enter_it_once_and_all_of_it(desk, settings, tmp_path):
    notice = drafted(desk)
    way, first = entering(desk, notice)
    with nothing_changes():
        assert desk.client.post(*way).url == first.url
    assert list_waiting(now=clock.now()) == 1
    assert Directive.objects.filter(notice=notice).count() == ROWS
    event = Event.objects.get(verb="enter_list")
    assert (event.by, event.after["added"]) == (desk.secretary, ROWS)
    assert Event.objects.filter(verb="add_directive").count() == ROWS
    done = desk.client.get(first.url, follow=True)
    assert told(done) == [f"Đã thêm {ROWS} nhiệm vụ, sửa 0, giữ nguyên 0."]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    # The third click comes after it: the draft is another by now, and the file is gone.
    third = desk.client.post(*way)
    list_waiting(now=clock.now())
    assert "Không còn lưu tệp này. Hãy chọn lại tệp." in desk.client.get(third.url).content.decode()
    assert Directive.objects.filter(notice=notice).count() == ROWS


def test_a_draft_that_changed_since_the_check_is_left_as_it_is(desk):
    notice = drafted(desk)
    _way, answer = entering(desk, notice)
    Notice.objects.filter(pk=notice.pk).update(version=notice.version + 1)
    with nothing_entered():
        assert list_waiting(now=clock.now()) == 1
    shown = desk.client.get(answer.url).content.decode()
    assert "Trong lúc đó đã có người khác thay đổi" in shown
    assert "Chưa nhập gì. Hãy kiểm tra lại danh mục." in shown


def test_whose_office_ended_while_it_waited_enters_nothing(desk):
    notice = drafted(desk)
    entering(desk, notice)
    desk.secretary.offices.update(ends_on=ENTERED_ON.replace(day=1))
    with nothing_entered():
        assert list_waiting(now=clock.now()) == 1
    said = ListRun.objects.get(step="enter").sentence
    assert said == f"Chỉ Ban Thư ký của {desk.committee.name_vi} được làm việc này."


def test_a_worker_that_died_is_followed_by_another_and_not_heard_any_more(desk):
    notice = drafted(desk)
    entering(desk, notice)
    dead = claim_list(at=clock.now())
    assert list_waiting(now=clock.now()) == 0  # its lease still runs
    later = clock.now() + LEASE + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        assert list_waiting(now=later) == 1
        assert not tell_progress(dead, at=later, done=1, total=2)
        with nothing_changes(), pytest.raises(TakenOver):
            end_list(dead, lambda: {"counts": {}})
    assert Directive.objects.filter(notice=notice).count() == ROWS


def test_a_worker_that_dies_while_it_writes_leaves_nothing_behind(desk):
    notice = drafted(desk)
    entering(desk, notice)
    run = claim_list(at=clock.now())

    def killed() -> dict:
        make_directive(notice, "Nửa chừng")
        raise SystemExit

    with nothing_changes(), pytest.raises(SystemExit):
        end_list(run, killed)


def test_a_list_over_which_two_workers_died_is_given_up_with_a_sentence(desk):
    notice = drafted(desk)
    _columns, answer = asked(desk, notice)
    moment = clock.now()
    for _death in range(2):
        assert claim_list(at=moment) is not None
        moment += LEASE + timedelta(seconds=1)
    assert claim_list(at=moment) is None
    assert "Việc đọc danh mục này đã bị ngắt 2 lần." in desk.client.get(answer.url).content.decode()


def test_one_list_at_a_time_for_a_notice(desk):
    notice = drafted(desk)
    columns, _answer = asked(desk, notice)
    with nothing_changes():
        busy = check(desk, notice, columns, annex="on", several_leads="first")
    assert busy.status_code == 409
    assert "Đang có một danh mục được nhập vào văn bản này." in busy.content.decode()


def test_another_person_does_not_come_to_it(desk):
    _columns, answer = asked(desk, drafted(desk))
    desk.client.force_login(make_user(Role.SECRETARIAT, desk.committee))
    assert desk.client.get(answer.url).status_code == 404
