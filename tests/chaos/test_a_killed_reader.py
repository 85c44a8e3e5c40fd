"""The process that reads a file is killed in the middle: another one reads the file, and there is one draft."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import Role
from directives.actions.leasing import LEASE
from directives.actions.taking_in import take_in
from directives.models import Event, Intake, IntakeState, Notice
from tests.chaos.processes import FORK, PATIENCE, at_once
from tests.make import make_committee, make_user
from tests.papers import make_pdf
from tracker import clock
from tracker.intakes import read_waiting

LINES = ["1. Bộ Nội vụ rà soát hồ sơ trước ngày 31/3/2026."] * 20
PAGES = 50  # enough to be in the middle of them


def waiting_file() -> Intake:
    committee = make_committee()
    secretary = make_user(Role.SECRETARIAT, committee)
    return take_in(committee=committee, by=secretary, at=clock.now(), name="a.pdf", content=make_pdf(*[LINES] * PAGES))


def being_read() -> Intake:
    """The file, as soon as its reader has told how many pages there are."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        intake = Intake.objects.get()
        if intake.total:
            return intake
        time.sleep(0.02)
    raise AssertionError("nobody reads the file")


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_reader_was_killed_is_read_once_by_another(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    waiting_file()
    connection.close()
    worker = FORK.Process(target=read_waiting, kwargs={"now": clock.now()})
    worker.start()
    intake = being_read()
    os.kill(worker.pid, signal.SIGKILL)
    worker.join(PATIENCE)
    assert worker.exitcode == -signal.SIGKILL
    assert (intake.state, intake.total, intake.attempts) == (IntakeState.READING, PAGES, 1)

    assert read_waiting(now=clock.now()) == 0  # its lease has not run out
    assert not Notice.objects.exists()
    later = clock.now() + LEASE + timedelta(seconds=1)
    answers = at_once(lambda _number: read_waiting(now=later), 2)

    assert sorted(answers) == [0, 1]
    intake.refresh_from_db()
    assert (intake.state, intake.attempts, intake.notice) == (IntakeState.READ, 2, Notice.objects.get())
    assert Event.objects.filter(verb="draft").count() == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / intake.notice.source_file.name]
