"""`manage.py tick`: look at every duty once, as a worker does when beat tells it to."""

from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.duties import DUTIES, look_at

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Seal, plan and send what waits, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("duties", nargs="*", choices=[*DUTIES, []], help="all of them where none is named")

    def handle(self, *, duties: list[str], **options: Any) -> None:
        failed = [duty for duty in duties or DUTIES if not self._done(duty)]
        if failed:
            raise CommandError(_("Failed: %(duties)s. The log says why.") % {"duties": ", ".join(failed)})

    def _done(self, duty: str) -> bool:
        """One duty that fails never stops another."""
        try:
            self.stdout.write(f"{duty}: {look_at(duty)}")
        except Exception:
            log.exception("duty failed", duty=duty)
            return False
        return True
