"""Somebody reads the deadlines of their agency in a calendar program, by a private address that can be revoked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import CalendarFeed, User
from accounts.roles import NotAllowed, Verb, verbs_of
from directives.actions.recording import record
from directives.rules.working_days import local_day

NO_AGENCY = _("The calendar shows the deadlines of an agency. Only its officers and its head can have one.")


@transaction.atomic
def make_feed(*, by: User, at: datetime) -> tuple[CalendarFeed, str]:
    """A new address for oneself, and its secret, which is shown this once; the one before no longer works.

    Raises NotAllowed for who has no office of an agency on that day.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Verb.REPORT not in verbs_of(person, on=local_day(at)):
        raise NotAllowed(NO_AGENCY)
    replaced = _revoke(person, at)
    feed, secret = CalendarFeed.open(person, at)
    record(feed, "make_feed", by=person, at=at, after={"replaces_another": replaced})
    return feed, secret


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> bool:
    """One's own address works no longer. Whether there was one; everybody may, whatever their office."""
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return _revoke(person, at)


def _revoke(person: User, at: datetime) -> bool:
    feed = CalendarFeed.objects.live().filter(user=person).first()
    if feed is None:
        return False
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    record(feed, "revoke_feed", by=person, at=at)
    return True
