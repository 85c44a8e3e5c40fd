"""Who answers for a key of another system is told before it ends: two weeks and three days before, once each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import ApiKey, Office, Role
from accounts.people import Holder
from directives.actions.recording import tell
from directives.models import Delivery, DeliveryKind
from directives.rules.working_days import local_day

DAYS_BEFORE = (3, 14)


def tell_of_ending_keys(*, now: datetime) -> int:
    """Tell of the keys that end soon and have no successor; of how many. Twice is the same as once.

    A day on which nobody looked is made up for, but not one that lies before the key was made.
    """
    return sum(_told(key, now) for key in ApiKey.objects.ending(now).select_related("created_by"))


@transaction.atomic
def _told(key: ApiKey, now: datetime) -> bool:
    reached = (days for days in DAYS_BEFORE if now >= key.expires_at - timedelta(days=days))
    days = next(reached, None)
    if days is None or key.created_at > key.expires_at - timedelta(days=days):
        return False
    name = f"key_ends:{key.uuid}:{key.expires_at:%Y%m%d%H%M}:{days}"
    if Delivery.objects.filter(key__startswith=f"{name}:").exists():
        return False
    tell(_answering_for(key, now), DeliveryKind.KEY_ENDS, key=name, at=now, api_key=key)
    return True


def _answering_for(key: ApiKey, now: datetime) -> Iterator[Holder]:
    """The administrators, and whoever made it as long as they hold an office."""
    today = local_day(now)
    told: set[int] = set()
    seats = Office.objects.on(today).filter(role=Role.ADMINISTRATOR).select_related("user").order_by("pk")
    made = Office.objects.of(key.created_by, today).select_related("user").order_by("pk") if key.created_by else []
    for office in [*seats, *made]:
        if office.user_id not in told and office.user.is_active:
            told.add(office.user_id)
            yield Holder(office.user, office)
