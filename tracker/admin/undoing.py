"""What was just decided of proposals is taken back: they are proposed again, and their paragraphs are as they were."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.drafting import remove_directive
from directives.actions.entering import mark_paragraph
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.proposing import set_aside
from directives.models import HandledAs, Notice
from directives.rules.refusals import Stale
from tracker import clock
from tracker.admin.bench import ID_ENDS, place, table
from tracker.admin.drafts import as_seen, for_drafts
from tracker.admin.refusals import sentence_of
from tracker.admin.seat import seat_of

NAMES = ("taken", "aside", "marked", "ticked")


def marks_of(notice: Notice) -> dict[int, str]:
    """How each paragraph is handled now, by its id."""
    return dict(notice.paragraphs.values_list("pk", "handled_as"))


def way_back(notice: Notice, before: Mapping[int, str], **named: Iterable[int]) -> str:
    """What `undo` is to take back, as its query: what was `taken` or set `aside`, and was marked since `before`."""
    now = marks_of(notice)
    marked = [pk for pk, mark in before.items() if not mark and now.get(pk)]
    return urlencode({name: "-".join(map(str, pks)) for name, pks in {**named, "marked": marked}.items()})


@require_POST
@for_drafts
def undo(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Take the last decision back, all of it or nothing; refused where the draft was changed since."""
    named = {name: _ids(request.GET.get(name, "")) for name in NAMES}
    try:
        with as_seen(request, notice):
            _take_back(notice, named, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, _("Taken back: all is as it was before."))
    paragraph = None if "ticked" in request.GET else notice.paragraphs.filter(proposals__in=_rows(named)).first()
    return redirect(place(notice, paragraph) if paragraph else table(notice, named["ticked"]))


def _take_back(notice: Notice, named: Mapping[str, list[int]], **who: Any) -> None:
    rows = {row.pk: row for row in notice.proposals.select_related("directive__paragraph").filter(pk__in=_rows(named))}
    if any(pk not in rows or rows[pk].directive is None for pk in named["taken"]):
        raise Stale(SOMEBODY_WAS_FASTER)
    if any(pk not in rows or not rows[pk].set_aside for pk in named["aside"]):
        raise Stale(SOMEBODY_WAS_FASTER)
    for pk in reversed(named["taken"]):
        rows[pk].directive.notice = notice
        remove_directive(rows[pk].directive, **who)
    for pk in named["aside"]:
        rows[pk].notice = notice
        set_aside(rows[pk], aside=False, **who)
    for paragraph in notice.paragraphs.filter(pk__in=named["marked"]).exclude(handled_as=HandledAs.UNHANDLED):
        paragraph.notice = notice
        mark_paragraph(paragraph, HandledAs.UNHANDLED, **who)


def _rows(named: Mapping[str, list[int]]) -> list[int]:
    return [*named["taken"], *named["aside"]]


def _ids(words: str) -> list[int]:
    return [int(pk) for pk in words.split("-") if pk.isdigit() and len(pk) < ID_ENDS]
