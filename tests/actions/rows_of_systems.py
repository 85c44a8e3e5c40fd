"""Rows that the database refuses: of other systems that are called, and of calls."""

from tests.actions.rows import Making, again
from tests.make import make_agency, make_call, make_committee, make_subscription, make_trusted

REFUSED_SYSTEMS: dict[str, tuple[Making, ...]] = {
    "subscription_is_of_one_body": (
        lambda: make_subscription(make_agency(), committee=make_committee()),
        lambda: make_subscription(make_agency(), agency=None),
    ),
    "subscription_stops_for_a_reason": (
        lambda: make_subscription(state="stopped"),
        lambda: make_subscription(stopped_because="gone"),
    ),
    "subscription_is_verified_before_it_hears": (lambda: make_subscription(cursor=None),),
    "one_call_for_a_change": (lambda: again(make_call(), verb="hand_in"),),
}
ACCEPTED_SYSTEMS: dict[str, Making] = {
    "a committee's subscription that is not verified": lambda: make_subscription(
        make_committee(), state="unverified", cursor=None
    ),
    "a subscription that was stopped": lambda: make_subscription(state="stopped", stopped_because="gone"),
    "another call of a subscription": lambda: make_call(make_call().subscription),
    "a trusted network": make_trusted,
}
