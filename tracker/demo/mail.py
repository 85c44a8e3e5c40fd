"""The mail of the demo, read in the browser: a list, and one message with its text and its HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

ON_ONE_PAGE = 50
# A message is shown as a mail program shows it: with its own styles, without scripts, forms or anything from elsewhere.
LIKE_A_MAIL_PROGRAM = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups"],
}

Page = Callable[..., Any]


@dataclass(frozen=True)
class Letter:
    """One message as the post office kept it; `at` is when it came."""

    name: str
    at: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def only_in_the_demo(page: Page) -> Page:
    """Elsewhere there is no such page."""

    def answer(request: HttpRequest, **words: str) -> Any:
        if not settings.DEMO:
            raise Http404
        return page(request, **words)

    return answer


@require_safe
@only_in_the_demo
def mail(request: HttpRequest) -> HttpResponse:
    """The newest messages first."""
    newest_first = sorted(_folder().glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    page = Paginator(newest_first, ON_ONE_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mail.html", {"shown": page, "letters": [_read(path) for path in page]})


@require_safe
@only_in_the_demo
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One message, its HTML in a frame that can do nothing."""
    return render(request, "demo/letter.html", {"letter": _find(name)})


@require_safe
@only_in_the_demo
@xframe_options_sameorigin
@csp(LIKE_A_MAIL_PROGRAM)  # type: ignore[arg-type]  # its type knows no view with a name in the address
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, as it was sent."""
    return HttpResponse(_find(name).html)


def _folder() -> Path:
    return Path(settings.VAR, "mail")


def _find(name: str) -> Letter:
    path = _folder() / f"{name}.eml"
    if not path.exists():
        raise Http404
    return _read(path)


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return Letter(path.stem, at, message)
