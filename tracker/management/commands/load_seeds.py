"""`manage.py load_seeds`: reference data for every installation, and the demo's work unless told otherwise."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from tracker import clock
from tracker.seeding.assessments import load_assessments
from tracker.seeding.figures import load_indicators
from tracker.seeding.notices import load_notices, load_sessions
from tracker.seeding.people import load_bodies, load_keys, load_message_boxes, load_offices, read_note, write_note
from tracker.seeding.reference import load_reference


class Command(BaseCommand):
    help = "Load the seeds. Run again it adds what is missing and changes nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reference-only", action="store_true", help="agencies, groups, calendar and ladder; no demo content"
        )
        parser.add_argument(
            "--demo-json", type=Path, help="where the demo's passwords and API keys are kept (mode 0600)"
        )

    def handle(self, *args: Any, reference_only: bool, demo_json: Path | None, **options: Any) -> None:
        """All of it or nothing."""
        with transaction.atomic():
            load_reference()
            note = None if reference_only else load_demo(demo_json)
        if note is not None and demo_json is not None:
            write_note(demo_json, note)
        self.stdout.write("Seeds are loaded.")


def load_demo(demo_json: Path | None) -> dict[str, Any]:
    """The demo's bodies, accounts, notices and figures; answers with what `demo_json` should say."""
    now, today = clock.now(), clock.today()
    note = read_note(demo_json) if demo_json else {}
    load_bodies()
    known = {account["email"]: account["password"] for account in note.get("accounts", [])}
    note["accounts"] = load_offices(known if demo_json else None)
    load_message_boxes(today)
    if demo_json:
        note |= load_keys(note, at=now)
    load_sessions()
    load_notices(today)
    load_indicators()
    load_assessments(now)
    return note
