"""The feed while everybody writes: transactions stay open, names and trees change, and nothing is missed."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Agency, Committee
from directives.actions.drafting import To
from directives.actions.feeding import head, number_changes
from directives.models import Assignment, FeedChange, Notice
from directives.models import Role as Part
from tests.edges.copies import Reader, number_all
from tests.make import make_agency, make_committee, make_issued, make_ladder
from tests.make.days import ISSUED_ON

STATES = ("assigned", "acknowledged", "in_progress", "suspended", "declined")
MOST_ROWS = 60  # of one transaction
OFTEN, SELDOM = 0.05, 0.1  # most stay open for so many seconds at most; this share for as long as any may
PAUSE = 0.2  # seconds between two looks of a reader: a key has a limit of requests


@dataclass(frozen=True)
class Size:
    """How much: changes to be made, writers, and for how many seconds transactions stay open."""

    changes: int
    writers: int = 8
    longest: float = 2.0
    long_one: float = 30.0
    notices: int = 8  # of each writer


@dataclass
class Outcome:
    """What each reader saw, beside what there was."""

    changes: int
    missed: int
    repeated: int
    differing: list[str]
    seconds: float

    @property
    def is_exact(self) -> bool:
        return not (self.missed or self.repeated or self.differing)


class Register:
    """A committee, agencies below two others, and work of which each writer has a part of its own."""

    def __init__(self, size: Size) -> None:
        make_ladder()
        self.committee = make_committee(parent=make_committee())
        self.above = [make_agency(), make_agency()]
        self.agencies = [make_agency(parent=self.above[number % 2]) for number in range(8)]
        self.works = [[self._issue(number + nth) for nth in range(size.notices)] for number in range(size.writers + 1)]

    def _issue(self, number: int) -> list[int]:
        lead, *others = (self.agencies[(number + step) % len(self.agencies)] for step in range(6))
        roles = [Part.COORDINATING, Part.COORDINATING, Part.SHARE, Part.SHARE, Part.SHARE]
        to = [To(Part.LEAD, lead), *(To(role, agency) for role, agency in zip(roles, others, strict=True))]
        return [work.pk for work in make_issued(*to, committee=self.committee, issued_on=ISSUED_ON)]


class Writer:
    """Changes what is its own, a transaction after the other; what it does is chance."""

    def __init__(self, register: Register, number: int, size: Size, over: Event) -> None:
        self.register, self.size, self.over = register, size, over
        self.chance = Random(number)
        self.works = [work for works in register.works[number] for work in works]
        self.agency: Agency = register.agencies[number % len(register.agencies)]

    def write(self) -> None:
        """Until enough was changed."""
        while not self.over.is_set():
            most = self.size.longest if self.chance.random() < SELDOM else OFTEN
            with transaction.atomic():
                self.change(self.chance.randint(1, MOST_ROWS))
                time.sleep(self.chance.random() * most)
        connection.close()

    def write_long(self) -> None:
        """One transaction that ends long after those which began later."""
        with transaction.atomic():
            self.change(MOST_ROWS)
            time.sleep(self.size.long_one)
        connection.close()

    def change(self, many: int) -> None:
        """Some rows, one by one; now and then something that others see as well."""
        for _number in range(many):
            work = Assignment.objects.filter(pk=self.chance.choice(self.works))
            work.update(state=self.chance.choice(STATES[:4]), version=F("version") + 1)
        if self.chance.random() < SELDOM:
            self.chance.choice([self.move_agency, self.rename, self.reword])()

    def move_agency(self) -> None:
        Agency.objects.filter(pk=self.agency.pk).update(parent=self.chance.choice([None, *self.register.above]))

    def rename(self) -> None:
        Agency.objects.filter(pk=self.agency.pk).update(name_vi=f"Tên {self.chance.random()}")

    def reword(self) -> None:
        notice = Notice.objects.filter(directives__assignments=self.works[0]).values("pk")[:1]
        Notice.objects.filter(pk__in=notice).update(subject=f"Lời {self.chance.random()}")


def storm(size: Size) -> Outcome:
    """Let all write, number and read at once until so much is changed; then read to the end and compare."""
    begun = time.monotonic()
    register, over, written = Register(size), Event(), Event()
    number_all()
    first = head()
    bodies: list[Agency | Committee] = [register.committee, register.above[0], register.agencies[3]]
    readers = [Listening(body) for body in bodies]
    hands = [Writer(register, number, size, over) for number in range(size.writers + 1)]
    tasks: list[Callable[[], None]] = [*(hand.write for hand in hands[:-1]), hands[-1].write_long]
    with ThreadPoolExecutor(len(tasks) + len(readers) + 1) as pool:
        writing = [pool.submit(task) for task in tasks]
        numbering = pool.submit(partial(_number, first + size.changes, over, written))
        reading = [pool.submit(partial(reader.listen, written)) for reader in readers]
        for one in writing:
            one.result()
        written.set()
        for one in (numbering, *reading):
            one.result()
    number_all()
    differing = []
    for reader in readers:
        reader.follow()
        if reader.kept() != reader.told():
            differing.append(str(reader.key))
    there = set(FeedChange.objects.filter(sequence__gt=first).values_list("sequence", flat=True))
    holes = len(set(range(first + 1, head() + 1)) - there)
    seen = readers[0].sequences  # a committee's key sees all of it
    return Outcome(
        changes=len(there),
        missed=holes + len(there - set(seen)),
        repeated=sum(len(reader.sequences) - len(set(reader.sequences)) for reader in readers),
        differing=differing,
        seconds=time.monotonic() - begun,
    )


class Listening(Reader):
    """A reader that begins at once and notes each number that it is told."""

    def __init__(self, body: Agency | Committee) -> None:
        super().__init__(body, limit=1000)
        self.sequences: list[int] = []
        take = self.copy._take

        def take_and_note(change: dict[str, Any]) -> None:
            self.sequences.append(change["sequence"])
            take(change)

        self.copy._take = take_and_note  # type: ignore[method-assign]
        self.follow()

    def listen(self, written: Event) -> None:
        """Follow while the others write."""
        while not written.is_set():
            self.follow()
            time.sleep(PAUSE)
        connection.close()


def _number(enough: int, over: Event, written: Event) -> None:
    while not written.is_set():
        if not number_changes():
            time.sleep(OFTEN)
        if head() >= enough:
            over.set()
    connection.close()


def main(size: Size | None = None) -> int:
    """100,000 changes by eight writers, one transaction of half a minute among them."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    outcome = storm(size or Size(100_000))
    print(
        f"feed: {outcome.changes:,} changes in {outcome.seconds:.0f} s; {outcome.missed} missed, "
        f"{outcome.repeated} repeated; {len(outcome.differing)} of three copies differ",
        flush=True,
    )
    return int(not outcome.is_exact)
