"""People who make messages stop while they are on their way, and wake work for the round; all through the actions."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from django.db import Error, connection

from accounts.models import Office, User
from accounts.refusals import Refusal
from chaos.storm import Storm
from chaos.world import World
from directives.actions import assigning, extending, reporting
from directives.actions.issuing import withdraw_notice
from directives.models import Assignment
from tracker import clock

T = TypeVar("T")
WHY = "Theo chỉ đạo."
STOPPED = 0.3  # of all work, one after the other
MOST_NOTICES, MOST_OFFICERS = 0.1, 0.05  # that are withdrawn, or go, with all that hangs on them
WAKES = 20  # how often dormant work is woken, each time as much


class Hands:
    """Led by chance. What was stopped is noted once it is committed: whatever is claimed later is claimed wrongly."""

    def __init__(self, world: World, storm: Storm, notes: Path) -> None:
        self.world, self.storm, self.notes = world, storm, notes
        self.chance = Random(storm.seed + 1)
        self.left = [*world.work, *world.dormant[::4]]
        self.chance.shuffle(self.left)
        everybody = [officer for _first, officer in world.officers.values()]
        self.notices = self._some(world.notices, MOST_NOTICES)
        self.leaving = self._some(everybody, MOST_OFFICERS)
        self.a_second = STOPPED * len(self.left) / storm.seconds

    def be_busy(self) -> None:
        """Until the storm is over; then everything that slept is awake."""
        started, woken = time.monotonic(), 0
        share = -(-len(self.world.dormant) // WAKES)
        while (passed := time.monotonic() - started) < self.storm.seconds or woken < WAKES:
            if passed >= woken * self.storm.seconds / WAKES and woken < WAKES:
                woken += self._survives(lambda n=woken: self._wake(self.world.dormant[n * share : (n + 1) * share]))
            if passed < self.storm.seconds:
                self._survives(self._stop_something)
            time.sleep(self.chance.expovariate(self.a_second))

    def _some(self, rows: Sequence[T], share: float) -> list[T]:
        return self.chance.sample(rows, max(1, round(share * len(rows))))

    def _survives(self, deed: Callable[[], object]) -> bool:
        """Whether it was done; neither a refusal nor a database that went away ends a day's work."""
        try:
            deed()
        except Refusal:
            return True
        except Error:
            connection.close()
            return False
        return True

    def _wake(self, rows: Sequence[int]) -> None:
        Assignment.objects.filter(pk__in=rows).update(look_on=clock.today())

    def _stop_something(self) -> None:
        chosen = self.chance.choices([deed for deed, _weight in DEEDS], [weight for _deed, weight in DEEDS])[0]
        left = {Hands.leave_office: self.leaving, Hands.withdraw_notice: self.notices}.get(chosen, self.left)
        if left:
            chosen(self)

    def _next(self) -> Assignment:
        return Assignment.objects.get(pk=self.left.pop())

    def _note(self, assignments: Sequence[int] = (), user: User | None = None) -> None:
        told = {"at": clock.now().timestamp(), "assignments": list(assignments), "user": user and user.pk}
        with self.notes.open("a") as notes:
            notes.write(json.dumps(told) + "\n")

    def _as_officer(self, row: Assignment) -> dict[str, object]:
        return {"by": self.world.officers[row.agency_id][0], "at": clock.now()}

    def _as_secretary(self) -> dict[str, object]:
        return {"by": self.world.secretary, "at": clock.now()}

    def hand_in(self) -> None:
        row = self._next()
        reporting.hand_in(row, text="Xong.", **self._as_officer(row))
        self._note([row.pk])

    def decline(self) -> None:
        row = self._next()
        assigning.decline(row, reason=WHY, **self._as_officer(row))
        self._note([row.pk])

    def withdraw(self) -> None:
        row = self._next()
        assigning.withdraw(row, reason=WHY, **self._as_secretary())
        self._note([row.pk])

    def suspend(self) -> None:
        row = self._next()
        assigning.suspend(row, reason=WHY, **self._as_secretary())
        self._note([row.pk])

    def extend(self) -> None:
        """Granted: what was planned for the old date must not go out."""
        row = self._next()
        later = row.due_on + timedelta(days=200)
        request = extending.request_extension(row, asked_due_on=later, reason=WHY, **self._as_officer(row))
        extending.grant_extension(request, reason=WHY, **self._as_secretary())
        self._note([row.pk])

    def leave_office(self) -> None:
        """The second officer of an agency goes; nobody may write to them about its work any more."""
        officer = self.leaving.pop()
        Office.objects.filter(user=officer, ends_on=None).update(ends_on=clock.today() - timedelta(days=1))
        self._note(user=officer)

    def withdraw_notice(self) -> None:
        """All that it gave to anybody."""
        notice = self.notices.pop()
        rows = list(Assignment.objects.filter(directive__notice=notice).values_list("pk", flat=True))
        withdraw_notice(notice, reason=WHY, **self._as_secretary())
        self._note(rows)


# Each with its weight.
DEEDS: list[tuple[Callable[[Hands], None], float]] = [
    (Hands.hand_in, 50),
    (Hands.decline, 10),
    (Hands.withdraw, 10),
    (Hands.suspend, 10),
    (Hands.extend, 15),
    (Hands.leave_office, 4),
    (Hands.withdraw_notice, 2),
]
