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
        known, before = recorded(rung_on=day, notice=only), {row.pk for row in recorded(planned_on=day, notice=only)}
        gained = remind_all(now=clock.now(), today=day, notice=only)
        for line in recorded_lines(row for row in recorded(planned_on=day, notice=only) if row.pk not in before):
            self.stdout.write(line)
        self.stdout.write(_("%(new)s newly planned on %(day)s.") % {"new": gained, "day": f"{day:%d/%m/%Y}"})
        if known:
            self.stdout.write(_("Already in the ledger for the rungs of this day:"))
            for line in recorded_lines(known):
                self.stdout.write(line)
