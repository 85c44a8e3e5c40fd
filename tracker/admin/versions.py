"""Two versions of one page: theirs, as it is kept by now, and mine, as it was sent; put together into what is saved.

What only they changed is written into what was sent, so that the form saves it as it is; what both changed is left to
the person, whose choice counts as long as theirs is still the one that was shown with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directives.rules.reconciling import Compared, Fields, Value, Who, reconcile
from tracker.admin.shown import Version, length_of
from tracker.admin.values import in_words, put, sent

CHOICE = "_choose-"
THEIRS, MINE = "theirs", "mine"
LONG = 240  # characters that want a window of their own
Told = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """A field (or a whole row of a list) of which the versions differ: as it was shown, theirs and mine, in words."""

    name: str  # by which the choice is sent
    label: str
    who: Who
    told: Told = ("", "", "")
    row: tuple[str, str] = ("", "")  # the list and row it stands in
    field: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it needs a window of its own to be read in."""
        return max(map(len, self.told)) > LONG


@dataclass
class Meeting:
    """Both versions while they are put together. `data` is what to save once nothing is to be decided any more.

    `base` is what was shown when the form was opened, `met` theirs as it stood beside the choices that were made.
    Where it is not `known` what was shown, all that differs is to be decided.
    """

    sent: QueryDict
    base: Version
    met: Version | None
    known: bool
    data: QueryDict
    lines: list[Line] = field(default_factory=list)

    @property
    def conflicts(self) -> list[Line]:
        return [line for line in self.lines if line.who is Who.CONFLICT]

    @property
    def merged(self) -> list[Line]:
        return [line for line in self.lines if line.who is not Who.CONFLICT]

    def choice(self, name: str, *, met: object, theirs: object) -> str:
        """What was chosen, where it was chosen beside what is still theirs; else nothing."""
        given = self.sent.get(CHOICE + name, "")
        return given if given in (THEIRS, MINE) and self.met is not None and met == theirs else ""

    def put_field(
        self, name: str, its_field: forms.Field, one: Compared, full: Compared, line: Line, met: Value
    ) -> None:
        """Write one field where theirs counts, note it where it differs. `full` has long texts in full."""
        who = one.who
        if who is Who.CONFLICT:
            choice = self.choice(line.name, met=met, theirs=one.theirs)
            who = {THEIRS: Who.NOBODY, MINE: Who.ME}.get(choice, who)
            if choice == THEIRS:
                put(self.data, name, its_field, full.theirs)
        if who in (Who.THEY, Who.JOINED):
            put(self.data, name, its_field, full.theirs if who is Who.THEY else one.result)
        if who in (Who.THEY, Who.JOINED, Who.CONFLICT):
            self.lines.append(replace(line, who=who, told=_told(its_field, full)))


def meet_form(
    meeting: Meeting, form: forms.BaseForm, theirs: Fields, *, together: Sequence[Sequence[str]] = ()
) -> None:
    """Put the fields of `form` together, which is unbound and shows `theirs`."""
    mine = sent(form, meeting.sent)
    base = meeting.base.fields if meeting.known else {name: mine[name] for name in mine if mine[name] == theirs[name]}
    short = [Version(fields).short().fields for fields in (base, theirs, mine)]
    for name, one in reconcile(*short, together=together).items():
        if name in form.fields:  # else the form has changed since it was shown
            full = replace(one, theirs=theirs.get(name), mine=mine.get(name))
            html_name, its_field = form.add_prefix(name), form.fields[name]
            line = Line(html_name, label_of(its_field, name), one.who, field=name)
            met = meeting.met.fields.get(name) if meeting.met else None
            meeting.put_field(html_name, its_field, one, full, line, met)


def label_of(its_field: forms.Field, name: str) -> str:
    """The name of a field as its page shows it."""
    return capfirst(str(its_field.label or name))


def _told(its_field: forms.Field, one: Compared) -> Told:
    base, theirs, mine = (told(its_field, value) for value in (one.base, one.theirs, one.mine))
    return base, theirs, mine


def told(its_field: forms.Field, value: Value) -> str:
    """A value in words; what is not known, or was too long to be kept, is said to be so."""
    if value is None:
        return _("not known")
    if n := length_of(value):
        return _("A text of %(n)s characters, too long to travel with the form.") % {"n": n}
    return in_words(its_field, value)
