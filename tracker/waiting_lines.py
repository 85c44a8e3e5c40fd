"""What waits to be sent, as lines of text: how much of which kind by which channel, and each message where asked."""

import getpass
import socket
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from directives.models import Delivery, DeliveryKind, DeliveryState, channel_name
from directives.rules.working_days import HANOI


def keyboard() -> str:
    """Who sits at the keyboard, as the machine knows."""
    return f"{getpass.getuser()}@{socket.gethostname()}"


def waiting_lines(*, now: datetime, each: bool) -> Iterator[str]:
    """What would go out at `now` and later; with `each` every message in a line of its own."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    counted = waiting.values("kind", "channel").annotate(
        due=Count("pk", filter=Q(due_at__lte=now)), later=Count("pk", filter=Q(due_at__gt=now))
    )
    for row in counted.order_by("kind", "channel"):
        said = _("%(kind)s, %(channel)s: %(due)d due now, %(later)d later")
        names = {"kind": DeliveryKind(row["kind"]).label, "channel": channel_name(row["channel"])}
        yield said % {**names, "due": row["due"], "later": row["later"]}
    if each:
        rows = waiting.select_related("recipient").order_by("due_at", "pk")
        yield from (_line(row) for row in rows.iterator())
    yield _("%(count)d messages wait.") % {"count": waiting.count()}


def _line(row: Delivery) -> str:
    due = f"{row.due_at.astimezone(HANOI):%d/%m/%Y %H:%M}"
    return (
        f"{due}  {row.get_kind_display()}, {row.get_channel_display()} → {row.recipient.name} <{row.recipient.email}>"
    )
