"""What every page of a logged-in person shows beside its own content."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from directives.models import Delivery
from tracker.web.own_device import is_own


def header(request: HttpRequest) -> dict[str, object]:
    """How many messages wait unread, counted once and only when a page shows it; whether the device is one's own."""
    user = request.user if hasattr(request, "user") else None
    if user is None or not user.is_authenticated:
        return {"unseen": 0}
    unseen = SimpleLazyObject(lambda: Delivery.objects.unread_by(user).count())
    return {"unseen": unseen, "own_device": is_own(request)}
