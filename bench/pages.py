"""The agencies' pages at any length of the register: the list, one assignment, a search; and what they weigh."""

import gzip
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from bench import register
from bench.measuring import median, seconds
from directives.models import Assignment, Directive, Notice

RUNS = 3  # of each reader

Address = str | Callable[[User], str]


def main(sizes: Sequence[int] = (10_000, 100_000, 1_000_000)) -> None:
    """Print the medians of each page for registers of so many assignments, in milliseconds at the server."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    world = register.people()
    filled = 0
    for size in sizes:
        notices = max(1, size // register.OF_EACH_DIRECTIVE // register.OF_EACH_NOTICE)
        took = seconds(partial(register.fill, filled + 1, notices, world))
        filled = notices
        print(f"{Assignment.objects.count():,} assignments, filled in {took:.0f} s", flush=True)
        _measure(world)


def _measure(world: dict[str, Any]) -> None:
    pages = _pages(world)
    for name, address in pages.items():
        show_page(f"officer: {name}", world["officers"], address)
    for who in ("secretary", "auditor"):
        for name in ("landing page", *(name for name in pages if name.startswith("search"))):
            show_page(f"{who}: {name}", [world[who]] * 4, pages[name])


def _pages(world: dict[str, Any]) -> dict[str, Address]:
    wording = Directive.objects.order_by("-pk").values_list("wording", flat=True)[0]
    rare = "+".join(word for word in wording.split() if len(word) == 6 and word.isascii()) or "khong"
    number = Notice.objects.order_by("-number").values_list("number", flat=True)[0]

    def one(user: User) -> str:
        own = Assignment.objects.filter(agency__offices__user=user)
        return f"/assignments/{own.order_by('pk')[own.count() // 2].uuid}/"

    return {
        "landing page": "/",
        "coordinating": "/?tab=coordinating",
        "handed down": "/?tab=down",
        "overdue": "/?standing=overdue",
        "done": "/?standing=done_on_time",
        "of one committee": f"/?committee={world['committees'][1].code}",
        "one assignment": one,
        "search, common words": "/?q=chuyen+doi+so",
        "search, rare words": f"/?q={'+'.join(rare.split('+')[:2])}",
        "search, number of a notice": f"/?q={number}+tb+vpcp",
        "search, name and a word": "/?q=bo+so+3+va+phan+3+bao+cao",
        "search, nothing found": "/?q=khongcotunay",
    }


def show_page(name: str, readers: Sequence[User], address: Address) -> None:
    """Print the median of a page's times for these readers, in milliseconds, and its weight."""
    took, html = [], b""
    for user in readers:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        path = address(user) if callable(address) else address
        html = client.get(path).content  # templates and pages of the database are at hand, as on a server that runs
        took += [seconds(partial(client.get, path)) * 1000 for _run in range(RUNS)]
    print(f"  {name:<40} {median(took):6.0f} ms, worst {max(took):6.0f} ms, {_weight(html):4.0f} kB", flush=True)


def _weight(html: bytes) -> float:
    """Kilobytes that a browser is sent for a page when it comes first, compressed, without fonts."""
    names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html.decode()))
    files = [found for name in names if not name.endswith("woff2") and isinstance(found := find(name), str)]
    return sum(len(gzip.compress(part, 6)) for part in [html, *(Path(file).read_bytes() for file in files)]) / 1000
