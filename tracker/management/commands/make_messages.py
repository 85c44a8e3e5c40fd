"""Write each room's catalogue anew from the strings of the source."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.catalogues import disagreements, faults, messages_by_room, renew


class Command(BaseCommand):
    help = "Write each room's catalogue anew; --check only names what is missing or left over."

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rooms", nargs="*", choices=[*settings.ROOMS, []], help="all rooms where none is named")
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a catalogue has a fault")

    def handle(self, *, rooms: list[str], check: bool, **options: Any) -> None:
        said = messages_by_room()
        found = disagreements() if check else []
        for room in rooms or settings.ROOMS:
            if not check:
                renew(room, said[room])
            found += faults(room, said[room])
        if found and check:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(found)} strings are to be translated." if found else "Every string is translated.")
