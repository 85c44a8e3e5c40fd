"""A page as it was shown, as it stands now and as it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BaseInlineFormSet, PasswordInput
from django.http import HttpRequest, QueryDict

from directives.actions.recording import subject_of
from tracker import clock
from tracker.admin import shown as seals
from tracker.admin.seat import seat_of
from tracker.admin.shown import Shown, Version
from tracker.admin.values import shown
from tracker.admin.version_rows import ListOf
from tracker.admin.versions import CHOICE, Line, Meeting, meet_form

MET = "_met"
CONFIRMED = "effect_confirmed"  # what was seen of an effect is seen anew where something else is saved


@dataclass(frozen=True)
class PageForms:
    """The form of one object as it stands now, and the lists within it; none of them bound.

    `of` names object and form; `subject` is the object's name in history.
    """

    of: str
    subject: str
    form: forms.BaseForm
    lists: Sequence[BaseInlineFormSet] = ()
    together: Sequence[Sequence[str]] = ()

    def now(self) -> Version:
        """What the page shows now."""
        lists = {rows.prefix: {str(row.instance.pk): shown(row) for row in rows.initial_forms} for rows in self.lists}
        return Version(shown(self.form), lists)

    def sealed(self, request: HttpRequest, version: Version | None = None) -> str:
        """What the form carries of what it shows."""
        now = {"user_pk": seat_of(request).user.pk, "at": clock.now()}
        return seals.sealed(version or self.now(), of=self.of, **now)

    def carried(self, request: HttpRequest, name: str = seals.NAME) -> Shown | None:
        """What a form that was sent carried."""
        return seals.unsealed(request.POST.get(name, ""), of=self.of, user_pk=seat_of(request).user.pk)

    def meet(self, request: HttpRequest) -> "Met":
        """Put what was sent and what is kept together. The rows must be locked."""
        base, met, theirs = self.carried(request), self.carried(request, MET), self.now()
        was = base.version if base else Version({})
        meeting = Meeting(request.POST, was, met and met.version, base is not None, request.POST.copy())
        meet_form(meeting, self.form, theirs.fields, together=self.together)
        for rows in self.lists:
            ListOf(rows, meeting, theirs.rows[rows.prefix]).put()
        return Met(self, meeting, base, theirs)


@dataclass(frozen=True)
class Met:
    """Both versions, put together."""

    forms_now: PageForms
    meeting: Meeting
    base: Shown | None
    theirs: Version

    def take_over(self, request: HttpRequest) -> None:
        """From here on the request is what is saved, and what was shown is what is kept by now."""
        data: QueryDict = self.meeting.data
        data[seals.NAME] = self.forms_now.sealed(request, self.theirs)
        over = [name for name in data if name == MET or name.startswith(CHOICE)]
        for name in [*over, *([CONFIRMED] if CONFIRMED in data and self.meeting.lines else ())]:
            del data[name]
        request.POST = data

    def hidden(self) -> list[tuple[str, str]]:
        """What was sent, to be sent once more with the choices; nothing that was typed is lost but a password."""
        asked = {CHOICE + line.name for line in self.meeting.conflicts}
        left = asked | {MET, CONFIRMED, "csrfmiddlewaretoken", *self.passwords()}
        sent = self.meeting.sent
        return [(name, value) for name in sent if name not in left for value in sent.getlist(name)]

    def passwords(self) -> list[str]:
        """The fields that are to be typed again: what is secret stands on no page."""
        fields = self.forms_now.form.fields.items()
        names = [self.forms_now.form.add_prefix(name) for name, one in fields if isinstance(one.widget, PasswordInput)]
        return [name for name in names if self.meeting.sent.get(name)]

    def subject_of(self, line: Line) -> str:
        """By what history names the row that the line is about."""
        prefix, key = line.row
        for rows in self.forms_now.lists:
            if rows.prefix == prefix:
                found = [form.instance for form in rows.initial_forms if str(form.instance.pk) == key]
                return subject_of(found[0]) if found else f"{rows.model._meta.model_name}:{key}"  # noqa: SLF001
        return self.forms_now.subject


def was_shown(request: HttpRequest, of: str) -> bool:
    """Whether the form that was sent had been shown to this person."""
    return seals.unsealed(request.POST.get(seals.NAME, ""), of=of, user_pk=seat_of(request).user.pk) is not None
