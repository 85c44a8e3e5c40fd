"""A person's own password: changed by themselves, and history tells that it was, never what it is."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from directives.actions.recording import record


@transaction.atomic
def change_password(user: User, password: str, *, at: datetime) -> None:
    """From now on `user` logs in with `password`; their sessions in other browsers end with the old one.

    Whoever calls it has asked for the old password, and whether the new one will do.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user, "change_password", by=user, at=at)
