"""What was just decided of proposals is undone: they are proposed again, and their paragraphs are as they were."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.drafting import remove_directive
from directives.actions.drafts import locked_draft
from directives.actions.entering import mark_paragraph
from directives.actions.moving import SOMEBODY_WAS_FASTER, lock_notice
from directives.actions.proposing import set_aside
from directives.models import HandledAs, Notice
from directives.rules.refusals import Stale
from tracker import clock
from tracker.admin.bench import ID_ENDS, place, table
from tracker.admin.drafts import for_drafts
from tracker.admin.refusals import sentence_of
from tracker.admin.seat import seat_of


@dataclass
class WayBack:
    """What undoing a decision needs to know: what was `taken` or set `aside`, and how it was before.

    `seen` is the version of the draft right after it, `marks` are the earlier ones of the paragraphs that it marked.
    `ticked` is what was ticked in the table; None where it was decided beside its paragraph.
    """

    seen: int | None = None
    taken: list[int] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)
    ticked: list[int] | None = None

    @property
    def rows(self) -> list[int]:
        """The proposals that were decided on."""
        return [*self.taken, *self.aside]

    def __str__(self) -> str:
        """The same in one line, as the message of the decision carries it into the form that undoes it."""
        by_mark = {mark: [pk for pk, was in self.marks.items() if was == mark] for mark in {*self.marks.values()}}
        named = {"taken": self.taken, "aside": self.aside} | {f"was_{mark}": pks for mark, pks in by_mark.items()}
        if self.ticked is not None:
            named["ticked"] = [pk for pk in self.ticked if pk not in self.rows]
            named["unticked"] = [pk for pk in self.rows if pk not in self.ticked]
        return urlencode({"seen": self.seen} | {name: "-".join(map(str, pks)) for name, pks in named.items()})

    @classmethod
    def read(cls, line: str) -> "WayBack":
        """What such a line says; whoever sent it may have written anything."""
        told = dict(parse_qsl(line, keep_blank_values=True))
        named = {name: _ids(told.get(name, "")) for name in ("seen", "taken", "aside", "ticked", "unticked")}
        back = cls(seen=next(iter(named["seen"]), None), taken=named["taken"], aside=named["aside"])
        back.marks = {pk: mark for mark in HandledAs.values for pk in _ids(told.get(f"was_{mark}", ""))}
        if "ticked" in told:
            back.ticked = [*(pk for pk in back.rows if pk not in named["unticked"]), *named["ticked"]]
        return back


@contextmanager
def undoable(notice: Notice, ticked: Iterable[int] | None) -> Iterator[WayBack]:
    """Decide on proposals of the locked draft, noting the way back: what another person does is not part of it."""
    with transaction.atomic():
        lock_notice(pk=notice.pk)
        before, back = _marks_of(notice), WayBack(ticked=None if ticked is None else [*ticked])
        yield back
        now = _marks_of(notice)
        back.marks = {pk: mark for pk, mark in before.items() if now[pk] != mark}
        back.seen = lock_notice(pk=notice.pk).version


@require_POST
@for_drafts
def undo(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Undo the last decision, all of it or nothing; refused where the draft was changed since."""
    back = WayBack.read(request.POST.get("back", ""))
    paragraph = None if back.ticked is not None else notice.paragraphs.filter(proposals__in=back.rows).first()
    try:
        _go_back(notice, back, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, _("Undone: all is as it was before."))
    return redirect(place(notice, paragraph) if paragraph else table(notice, back.ticked or ()))


@transaction.atomic
def _go_back(notice: Notice, back: WayBack, **who: Any) -> None:
    if locked_draft(notice, **who).version != back.seen:
        raise Stale(SOMEBODY_WAS_FASTER)
    marks = _marks_of(notice) | back.marks
    rows = {row.pk: row for row in notice.proposals.select_related("directive__paragraph").filter(pk__in=back.rows)}
    if any(pk not in rows or rows[pk].directive is None for pk in back.taken):
        raise Stale(SOMEBODY_WAS_FASTER)
    if any(pk not in rows or not rows[pk].set_aside for pk in back.aside):
        raise Stale(SOMEBODY_WAS_FASTER)
    for pk in reversed(back.taken):
        rows[pk].directive.notice = notice
        remove_directive(rows[pk].directive, **who)
    for pk in back.aside:
        rows[pk].notice = notice
        set_aside(rows[pk], aside=False, **who)
    _mark_again(notice, marks, **who)


def _mark_again(notice: Notice, marks: Mapping[int, str], **who: Any) -> None:
    """Give each paragraph the mark that it had."""
    for paragraph in notice.paragraphs.order_by("position"):
        if paragraph.handled_as != marks[paragraph.pk]:
            paragraph.notice = notice
            mark_paragraph(paragraph, marks[paragraph.pk], **who)


def _marks_of(notice: Notice) -> dict[int, str]:
    """How each paragraph is handled now, by its id."""
    return dict(notice.paragraphs.values_list("pk", "handled_as"))


def _ids(words: str) -> list[int]:
    return [int(pk) for pk in words.split("-") if pk.isdecimal() and len(pk) < ID_ENDS]
