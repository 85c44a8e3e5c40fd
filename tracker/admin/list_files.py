"""The files of lists on their way in: kept by their SHA-256 for whoever chose them, for a day at most."""

import hashlib
from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models import Notice
from directives.rules.refusals import Invalid
from tracker import clock
from tracker.documents.table import Table
from tracker.documents.tables import table_of

GONE = _("This file is no longer kept here. Choose it again.")

FOLDER = "lists"
KEPT_FOR = timedelta(days=1)


def keep(user: User, notice: Notice, name: str, content: bytes) -> str:
    """Keep a file that can be read, and say its SHA-256. Raises Invalid('file') where it cannot be read."""
    table_of(name, content)
    _clear()
    sha256 = hashlib.sha256(content).hexdigest()
    for path, held in ((_path(user, notice, sha256), content), (_path(user, notice, sha256, "name"), name.encode())):
        default_storage.delete(path)
        default_storage.save(path, ContentFile(held))
    return sha256


def kept(user: User, notice: Notice, sha256: str) -> tuple[str, Table]:
    """Name and table of the file that this person kept for this notice. Raises Invalid('file') where it is gone."""
    try:
        content = _read(_path(user, notice, sha256))
        name = _read(_path(user, notice, sha256, "name")).decode()
    except FileNotFoundError:
        raise Invalid("file", GONE) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Invalid("file", GONE)
    return name, table_of(name, content)


def forget(user: User, notice: Notice, sha256: str) -> None:
    """Let go of a file that was entered."""
    for ending in ("", "name"):
        default_storage.delete(_path(user, notice, sha256, ending))


def _path(user: User, notice: Notice, sha256: str, ending: str = "") -> str:
    return f"{FOLDER}/{user.pk}-{notice.pk}-{sha256}" + (f".{ending}" if ending else "")


def _read(path: str) -> bytes:
    with default_storage.open(path) as file:
        return file.read()


def _clear() -> None:
    """Let go of what nobody came back for."""
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(FOLDER)[1]:
            path = f"{FOLDER}/{name}"
            with suppress(FileNotFoundError):  # somebody else cleared it
                if default_storage.get_modified_time(path) < clock.now() - KEPT_FOR:
                    default_storage.delete(path)
