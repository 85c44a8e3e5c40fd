"""`manage.py hold_sending`: let nothing leave until somebody releases it, and print what would go out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from directives.actions.feeding import rename_feed
from directives.actions.holding import hold_sending, open_hold
from tracker import clock
from tracker.waiting_lines import keyboard, waiting_lines


class Command(BaseCommand):
    help = "Put sending on hold, for the day after a restore; planning goes on. Prints what would go out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", default=_("after a restore"), help="why; shown at the desk and in history")
        parser.add_argument("--who", default=keyboard(), help="who does this; the account of this machine unless given")
        parser.add_argument("--list", action="store_true", help="print every message that waits")

    def handle(self, *, reason: str, who: str, list: bool, **options: Any) -> None:  # noqa: A002 - its option's name
        now = clock.now()
        # Some systems have seen what a restored database does not know: all copies begin anew.
        rename_feed()
        held = open_hold() or hold_sending(who=who, at=now, reason=reason)
        said = _("Sending is on hold since %(since)s, by %(who)s: %(reason)s")
        since = f"{held.since.astimezone(clock.HANOI):%d/%m/%Y %H:%M}"
        self.stdout.write(said % {"since": since, "who": held.who, "reason": held.reason})
        for line in waiting_lines(now=now, each=list):
            self.stdout.write(line)
        self.stdout.write(_("To let it go out: manage.py release_sending"))
