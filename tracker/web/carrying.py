"""A session that ended in the middle: what was typed goes to the log-in page and comes back with whoever wrote it."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from accounts.roles import Verb
from tracker.web.act_page import find
from tracker.web.desk import SignedIn
from tracker.web.unsent import FORMS, keep_by_hand, words_of

# What a log-in page carries along at most (characters); more than that nobody types into one form.
MOST_CARRIED = 200_000


def writes_at(path: str) -> tuple[UUID, Verb] | None:
    """The assignment and the verb of the form that stands at this address; None where there is none."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return (found.kwargs["uuid"], Verb(found.url_name)) if found.url_name in FORMS else None


def typed_in(request: HttpRequest) -> str:
    """What was typed into the form that `request` sends, for the log-in page to carry; empty where nothing was."""
    form = writes_at(request.path) if request.method == "POST" else None
    if form is None:
        return ""
    words = {name: text for name, text in words_of(form[1], request.POST).items() if text.strip()}
    version = str(request.POST.get("unsent_version", "0"))
    typed = json.dumps({**words, "unsent_version": version}, ensure_ascii=False) if words else ""
    return typed if len(typed) <= MOST_CARRIED else ""


def bring_back(request: SignedIn, path: str) -> HttpResponse | None:
    """Keep as a draft what the log-in page carried for the form at `path`; None where it carried nothing."""
    form = writes_at(path)
    words = _read(str(request.POST.get("typed", "")))
    if form is None or not words:
        return None
    uuid, verb = form
    return keep_by_hand(request, find(request, uuid), verb, words, onward=path)


def _read(typed: str) -> dict[str, str]:
    """The words as they were carried; whoever changed them on the way finds nothing."""
    try:
        words = json.loads(typed) if len(typed) <= MOST_CARRIED else {}
        json.dumps(words, ensure_ascii=False).encode()  # half a character is none
    except (ValueError, RecursionError):
        return {}
    plain = isinstance(words, dict) and all(isinstance(text, str) for text in words.values())
    return words if plain else {}
