"""Evidence files and letters: what may be attached. An upload is hostile until proven otherwise."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Protocol

from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment, Attachment, ExtensionRequest, Question, Reading, Report
from directives.rules.refusals import Invalid

FILE_LIMIT = 25 * 1024 * 1024
FILES_LIMIT = 10
TOO_MANY = _("At most %(limit)s files at a time.")
TOO_LARGE = _("%(name)s is too large: a file may have at most %(limit)s MB.")
ZIP = (b"PK\x03\x04",)
OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
# Ending -> (content type, how such a file begins; empty: any text without NUL bytes).
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
    ".odt": ("application/vnd.oasis.opendocument.text", ZIP),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", ZIP),
    ".zip": ("application/zip", ZIP),
    ".doc": ("application/msword", OLE),
    ".xls": ("application/vnd.ms-excel", OLE),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".txt": ("text/plain", ()),
    ".csv": ("text/csv", ()),
}
# What the transaction that is open has put on disk.
_written: ContextVar[list[FieldFile] | None] = ContextVar("written", default=None)


class Upload(Protocol):
    """A file as an edge hands it over."""

    name: str | None
    size: int | None
    file: IO[bytes]

    def read(self, num_bytes: int = ...) -> bytes: ...
    def seek(self, offset: int, /) -> int: ...


def attach(
    files: Iterable[Upload],
    *,
    report: Report | None = None,
    extension: ExtensionRequest | None = None,
    question: Question | None = None,
    answer: Question | None = None,
    declined: Assignment | None = None,
    reading: Reading | None = None,
) -> list[Attachment]:
    """Keep the files with the one thing that they belong to, under random names: a report, a request, a question, its
    answer, work that is declined, or a reading. Raises Invalid('files') and keeps none."""
    uploads = list(files)
    if len(uploads) > FILES_LIMIT:
        raise Invalid("files", TOO_MANY, limit=FILES_LIMIT)
    kinds = [content_type(upload) for upload in uploads]
    owner: dict[str, Model | None] = {"report": report, "extension": extension, "question": question}
    owner |= {"answer": answer, "declined": declined, "reading": reading}
    return [_keep(upload, kind, owner) for upload, kind in zip(uploads, kinds, strict=True)]


@contextmanager
def atomic_with_files() -> Iterator[None]:
    """One transaction, around a verb or as its decorator; where it comes to nothing, so does what it put on disk.

    An error of the commit itself leaves the files: nobody knows then whether the rows are there.
    """
    written: list[FieldFile] = []
    outer = _written.get()
    before = _written.set(written)
    try:
        with transaction.atomic():
            try:
                yield
            except BaseException:
                for file in written:
                    file.storage.delete(file.name)
                raise
    finally:
        _written.reset(before)
    if outer is not None:
        outer.extend(written)


def put(file: FieldFile, content: File) -> None:
    """Put `content` on disk for a row that is not saved yet, within `atomic_with_files`."""
    file.save("file", content, save=False)
    if (written := _written.get()) is not None:
        written.append(file)


def _keep(upload: Upload, kind: str, owner: Mapping[str, Model | None]) -> Attachment:
    row = Attachment(
        **owner,
        name=plain_name(upload.name or ""),
        size=upload.size,
        sha256=digest(upload),
        content_type=kind,
    )
    put(row.file, File(upload))
    row.save()
    return row


def content_type(upload: Upload) -> str:
    """The type by ending and by the first bytes, which must agree. Raises Invalid('files')."""
    name = plain_name(upload.name or "")
    if (upload.size or 0) > FILE_LIMIT:
        raise Invalid("files", TOO_LARGE, name=name, limit=FILE_LIMIT // 1024 // 1024)
    if not upload.size:
        raise Invalid("files", _("%(name)s is empty."), name=name)
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in KINDS:
        raise Invalid("files", _("%(name)s is of a kind that is not accepted."), name=name)
    kind, beginnings = KINDS[ending]
    upload.seek(0)
    head = upload.read(4096)
    upload.seek(0)
    fits = head.startswith(beginnings) if beginnings else b"\0" not in head
    if not fits:
        raise Invalid("files", _("%(name)s is not what its name says it is."), name=name)
    return kind


def plain_name(name: str) -> str:
    """A name without path parts, control or direction marks, at most 150 characters, ending kept."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C").strip(" .")
    return name if len(name) <= 150 else name[:140] + name[-10:]


def digest(upload: Upload) -> str:
    """SHA-256 of the file, read in pieces."""
    upload.seek(0)
    sum_ = hashlib.sha256()
    while piece := upload.read(1 << 20):
        sum_.update(piece)
    upload.seek(0)
    return sum_.hexdigest()
