"""Delivery against a bare `smtplib` loop that sends the same mails over one open connection to the same server."""

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.models import Agency, Office, Role, User
from bench.measuring import in_a_process, median
from directives.models import Assignment, Delivery, Directive, Reminder
from tests.make import at, make_agency, make_directive, make_notice
from tracker.delivery.channels import Message
from tracker.delivery.channels.email import mail
from tracker.delivery.deliver import deliver
from tracker.delivery.rendering import Letters

TODAY = date(2026, 3, 2)  # a Monday
MORNING = at(TODAY, 7, 30)
MESSAGES = 2000  # digests of three lines, one to each officer
OFFICERS = 4  # of an agency
LINES = 3
RUNS = 3
PATIENCE = 60  # seconds


def main(many: int = MESSAGES) -> None:
    """Print the rate of both, which share of the bare loop's is ours, and our peak memory."""
    call_command("migrate", verbosity=0)
    _fill(many)
    letters = [_as_mail(message) for message in _written()]
    bare, ours, memory = [], [], 0.0
    for _run in range(RUNS):
        with _sink() as port:
            bare.append(in_a_process(_bare_loop, port, letters)[0])
        with _sink() as port:
            _all_wait()
            took, held = in_a_process(_deliver_all, port, many)
        ours.append(took)
        memory = max(memory, held)
    print(
        f"{many:,} digests: bare loop {many / median(bare):5.0f}/s, delivery {many / median(ours):5.0f}/s, "
        f"{median(bare) / median(ours):4.2f} of the bare rate, {memory:4.0f} MB",
        flush=True,
    )


def _all_wait() -> None:
    Delivery.objects.update(state="waiting", attempts=0, token=0, leased_until=None)
    Reminder.objects.update(state="planned")


def _deliver_all(port: int, many: int) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    left = many
    while left and (sent := deliver(now=MORNING, limit=many)["sent"]):
        left -= sent
    if left:
        sys.exit(f"{left} of {many} messages were not sent.")


def _bare_loop(port: int, letters: Sequence[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connected:
        for address, letter in letters:
            connected.sendmail("dondoc@localhost", [address], letter)


def _written() -> Iterator[Message]:
    rows = list(Delivery.objects.select_related("recipient"))
    letters = Letters(rows, at=MORNING)
    return (letters.write(row) for row in rows)


def _as_mail(message: Message) -> tuple[str, bytes]:
    return message.address, mail(message)


@contextmanager
def _sink() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.set_inheritable(True)
        words = [sys.executable, "-m", "bench.sink", str(listening.fileno())]
        server = subprocess.Popen(words, pass_fds=[listening.fileno()])
        try:
            port = listening.getsockname()[1]
            smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE).quit()
            yield port
        finally:
            server.terminate()
            server.wait()


def _fill(many: int) -> None:
    """So many officers, each with a digest that speaks of three assignments of the agency that are overdue."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE directives_reminder, directives_delivery CASCADE")
    notice = make_notice(issued_on=date(2025, 12, 1))
    directives = [make_directive(notice, f"Đưa giấy tờ số {n} lên ứng dụng VNeID", due_on=TODAY) for n in range(LINES)]
    for _agency in range(many // OFFICERS):
        _fill_agency(make_agency(), directives)


def _fill_agency(agency: Agency, directives: Sequence[Directive]) -> None:
    late = TODAY - timedelta(days=3)
    work = Assignment.objects.bulk_create(
        Assignment(
            directive=directive,
            agency=agency,
            role="share",
            assigned_on=late,
            armed_on=late,
            due_on=late,
            original_due_on=late,
        )
        for directive in directives
    )
    people = User.objects.bulk_create(
        User(email=f"cv{number}.{agency.pk}@dondoc.example", name=f"Chuyên viên {number}, {agency.name_vi}")
        for number in range(OFFICERS)
    )
    Office.objects.bulk_create(
        Office(user=person, role=Role.OFFICER, agency=agency, starts_on=date(2022, 1, 1)) for person in people
    )
    rows = Delivery.objects.bulk_create(
        Delivery(
            key=f"bench:{person.pk}",
            kind="digest",
            channel="email",
            recipient=person,
            created_at=MORNING,
            due_at=MORNING,
            because="bạn giữ chức vụ Chuyên viên",
        )
        for person in people
    )
    Reminder.objects.bulk_create(
        Reminder(
            assignment=assignment,
            due_version=1,
            rung=1,
            rung_on=TODAY,
            audience="officer",
            kind="escalation",
            recipient=row.recipient,
            channel="email",
            planned_on=TODAY,
            delivery=row,
        )
        for row in rows
        for assignment in work
    )
