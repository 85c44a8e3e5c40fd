"""`manage.py release_sending`: print what will go out, ask, and let it go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from directives.actions.holding import open_hold, release_sending
from tracker import clock
from tracker.waiting_lines import keyboard, waiting_lines


class Command(BaseCommand):
    help = "Let sending go on after it was put on hold. Prints what will go out, and asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--who", default=keyboard(), help="who does this; the account of this machine unless given")
        parser.add_argument("--list", action="store_true", help="print every message that waits")

    def handle(self, *, yes: bool, who: str, list: bool, **options: Any) -> None:  # noqa: A002 - its option's name
        now = clock.now()
        if open_hold() is not None:
            for line in waiting_lines(now=now, each=list):
                self.stdout.write(line)
            if not yes and input(_("Let this go out? Type yes: ")).strip().lower() not in ("yes", _("yes")):
                raise CommandError(_("Sending stays on hold."))
        try:
            release_sending(who=who, at=now)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("Sending goes on."))
