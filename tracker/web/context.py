"""What every page of a logged-in person shows beside its own content."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from directives.models import Delivery


def header(request: HttpRequest) -> dict[str, object]:
    """How many messages wait unread; counted once, and only when a page shows the bell."""
    user = request.user if hasattr(request, "user") else None
    if user is None or not user.is_authenticated:
        return {"unseen": 0}
    return {"unseen": SimpleLazyObject(lambda: Delivery.objects.unread_by(user).count())}
