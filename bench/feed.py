"""Pages of a thousand changes through the whole application, against the bare limit: one statement and its JSON."""

import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import register
from bench.bare_api import CHANGES
from bench.measuring import median, seconds
from directives.actions.feeding import head, number_changes
from directives.models import Assignment
from tests.make import make_key

RUNS = 9
PAGE = 1000
TOUCHED = 20_000  # assignments of the committee, or as many as there are
TOUCH = """
UPDATE directives_assignment SET version = version + 1
WHERE id IN (SELECT id FROM directives_assignment WHERE committee_id = %s ORDER BY random() LIMIT %s)
"""


def main(sizes: Sequence[int] = (10_000, 100_000, 1_000_000)) -> None:
    """Print the rows a second of either side, which take turns, and the processor's time for a page."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    world = register.people()
    world |= {"committees": world["committees"][:1]}
    client, headers = _caller(world["committees"][0])
    filled = 0
    for size in sizes:
        notices = max(1, size // register.OF_EACH_DIRECTIVE // register.OF_EACH_NOTICE)
        register.fill(filled + 1, notices, world)
        filled = notices
        number_all()
        first = head()
        with connection.cursor() as cursor:
            cursor.execute(TOUCH, [world["committees"][0].pk, TOUCHED])
            touched = cursor.rowcount
        took = seconds(number_all)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE directives_assignment, directives_feedchange")
        print(f"{Assignment.objects.count():,} assignments; {touched:,} changes numbered in {took:.2f} s", flush=True)
        _measure(client, headers, first)


def _caller(body: Any) -> tuple[Client, dict[str, str]]:
    _key, plain = make_key(body)
    return Client(), {"authorization": f"Bearer {plain}"}


def number_all() -> None:
    """Number all that is committed, as the duty does."""
    while number_changes():
        pass


def epoch_of(client: Client, headers: dict[str, str]) -> str:
    """To which a copy of this caller belongs."""
    snapshot = client.get("/api/v1/snapshot/", headers=headers)
    epoch = json.loads(next(iter(snapshot)))["epoch"]
    snapshot.close()
    return epoch


def _measure(client: Client, headers: dict[str, str], first: int) -> None:
    epoch = epoch_of(client, headers)
    sides: dict[str, Callable[[int], object]] = {
        "bare": _bare,
        "ours": partial(_ours, client, headers, epoch),
    }
    clocks: dict[str, list[float]] = {side: [] for side in sides}
    works: dict[str, list[float]] = {side: [] for side in sides}
    for number in range(RUNS):
        for side, page in sides.items():
            worked = time.process_time()
            clocks[side].append(seconds(partial(page, first + number * PAGE % TOUCHED)))
            works[side].append(time.process_time() - worked)
    rows = {side: PAGE / median(took) for side, took in clocks.items()}
    for side in sides:
        print(f"  {side}: {rows[side]:,.0f} rows/s; {median(works[side]) * 1000:.0f} ms of this process for a page")
    print(f"  {rows['ours'] / rows['bare']:.2f} of bare", flush=True)


def _bare(after: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, {"after": after})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return json.dumps(rows, default=str, ensure_ascii=False, separators=(",", ":")).encode()


def _ours(client: Client, headers: dict[str, str], epoch: str, after: int) -> bytes:
    answer = client.get("/api/v1/changes/", {"epoch": epoch, "after": after, "limit": PAGE}, headers=headers)
    if answer.status_code != 200:
        raise SystemExit(answer.content.decode())
    return answer.content
