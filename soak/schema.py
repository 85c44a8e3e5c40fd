"""The API asked by chance at length: whatever schemathesis makes of the document, with the keys of both sides."""

import json
import logging
import tempfile
import time
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests.edges.by_chance import PHASES, Heard, World, ask, make_ready

ENOUGH = 20_000  # requests
AT_ONCE = 60  # by chance for each operation, in each round
FIRST_SEED = 369


def main(enough: int = ENOUGH, at_once: int = AT_ONCE) -> int:
    """At least so many requests, each round from another seed; 1 where anything was wrong."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # of each refusal
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS, settings.API_RATE = ["*"], 10**9
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder, "demo.json")
        call_command("load_seeds", demo_json=note, stdout=StringIO())
        keys = json.loads(note.read_text())
    make_ready()
    heard, begun, seed = Heard(), time.monotonic(), FIRST_SEED
    world = World(heard)
    while heard.requests < enough:
        for name in ("api_key", "agency_api_key"):
            ask(world, keys[name], examples=at_once, seed=seed, phases=PHASES)
            print(f"schema: {heard.requests:,} requests", flush=True)
        seed += 1
    took = f"{time.monotonic() - begun:.0f} s, seeds {FIRST_SEED} to {seed - 1}"
    told = f"schema: {heard.requests:,} requests to {len(heard.operations)} operations in {took};"
    told += f" by status {dict(sorted(heard.statuses.items()))}; {len(heard.wrong)} wrong"
    print(told, *heard.wrong, sep="\n", flush=True)
    return int(bool(heard.wrong))
