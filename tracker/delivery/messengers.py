"""Which messengers people may set by themselves: well-known services, whose servers no address can choose."""

from typing import Any

import apprise
from apprise.plugins import url_to_dict

from accounts.refusals import N_
from directives.rules.refusals import Invalid

# SECURITY: whoever sets an address makes this house call it. So only services that the library reaches at hosts written
# down in its code: an address that names a host reaches inside the network, others write files or run commands.
SERVICES = {
    "zalo": "Zalo",
    "tgram": "Telegram",
    "viber": "Viber",
    "line": "LINE",
    "slack": "Slack",
    "discord": "Discord",
    "gchat": "Google Chat",
    "webex": "Webex",
    "wxteams": "Webex",
}
# SECURITY: options may name a file to read, switch off the check of certificates or keep a sender waiting. These do
# not: the thread of a group, and what Google Chat writes into the address that it gives out.
OPTIONS = {"tgram": {"topic", "thread"}, "gchat": {"key", "token"}}

NOT_UNDERSTOOD = N_("The address of the messenger is not understood.")
NOT_HERE = N_("Only these messengers can be set here: %(names)s. Ask the administrator for any other.")
NO_OPTIONS = N_("The address ends before the question mark: its options are not taken.")
NOBODY = N_("The address does not say to whom to write.")


def check_address(address: str) -> None:
    """Pass when a person may be reached at `address`, as apprise or the service itself writes it.

    Nothing is called. Raises Invalid(address).
    """
    parts = _parts(address)
    schema = parts.get("schema", "")
    if not schema:
        raise Invalid("address", NOT_UNDERSTOOD)
    if schema not in SERVICES:
        raise Invalid("address", NOT_HERE, names=", ".join(dict.fromkeys(SERVICES.values())))
    if _options(parts) - OPTIONS.get(schema, set()):
        raise Invalid("address", NO_OPTIONS)
    service: Any = apprise.Apprise.instantiate(address)
    if service is None:
        raise Invalid("address", NOT_UNDERSTOOD)
    if not getattr(service, "targets", True):
        raise Invalid("address", NOBODY)


def masked(address: str) -> str:
    """What may be shown of an address: which service it names, and nothing that stands behind it."""
    schema = _parts(address).get("schema", "")
    return f"{SERVICES.get(schema, schema)}: {schema}://••••••••" if schema else "••••••••"


def _parts(address: str) -> dict[str, Any]:
    """The address taken apart, its service not yet made."""
    return url_to_dict(address) or {}


def _options(parts: dict[str, Any]) -> set[str]:
    """The names of all that stands behind the question mark; some services read other signs before a name as well."""
    return {sign + name for sign in ("", "+", "-", ":") for name in parts.get(f"qsd{sign}") or {} if sign or name}
