"""Builders of other systems that are called: subscriptions, calls, trusted networks."""

from accounts.models import Agency, Committee, Role
from directives.models import Call, Subscription, SubscriptionState, TrustedNetwork
from directives.models.secrets import lock, new_secret
from tests.make.days import ISSUED_ON, at, numbers
from tests.make.who import make_agency, make_user


def make_subscription(body: Agency | Committee | None = None, **fields: object) -> Subscription:
    """An active subscription of `body`, of a new agency where none is given; nobody listens at its endpoint."""
    body = body or make_agency()
    number = next(numbers)
    fields.setdefault("committee" if isinstance(body, Committee) else "agency", body)
    fields.setdefault("name", f"Hệ thống {number}")
    fields.setdefault("endpoint", f"https://he-thong-{number}.example.vn/")
    fields.setdefault("state", SubscriptionState.ACTIVE)
    fields.setdefault("cursor", 0)
    fields.setdefault("secret", lock(new_secret()))
    fields.setdefault("at", at(ISSUED_ON))
    if "by" not in fields:
        fields["by"] = make_user(Role.ADMINISTRATOR)
    return Subscription.objects.create(**fields)


def make_call(subscription: Subscription | None = None, **fields: object) -> Call:
    """A call of a change that waits since the day of issue."""
    subscription = subscription or make_subscription()
    fields.setdefault("sequence", next(numbers))
    fields.setdefault("kind", "assignment")
    fields.setdefault("about", subscription.uuid)
    for name in ("at", "created_at", "due_at"):
        fields.setdefault(name, at(ISSUED_ON))
    return Call.objects.create(subscription=subscription, **fields)


def make_trusted(network: str = "", **fields: object) -> TrustedNetwork:
    """A network that is open by port 443."""
    fields.setdefault("ports", [443])
    fields.setdefault("note", "Mạng truyền số liệu chuyên dùng")
    return TrustedNetwork.objects.create(network=network or f"10.{next(numbers) % 250}.0.0/16", **fields)
