"""The faults: processes are killed and suspended, both servers are killed, the queue is emptied.

Only processes that were started here are touched, by their number; how many and when is decided before it begins.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

import redis

from chaos.aim import mailing
from chaos.forks import Crew, Fork, children_of
from chaos.storm import Storm
from chaos.workers import BEATS, DELIVERY, GENERALS
from tracker import clock
from tracker.embedded.servers import Servers

LONGEST_AWAY = 4.0  # seconds until a killed worker or beat is started again
ON_SENDERS = ("sender killed", "sender killed over a mail", "delivery worker killed")
RETRY = 0.15  # seconds, where the fault found nobody to hit


@dataclass
class Suspended:
    """One process, or with all that it started, that sleeps until then."""

    fork: Fork
    child: int | None
    until: float

    def wake(self) -> None:
        if self.child is None:
            self.fork.signal_all(signal.SIGCONT)
        else:
            self.fork.signal_child(self.child, signal.SIGCONT)


class Faults:
    """What is done to whom. `in_flight` counts the messages that a fault may have let leave twice."""

    def __init__(self, storm: Storm, crew: Crew, servers: Servers, mail_port: int) -> None:
        self.storm, self.crew, self.servers, self.mail_port = storm, crew, servers, mail_port
        self.chance = Random(storm.seed + 2)
        self.done: Counter[str] = Counter()
        self.in_flight = 0
        self.suspended = 0
        self.moments: list[datetime] = []  # of every fault, and of every waking
        self._asleep: list[Suspended] = []
        # However many faults are overdue, some time lies between two kills of senders, or none would get to a mail.
        self._senders_rest_until: dict[str, float] = {}
        self._started = time.monotonic()
        self._left = sorted(
            (
                (self.chance.uniform(0.02, 0.98) * storm.seconds, kind)
                for kind, n in storm.faults.items()
                for _ in range(n)
            ),
        )

    @property
    def _passed(self) -> float:
        return time.monotonic() - self._started

    @property
    def over(self) -> bool:
        return not self._left and not self._asleep

    def go_on(self) -> None:
        """Do what is due by now."""
        for sleeper in [sleeper for sleeper in self._asleep if sleeper.until <= time.monotonic()]:
            sleeper.wake()
            self._asleep.remove(sleeper)
            self.moments.append(clock.now())
        if self._left and self._left[0][0] <= self._passed:
            _when, kind = self._left.pop(0)
            at = clock.now()
            if self._passed >= self._senders_rest_until.get(kind, 0) and KINDS[kind](self):
                self.moments.append(at)
                self.done[kind] += 1
                if kind in ON_SENDERS:
                    rest = self._passed + self.chance.uniform(0.5, 1.5) * self.storm.seconds / self.storm.kills
                    self._senders_rest_until = dict.fromkeys(ON_SENDERS, rest)
            else:
                self._left = sorted([*self._left, (self._passed + RETRY, kind)])

    def wake_all(self) -> None:
        """Whatever happens, nobody is left asleep."""
        for sleeper in self._asleep:
            sleeper.wake()

    def kill_sender(self) -> bool:
        """One of the processes that send, while its worker lives."""
        return self._kill_one(self._sender(mailing_now=False))

    def kill_mailing_sender(self) -> bool:
        """One with a mail under way."""
        return self._kill_one(self._sender(mailing_now=True))

    def _kill_one(self, found: tuple[Fork, int] | None) -> bool:
        if found is None or not found[0].signal_child(found[1], signal.SIGKILL):
            return False
        self.in_flight += 1
        return True

    def _sender(self, *, mailing_now: bool) -> tuple[Fork, int] | None:
        """Any, or one with a mail under way; when the storm is over, there may be no mail left."""
        senders = children_of([self.crew[name] for name in DELIVERY])
        if mailing_now and self._passed < self.storm.seconds:
            busy = mailing([pid for _worker, pid in senders], self.mail_port)
            senders = [(worker, pid) for worker, pid in senders if pid in busy]
        return self.chance.choice(senders) if senders else None

    def kill_delivery_worker(self) -> bool:
        name = self.chance.choice(DELIVERY)
        senders = len(self.crew[name].children())
        if senders:
            self._kill(name)
            self.in_flight += senders
        return bool(senders)

    def kill_general_worker(self) -> bool:
        return self._kill(self.chance.choice(GENERALS))

    def kill_beat(self) -> bool:
        return self._kill(self.chance.choice(BEATS))

    def _kill(self, name: str) -> bool:
        if not self.crew[name].runs:
            return False
        self.crew.kill(name, back_after=self.chance.uniform(0, LONGEST_AWAY))
        return True

    def suspend_sender(self) -> bool:
        found = self._sender(mailing_now=True)
        if found is None or not found[0].signal_child(found[1], signal.SIGSTOP):
            return False
        return self._sleeps(*found, 1)

    def suspend_delivery_worker(self) -> bool:
        worker = self.crew[self.chance.choice(DELIVERY)]
        senders = len(worker.children())
        if senders:
            worker.signal_all(signal.SIGSTOP)
            self._sleeps(worker, None, senders)
        return bool(senders)

    def _sleeps(self, worker: Fork, child: int | None, senders: int) -> bool:
        """For longer than its claims last."""
        until = time.monotonic() + self.storm.lease + self.chance.uniform(1, 4)
        self._asleep.append(Suspended(worker, child, until))
        self.in_flight += senders
        self.suspended += senders
        return True

    def empty_queue(self) -> bool:
        with redis.Redis.from_url(self.servers.environment["REDIS_URL"]) as queue:
            queue.flushall()
        return True

    def kill_queue(self) -> bool:
        return self._kill_server("valkey")

    def kill_database(self) -> bool:
        """Whatever was under way to be noted is unknown to its sender afterwards."""
        self.in_flight += len(children_of([self.crew[name] for name in DELIVERY]))
        return self._kill_server("postgres")

    def _kill_server(self, name: str) -> bool:
        self.servers.kill(name)
        time.sleep(self.chance.uniform(0, 1))
        self.servers.start_missing()
        return True


KINDS: dict[str, Callable[[Faults], bool]] = {
    "sender killed": Faults.kill_sender,
    "sender killed over a mail": Faults.kill_mailing_sender,
    "delivery worker killed": Faults.kill_delivery_worker,
    "general worker killed": Faults.kill_general_worker,
    "beat killed": Faults.kill_beat,
    "sender suspended": Faults.suspend_sender,
    "delivery worker suspended": Faults.suspend_delivery_worker,
    "Redis emptied": Faults.empty_queue,
    "Redis killed": Faults.kill_queue,
    "PostgreSQL killed": Faults.kill_database,
}
