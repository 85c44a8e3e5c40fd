"""A thousand edits at once of what few drafts say: every one that was answered with yes is there in the end."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command

from directives.models import Event, Notice
from tests.edges.a_document import Office
from tests.edges.calling import Caller
from tests.history import in_thread

OK, STALE = 200, 412


@dataclass(frozen=True)
class Size:
    """How many edits, by how many hands, of how many drafts."""

    edits: int = 1000
    hands: int = 16
    drafts: int = 4


@dataclass(frozen=True)
class Outcome:
    """What came of it: edits that were said to be done, those that are there, and how often somebody was faster."""

    done: int
    there: int
    events: int
    stale: int
    seconds: float

    @property
    def lost(self) -> int:
        return self.done - min(self.there, self.events)


def edit_at_once(size: Size) -> Outcome:
    """Each edit reads a draft and adds one to what its subject counts, until nobody was faster."""
    office, began = Office(), time.monotonic()
    drafts = [office.desk.post("notices/", {"subject": "0"}).json()["id"] for _draft in range(size.drafts)]
    systems = [office.system() for _hand in range(size.hands)]

    def edit(number: int) -> int:
        return in_thread(_add_one, systems[number % size.hands], f"notices/{drafts[number % size.drafts]}/")

    with ThreadPoolExecutor(size.hands) as pool:
        stale = sum(pool.map(edit, range(size.edits)))
    there = sum(int(notice.subject) for notice in Notice.objects.all())
    events = Event.objects.filter(verb="amend").count()
    return Outcome(size.edits, there, events, stale, time.monotonic() - began)


def _add_one(system: Caller, address: str) -> int:
    """How often somebody was faster. Raises RuntimeError where the answer is neither yes nor that."""
    stale = 0
    while True:
        seen = system.get(address)
        more = {"subject": str(int(seen.json()["subject"]) + 1)}
        answer = system.post(f"{address}change/", more, seen=seen["ETag"])
        if answer.status_code == OK:
            return stale
        if answer.status_code != STALE:
            raise RuntimeError(answer.content.decode())
        stale += 1


def main() -> int:
    """Run it on an empty database and say what came of it; 1 where an edit was lost."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS, settings.API_RATE = ["*"], 10**9
    outcome = edit_at_once(Size())
    print(
        f"edits: {outcome.done} said to be done, {outcome.there} there, {outcome.events} in history, "
        f"{outcome.lost} lost; {outcome.stale} times somebody was faster; {outcome.seconds:.0f} s",
        flush=True,
    )
    return int(outcome.lost != 0)
