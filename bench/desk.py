"""Every page of the desk with 100,000 assignments behind it, against a page that only asks the database for 1.

Each page is asked of the whole stack as gunicorn would: middleware, rights, database, templates. Beside the time by
the clock stands the processor's, ours and the database's together: it is steadier on a machine with other work.
"""

import re
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from accounts.models import Role, User
from tests.desk_pages import Page, pages_of
from tests.make import make_committee, make_ladder, make_user
from tests.make.crowd import make_crowd
from tracker import clock, urls

RUNS = 3
BOUND = 300  # ms of the clock, on a machine with nothing else to do
SHOWN = 25  # of the slowest


def bare(request: HttpRequest) -> HttpResponse:
    """What every page costs at least: the stack, the session, its person, and one question to the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("bare/", bare), *urls.urlpatterns]


@dataclass(frozen=True)
class Cost:
    """What one page took: ms by the clock, ms of the processors, queries, bytes."""

    page: Page
    clock: float
    processor: float
    queries: int
    size: int


def main(many: int = 100_000, *, every_filter: bool = True, named: str = "") -> None:
    """Print what each page costs, the slowest first, and how many times the bare page that is.

    `named`: only of the pages whose names this regular expression finds.
    """
    call_command("migrate", verbosity=0)
    make_ladder()
    committee = make_committee("Ủy ban Quốc gia về chuyển đổi số")
    secretary, administrator = make_user(Role.SECRETARIAT, committee), make_user(Role.ADMINISTRATOR)
    crowd = make_crowd(many, committee, secretary, today=clock.today(), mark="a")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with override_settings(ROOT_URLCONF="bench.desk"):
        desk = Desk(secretary, administrator)
        least = desk.cost(Page("bare page", secretary, "/bare/"))
        _tell(least, least)
        pages = pages_of(crowd, administrator, every_filter=every_filter)
        found = [desk.cost(page) for page in pages if re.search(named, page.name)]
    if not found:
        sys.exit(f"No page of the desk is named like {named!r}.")
    found.sort(key=lambda cost: -cost.processor)
    for cost in found[:SHOWN]:
        _tell(cost, least)
    over = [cost for cost in found if cost.processor > BOUND]
    middle = statistics.median(cost.processor for cost in found)
    print(f"{len(found)} pages, median {middle:.0f} ms of the processor, {len(over)} over {BOUND} ms", flush=True)


def _tell(cost: Cost, least: Cost) -> None:
    print(
        f"{cost.page.name:<48.48} {cost.clock:6.0f} ms, processor {cost.processor:6.0f} ms, "
        f"{cost.processor / least.processor:5.1f} times the bare page, {cost.queries:3} queries, "
        f"{cost.size / 1024:5.0f} kB",
        flush=True,
    )


class Desk:
    """Browsers of some people, each logged in, before the whole stack."""

    def __init__(self, *people: User) -> None:
        self._application = WSGIHandler()
        self._sessions = {person.pk: _logged_in(person) for person in people}
        self._queries = 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._server = cursor.fetchone()[0]
        connection.execute_wrappers.append(self._counted)
        for person in people:
            self._ask(Page("", person, "/admin/"))

    def cost(self, page: Page) -> Cost:
        """The medians of some runs. Ends the benchmark where the page cannot be shown."""
        clocks, processors, size = [], [], 0
        for _run in range(RUNS):
            self._queries, began, spent = 0, time.perf_counter(), self._processor()
            size = self._ask(page)
            clocks.append(1000 * (time.perf_counter() - began))
            processors.append(1000 * (self._processor() - spent))
        return Cost(page, statistics.median(clocks), statistics.median(processors), self._queries, size)

    def _ask(self, page: Page) -> int:
        where, _mark, query = page.address.partition("?")
        cookie = f"dondoc_session={self._sessions[page.reader.pk]}"
        request = RequestFactory().get(where, headers={"cookie": cookie, "host": "localhost"})
        told: list[Any] = []
        body = self._application({**request.META, "QUERY_STRING": query}, lambda *answer: told.append(answer))
        size = sum(map(len, body))
        body.close()
        if not told[0][0].startswith("200"):
            sys.exit(f"{page.name} at {page.address} answers {told[0][0]}.")
        return size

    def _processor(self) -> float:
        """Seconds of the processor that this process and its server in the database have used so far."""
        told = Path(f"/proc/{self._server}/schedstat").read_text().split()[0]
        return time.process_time() + int(told) / 1e9

    def _counted(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        self._queries += 1
        return execute(sql, params, many, context)


def _logged_in(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
