"""The duties that a tick looks at, and when each was last looked at; the database knows, so all workers do."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings

from accounts.models import SentOnce
from directives.actions.ending_keys import tell_of_ending_keys
from directives.actions.feeding import forget_changes
from directives.actions.recurring import give_next_periods
from directives.actions.reminding import remind_all
from directives.actions.replaying import forget_calls
from directives.actions.tallying import sum_up
from directives.actions.writing import forget_old_unsent
from directives.models import CallState, Tick
from tracker import clock, head_mail
from tracker.changing import change_waiting
from tracker.delivery.deliver import deliver_waiting
from tracker.intakes import read_waiting
from tracker.listings import list_waiting
from tracker.paper_making import make_waiting
from tracker.sealing import seal_and_anchor
from tracker.webhooks.calling import call_waiting

# Without a tick for so long, somebody must look without being told.
PATIENCE = timedelta(seconds=60)
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def seal() -> int:
    """Give committed events their place in the chain of history; how many."""
    return seal_and_anchor(now=clock.now())


def tally() -> int:
    """Take what the triggers told of history into the summary by day; how many entries."""
    return sum_up()


def recur() -> int:
    """Give out the next periods of what recurs; how many assignments."""
    return give_next_periods(now=clock.now(), today=clock.today(), ahead=settings.PERIODS_AHEAD)


def remind() -> int:
    """Plan what the ladders have to say today, and tell of keys that end soon; how many rows and keys."""
    now = clock.now()
    return remind_all(now=now, today=clock.today()) + tell_of_ending_keys(now=now)


def deliver() -> int:
    """Send what waits, for a minute at most; how many messages."""
    return deliver_waiting(now=clock.now(), limit=2000)


def call() -> int:
    """Tell other systems of what has changed; how many calls were taken."""
    return call_waiting(now=clock.now())[CallState.TAKEN]


def read() -> int:
    """Read the files that came in; how many became drafts."""
    return read_waiting(now=clock.now())


def change_many() -> int:
    """Carry out what was chosen for many assignments; how many rows."""
    return change_waiting(now=clock.now())


def lists() -> int:
    """Check and enter the long lists that wait; how many came to their end."""
    return list_waiting(now=clock.now())


def papers() -> int:
    """Make the long papers that wait; how many came to their end."""
    return make_waiting(now=clock.now())


def mail_head() -> int:
    """Mail the head of history to whoever keeps it, once a day; how many mails."""
    return int(head_mail.mail_head(now=clock.now()))


def forget() -> int:
    """Throw away what nobody asks for again: texts not sent for months, answers, old changes and calls; how many."""
    now = clock.now()
    too_old = now - timedelta(days=settings.FEED_DAYS)
    followed = forget_changes(before=too_old) + forget_calls(before=too_old)
    return forget_old_unsent(now=now) + SentOnce.objects.forget_old(now) + followed


DUTIES: dict[str, Callable[[], int]] = {
    "seal": seal,
    "tally": tally,
    "recur": recur,
    "remind": remind,
    "deliver": deliver,
    "call": call,
    "read": read,
    "change_many": change_many,
    "lists": lists,
    "papers": papers,
    "mail_head": mail_head,
    "forget": forget,
}


def look_at(duty: str) -> int:
    """Note that `duty` is looked at, and do it; how much there was to do."""
    tick = Tick(duty=duty, at=clock.now())
    Tick.objects.bulk_create([tick], update_conflicts=True, unique_fields=["duty"], update_fields=["at"])
    return DUTIES[duty]()


def take_over_missed(*, at: datetime, duties: Iterable[str] = tuple(DUTIES)) -> list[str]:
    """The duties at which nobody looked for `PATIENCE`; now they are the caller's to look at, and no other caller's."""
    Tick.objects.bulk_create([Tick(duty=duty, at=NEVER) for duty in duties], ignore_conflicts=True)
    return [duty for duty in duties if Tick.objects.filter(duty=duty, at__lt=at - PATIENCE).update(at=at)]
