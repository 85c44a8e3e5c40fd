"""The worker carries out what was chosen for many assignments, a row at a time."""

from datetime import datetime, timedelta

from directives.actions.many import carry_out_next
from directives.actions.many_told import end_next
from tracker import clock

PASS_LASTS = timedelta(seconds=20)


def change_waiting(*, now: datetime) -> int:
    """Do rows until none waits or the pass is over; how many. What is left over is found by the next pass.

    What has nothing left to do is ended, and told of.
    """
    moment, n = clock.running_from(now), 0
    while moment() < now + PASS_LASTS and carry_out_next(at=moment()):
        n += 1
    while end_next(at=moment()):
        pass
    return n
