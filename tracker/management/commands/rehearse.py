"""Say who would be told what and when, and write nothing."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directives.actions.reminding import rehearse
from tracker.ladder_lines import issued_notice, planned_lines

LONGEST = 366 * 3


class Command(BaseCommand):
    help = "Print who would be told what and when by a notice's open assignments; writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
        parser.add_argument("--to", dest="end", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
        parser.add_argument("--notice", required=True, help="such as 369/TB-VPCP")

    def handle(self, *, start: date, end: date, notice: str, **options: Any) -> None:
        if not 0 <= (end - start).days <= LONGEST:
            raise CommandError(_("The first day must come before the last, at most three years apart."))
        only = issued_notice(notice)
        assert only is not None  # --notice is required
        lines = planned_lines(rehearse(start=start, end=end, notice=only))
        for line in lines:
            self.stdout.write(line)
        self.stdout.write(_("%(count)s lines; nothing was written.") % {"count": len(lines)})
