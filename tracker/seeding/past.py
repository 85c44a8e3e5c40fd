"""What the register said about a notice of the past: its rounds are told on the days on which they fell.

Nobody can send mail into the past, and a demo that sent it today would be a flood of stale news. So what had its hour
before today is shown where it would have been read, in the application; what would have left the house is passed
over, and says why.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import F

from directives.actions.reminding import rehearse, remind_all
from directives.actions.weeding import pass_over
from directives.models import Channel, Delivery, Notice, RungKind
from directives.rules.refusals import N_
from directives.rules.working_days import HANOI
from tracker.delivery.deliver import deliver_waiting

EARLY = time(6, 0)
ENTERED_LATER = N_("its day was over when the notice was entered")


def tell_rounds(notice: Notice, *, since: date, today: date, after: int) -> None:
    """Plan what was to be said from `since` to the last rung before `today`, each on its local date; deliver it then.

    `after` is the id of the last message that was there before the notice.
    """
    told = rehearse(start=since, end=today - timedelta(days=1), notice=notice)
    last = max((line.on for line in told if line.kind in RungKind.values), default=since)
    for day in sorted({line.on for line in told if line.on <= last}):
        remind_all(now=datetime.combine(day, EARLY, HANOI), today=day, notice=notice)
    past = Delivery.objects.filter(pk__gt=after, due_at__lt=datetime.combine(today, time.min, HANOI))
    pass_over(past.exclude(channel=Channel.IN_APP), why_not=ENTERED_LATER)
    for hour in sorted(set(past.values_list("due_at", flat=True))):
        deliver_waiting(now=hour, limit=past.count(), by=(Channel.IN_APP,))
    past.filter(channel=Channel.IN_APP, seen_at=None).update(seen_at=F("sent_at"))
