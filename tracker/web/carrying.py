"""Words that were typed and not sent, on their way through a log-in page or a page that has grown old.

They say who wrote them, and come back to that person alone: whoever else logs in there is told so, and nothing of it
becomes their draft.
"""

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve

from accounts.roles import Verb
from tracker.web.act_page import find
from tracker.web.blocks import CHOSEN, NAME
from tracker.web.desk import SignedIn
from tracker.web.unsent import FORMS, KEEP, WRITER, keep_by_hand, words_of

# What a log-in page carries along at most (characters); more than that nobody types into one form.
MOST_CARRIED = 200_000
SITTING, TABLE = "sitting", "self_assessment"
# What is typed into a table of criteria.
CELL = re.compile(r"(given|remark)-\d{1,9}")
# What is carried beside the words.
APART = re.compile(rf"version$|-kind$|^{CHOSEN}$|^{WRITER}$")
CONFLICT = 409


def writes_at(path: str) -> ResolverMatch | None:
    """The form that stands at this address and in which somebody writes; None where there is none."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found if found.url_name in FORMS or found.url_name in (SITTING, TABLE) else None


def typed_in(request: HttpRequest) -> str:
    """What was typed into the form that `request` sends, for a page to carry; empty where nothing was."""
    form = writes_at(request.path) if request.method == "POST" else None
    words = _words(form, request.POST) if form else {}
    if not any(text.strip() for name, text in words.items() if not APART.search(name)):
        return ""
    typed = json.dumps({**words, WRITER: str(request.POST.get(WRITER, ""))}, ensure_ascii=False)
    return typed if len(typed) <= MOST_CARRIED else ""


def bring_back(request: SignedIn, path: str) -> HttpResponse | None:
    """Keep as a draft what a page carried for the form at `path`; None where it carried nothing.

    Where somebody else wrote it, a page says so, and nothing is kept.
    """
    form, typed = writes_at(path), str(request.POST.get("typed", ""))
    words = read(typed)
    writer = words.pop(WRITER, "")
    if form is None or not words:
        return None
    if writer != str(request.user.uuid):
        return somebody_elses(request, path, typed)
    if form.url_name == SITTING:
        posted = QueryDict(mutable=True)
        for name, text in {**words, KEEP: "1"}.items():
            posted.setlist(name, text.split(",") if name == CHOSEN else [text])
        request.POST = posted  # what is kept is what stood in the form
        return form.func(request)
    if form.url_name == TABLE:
        request.POST = QueryDict(mutable=True)
        request.POST.update({**words, KEEP: "1"})  # a draft; what was sent meanwhile says so
        return form.func(request, **form.kwargs)
    return keep_by_hand(request, find(request, form.kwargs["uuid"]), Verb(form.url_name), words, onward=path)


def is_somebody_elses(request: SignedIn) -> bool:
    """Whether the form that is sent says that another person wrote it."""
    writer = request.POST.get(WRITER)
    return writer is not None and writer != str(request.user.uuid)


def somebody_elses(request: SignedIn, path: str, typed: str) -> HttpResponse:
    """The page that says whose words these are not, and how their writer gets them back (409)."""
    page = {"next": path, "typed": typed}
    return render(request, "web/somebody_elses.html", page, status=CONFLICT)


def words_in(typed: str) -> list[str]:
    """The words that are carried, to be read and copied."""
    return [text for name, text in read(typed).items() if text.strip() and not APART.search(name)]


def _words(form: ResolverMatch, posted: QueryDict) -> dict[str, str]:
    """What stands in the fields of the form, with the versions that its page has read."""
    if form.url_name == SITTING:
        words = {name: str(posted[name]) for name in posted if NAME.fullmatch(name)}
        return {**words, CHOSEN: ",".join(posted.getlist(CHOSEN))}
    if form.url_name == TABLE:
        return {name: str(posted[name]) for name in posted if CELL.fullmatch(name) or name == "version"}
    words = {name: text for name, text in words_of(Verb(form.url_name), posted).items() if text.strip()}
    return {**words, "unsent_version": str(posted.get("unsent_version", "0"))}


def read(typed: str) -> dict[str, Any]:
    """The words as they were carried; whoever changed them on the way finds nothing."""
    try:
        words = json.loads(typed) if len(typed) <= MOST_CARRIED else {}
        json.dumps(words, ensure_ascii=False).encode()  # half a character is none
    except (ValueError, RecursionError):
        return {}
    plain = isinstance(words, dict) and all(isinstance(text, str) for text in words.values())
    return words if plain else {}
