"""A key turned into a token of minutes, for gateways that speak OAuth 2.0 client credentials (RFC 6749, section 4.4).

A token is signed and names its key, which is looked at as if it were sent itself: a key that ends takes its tokens
along, and nothing is stored.
"""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

from accounts.models import ApiKey

TOKEN = "ddt_"  # noqa: S105 - how one begins
SECONDS = 600
# A token is written in letters of RFC 6750, of which Django's usual colon is none.
SEPARATOR = "~"


def token_of(key: ApiKey) -> str:
    """A token by which the key is known for `SECONDS`."""
    return f"{TOKEN}{_signer().sign(key.uuid.hex)}"


def key_of_token(token: str, now: datetime) -> ApiKey | None:
    """The live key that a token of ours names; None where it is none, too old, or its key has ended."""
    try:
        uuid = UUID(_signer().unsign(token.removeprefix(TOKEN), max_age=SECONDS))
    except (BadSignature, ValueError):
        return None
    key = ApiKey.objects.select_related("agency", "committee").filter(uuid=uuid).first()
    return key if key is not None and key.is_live(now) else None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="tracker.api.tokens", sep=SEPARATOR)
