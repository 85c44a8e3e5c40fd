"""By what else somebody is reached: the address at a messenger, kept secret, its change told in history."""

from datetime import datetime

from django.db import transaction

from accounts.models import MessengerAddress, User
from directives.actions.recording import record


@transaction.atomic
def set_messenger(user: User, address: str, *, who: str, at: datetime) -> None:
    """From now on `user` is reached by messenger as well. `who` is the person at the keyboard."""
    MessengerAddress.objects.update_or_create(user=user, defaults={"address": address})
    record(user, "set_messenger", by=None, at=at, on_behalf_of=who)


@transaction.atomic
def forget_messenger(user: User, *, who: str, at: datetime) -> bool:
    """What waits for `user` by messenger is no longer sent. Whether there was an address."""
    known, _rows = MessengerAddress.objects.filter(user=user).delete()
    if known:
        record(user, "forget_messenger", by=None, at=at, on_behalf_of=who)
    return bool(known)
