"""The pages on which two versions meet: both field by field, what was put together, and what came too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from directives.models import Event
from directives.rules.refusals import Stale
from directives.rules.working_days import HANOI, local_day
from tracker import clock
from tracker.admin.page_versions import MET, Met, PageForms
from tracker.admin.pages import page
from tracker.admin.refusals import STATUS
from tracker.admin.seat import seat_of
from tracker.admin.values import NOTHING, sent
from tracker.admin.versions import CHOICE, Line, label_of, told

A_MOMENT = timedelta(seconds=1)  # what was written while the page was made is not older than the page
TOO_LATE = 409


@dataclass(frozen=True)
class Author:
    """Who changed a field, and when; oneself in another window is somebody else too."""

    name: str
    when: str


@dataclass(frozen=True)
class Asked:
    """A field on which somebody has to decide."""

    line: Line
    author: Author | None
    choice: str

    @property
    def versions(self) -> tuple[str, str, str]:
        """As it was shown, theirs and mine."""
        return self.line.told


def meet(request: HttpRequest, forms_now: PageForms, *, model: type[Model], title: str) -> HttpResponse | None:
    """Put what was sent and what is kept together, named to the person; else the page that asks. Rows must be locked.

    Afterwards the request holds what is to be saved.
    """
    met = forms_now.meet(request)
    if met.meeting.conflicts:
        return both_versions(request, met, model=model, title=title)
    for sentence in _sentences(met, authors_of(request, met, met.meeting.lines)):
        messages.info(request, sentence)
    met.take_over(request)
    return None


def both_versions(request: HttpRequest, met: Met, *, model: type[Model], title: str) -> HttpResponse:
    """Both versions field by field, with a choice for each that conflicts; what was sent goes along."""
    authors = authors_of(request, met, met.meeting.lines)
    asked = [
        Asked(line, author, CHOICE + line.name)
        for line, author in zip(met.meeting.lines, authors, strict=True)
        if line in met.meeting.conflicts
    ]
    return page(
        request,
        "admin/both_versions.html",
        title=title,
        model=model,
        status=STATUS[Stale],
        asked=asked,
        merged=_sentences(met, authors),
        hidden=met.hidden(),
        met_name=MET,
        met=met.forms_now.sealed(request, met.theirs),
        opened=_moment(met.base.at) if met.base else "",
        passwords=[met.forms_now.form[name] for name in met.passwords()],
        again=any(request.POST.get(MET, "") for _one in asked),
    )


def gone(request: HttpRequest, form: forms.BaseForm, *, model: type[Model], sentence: str, title: str) -> HttpResponse:
    """The object is no form any more: why, and what was typed in the unbound `form`, to be copied."""
    values = sent(form, request.POST)
    typed = [(label_of(form.fields[name], name), told(form.fields[name], value)) for name, value in values.items()]
    return page(
        request,
        "admin/gone.html",
        title=title,
        model=model,
        status=TOO_LATE,
        sentence=sentence,
        typed=[(label, words) for label, words in typed if words != NOTHING],
    )


def _sentences(met: Met, authors: Sequence[Author | None]) -> list[str]:
    found: dict[Author | None, list[str]] = {}
    for line, author in zip(met.meeting.lines, authors, strict=True):
        if line in met.meeting.merged:
            found.setdefault(author, []).append(line.label)
    return [_sentence(labels, author) for author, labels in found.items()]


def _sentence(labels: Sequence[str], author: Author | None) -> str:
    named: dict[str, Any] = {"fields": "; ".join(labels)}
    if author is None:
        return _("Merged with yours: %(fields)s – changed while you had the page open.") % named
    named |= {"who": author.name, "when": author.when}
    return _("Merged with yours: %(fields)s – changed by %(who)s at %(when)s.") % named


def authors_of(request: HttpRequest, met: Met, lines: Sequence[Line]) -> list[Author | None]:
    """Who changed each of the lines since the page was shown, as history tells; one query."""
    if not lines:
        return []
    subjects = [met.subject_of(line) for line in lines]
    events = Event.objects.filter(subject__in={*subjects, met.forms_now.subject}).order_by("pk")
    if met.base:
        events = events.filter(at__gte=met.base.at - A_MOMENT)
    rows = list(events)
    return [
        _author(request, rows, line, (subject, met.forms_now.subject))
        for line, subject in zip(lines, subjects, strict=True)
    ]


def _author(request: HttpRequest, rows: Sequence[Event], line: Line, subjects: tuple[str, str]) -> Author | None:
    """The last who changed the field itself; where history does not name the field, the last who changed its row."""
    for subject in subjects:
        about = [event for event in rows if event.subject == subject]
        named = [event for event in about if line.field in event.after and _differs(event, line.field)]
        if last := next(reversed(named or about), None):
            own = last.by_id == seat_of(request).user.pk
            return Author(_("you, in another window") if own else last.by_name or NOTHING, _moment(last.at))
    return None


def _differs(event: Event, name: str) -> bool:
    return bool(event.before.get(name) != event.after.get(name))


def _moment(at: datetime) -> str:
    """The time of day, and the day where it is another."""
    local = at.astimezone(HANOI)
    return f"{local:%H:%M}" if local_day(at) == clock.today() else f"{local:%H:%M %d/%m/%Y}"
