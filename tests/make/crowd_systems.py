"""Other systems of a crowd: a subscription of every hundredth agency, the calls of each, and trusted networks."""

from directives.models import Attempt, Call, Subscription, TrustedNetwork
from tests.make.filling import Crowd, fill, one_of


def fill_systems(c: Crowd, many: int) -> None:
    """As many calls as a fifth of the crowd's `many` assignments; most were taken."""
    systems = fill(
        Subscription,
        max(2, many // 100),
        name="'Hệ thống ' || i",
        agency_id=c.agencies["i"],
        endpoint="'https://he-thong-' || i || '.example.vn/'",
        state="'active'",
        cursor="0",
        secret="'x'",
        by_id=str(c.secretary.pk),
        at=f"{c.day} - 30",
    )
    moments = dict.fromkeys(("at", "created_at", "due_at"), f"{c.day} - i % 30")
    calls = fill(
        Call,
        max(2, many // 5),
        subscription_id=systems["i"],
        sequence="i",
        kind="'assignment'",
        about="gen_random_uuid()",
        state=one_of(("taken", "taken", "taken", "waiting", "dead"), "i"),
        **moments,
    )
    fill(Attempt, calls.many, call_id=calls["i"], at=f"{c.day} - 1", endpoint="'https://x.vn/'", took="5", sent="'{}'")
    fill(
        TrustedNetwork,
        max(2, many // 1000),
        network=f"'10.' || (SELECT count(*) FROM directives_trustednetwork) + i || '.{len(c.mark)}.0/24'",
        ports="'{443}'",
        note="'Mạng truyền số liệu chuyên dùng'",
    )
