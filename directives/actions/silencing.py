"""What is planned and no longer wanted by its reader is taken out of the messages that wait."""

from datetime import datetime

from django.db.models import Q, QuerySet

from directives.models import Delivery, DeliveryState, Reminder, ReminderState


def silence(reminders: QuerySet[Reminder], *, why_not: str, at: datetime) -> int:
    """Note these planned reminders as superseded, with the reason; return how many.

    What a sender holds in its hands at this moment is left alone. Must run inside the action's transaction.
    """
    planned = reminders.filter(state=ReminderState.PLANNED)
    waiting = Delivery.objects.filter(
        Q(leased_until__isnull=True) | Q(leased_until__lt=at),
        pk__in=planned.values("delivery"),
        state__in=(DeliveryState.WAITING, DeliveryState.HELD),
    )
    letters = list(waiting.select_for_update(no_key=True, skip_locked=True).order_by("pk").values_list("pk", flat=True))
    return planned.filter(delivery__in=letters).update(state=ReminderState.SUPERSEDED, why_not=why_not)
