"""Before Django reads its settings: throw-away servers, or the ones that DATABASE_URL and REDIS_URL name."""

import os
import re
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tracker.catalogues import compile_catalogue
from tracker.embedded.servers import throw_away_servers

STARTED = ExitStack()
VARIABLES = {
    "SECRET_KEY": "only-for-tests",
    # Migrations and fixtures of the tests are the owner's work; each test then acts as the application's role.
    "DATABASE_ROLE": "",
    # Playwright runs an event loop beside the tests, which are not asynchronous themselves.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    "STATIC_HASHED": "0",
    "DEMO": "1",
    # What a test changes of a key shows at once.
    "REMEMBERED": "0",
    # Tests ask more often than any system.
    "API_RATE": "1000000",
    "TOKEN_FAILURES": "1000000",
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Start the servers that no variable names. The workers of xdist inherit the addresses."""
    os.environ.update(VARIABLES)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["VAR"] = STARTED.enter_context(tempfile.TemporaryDirectory(prefix="dondoc-var-"))
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        servers = STARTED.enter_context(throw_away_servers())
        os.environ.update({**servers.environment, **_given()})
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = _database_of(worker, os.environ["REDIS_URL"])
        # Databases number their rows alike: files named after a row would be another worker's.
        os.environ["VAR"] = str(Path(os.environ["VAR"], worker))
        Path(os.environ["VAR"]).mkdir()
    else:
        # Before the first string is looked up: the tests read the same Vietnamese as everybody.
        for room in settings.ROOMS:
            compile_catalogue(room)
    return (yield)


def pytest_unconfigure() -> None:
    STARTED.close()


def _given() -> dict[str, str]:
    return {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}


def _database_of(worker: str, url: str) -> str:
    """Each parallel worker has a numbered database of its own on the queue's server."""
    number = int(worker.removeprefix("gw")) + 1
    if url.startswith("unix://"):
        return f"{url.partition('?')[0]}?db={number}"
    return re.sub(r"(//[^/]+)(/\d*)?$", rf"\1/{number}", url)
