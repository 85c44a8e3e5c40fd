"""How fast a channel may go, over all processes: one row holds until when its messages have used up the time.

Each message of a channel with a rate of N a minute uses up the Nth part of a minute. A channel may run ahead of the
clock by `BURST`, so in any minute at most N and a sixth of N leave.
"""

from datetime import datetime, timedelta

from django.conf import settings

from directives.models import Pace

BURST = timedelta(seconds=10)
MINUTE = timedelta(minutes=1)


def allowance(channel: str, wanted: int, *, at: datetime) -> int:
    """How many of `wanted` messages may leave now; they are counted as gone. Runs in the transaction of the claim."""
    rate = settings.DELIVERY_RATES.get(channel, 0)
    if not rate or not wanted:
        return wanted
    Pace.objects.bulk_create([Pace(channel=channel, spent_until=at)], ignore_conflicts=True)
    pace = Pace.objects.select_for_update(no_key=True).get(pk=channel)
    cost = MINUTE / rate
    # Where one message costs more than a burst, one may go once the time before it is used up.
    start = max(pace.spent_until, at)
    granted = min(wanted, max((at + max(BURST, cost) - start) // cost, 0))
    pace.spent_until = start + granted * cost
    pace.save(update_fields=["spent_until"])
    return granted
