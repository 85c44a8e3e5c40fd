"""Secrets that are shown again to nobody and yet are used: kept encrypted, by a key that is not in the database."""

import base64
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"dondoc webhook secrets"
BYTES = 32
PREFIX = "whsec_"


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def secret_bytes(plain: str) -> bytes:
    """What is signed with."""
    return base64.b64decode(plain.removeprefix(PREFIX))


def lock(plain: str) -> str:
    """The secret as it is stored."""
    return _locks(tuple(settings.SECRETS_KEYS)).encrypt(plain.encode()).decode()


def unlock(stored: str) -> str:
    """The secret in plain. Raises cryptography.fernet.InvalidToken where none of our keys opens it."""
    return _locks(tuple(settings.SECRETS_KEYS)).decrypt(stored.encode()).decode()


@lru_cache(maxsize=4)
def _locks(keys: tuple[str, ...]) -> MultiFernet:
    """The first key closes, each of them opens: a key is changed by putting a new one before it."""
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A key of its own for this purpose, so that nothing else that the setting is good for comes near it."""
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(raw)
