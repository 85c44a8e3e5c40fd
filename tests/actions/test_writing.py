"""What somebody writes is kept until it is sent, and never overwritten without a word."""

from datetime import timedelta

import pytest

from accounts.models import Role
from accounts.roles import NotAllowed, Verb
from directives.actions.assigning import decline
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in, report_progress
from directives.actions.writing import KEPT_FOR, forget_old_unsent, keep_unsent
from directives.models import Assignment, Event, Unsent
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import nothing_changes
from tests.make import DUE_ON, at, make_assignment, make_user

pytestmark = pytest.mark.django_db
NOW = at(DUE_ON - timedelta(days=10))
HALF = {"text": "Xong một nửa.", "percent": "năm mươi", "asks": " "}


@pytest.fixture
def work() -> Assignment:
    return make_assignment()


@pytest.fixture
def officer(work):
    return make_user(Role.OFFICER, work.agency)


def keep(work, by, words=HALF, version=0, verb=Verb.REPORT):
    return keep_unsent(work, verb, by=by, at=NOW, words=words, version=version)


def test_it_is_kept_as_it_was_typed_and_is_no_history(work, officer):
    kept = keep(work, officer)
    assert (kept.words, kept.version, kept.kept_at) == ({"text": "Xong một nửa.", "percent": "năm mươi"}, 1, NOW)
    assert not Event.objects.exists()


def test_the_window_that_knows_the_last_version_goes_on(work, officer):
    keep(work, officer)
    assert keep(work, officer, {"text": "Xong."}, version=1).version == 2
    assert Unsent.objects.get().words == {"text": "Xong."}


@pytest.mark.parametrize("known", [0, 2], ids=["a window opened before", "a version that never was"])
def test_another_window_overwrites_nothing(work, officer, known):
    keep(work, officer)
    with nothing_changes(), pytest.raises(Stale):
        keep(work, officer, {"text": "Khác."}, version=known)


def test_the_same_words_from_another_window_are_no_conflict(work, officer):
    kept = keep(work, officer)
    assert keep(work, officer).version == kept.version


def test_each_person_and_each_act_has_its_own(work, officer):
    colleague = make_user(Role.OFFICER, work.agency)
    keep(work, officer)
    keep(work, colleague, {"text": "Phần của tôi."})
    keep(work, officer, {"text": "Kết quả."}, verb=Verb.HAND_IN)
    assert Unsent.objects.count() == 3


def test_what_was_cleared_is_no_longer_kept(work, officer):
    keep(work, officer)
    assert keep(work, officer, {"text": " \n"}, version=1) is None
    assert not Unsent.objects.exists()


@pytest.mark.parametrize("text", ["a" * 20_001, "a\0"], ids=["too long", "what no column keeps"])
def test_what_cannot_be_kept_is_refused_with_its_field(work, officer, text):
    keep(work, officer)
    with nothing_changes(), pytest.raises(Invalid) as refused:
        keep(work, officer, {"asks": text}, version=1)
    assert refused.value.field == "asks"


def test_who_may_not_act_keeps_nothing(work):
    stranger = make_user(Role.OFFICER)
    with nothing_changes(), pytest.raises(NotAllowed):
        keep(work, stranger)


SENT = {
    Verb.REPORT: lambda work, **who: report_progress(work, text="Xong một nửa.", **who),
    Verb.HAND_IN: lambda work, **who: hand_in(work, text="Xong.", **who),
    Verb.DECLINE: lambda work, **who: decline(work, reason="Thuộc bộ khác.", **who),
    Verb.REQUEST_EXTENSION: lambda work, **who: request_extension(
        work, asked_due_on=DUE_ON + timedelta(days=30), reason="Chờ dữ liệu.", **who
    ),
}


@pytest.mark.parametrize("verb", SENT)
def test_what_was_sent_is_no_longer_kept_and_a_colleagues_stays(work, officer, verb):
    colleague = make_user(Role.OFFICER, work.agency)
    for person in (officer, colleague):
        keep(work, person, verb=verb)
    SENT[verb](work, by=officer, at=NOW)
    assert Unsent.objects.get().user == colleague


def test_what_a_refused_act_says_is_still_kept(work, officer):
    keep(work, officer)
    with pytest.raises(Invalid):
        report_progress(work, by=officer, at=NOW, text="Xong.", percent=101)
    assert Unsent.objects.get().words == {"text": "Xong một nửa.", "percent": "năm mươi"}


def test_what_nobody_sent_for_ninety_days_is_thrown_away(work, officer):
    keep(work, officer)
    assert forget_old_unsent(now=NOW + KEPT_FOR) == 0
    assert forget_old_unsent(now=NOW + KEPT_FOR + timedelta(seconds=1)) == 1
