"""Every example runs as it stands: one for each operation of the API, and those of the pages for integrators."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings
from django.db import transaction

from directives.models import Assignment
from tests.edges.by_chance import Heard, World, make_ready
from tests.edges.served import serving
from tests.edges.test_api_schema import OPERATIONS
from tests.make import make_question
from tests.neighbours import until
from tracker.api.changes import WAITING
from tracker.api.schema.examples import example

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
DOCS = Path(settings.BASE_DIR, "docs")
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOO_EARLY = {"pause_subscription", "replay", "resume_subscription", "send_call_again", "rotate_subscription"}
# A refusal ends curl with a status that is not 0.
CURLRC = "silent\nshow-error\nfail-with-body\n"


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def around(demo: Path, settings: Any, tmp_path: Path, heard: Heard) -> Iterator[dict[str, str]]:
    """What a reader of the examples has set: the demo's address, its keys, an assignment and its tag."""
    settings.ALLOWED_HOSTS = ["*"]
    make_ready()
    note = json.loads(demo.read_text())
    tmp_path.joinpath(".curlrc").write_text(CURLRC)
    with serving(World(heard, keeps=True)) as url:
        work = Assignment.objects.filter(agency__code="bca", state="in_progress").first()
        key = {"Authorization": f"Bearer {note['agency_api_key']}"}
        tag = requests.get(f"{url}/assignments/{work.uuid}/", headers=key, timeout=30).headers["ETag"]
        keys = {"KEY": note["api_key"], "AGENCY_KEY": note["agency_api_key"]}
        yield {**os.environ, **keys, "URL": url, "CURL_HOME": str(tmp_path), "ID": str(work.uuid), "TAG": tag}


def run(shell: str, around: dict[str, str]) -> str:
    """What the example says; it must end well."""
    status, told = outcome(shell, around)
    assert status == 0, f"{shell}\n{told}"
    return told


def outcome(shell: str, around: dict[str, str]) -> tuple[int, str]:
    """How the example ends, and what it says; what it does is taken back."""
    begun = transaction.savepoint()
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", shell], env=around, capture_output=True, text=True, timeout=60, check=False
    )
    transaction.savepoint_rollback(begun)
    return done.returncode, done.stdout + done.stderr


def test_the_example_of_every_operation_runs_against_the_demo(around):
    question = make_question(Assignment.objects.get(uuid=around["ID"]))
    ids = {"answer_question": str(question.uuid)}  # no list tells it: its number comes with the message about it
    done = {name: outcome(example(name), {**around, "ID": ids.get(name, "")}) for name in OPERATIONS}
    failed = {name: told for name, (status, told) in done.items() if status}
    # A subscription begins with an answer from outside, of which there is none here: what is done to it is too early.
    assert {name: told for name, told in failed.items() if name not in TOO_EARLY or "409" not in told} == {}
    told = {name: told for name, (_status, told) in done.items()}
    read = {name: told[name] for name in told if name != "read_snapshot"}
    assert {name for name, answer in read.items() if not answer} == {"discard_notice"}
    assert json.loads(told["read_snapshot"].splitlines()[-1])["end"] is True


@pytest.mark.parametrize("page", ["api.md", "feed.md"])
def test_what_the_pages_for_integrators_show_runs(around, heard, page):
    for language, block in BLOCK.findall(DOCS.joinpath(page).read_text(encoding="utf-8")):
        if language == "python":
            kept: list[Any] = []
            exec(block, {"requests": requests, "keep": kept.extend, **around})
            assert kept
        elif "keep_a_copy" in block:
            keep_a_copy(block, around, heard)
        elif not block.startswith("URL="):
            run(block, around)


def keep_a_copy(block: str, around: dict[str, str], heard: Heard) -> None:
    """The program of `feed.md` reads the snapshot and then follows the changes; it would go on for ever."""
    command = block.replace("http://localhost:8000/api/v1", around["URL"]).replace("dd_...", around["KEY"]).split()
    places = [WAITING.acquire(timeout=30) for _place in range(2)]
    program = subprocess.Popen([sys.executable, *command[1:]], cwd=DOCS.parent)
    try:
        until(lambda: heard.operations >= {"read_snapshot", "read_changes"})
    finally:
        program.kill()
        program.wait()
        for _place in places:
            WAITING.release()
