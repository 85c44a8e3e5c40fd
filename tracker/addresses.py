"""From which address somebody asks: the connection's own, or what our proxies in front say of it."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """The address of whoever asks; None where nobody knows it.

    Of `X-Forwarded-For` only what our own proxies wrote is believed: as many entries from its end as `PROXIES` says.
    What stands before them is what a client may have made up.
    """
    if settings.PROXIES == 0:
        return read_address(request.META.get("REMOTE_ADDR", ""))
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return read_address(entries[-settings.PROXIES]) if len(entries) >= settings.PROXIES else None


def read_address(written: str) -> Address | None:
    """An address as proxies write it, perhaps with its port; an IPv4 address within IPv6 is that IPv4 address."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
