"""The frame of a mail: greeting, reason line and imprint around what it says.

It is the same for everybody but for a few words, so its template is rendered once for a language, with marks where
those words go.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Letters that no alphabet has (Unicode's private use).
MARKS = {"name": "\ue000", "title": "\ue001", "content": "\ue002", "reason": "\ue003"}
PLACES = {mark: word for word, mark in MARKS.items()}


def framed_text(core: str, *, name: str, title: str, because: str) -> str:
    """A text as a letter to `name`, in the active language."""
    return _filled("frame-text.txt", name=name, title=title, content=core, reason=_line(reason_line(because), "\n"))


def framed_html(content: SafeString, *, name: str, title: str, because: str) -> str:
    """A page as a letter to `name`, in the active language. What people wrote is escaped here."""
    reason = _line(escape(reason_line(because)), "<br>\n")
    return _filled("frame-html.html", name=escape(name), title=escape(title), content=content, reason=reason)


def reason_line(because: str) -> str:
    """Why the reader gets the message, in the active language."""
    return _("You receive this message because %(because)s.") % {"because": because} if because else ""


def _line(words: str, end: str) -> str:
    return f"{words}{end}" if words else ""


def _filled(template: str, **words: str) -> str:
    pieces = _pieces(template, get_language() or settings.LANGUAGE_CODE, settings.SITE_URL)
    return "".join(words[PLACES[piece]] if piece in PLACES else piece for piece in pieces)


@lru_cache
def _pieces(template: str, language: str, site: str) -> list[str]:
    whole = render_to_string(f"messages/{template}", {**MARKS, "language": language, "site": site})
    return re.split(f"([{''.join(PLACES)}])", whole)
