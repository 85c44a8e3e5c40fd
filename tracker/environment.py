"""Environment variables, and the files that NAME_FILE variables point to, read so that a wrong value names itself."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

ENV = environ.FileAwareEnv()
YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
POSTGRES = "django.db.backends.postgresql"
LONGEST_CHANNEL = 10  # letters, as its column has room for


def text(name: str, default: str | None = None) -> str:
    """The text of a variable; without `default` it must be set."""
    value = ENV.str(name) if default is None else ENV.str(name, default=default)
    return str(value).strip()


def words(name: str, default: str = "") -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def address(name: str) -> str:
    """An e-mail address, or nothing; anything else raises `ImproperlyConfigured`."""
    value = text(name, "")
    if value and not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", value):
        raise ImproperlyConfigured(f"{name} must be one e-mail address, not {value!r}.")
    return value


def yes(name: str, *, default: bool) -> bool:
    """A yes or a no; anything else raises `ImproperlyConfigured`."""
    value = text(name, "1" if default else "0").lower()
    if value not in YES + NO:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in YES


def number(name: str, default: int) -> int:
    """A whole number, not negative; anything else raises `ImproperlyConfigured`."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def at_least(name: str, least: int) -> int:
    """A whole number that is not below `least`, which it also is unless given."""
    if (value := number(name, least)) < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {value}.")
    return value


def at_most(name: str, most: int, *, default: int) -> int:
    """A whole number that is not above `most`."""
    if (value := number(name, default)) > most:
        raise ImproperlyConfigured(f"{name} must be at most {most}, not {value}.")
    return value


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """One of `choices`; anything else raises `ImproperlyConfigured`."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def rates(name: str, channels: tuple[str, ...]) -> dict[str, int]:
    """Whole numbers above nought for some of `channels`, as `email=600,messenger=60`."""
    found = {}
    for pair in words(name):
        channel, _is, value = pair.partition("=")
        if channel not in channels or not value.isdecimal() or not int(value):
            raise ImproperlyConfigured(f"{name} must be like email=600, with {', '.join(channels)}, not {pair!r}.")
        found[channel] = int(value)
    return found


# How PostgreSQL plans: its pages lie in memory or on a disk without a moving head, so that one far away costs hardly
# more than the next; and to compile a statement takes longer than to answer it.
PLANS = ("random_page_cost=1.1", "jit=off")


def database(name: str, *, role: str) -> dict[str, Any]:
    """The settings of a PostgreSQL database whose connections act as `role`, or as who they are where it is empty."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*|", role):
        raise ImproperlyConfigured(f"DATABASE_ROLE must be the plain name of a role, not {role!r}.")
    found = ENV.db_url_config(text(name))
    if found.get("ENGINE") != POSTGRES:
        raise ImproperlyConfigured(f"{name} must be the address of a PostgreSQL database: postgres://user@host/name.")
    found["HOST"] = unquote(found["HOST"])  # a socket's folder, as libpq writes it in an address
    options = found.setdefault("OPTIONS", {})
    options["options"] = " ".join(f"-c {setting}" for setting in (*PLANS, *([f"role={role}"] if role else [])))
    # Allows statements to be prepared; Django's own cursors never do.
    options["prepare_threshold"] = 5 if yes("PREPARED_STATEMENTS", default=True) else None
    return dict(found)


def queue(name: str) -> tuple[str, str]:
    """The address of a Redis server as redis-py says it, and as Celery does."""
    address = text(name)
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"{name} must be the address of a Redis server: redis://host:6379/0.")
    return address, address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's settings of an SMTP server."""
    address = text(name, default)
    if not address.startswith(("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://")):
        raise ImproperlyConfigured(f"{name} must be the address of a mail server: smtp://user:password@host:25.")
    return dict(ENV.email_url_config(address))


def channels_in(folder: Path, package: str) -> dict[str, str]:
    """The channels of a folder by name: each file is one, `sms.py` with its class `SmsChannel`."""
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if long := [name for name in names if len(name) > LONGEST_CHANNEL]:
        raise ImproperlyConfigured(f"The name of a channel has at most {LONGEST_CHANNEL} letters: {long[0]!r}.")
    return {name: f"{package}.{name}.{''.join(map(str.capitalize, name.split('_')))}Channel" for name in names}
