"""One storm from its beginning to its verdict. Imported once the settings have servers to name."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections

from chaos import verdict, witness, workers
from chaos.faults import Faults
from chaos.forks import Crew, crew, fork
from chaos.hands import Hands
from chaos.sink import take_calls, take_mail
from chaos.storm import Storm
from chaos.verdict import Line
from chaos.world import World, fill
from directives.actions.sealing import seal_events, verify_history
from tracker import clock
from tracker.database_role import ROLE
from tracker.embedded.servers import Servers

HERE = ("127.0.0.1", 0)
BREATH = 0.05  # seconds
TELL_EVERY = 15  # seconds
# The next morning comes at once, for what would wait for it.
MORNING = "UPDATE directives_delivery SET due_at = now() WHERE state = 'waiting' AND due_at > now()"
LEFT = """
SELECT (SELECT count(*) FROM directives_delivery WHERE state = 'waiting')
     + (SELECT count(*) FROM directives_assignment WHERE look_on <= %s)
"""


def run(storm: Storm, servers: Servers, post: socket.socket, logs: Path) -> bool:
    """Whether everything was kept."""
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    with _owner(servers) as owner:
        witness.install(owner)
    calls = socket.create_server(HERE)
    world = fill(storm, calls.getsockname()[1])
    _tell(f"filled in {time.monotonic() - began:.0f} s")
    _act_as(ROLE)
    workers.hurry(storm.lease)
    with crew(logs) as people:
        _start(people, storm, post, calls, logs)
        faults, drained = _storm(storm, world, people, servers, post, logs)
        ended_alone = people.ended_alone
    with _owner(servers) as owner:
        witness.hear(owner, logs)
        lines = verdict.judge(owner, dormant=world.dormant, faults=faults, grace=1 + storm.grace)
    lines += [Line("findings in the chain of history", _findings(), 0)]
    lines += [Line("seconds from the last fault until all was sent", drained, storm.patience)]
    print("\nFaults:", *(Line(kind, count) for kind, count in faults.done.items()), sep="\n")
    print(Line("processes that ended by themselves", len(ended_alone)), *sorted(set(ended_alone)))
    print("\nAfterwards:", *lines, sep="\n", flush=True)
    return all(line.kept for line in lines)


def _act_as(role: str) -> None:
    """From now on every connection, and every program that a worker starts, acts as the application does."""
    connections.close_all()
    connection.settings_dict["OPTIONS"]["options"] = f"-c role={role}"
    os.environ["DATABASE_ROLE"] = role


def _start(people: Crew, storm: Storm, post: socket.socket, calls: socket.socket, logs: Path) -> None:
    people.keep("mail", lambda: take_mail(post, logs / "mail.notes", storm.seed))
    people.keep("messenger", lambda: take_calls(calls, logs / "call.notes", storm.seed))
    for name in workers.QUEUES:
        people.keep(name, lambda name=name: workers.work(name))
    for name in workers.BEATS:
        people.keep(name, workers.tick)


def _storm(
    storm: Storm, world: World, people: Crew, servers: Servers, post: socket.socket, logs: Path
) -> tuple[Faults, float]:
    """The faults that were done, and how many seconds after the last of them everything was sent."""
    _until(lambda: all(people[name].children() for name in workers.DELIVERY), people, within=storm.patience)
    busy = fork("hands", Hands(world, storm, logs / "stops.notes").be_busy, logs)
    faults, told = Faults(storm, people, servers, post.getsockname()[1]), time.monotonic()
    try:
        while not faults.over or busy.runs:
            faults.go_on()
            people.mend()
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                _tell(f"{faults.done.total()} faults, {_left(servers):,} to do")
            time.sleep(BREATH)
    finally:
        faults.wake_all()
        busy.end()
    quiet = time.monotonic()
    with _owner(servers) as owner:
        owner.execute(MORNING)
    _until(lambda: not _left(servers), people, within=storm.patience, pause=0.5)
    return faults, time.monotonic() - quiet


def _until(true: Callable[[], object], people: Crew, *, within: float, pause: float = BREATH) -> None:
    """Wait until it is `true`, but not for ever: what is not there by then, the verdict tells."""
    deadline = time.monotonic() + within
    while not true() and time.monotonic() < deadline:
        people.mend()
        time.sleep(pause)


def _left(servers: Servers) -> int:
    with _owner(servers) as owner:
        (number,) = owner.execute(LEFT, [clock.today()]).fetchone()
        return int(number)


def _findings() -> int:
    seal_events(limit=1_000_000)
    return len(verify_history(anchors=[], now=clock.now()).findings)


@contextmanager
def _owner(servers: Servers) -> Iterator[psycopg.Connection]:
    with psycopg.connect(servers.environment["DATABASE_URL"], autocommit=True) as owner:
        yield owner


def _tell(words: str) -> None:
    print(f"  {words}", flush=True)
