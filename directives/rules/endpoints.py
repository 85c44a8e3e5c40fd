"""Where other systems may be called: what an address must look like, and which network addresses lie inside.

SECURITY: whoever writes an address makes this house call it. So it is read strictly, one spelling for one meaning, and
every network address behind its name is looked at before anything is opened; what is not plainly outside is inside.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from directives.rules.refusals import N_, Invalid

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST = 500  # characters
USUAL_PORTS = {"https": 443, "http": 80}
OUTSIDE_PORTS = frozenset({443, 8443})
HIGHEST_PORT = 65535

WHOLE = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<host>[A-Za-z0-9.-]{1,253}))"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>/[!$-;=?-Z_a-z~%]*)?"
)
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that no name server of the world answers for, and the names of this machine itself (RFC 6761, 6762, 7686, 9476).
NOBODYS = frozenset({"localhost", "local", "onion", "alt", "arpa", "invalid"})

NOT_READ = N_("Write the address as https://name.vn/path: no user, no fragment, no spaces, no marks.")
NO_NAME = N_("This is not the full name of a server, such as tiepnhan.bo.gov.vn.")
NO_PORT = N_("There is no such port.")

INSIDE = N_("The address leads into an inner network.")
NOT_ENCRYPTED = N_("Outside the trusted networks only https is called.")
OTHER_PORT = N_("Outside the trusted networks only the ports 443 and 8443 are called.")

# The special-purpose registries of IANA (RFC 6890 and what came later), and one address at which a public cloud answers
# its own machines.
INNER_4 = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
    "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
    "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
)
# Of the sixth version only what is given out to the world (2000::/3) is outside, less these: protocols with Teredo
# (2001::/32) among them, documentation, 6to4.
INNER_6 = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
WORLD_6 = IPv6Network("2000::/3")
# Other addresses in disguise: compatible, mapped, translated (NAT64), 6to4 and Teredo. Nobody trusts these.
DISGUISED = "::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 2001::/32 2002::/16"
# Nor these: nobody in particular, this link alone (where clouds keep the keys of their machines), many at once.
NOBODY = "0.0.0.0/8 169.254.0.0/16 224.0.0.0/4 255.255.255.255/32 168.63.129.16/32 fe80::/10 fec0::/10 ff00::/8"


def _networks(written: str) -> tuple[Network, ...]:
    return tuple(ip_network(one) for one in written.split())


INNER: tuple[Network, ...] = _networks(INNER_4) + _networks(INNER_6)
NEVER: tuple[Network, ...] = _networks(DISGUISED) + _networks(NOBODY)


@dataclass(frozen=True)
class Endpoint:
    """An address that was read: its server by name or by number, the port, and the path with what follows it."""

    scheme: str
    host: str
    port: int
    path: str
    number: Address | None = None

    @property
    def name(self) -> str:
        """The server as the header `Host` names it."""
        host = f"[{self.host}]" if isinstance(self.number, IPv6Address) else self.host
        return host if self.port == USUAL_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.name}{self.path}"


@dataclass(frozen=True)
class Trusted:
    """A network inside which other systems may be called, by these ports; unencrypted only where it says so."""

    network: Network
    ports: frozenset[int] = field(default_factory=lambda: frozenset({443}))
    unencrypted: bool = False

    def lets(self, endpoint: Endpoint, address: Address) -> bool:
        """Whether the endpoint may be called at this address."""
        encrypted = endpoint.scheme == "https" or self.unencrypted
        return encrypted and endpoint.port in self.ports and address in self.network


def read_endpoint(written: str) -> Endpoint:
    """The address as it was meant. Raises Invalid(endpoint) where it could be meant in two ways or in none."""
    found = WHOLE.fullmatch(written) if len(written) <= LONGEST else None
    if found is None:
        raise Invalid("endpoint", NOT_READ)
    port = int(found["port"] or USUAL_PORTS[found["scheme"]])
    if not 0 < port <= HIGHEST_PORT or (found["port"] or "1").startswith("0"):
        raise Invalid("endpoint", NO_PORT)
    host, number = _six(found["six"]) if found["six"] else _host(found["host"].lower())
    return Endpoint(found["scheme"], host, port, found["path"] or "/", number)


def _six(written: str) -> tuple[str, IPv6Address]:
    try:
        number = IPv6Address(written)
    except ValueError:
        raise Invalid("endpoint", NO_NAME) from None
    return str(number), number


def _host(host: str) -> tuple[str, IPv4Address | None]:
    """A full name, or four numbers from 0 to 255 without noughts before them.

    Whatever else ends in a number (2130706433, 0x7f.1, 127.1, 0177.0.0.1) many programs read as an address.
    """
    labels = host.split(".")
    if labels[-1][:1].isdigit():
        try:
            return host, IPv4Address(host)
        except ValueError:
            raise Invalid("endpoint", NO_NAME) from None
    named = len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)
    if not named or labels[-1] in NOBODYS:
        raise Invalid("endpoint", NO_NAME)
    return host, None


def is_inside(address: Address) -> bool:
    """Whether the address is anything else than one that the whole world reaches."""
    if isinstance(address, IPv6Address) and (address.scope_id is not None or address not in WORLD_6):
        return True
    return not address.is_global or any(address in network for network in INNER)


def why_not(endpoint: Endpoint, addresses: Iterable[Address], trusted: Iterable[Trusted] = ()) -> str:
    """Why the endpoint is not called, as a sentence; empty where all of its addresses may be.

    One address inside is enough: a name that has an outer and an inner one was made so on purpose. No address at all is
    nowhere to call.
    """
    trusted, found = tuple(trusted), tuple(addresses)
    if not found:
        return INSIDE
    return next((why for one in found if (why := _why_not(endpoint, one, trusted))), "")


def _why_not(endpoint: Endpoint, address: Address, trusted: tuple[Trusted, ...]) -> str:
    if _is_never_called(address):
        return INSIDE
    if any(one.lets(endpoint, address) for one in trusted):
        return ""
    if is_inside(address):
        return INSIDE
    if endpoint.scheme != "https":
        return NOT_ENCRYPTED
    return "" if endpoint.port in OUTSIDE_PORTS else OTHER_PORT


def _is_never_called(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (address.scope_id is not None or address.ipv4_mapped is not None):
        return True
    # "::1" alone of ::/96 is an address of its own.
    disguised = any(address in network for network in NEVER)
    return disguised and not (isinstance(address, IPv6Address) and address.is_loopback)


def refuse_as_written(endpoint: Endpoint, trusted: Iterable[Trusted] = ()) -> None:
    """Pass where the endpoint may perhaps be called; a name is asked for its addresses only when it is called.

    Raises Invalid(endpoint).
    """
    trusted = tuple(trusted)
    if endpoint.number is not None:
        why = why_not(endpoint, [endpoint.number], trusted)
    elif any(endpoint.port in one.ports and (endpoint.scheme == "https" or one.unencrypted) for one in trusted):
        why = ""
    elif endpoint.scheme != "https":
        why = NOT_ENCRYPTED
    else:
        why = "" if endpoint.port in OUTSIDE_PORTS else OTHER_PORT
    if why:
        raise Invalid("endpoint", why)


def may_be_trusted(network: Network) -> bool:
    """Whether an administrator may open this network: not this machine itself, no disguise, and not half the world."""
    closed = (*NEVER, IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
    narrow = network.prefixlen >= (8 if network.version == 4 else 16)
    return narrow and not any(one.version == network.version and network.overlaps(one) for one in closed)
