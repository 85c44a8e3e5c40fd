"""What a list is narrowed to. It all stands in the address, so that a list can be kept and sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee
from directives.models import Role
from directives.models.directives import AssignmentQuerySet
from directives.rules.lifecycle import LABELS, State
from directives.rules.standing import Standing
from tracker.narrowing import (
    ALL,
    COORDINATING,
    DOWN,
    GIVEN,
    LEAD,
    OPEN,
    OTHERS,
    PLAIN,
    RECEIVED,
    RETURNED,
    narrowed,
)
from tracker.web.fields import dress
from tracker.web.forms import NO_DAY
from tracker.web.wording import CHIPS, day

TABS = (LEAD, COORDINATING, DOWN, OTHERS)
# In the order in which they are offered; what is finished is shown from its latest on.
FINISHED = (Standing.DONE_LATE, Standing.DONE_ON_TIME, Standing.OUTSIDE)
STANDINGS = (
    OPEN,
    RETURNED,
    Standing.OVERDUE,
    Standing.DUE_SOON,
    Standing.ON_TRACK,
    Standing.UNDATED,
    Standing.WAITING,
    Standing.SUSPENDED,
    *FINISHED,
    ALL,
)
WORDS: dict[str, Any] = {
    OPEN: _("Not done yet"),
    RETURNED: _("Came back"),
    ALL: _("All"),
    **{str(name): chip.words for name, chip in CHIPS.items()},
}


class FilterForm(forms.Form):
    """What can be asked for beside tab and standing."""

    q = forms.CharField(label=_("Words, number of a notice, agency"), max_length=200, required=False)
    notice = forms.CharField(label=_("Notice number"), max_length=80, required=False)
    committee = forms.ChoiceField(label=_("Committee"), required=False)
    role = forms.ChoiceField(label=_("Part"), required=False, choices=[("", _("Any")), *Role.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), *((one.value, _(LABELS[one])) for one in State)]
    )
    field = forms.CharField(label=_("Field"), max_length=120, required=False)
    due_from = forms.DateField(label=_("Due from"), required=False, error_messages={"invalid": NO_DAY})
    due_to = forms.DateField(label=_("Due until"), required=False, error_messages={"invalid": NO_DAY})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = list(Committee.objects.order_by("name_vi", "pk"))
        self.fields["committee"].choices = [("", _("Any")), *((one.code, one.name) for one in rows)]
        self.committees = {one.code: one.pk for one in rows}
        for name in ("due_from", "due_to"):
            self.fields[name].input_formats = ["%Y-%m-%d", "%d/%m/%Y"]
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "placeholder": "chuyen doi so, 369 tb vpcp"})
        self.fields["notice"].widget.attrs["placeholder"] = "369/TB-VPCP"
        dress(self)


@dataclass(frozen=True)
class Chosen:
    """One filter that is on: what it is called, what it asks for, and the address without it."""

    name: str
    label: str
    value: str
    without: str


class Filters:
    """Reads an address; what it does not know counts as not said, what cannot be read is said beside its field."""

    def __init__(self, address: QueryDict) -> None:
        self.tab = _one_of(TABS, address.get("tab"), LEAD)
        self.way = _one_of((GIVEN, RECEIVED), address.get("way"), GIVEN)
        self.standing = _one_of(STANDINGS, address.get("standing"), OPEN)
        self.form = FilterForm(address)
        self.form.is_valid()
        self.said = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.address_given = address

    @property
    def text(self) -> str:
        return self.said.get("q", "")

    @property
    def narrows(self) -> bool:
        """Whether more than a tab and a standing was chosen."""
        return bool(self.said)

    @property
    def hidden_away(self) -> bool:
        """Whether a filter that stands in the folded part is on, or could not be read: then it lies open."""
        return bool(self.said.keys() - {"q"}) or bool(self.form.errors)

    def narrowed(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        """`rows` by all that was said but the words, the tab and the standing."""
        code = self.said.get("committee")
        return narrowed(rows, {**self.said, "committee": self.form.committees[code]} if code else self.said)

    def chosen(self) -> Iterator[Chosen]:
        """The filters that are on, as they are drawn and taken away."""
        for name, value in self.said.items():
            field = self.form.fields[name]
            choices = dict(getattr(field, "choices", ()))
            told = day(value) if isinstance(value, date) else str(choices.get(value, value))
            yield Chosen(name, str(field.label), told, self.address(**{name: ""}))

    @property
    def without(self) -> str:
        """The address of the same tab and standing with nothing else asked."""
        return self.address(**dict.fromkeys(self.said, ""))

    @property
    def query(self) -> str:
        """All of it as it is kept under a name."""
        return self.address()[1:]

    @property
    def said_in_address(self) -> list[tuple[str, str]]:
        """The same as fields that a form sends along."""
        return parse_qsl(self.query)

    def address(self, **changed: str) -> str:
        said: dict[str, Any] = {"tab": self.tab, "way": self.way, "standing": self.standing, **self.said, **changed}
        if said["tab"] != DOWN:
            said["way"] = GIVEN
        kept = {name: value for name, value in said.items() if value and value != PLAIN.get(name)}
        return "?" + urlencode(kept)


def _one_of(known: Any, said: str | None, otherwise: str) -> str:
    return said if said is not None and said in known else otherwise
