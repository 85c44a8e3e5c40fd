"""The private address of a calendar: who may make one, that there is one at a time, and how it ends."""

from datetime import timedelta

import pytest

from accounts.models import CalendarFeed, Role
from accounts.models.feeds import AHEAD, COST
from accounts.roles import NotAllowed
from directives.actions.subscribing import make_feed, revoke_feed
from directives.models import Event
from tests.make import ISSUED_ON, at, make_absence, make_agency, make_user

pytestmark = pytest.mark.django_db
NOW = at(ISSUED_ON)


def test_a_new_address_revokes_the_one_before_and_only_its_hash_is_kept():
    officer = make_user()
    old, old_secret = make_feed(by=officer, at=NOW)
    new, secret = make_feed(by=officer, at=NOW)
    assert (CalendarFeed.objects.opened_by(old_secret), CalendarFeed.objects.opened_by(secret)) == (None, new)
    assert secret not in str(list(CalendarFeed.objects.values_list()))
    assert list(Event.objects.order_by("pk").values_list("verb", "subject", "by")) == [
        ("make_feed", f"calendarfeed:{old.uuid}", officer.pk),
        ("revoke_feed", f"calendarfeed:{old.uuid}", officer.pk),
        ("make_feed", f"calendarfeed:{new.uuid}", officer.pk),
    ]
    assert secret not in str(list(Event.objects.values_list("before", "after")))


def test_revoking_twice_is_revoking_once():
    officer = make_user()
    _feed, secret = make_feed(by=officer, at=NOW)
    assert [revoke_feed(by=officer, at=NOW) for _time in range(2)] == [True, False]
    assert CalendarFeed.objects.opened_by(secret) is None
    assert Event.objects.filter(verb="revoke_feed").count() == 1


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_sits_at_no_agency_gets_none(role):
    with pytest.raises(NotAllowed):
        make_feed(by=make_user(role), at=NOW)
    assert (CalendarFeed.objects.count(), Event.objects.count()) == (0, 0)


def test_a_substitute_of_an_agency_may_have_one():
    agency = make_agency()
    substitute = make_user(Role.OFFICER, agency, ends_on=ISSUED_ON - timedelta(days=1))
    make_absence(make_user(Role.HEAD, agency), substitute, ISSUED_ON)
    assert make_feed(by=substitute, at=NOW)[0].user == substitute


def test_readings_are_rationed_and_what_is_refused_is_not_noted():
    feed, _secret = make_feed(by=make_user(), at=NOW)
    quick = [CalendarFeed.objects.note_reading(feed, NOW) for _time in range(AHEAD // COST + 2)]
    assert quick == [True] * (AHEAD // COST + 1) + [False]
    feed.refresh_from_db()
    assert (feed.read_at, feed.spent_until) == (NOW, NOW + AHEAD + COST)
    assert CalendarFeed.objects.note_reading(feed, NOW + COST)
    assert not CalendarFeed.objects.note_reading(feed, NOW + COST)
