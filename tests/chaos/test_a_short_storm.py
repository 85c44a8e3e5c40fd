"""A short storm over everything that sends, as `make chaos` is a long one."""

import os
import subprocess
import sys

import pytest

from tracker.embedded.places import PROJECT

# Seconds that a claim lasts: what a killed sender held comes back soon, and a slow machine still has time to send.
LEASE = 8
STORM = {"seed": 369, "seconds": 12, "deliveries": 600, "kills": 6, "lease": LEASE, "patience": 300, "grace": 30}
PATIENCE = 540  # seconds


@pytest.mark.xdist_group("storm")
def test_a_short_storm_loses_nothing_and_doubles_nothing():
    words = [word for name, value in STORM.items() for word in (f"--{name}", str(value))]
    told = subprocess.run(
        [sys.executable, "-m", "chaos", *words],
        cwd=PROJECT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    assert "VIOLATED" not in told.stdout
    assert "sender killed" in told.stdout
