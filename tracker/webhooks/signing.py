"""Signatures as Standard Webhooks has them: HMAC-SHA256 over id, moment and body, one for each secret that is good."""

import base64
import hmac
from collections.abc import Iterable


def signature(secret: bytes, *, message: str, moment: int, body: bytes) -> str:
    """`v1,` and the code in base64; `moment` in seconds since 1970."""
    signed = f"{message}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()


def signed_headers(secrets: Iterable[bytes], *, message: str, moment: int, body: bytes) -> dict[str, str]:
    """What goes along with a body: its id, when it was sent, and its signatures."""
    signatures = (signature(secret, message=message, moment=moment, body=body) for secret in secrets)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signatures),
    }
