"""Show what is read from a notice: header, paragraphs and proposed directives. Nothing is saved."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from directives.rules import notice_proposals
from tracker.documents import notices
from tracker.documents.register import register_of_the_database, register_of_the_seeds


class Command(BaseCommand):
    help = "Show the directives that are proposed for a notice in a .txt, .docx or .pdf file. Nothing is saved."

    # Without --database none is needed, so that none is asked about either.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the notice as .txt, .docx or .pdf")
        parser.add_argument("--json", action="store_true", help="print everything, with the words behind each guess")
        parser.add_argument(
            "--issued-on", type=date.fromisoformat, help="day of issue, where the text does not tell it"
        )
        parser.add_argument(
            "--database", action="store_true", help="know the agencies of the database, not of the seeds"
        )

    def handle(self, *, file: Path, json: bool, issued_on: date | None, database: bool, **options: Any) -> None:
        try:
            read = notices.read_notice(file.name, file.read_bytes())
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(why)s") % {"why": error.strerror}) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        register = register_of_the_database() if database else register_of_the_seeds()
        reading = notice_proposals.read_notice(read.text, issued_on or read.header.issued_on, register)
        self.stdout.write(_as_json(read, reading) if json else _as_text(reading))


def _as_json(read: notices.ReadNotice, reading: notice_proposals.Reading) -> str:
    shown = {
        "header": asdict(read.header),
        **reading.as_json(),
        "warnings": [_(doubt) for doubt in read.doubts],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2, default=str)


def _as_text(reading: notice_proposals.Reading) -> str:
    return "\n\n".join(map(_directive, reading.directives))


def _directive(proposal: notice_proposals.Proposal) -> str:
    deadline = proposal.deadline
    named = {
        _("Lead"): ", ".join(each.name for each in proposal.leads),
        _("Coordinating"): ", ".join(each.name for each in proposal.coordinating),
        _("Deadline"): f"{deadline.text} → {deadline.due_on or deadline.kind}" if deadline.text else "",
        _("Look again"): " ".join(_(doubt) for doubt in proposal.doubts),
    }
    lines = [" ".join(proposal.quote.split())]
    return "\n  ".join([*lines, *(f"{label}: {said}" for label, said in named.items() if said)])
