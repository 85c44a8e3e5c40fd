"""`manage.py deliver`: one pass over the messages that wait, as the worker makes it on every tick."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from directives.actions.holding import open_hold
from directives.models import Delivery
from tracker import clock
from tracker.delivery.deliver import DOWN, FAILED, deliver


class Command(BaseCommand):
    help = "Send the messages that are due, once, and print what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=2000, help="messages at most, by each channel (2000)")

    def handle(self, *, limit: int, **options: Any) -> None:
        tally = deliver(now=clock.now(), limit=limit)
        left = Delivery.objects.aggregate(
            waiting=Count("pk", filter=Q(state="waiting")), dead=Count("pk", filter=Q(state="dead"))
        )
        said = _("%(sent)d sent, %(superseded)d no longer needed, %(failed)d to be tried again, %(dead)d given up.")
        counted = {"sent": tally["sent"], "superseded": tally["superseded"], "failed": tally[FAILED]}
        self.stdout.write(said % {**counted, "dead": tally["dead"]})
        self.stdout.write(_("%(waiting)d still wait, %(dead)d could not be delivered.") % left)
        if (held := open_hold()) is not None:
            said = _("Nothing is sent: sending is on hold, by %(who)s: %(reason)s")
            self.stdout.write(self.style.WARNING(said % {"who": held.who, "reason": held.reason}))
        if tally[DOWN]:
            self.stdout.write(self.style.WARNING(_("A channel is down: %(error)s") % {"error": _last_error()}))


def _last_error() -> str:
    oldest = Delivery.objects.filter(state="waiting").exclude(last_error="").order_by("due_at", "pk").first()
    return oldest.last_error if oldest else ""
