"""By what else somebody is reached: the address at a messenger, kept secret, its change told in history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import MessengerAddress, User
from accounts.roles import NotAllowed
from directives.actions.recording import record

NOT_YOURS = _("People set only their own address.")


@transaction.atomic
def set_messenger(user: User, address: str, *, at: datetime, by: User | None = None, who: str = "") -> None:
    """From now on `user` is reached by messenger as well.

    `by` is the person themselves (else NotAllowed is raised), or None where `who` names whoever sits at the keyboard.
    """
    _require_own(user, by)
    MessengerAddress.objects.update_or_create(user=user, defaults={"address": address})
    record(user, "set_messenger", by=by, at=at, on_behalf_of=who)


@transaction.atomic
def forget_messenger(user: User, *, at: datetime, by: User | None = None, who: str = "") -> bool:
    """What waits for `user` by messenger is no longer sent. Whether there was an address. `by`, `who`: as above."""
    _require_own(user, by)
    known, _rows = MessengerAddress.objects.filter(user=user).delete()
    if known:
        record(user, "forget_messenger", by=by, at=at, on_behalf_of=who)
    return bool(known)


def _require_own(user: User, by: User | None) -> None:
    if by is not None and by.pk != user.pk:
        raise NotAllowed(NOT_YOURS)
