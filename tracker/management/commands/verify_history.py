"""`manage.py verify_history`: whether history is whole and as it was sealed; exits 1 where it is not."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from directives.actions.sealing import Verdict, verify_history
from tracker import clock
from tracker.database_role import ROLE, rights_beyond
from tracker.sealing import AnchorFile


class Command(BaseCommand):
    help = "Walk the chain of history from its first seal and hold it against its anchor."

    def handle(self, *args: Any, **options: Any) -> None:
        anchors = AnchorFile(settings.HISTORY_ANCHOR)
        verdict = verify_history(anchors=anchors, now=clock.now())
        findings = [
            *(_(finding.sentence) % {"place": finding.place} for finding in verdict.findings),
            *_about_anchor(anchors, verdict),
            *_about_rights(),
        ]
        for finding in findings:
            self.stdout.write(self.style.ERROR(finding))
        counted = {"events": verdict.events, "head": verdict.head, "anchored": verdict.anchored}
        if findings:
            raise CommandError(_("History is not as it was: %(events)d events, chain up to #%(head)d.") % counted)
        whole = _("%(events)d events, chain whole up to #%(head)d, anchor agrees up to #%(anchored)d.")
        self.stdout.write(whole % counted)


def _about_anchor(anchors: AnchorFile, verdict: Verdict) -> list[str]:
    findings = [
        _("Line %(line)d of the anchor %(path)s cannot be read.") % {"line": line, "path": anchors.path}
        for line in anchors.unreadable
    ]
    if verdict.head and not anchors.path.exists():
        findings.append(
            _("The anchor %(path)s is missing: whether the chain's tail was cut cannot be told.")
            % {"path": anchors.path}
        )
    return findings


def _about_rights() -> list[str]:
    with connection.cursor() as cursor:
        beyond = rights_beyond(cursor)
    return [
        _("The role %(role)s may %(right)s on %(table)s, which is more than to add and to read.")
        % {"role": ROLE, "right": right, "table": table}
        for table, right in beyond
    ]
