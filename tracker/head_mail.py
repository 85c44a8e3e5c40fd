"""The chain's head leaves the house by mail once a day: whoever cuts history cannot call a mail back."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from directives.actions import sealing
from directives.actions.holding import open_hold
from directives.models import Tick
from directives.rules.seal_chain import Anchor
from directives.rules.working_days import local_day
from tracker.delivery.channels import ChannelDown, Message, NotNow, Refused
from tracker.delivery.channels.email import EmailChannel
from tracker.delivery.frames import framed_html, framed_text
from tracker.sealing import anchor_line

LAST_MAIL = "head mailed"  # the name under which the last mail's moment is kept
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
log = structlog.get_logger(__name__)


def mail_head(*, now: datetime) -> bool:
    """Mail the head to HISTORY_ANCHOR_MAIL where that was not done yet on this local day; whether it went out now.

    However many ask at once, one of them sends. What the mail server does not take is tried again at the next tick.
    """
    today = local_day(now)
    sequence, hash_ = sealing.head()
    if not settings.HISTORY_ANCHOR_MAIL or not sequence or open_hold() or _day_of_last_mail() >= today:
        return False
    # By itself, so that nobody waits for the row of whoever is just sending.
    Tick.objects.bulk_create([Tick(duty=LAST_MAIL, at=NEVER)], ignore_conflicts=True)
    try:
        return _mail_once(Anchor(sequence, hash_, now.astimezone(UTC).isoformat()), today, now)
    except (ChannelDown, NotNow, Refused) as trouble:
        log.warning("head not mailed", recipient=settings.HISTORY_ANCHOR_MAIL, trouble=str(trouble))
        return False


@transaction.atomic
def _mail_once(head: Anchor, today: date, now: datetime) -> bool:
    """Send under the lock of the row that says when it was done last, so that a crash leaves it undone."""
    last = Tick.objects.select_for_update(skip_locked=True).filter(duty=LAST_MAIL).first()
    if last is None or local_day(last.at) >= today:
        return False
    channel = EmailChannel()
    try:
        channel.open()
        channel.send(channel.pack(_letter(head, today, now)))
    finally:
        channel.close()
    Tick.objects.filter(duty=LAST_MAIL).update(at=now)
    return True


def _day_of_last_mail() -> date:
    last = Tick.objects.filter(duty=LAST_MAIL).first()
    return local_day(last.at if last else NEVER)


def _letter(head: Anchor, today: date, now: datetime) -> Message:
    """One Message-ID for each day: a repeat after a crash is known as the same mail."""
    with override(settings.LANGUAGE_CODE):
        told = {"sequence": head.sequence, "day": f"{today:%d/%m/%Y}", "hash": head.hash, "line": anchor_line(head)}
        subject = _("Head of history on %(day)s: #%(sequence)d") % told
        core = (
            _(
                "On %(day)s the chain of history ends with #%(sequence)d, hash:\n%(hash)s\n\n"
                "Keep this message: with it anybody can show later whether history was cut or changed. Put the "
                "following line into a file, name the file in HISTORY_ANCHOR and run manage.py verify_history.\n\n"
                "%(line)s"
            )
            % told
        )
        to = settings.HISTORY_ANCHOR_MAIL
        around = {"name": to, "title": subject, "because": _("the head of history is sent to this address")}
        return Message(
            uuid=uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/history/{today}"),
            recipient=to,
            address=to,
            language=settings.LANGUAGE_CODE,
            subject=subject,
            text=framed_text(core, **around),
            html=framed_html(mark_safe(linebreaks(core, autoescape=True)), **around),  # noqa: S308 -- escaped
            at=now,
        )
