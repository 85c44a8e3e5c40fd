"""What a change of many asks for before it can be shown: to which agency, or by when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Agency
from accounts.roles import Verb
from directives.actions.many_wishes import FARTHEST, wishes_of
from directives.models import BulkChange
from tracker import clock
from tracker.admin.agency_choices import agencies_on, by_kind
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.long_choices import LongSelect, Ready


class ToAgencyForm(DeskForm):
    """To which agency all of them go, and by when what is late already."""

    to_agency = forms.ModelChoiceField(
        label=gettext_lazy("to which agency"), queryset=Agency.objects.all(), widget=LongSelect
    )
    due_on = DayField(
        label=gettext_lazy("new deadline where the old one has passed"),
        required=False,
        help_text=gettext_lazy("Other deadlines go along as they are."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_agency"].choices = Ready([("", _("– choose –"))], by_kind(agencies_on(clock.today())))


class DeadlineForm(DeskForm):
    """One date for all, or all moved by working days."""

    due_on = DayField(label=gettext_lazy("one new deadline for all"), required=False)
    shift = forms.IntegerField(
        label=gettext_lazy("or move each by so many working days"),
        required=False,
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text=gettext_lazy("15 is three weeks later, -5 a week earlier."),
    )


FORMS: dict[str, type[DeskForm]] = {Verb.REASSIGN: ToAgencyForm, Verb.SET_DEADLINE: DeadlineForm}


def wish_form(change: BulkChange, typed: Any = None) -> DeskForm | None:
    """The form of what the verb asks for, with what was said before; None where it asks for nothing."""
    form = FORMS.get(change.verb)
    return form(typed, initial=dict(change.wanted)) if form else None


def wanted_words(change: BulkChange) -> list[tuple[str, str]]:
    """What was wanted, in words: each with its name."""
    wishes = wishes_of(change, at=clock.now())
    found = []
    if change.wanted.get("to_agency"):
        found.append((_("To which agency"), wishes.agency.name))
    if wishes.day:
        late_only = change.verb == Verb.REASSIGN
        name = _("New deadline where the old one has passed") if late_only else _("New deadline")
        found.append((name, f"{wishes.day:%d/%m/%Y}"))
    if shift := change.wanted.get("shift"):
        later = ngettext("%(n)d working day later", "%(n)d working days later", abs(shift))
        earlier = ngettext("%(n)d working day earlier", "%(n)d working days earlier", abs(shift))
        found.append((_("New deadline"), (later if shift > 0 else earlier) % {"n": abs(shift)}))
    return found
