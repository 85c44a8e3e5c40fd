"""The demo as a person runs it: it starts, survives, says what is in its way, and leaves nothing behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.neighbours import until
from tests.postbox import free_port
from tracker.embedded.places import PROJECT
from tracker.embedded.processes import _birth

OURS = ("DATABASE_URL", "REDIS_URL", "DATABASE_ROLE", "SECRET_KEY", "STATIC_HASHED")
PROGRAMS = ("mail", "web", "worker", "beat")


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A new VAR; for root the servers' data lie elsewhere, as this folder is root's alone."""
    yield tmp_path / "var"
    shutil.rmtree((tmp_path / "var/servers").resolve(), ignore_errors=True)


@contextmanager
def demo(var: Path, port: int):
    """The demo as `make demo` runs it, until the block ends."""
    told = var.with_suffix(".told")
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    with told.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker.embedded.demo"],
            cwd=PROJECT,
            env={**environment, "VAR": str(var), "PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    process.told = told
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def runs(process) -> bool:
    assert process.poll() is None, process.told.read_text()
    return "Ctrl-C stops everything" in process.told.read_text()


def prepares(process) -> bool:
    """Whether it migrated, loaded and collected, or found all of it done."""
    told = process.told.read_text()
    found = {sentence in told for sentence in ("Bringing the database up to date", "Loading the demo's notices")}
    assert len(found) == 1
    return found.pop()


def children(var: Path) -> list[int]:
    """The processes of a demo, by their records."""
    records = [var / f"log/{name}.pid" for name in PROGRAMS] + list((var / "servers").glob("*.pid"))
    return [int(record.read_text().split()[0]) for record in records]


def ended(pids: list[int]) -> bool:
    return all(_birth(pid) is None for pid in pids)


def test_the_demo_survives_every_kill_and_stops_without_a_trace(var):
    port = free_port()
    with demo(var, port) as cut_off:
        until(lambda: (var / "log/seeds.pid").exists(), within=240)
        seeding = int((var / "log/seeds.pid").read_text().split()[0])
        for pid in (cut_off.pid, seeding):
            os.kill(pid, signal.SIGKILL)
        until(lambda: ended([seeding]))

    with demo(var, port) as first:
        until(lambda: runs(first), within=240)
        assert prepares(first)
        facts = json.loads((var / "demo.json").read_text())
        pids = children(var)
        assert len(pids) == len(PROGRAMS) + 2
        for pid in [first.pid, *pids]:
            os.kill(pid, signal.SIGKILL)
        until(lambda: ended(pids))

    with demo(var, port) as second:
        until(lambda: runs(second), within=240)
        assert not prepares(second)
        assert_told(second, facts, var, port)
        with demo(var, free_port()) as rival:
            assert rival.wait(60) == 1
            assert f"already at http://127.0.0.1:{port}" in rival.told.read_text()
        os.kill(int((var / "log/web.pid").read_text().split()[0]), signal.SIGKILL)
        until(lambda: "web had ended and runs again" in second.told.read_text())
        until(lambda: urlopen(f"{facts['url']}/healthz").read() == b"ok")
        pids = children(var)
        os.kill(second.pid, signal.SIGKILL)

    with demo(var, port) as third:
        until(lambda: runs(third), within=240)
        assert not prepares(third)
        assert ended(pids)
        assert_told(third, facts, var, port)
        pids = children(var)
    assert third.returncode == 0
    assert ended(pids)


def assert_told(process, facts, var, port):
    """It says the same as at its first start, and what it says is there."""
    assert json.loads((var / "demo.json").read_text()) == facts
    assert (var / "demo.json").stat().st_mode & 0o777 == 0o600
    assert facts["url"] == f"http://127.0.0.1:{port}"
    assert urlopen(f"{facts['url']}/healthz").read() == b"ok"
    assert {"email", "password", "role", "body"} <= set(facts["accounts"][0])
    assert all(account["password"] in process.told.read_text() for account in facts["accounts"])


def test_a_taken_port_is_said_before_anything_starts(var):
    with socket.create_server(("127.0.0.1", 0)) as taken, demo(var, taken.getsockname()[1]) as late:
        assert late.wait(60) == 1
        assert "cannot be used (Address already in use)" in late.told.read_text()
    assert not (var / "servers").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_named(var, port):
    with demo(var, port) as wrong:
        assert wrong.wait(60) == 1
        assert wrong.told.read_text() == f"PORT must be a number from 1 to 65535, not {port!r}.\n"


def test_a_demo_that_is_stopped_while_it_starts_leaves_nothing_running(var):
    with demo(var, free_port()) as early:
        until(lambda: (var / "servers/valkey.pid").exists(), within=60)
        pids = [int(record.read_text().split()[0]) for record in (var / "servers").glob("*.pid")]
    assert early.returncode == 0
    assert ended(pids)
    assert "Stopped before everything had started." in early.told.read_text()
