"""Forms of sets of criteria: a new set as lines, whom to ask, and why a table goes back."""

from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency, Committee
from directives.actions.criteria_sets import Wanted
from directives.rules.numbers import read_number
from tracker.admin.agency_choices import by_kind, in_order_of_kind
from tracker.admin.fields import DayField, DeskForm, TextField
from tracker.admin.long_choices import LongSelectMultiple, Ready
from tracker.admin.seat import Seat

SEPARATORS = "\t|"
COLUMNS = 4  # heading, name, points, enough


class SetForm(DeskForm):
    """A new set; its criteria as they come out of a spreadsheet, a line for each."""

    committee = forms.ModelChoiceField(label=gettext_lazy("Committee"), queryset=Committee.objects.none())
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=60)
    name_vi = forms.CharField(label=gettext_lazy("Vietnamese name"), max_length=300)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=300, required=False)
    criteria = TextField(
        label=gettext_lazy("Criteria"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One in a line, pasted from a spreadsheet or with | between: heading | criterion | full score | reached"
            " from. Without a score it is answered with reached or not; “= code” in its place takes one of the"
            " committee's indicators."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000
    )

    def __init__(self, *args: Any, seat: Seat, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = seat.committees()
        self.fields["committee"].queryset = mine
        self.fields["committee"].initial = mine.first() if mine.count() == 1 else None

    def clean_criteria(self) -> list[Wanted]:
        """The lines, each read."""
        lines = [line for line in self.cleaned_data["criteria"].split("\n") if line.strip()]
        return [self._line(nth, line) for nth, line in enumerate(lines, start=1)]

    def _line(self, nth: int, line: str) -> Wanted:
        mark = next((one for one in SEPARATORS if one in line), "|")
        cells = [cell.strip() for cell in line.split(mark)]
        cells = (["", *cells] if len(cells) == 1 else cells) + [""] * COLUMNS
        heading, name, full, enough = cells[:COLUMNS]
        if full.startswith("="):
            return Wanted(name, heading=heading, indicator=full.removeprefix("=").strip())
        return Wanted(name, heading=heading, full=self._points(nth, full), enough=self._points(nth, enough))

    def _points(self, nth: int, typed: str) -> Any:
        if not typed:
            return None
        comma, point = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
        number = read_number(typed, comma=comma, point=point)
        if number is None:
            told = {"nth": nth, "typed": typed[:60]}
            raise forms.ValidationError(_("Line %(nth)s: “%(typed)s” is not a number.") % told)
        return number


class AskForm(DeskForm):
    """Who is asked to assess itself, as of which day, and until when."""

    agencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Agencies that assess themselves"),
        queryset=Agency.objects.all(),
        widget=LongSelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Several: hold Ctrl, or tap each."),
    )
    as_of = DayField(label=gettext_lazy("As of"))
    due_on = DayField(label=gettext_lazy("To be sent by"), required=False)

    def __init__(self, *args: Any, seat: Seat, **options: Any) -> None:
        super().__init__(*args, **options)
        there = [agency for agency in in_order_of_kind(Agency.objects.all()) if agency.exists_on(seat.today)]
        self.fields["agencies"].choices = Ready(by_kind(there))
