"""Evidence in place: what a browser can show safely is shown beside the report, all else is a download.

A file is a stranger's. Its type is the one that its ending and its first bytes agreed on when it came, never one that a
browser guesses; nothing in it may load or run anything, and only our own pages may frame it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404

from accounts.roles import Verb
from directives.models import Assignment, Attachment
from tracker.admin.seat import seat_of

PICTURE, PDF, TEXT = "picture", "pdf", "text"
SHOWN_AS = {
    "application/pdf": PDF,
    "image/png": PICTURE,
    "image/jpeg": PICTURE,
    "text/plain": TEXT,
    "text/csv": TEXT,
}
LONGEST_TEXT = 20_000  # characters of a text that stand on the page
# Browsers draw a PDF by a viewer of their own, in a process apart, which they refuse to a sandboxed frame.
POLICY = {
    PICTURE: "default-src 'none'; frame-ancestors 'self'; sandbox",
    PDF: "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; form-action 'none'; frame-ancestors 'self'",
}


@dataclass(frozen=True)
class Shown:
    """A file of a report: how the page shows it ('' where it can only be downloaded)."""

    file: Attachment
    way: str
    text: str = ""
    cut: bool = False


def shown(files: Iterable[Attachment]) -> list[Shown]:
    """How each file is shown; the beginning of a text is read here, so that it stands on the page as plain words."""
    return [_shown(file) for file in files]


def _shown(file: Attachment) -> Shown:
    way = SHOWN_AS.get(file.content_type, "")
    if way != TEXT:
        return Shown(file, way)
    try:
        with file.file.open("rb") as content:
            text = content.read(4 * LONGEST_TEXT).decode("utf-8-sig", errors="replace")
    except OSError:  # the row is there and the file is not: the download says so
        return Shown(file, "")
    return Shown(file, TEXT, text[:LONGEST_TEXT], cut=len(text) > LONGEST_TEXT or file.size > 4 * LONGEST_TEXT)


def evidence(request: HttpRequest, uuid: UUID) -> HttpResponse | FileResponse:
    """A picture or a PDF to be shown in place, for those of the desk who see the assignment."""
    seat = seat_of(request)
    if not seat.can(Verb.VERIFY, Verb.READ_HISTORY):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    seen = Attachment.objects.of(Assignment.objects.in_reach(seat.sight)) | Attachment.objects.of_readings(seat.sight)
    file = get_object_or_404(seen, uuid=uuid)
    way = SHOWN_AS.get(file.content_type, "")
    if way not in POLICY:
        raise Http404
    try:
        content = file.file.open("rb")
    except OSError:
        raise Http404 from None
    answer = FileResponse(content, filename=file.name, content_type=file.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Content-Security-Policy"] = POLICY[way]
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
