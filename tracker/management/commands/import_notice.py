"""Read a notice from a file into a draft, or only show what is read."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Committee, User
from accounts.refusals import Refusal
from directives.actions.attaching import atomic_with_files
from directives.actions.entering import draft_notice, set_paragraphs
from directives.models import Notice
from tracker import clock
from tracker.documents.notices import ReadNotice, issuer_in, read_notice


class Command(BaseCommand):
    help = "Read a notice from a .txt, .docx or .pdf file into a draft; --json prints what is read and saves nothing."

    # With --json no database is needed, so that none is asked about either.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the notice as .txt, .docx or .pdf")
        parser.add_argument("--committee", help="code of the committee whose draft it becomes")
        parser.add_argument("--by", help="e-mail of the person of its secretariat who enters it")
        parser.add_argument("--json", action="store_true", help="print header, paragraphs and doubts; save nothing")

    def handle(self, *, file: Path, committee: str | None, by: str | None, **options: Any) -> None:
        try:
            content = file.read_bytes()
            read = read_notice(file.name, content)
            if options["json"]:
                self.stdout.write(json.dumps(_shown(read), ensure_ascii=False, indent=2, default=str))
                return
            notice = _saved(read, (file.name, content), _committee(committee), _user(by))
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(why)s") % {"why": error.strerror}) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            _("Draft %(reference)s entered with %(count)s paragraphs.")
            % {"reference": notice, "count": len(read.paragraphs)}
        )
        for doubt in read.doubts:
            self.stdout.write(_(doubt))


def _shown(read: ReadNotice) -> dict[str, Any]:
    return {
        "header": asdict(read.header),
        "paragraphs": [
            {"label": span.label, "start": span.start, "end": span.end, "text": read.text[span.start : span.end]}
            for span in read.paragraphs
        ],
        "warnings": [_(doubt) for doubt in read.doubts],
    }


@atomic_with_files()
def _saved(read: ReadNotice, source: tuple[str, bytes], committee: Committee, user: User) -> Notice:
    now = clock.now()
    issuer = issuer_in(read.header, read.header.issued_on or clock.today(), committee)
    notice = draft_notice(committee=committee, by=user, at=now, source=source, issuer=issuer, **read.fields())
    set_paragraphs(notice, read.paragraphs, by=user, at=now)
    return notice


def _committee(code: str | None) -> Committee:
    found = Committee.objects.filter(code=code or "").first()
    if found is None:
        raise CommandError(_("Name the committee with --committee CODE; %(code)s is none.") % {"code": code or "—"})
    return found


def _user(email: str | None) -> User:
    found = User.objects.filter(email__iexact=email or "", is_active=True).first()
    if found is None:
        raise CommandError(_("Name who enters it with --by EMAIL; %(email)s is nobody.") % {"email": email or "—"})
    return found
