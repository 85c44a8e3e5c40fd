"""Who waits for changes is answered when something comes, and holds nobody up."""

import pytest

from accounts.models import ApiKey
from directives.actions.feeding import head
from tests.edges.calling import with_key
from tests.edges.copies import number_all
from tests.edges.telling import begin, epoch_of, told
from tests.make import make_agency, make_committee, make_issued
from tracker import clock
from tracker.api import changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return make_committee()


@pytest.fixture
def work(committee):
    """An assignment of a notice that was issued before anybody copied anything."""
    (work,) = make_issued(make_agency(), committee=committee)
    number_all()
    return work


def test_who_waits_is_answered_when_something_comes(committee, work, monkeypatch):
    caller, before = with_key(committee), head()
    looks = []

    def while_asleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            begin(work)

    monkeypatch.setattr(changes, "sleep", while_asleep)
    page = told(caller, before, wait=30)
    assert (looks, page["changes"][-1]["verb"]) == ([0.25] * 3, "acknowledge")


def test_who_waits_in_vain_is_answered_after_that_time(committee, work, monkeypatch):
    looks = []
    monkeypatch.setattr(changes, "sleep", looks.append)
    assert told(with_key(committee), head(), wait=2)["changes"] == []
    assert sum(looks) == 2


def test_where_others_wait_already_the_answer_comes_at_once(committee, work, monkeypatch):
    monkeypatch.setattr(changes, "sleep", pytest.fail)
    caller = with_key(committee)
    epoch = epoch_of(caller)
    with changes.a_place_to_wait() as first, changes.a_place_to_wait() as second:
        answer = caller.get("changes/", epoch=epoch, after=head(), wait=30)
    assert (first, second, answer.status_code, answer["Retry-After"]) == (True, True, 200, "5")
    with changes.a_place_to_wait() as free_again:
        assert free_again


def test_whose_key_is_revoked_while_they_wait_is_told_nothing_more(committee, work, monkeypatch):
    caller, before = with_key(committee), head()
    epoch = epoch_of(caller)

    def while_asleep(_seconds: float) -> None:
        ApiKey.objects.update(revoked_at=clock.now())
        begin(work)

    monkeypatch.setattr(changes, "sleep", while_asleep)
    assert caller.get("changes/", epoch=epoch, after=before, wait=30).status_code == 401
