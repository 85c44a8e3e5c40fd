"""Run the daily round by hand, for today or for a day that is named."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from directives.actions.reminding import recorded, remind_all
from tracker import clock
from tracker.ladder_lines import issued_notice, recorded_lines


class Command(BaseCommand):
    help = "Plan the reminders of a day and print them. Run twice it adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the local date, YYYY-MM-DD; today unless given")
        parser.add_argument("--notice", help="only this notice, such as 369/TB-VPCP")

    def handle(self, *, on: date | None, notice: str | None, **options: Any) -> None:
        day, only = on or clock.today(), issued_notice(notice) if notice else None
        gained = remind_all(now=clock.now(), today=day, notice=only)
        lines = recorded_lines(recorded(on=day, notice=only))
        for line in lines:
            self.stdout.write(line)
        told = {"count": len(lines), "day": f"{day:%d/%m/%Y}", "new": gained}
        if gained:
            self.stdout.write(_("%(count)s in the ledger for %(day)s, %(new)s of them newly planned.") % told)
        else:
            self.stdout.write(_("%(count)s in the ledger for %(day)s; nothing was added.") % told)
