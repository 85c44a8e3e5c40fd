"""The API under gunicorn: ours with key, rights, limits and problems, the bare limit, and what is usually written.

The three take turns within one run. `api:1000000` goes on to a million assignments.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Agency
from bench import register
from bench.feed import TOUCH, TOUCHED, epoch_of, number_all
from bench.figures import remember, sum_all_up
from bench.measuring import median
from bench.serving import answers_a_second, ask, served, words_of
from directives.actions.feeding import head
from directives.models import Assignment
from tests.make import make_key
from tracker import clock

RUNS = 5
SECONDS = 3.0  # of each side, in each run
MINISTRIES = 4  # each with a quarter of all agencies below it
ONES = 60  # assignments that are asked for by their ids, in turn
PAGE = 1000
NOTHING = {b"", b"[]", b"{}"}
APPLICATION = "tracker.wsgi:application"


@dataclass
class Question:
    """What each side is asked for, in turn; a side that has no such thing is not asked."""

    name: str
    bare: list[str]
    ours: list[str]
    plain: list[str] = field(default_factory=list)


def main(sizes: Sequence[int] = (10_000, 100_000), named: str = "") -> None:
    """Print the answers a second of each side, and what ours are of the bare limit and of the plain way."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    world = register.people()
    world |= {"committees": world["committees"][:1]}
    _below_ministries(world["agencies"])
    _row, plain = make_key(world["committees"][0])
    filled = 0
    for size in (*sizes, *([int(named)] if named else [])):
        notices = max(1, size // register.OF_EACH_DIRECTIVE // register.OF_EACH_NOTICE)
        register.fill(filled + 1, notices, world)
        filled = notices
        first = _changes(world["committees"][0].pk)
        remember()
        sum_all_up()
        print(f"{Assignment.objects.count():,} assignments; load {os.getloadavg()[0]:.1f}", flush=True)
        _measure(world, f"Bearer {plain}", first)


def _below_ministries(agencies: Sequence[Agency]) -> None:
    for number, agency in enumerate(agencies[MINISTRIES:]):
        Agency.objects.filter(pk=agency.pk).update(parent=agencies[number % MINISTRIES])


def _changes(committee: int) -> int:
    """Touch some assignments; the number behind which their changes are."""
    number_all()
    first = head()
    with connection.cursor() as cursor:
        cursor.execute(TOUCH, [committee, TOUCHED])
    number_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as a register is found that was not filled a moment ago
    return first


def _measure(world: dict[str, Any], key: str, first: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-bench-"))
    try:
        with ExitStack() as stack:
            places = {
                "bare": stack.enter_context(served("bare", "bench.bare_api:application", folder)),
                "ours": stack.enter_context(served("ours", APPLICATION, folder)),
                "plain": stack.enter_context(
                    served("plain", APPLICATION, folder, DJANGO_SETTINGS_MODULE="bench.plain_settings")
                ),
            }
            epoch = epoch_of(Client(), {"authorization": key})
            for question in _questions(world, first, epoch):
                _compare(question, places, key)
    finally:
        shutil.rmtree(folder)


def _questions(world: dict[str, Any], first: int, epoch: str) -> list[Question]:
    today, committee = clock.today(), world["committees"][0].pk
    ministries = world["agencies"][:MINISTRIES]
    given = Assignment.objects.filter(committee=committee)
    ones = list(given.order_by("?").values_list("uuid", flat=True)[:ONES])
    behind = [first + number * PAGE for number in range(min(TOUCHED, Assignment.objects.count()) // PAGE)] or [first]
    return [
        Question(
            "list of 50 by agency and standing",
            [f"/assignments?agency={row.pk}&day={today}" for row in ministries],
            [f"/api/v1/assignments/?agency_under={row.code}&standing=overdue" for row in ministries],
            [f"/assignments/?agency_under={row.code}&standing=overdue" for row in ministries],
        ),
        Question(
            "one assignment",
            [f"/assignment?uuid={uuid}" for uuid in ones],
            [f"/api/v1/assignments/{uuid}/" for uuid in ones],
            [f"/assignments/{uuid}/" for uuid in ones],
        ),
        Question("statistics", [f"/statistics?committee={committee}&day={today}"], ["/api/v1/statistics/"]),
        Question(
            "changes, pages of 1,000",
            [f"/changes?after={number}" for number in behind],
            [f"/api/v1/changes/?epoch={epoch}&after={number}&limit={PAGE}" for number in behind],
        ),
    ]


def _compare(question: Question, places: dict[str, Path], key: str) -> None:
    asked = {
        "bare": [words_of(path) for path in question.bare],
        "ours": [words_of(path, Authorization=key) for path in question.ours],
        "plain": [words_of(path) for path in question.plain],
    }
    asked = {side: requests for side, requests in asked.items() if requests}
    for side, requests in asked.items():
        if {ask(places[side], request) for request in requests} <= NOTHING:
            raise SystemExit(f"{side} says nothing of {question.name}: that is no measure of it.")
    rates: dict[str, list[float]] = {side: [] for side in asked}
    for _run in range(RUNS):
        for side, requests in asked.items():
            rates[side].append(answers_a_second(places[side], requests, seconds=SECONDS))
    found = {side: median(told) for side, told in rates.items()}
    told = [f"{side} {rate:,.0f}/s" for side, rate in found.items()]
    told += [f"{found['ours'] / found['bare']:.2f} of bare"]
    if "plain" in found:
        told += [f"{found['ours'] / found['plain']:.1f} times plain"]
    print(f"  {question.name}: {'; '.join(told)}", flush=True)
