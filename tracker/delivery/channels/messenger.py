"""Messengers: one channel for the many services that `apprise` speaks to; a person's address says which it is."""

import logging
import re

import apprise
from django.utils.translation import gettext as _

from accounts.refusals import N_
from tracker.delivery.channels import Channel, Message, NotNow, Refused

NOT_UNDERSTOOD = N_("The address of the messenger is not understood.")
NOT_TAKEN = N_("The messenger did not take the message: %(answer)s")
# What the other side answered, as the library tells it: "error=404". These of the 400s may change by waiting.
ANSWERED = re.compile(r"error=(\d{3})\b")
FOR_A_WHILE = {"408", "423", "425", "429"}


class MessengerChannel(Channel):
    """Whatever the address names. There is no connection to keep: each message is a call of its own."""

    def send(self, packed: Message) -> None:
        """Hand the message over. Raises Refused where the service knows nothing of the address, else NotNow."""
        service = apprise.Apprise.instantiate(packed.address)
        if service is None:
            raise Refused(_(NOT_UNDERSTOOD))
        with apprise.LogCapture(level=logging.WARNING) as told:
            taken = service.notify(title=packed.subject, body=packed.text, body_format=apprise.NotifyFormat.TEXT)
        if taken:
            return
        answer = ANSWERED.search(told.getvalue())
        code = answer[1] if answer else ""
        trouble = _(NOT_TAKEN) % {"answer": code or "–"}
        raise Refused(trouble) if code.startswith("4") and code not in FOR_A_WHILE else NotNow(trouble)


def understood(address: str) -> bool:
    """Whether the library knows the service that the address names."""
    return apprise.Apprise.instantiate(address) is not None
