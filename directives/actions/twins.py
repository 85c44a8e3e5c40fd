"""The same notice once more: by its file, or by issuer, year, number and symbol. Two live ones are never kept."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from directives.models import Notice, NoticeState
from directives.models.notices import NoticeQuerySet
from directives.rules.refusals import Invalid

# Constants of our own that keep these locks apart from others with one key.
FILES = 7_369_005
REFERENCES = 7_369_054


def same_number(notice: Notice) -> Notice | None:
    """The live notice with the issuer, year, number and symbol of `notice`, where these are known."""
    if notice.number is None or notice.issuer_id is None or notice.issued_on is None:
        return None
    return numbered(notice.issuer_id, notice.issued_on.year, notice.number, notice.symbol, besides=notice.pk)


def numbered(issuer_id: int, year: int, number: int, symbol: str, *, besides: int | None = None) -> Notice | None:
    """The live notice of this number, another one than the notice `besides` (id)."""
    same: dict[str, Any] = {"issuer_id": issuer_id, "issued_on__year": year, "number": number, "symbol": symbol}
    return _live().exclude(pk=besides).filter(**same).first()


def same_file(sha256: str) -> Notice | None:
    """The live notice that was read from a file with this SHA-256."""
    return _live().filter(source_sha256=sha256).first() if sha256 else None


def refuse_same_file(sha256: str) -> None:
    """Wait for whoever enters the same file; raise Invalid('file') where it is in the register already."""
    # So that the second of two uploads at once is told and not broken off.
    wait_for(FILES, sha256)
    twin = same_file(sha256)
    if twin is not None:
        raise Invalid("file", _("This file is in the register already, as %(notice)s."), notice=str(twin))


def wait_for(kind: int, name: str) -> None:
    """Wait for whoever enters the same thing under this name; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [kind, name])


def _live() -> NoticeQuerySet:
    return Notice.objects.exclude(state__in=(NoticeState.WITHDRAWN, NoticeState.DISCARDED))
