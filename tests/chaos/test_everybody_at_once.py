"""Everybody at once: nobody waits in a circle, nothing is lost, and nothing contradicts itself afterwards."""

import os
import time
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from accounts.models import Role
from directives.actions.recording import facts
from directives.actions.reminding import remind_all
from directives.actions.sealing import seal_events, verify_history
from directives.models import Assignment, Delivery, Event, NoticeState, Reminder, Report, Span
from directives.rules.lifecycle import OPEN, State
from tests.chaos.hands import Hand, House
from tests.chaos.processes import at_once
from tests.make import at, make_assignment, make_ladder, make_user
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6
SECONDS = float(os.environ.get("CHAOS_SECONDS", "5"))
# Raised by every verb but these, which leave the assignment as it is.
SILENT = ("refuse_extension",)


@pytest.fixture(autouse=True)
def _in_the_application(settings):
    settings.DELIVERY_CHANNELS = {"in_app": "tracker.delivery.channels.in_app.InAppChannel"}


def test_whatever_everybody_does_at_once_the_register_agrees_with_itself():
    house = House()

    def be_busy(number: int) -> Counter[str]:
        hand, until = Hand(house, seed=number), time.monotonic() + SECONDS
        hand.issue()
        while time.monotonic() < until:
            hand.act()
        return hand.done

    done = sum(at_once(be_busy, HANDS), Counter())
    assert done.total() - done["refused"] > HANDS, done
    _each_assignment_is_what_its_history_says()
    _what_was_sent_is_in_the_ledger_as_sent()
    _no_notice_that_was_withdrawn_still_asks_for_anything()
    _history_is_whole()


def _each_assignment_is_what_its_history_says():
    events, spans, waiting = defaultdict(list), defaultdict(list), Counter()
    for event in Event.objects.filter(subject__startswith="assignment:").exclude(verb__in=SILENT).order_by("pk"):
        events[event.assignment_id].append(event)
    for span in Span.objects.order_by("assignment_id", "from_on"):
        spans[span.assignment_id].append(span)
    for report in Report.objects.filter(kind="hand_in", state="submitted"):
        waiting[report.assignment_id] += 1
    for row in Assignment.objects.select_related("agency"):
        told, days = events[row.pk], spans[row.pk]
        assert told[-1].after == facts(row)
        assert all(later.before == earlier.after for earlier, later in pairwise(told))
        assert row.version == len(told)
        assert (days[-1].to_on, days[-1].state, days[-1].due_on) == (None, row.state, row.due_on)
        assert all(earlier.to_on == later.from_on for earlier, later in pairwise(days))
        assert row.state == State.WITHDRAWN or waiting[row.pk] == (row.state == State.HANDED_IN)


def _what_was_sent_is_in_the_ledger_as_sent():
    assert not Reminder.objects.filter(delivery__state="sent", state="planned").exists()
    assert not Reminder.objects.filter(delivery__state="superseded", state__in=["planned", "sent"]).exists()


def _no_notice_that_was_withdrawn_still_asks_for_anything():
    assert not Assignment.objects.filter(directive__notice__state=NoticeState.WITHDRAWN, state__in=OPEN).exists()


def _history_is_whole():
    seal_events(limit=1_000_000)
    verdict = verify_history(anchors=[], now=clock.now())
    assert (verdict.findings, verdict.head) == ([], Event.objects.count())


def test_eight_rounds_at_once_write_what_one_would():
    """In processes of their own, as eight workers would."""
    make_ladder()
    day = date(2025, 3, 24)  # six working days after the deadline: +1 and +3 were missed, and the digest is due
    officers = [make_user(Role.OFFICER) for _officer in range(10)]
    work = [make_assignment(officer.offices.get().agency) for officer in officers for _number in range(30)]
    Assignment.objects.update(look_on=day)
    planned = at_once(lambda number: remind_all(now=at(day, 0, 5), today=day), 8)
    # Two escalations to the officer; five overtaken courtesies, of which -15 lies before the assignment.
    assert sum(planned) == len(work) * (2 + 4) * 2
    assert Reminder.objects.count() == len(work) * (2 + 4) * 2
    digests = Delivery.objects.filter(kind="digest")
    assert sorted(digests.values_list("recipient", "channel")) == sorted(
        (officer.pk, channel) for officer in officers for channel in ("email", "in_app")
    )
    assert set(Reminder.objects.filter(state="planned").values_list("delivery__kind", flat=True)) == {"digest"}
    assert set(Assignment.objects.values_list("look_on", flat=True)) == {date(2025, 3, 25)}
