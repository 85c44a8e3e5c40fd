"""The form of one directive: its sentence, its wording, its deadline, and whom it is for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup
from directives.actions.drafting import FIELDS, To
from directives.models import Directive, Notice, Role, load_calendar
from directives.models.kinds import DeadlineKind, Recurrence
from directives.models.periods import DayOffShift
from directives.rules.deadlines import Deadline, Every, understand
from tracker import clock
from tracker.admin.agency_choices import agencies_on, by_kind, groups
from tracker.admin.fields import DeskForm, TextField, WrittenDayField
from tracker.admin.long_choices import LongSelect, Ready, ticked_boxes

RECURS = {
    Every.WEEK: Recurrence.WEEKLY,
    Every.MONTH: Recurrence.MONTHLY,
    Every.QUARTER: Recurrence.QUARTERLY,
    Every.HALF: Recurrence.HALF_YEARLY,
    Every.YEAR: Recurrence.YEARLY,
}
RARE = ("field", "review_on", "coordinating_due_on", "note")
KINDS = [("", _("– choose –")), *DeadlineKind.choices]


class DirectiveForm(DeskForm):
    """What a person says of a directive. The reading of the deadline is only proposed, never kept unseen."""

    paragraph = forms.ModelChoiceField(label=_("paragraph"), queryset=None, required=False)
    quote = TextField(
        label=_("sentence of the notice"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Word for word as it stands in the text; leave the sentence that gives the directive."),
    )
    wording = TextField(
        label=_("wording"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the secretariat's words; empty: the sentence itself."),
    )
    product = forms.CharField(label=_("product expected"), max_length=400, required=False)
    field = forms.CharField(label=_("field"), max_length=120, required=False)
    decided_by = forms.CharField(label=_("who decides"), max_length=250, required=False)
    deadline_text = forms.CharField(label=_("deadline as written"), max_length=300, required=False)
    deadline_kind = forms.ChoiceField(label=_("kind of deadline"), choices=KINDS)
    due_on = WrittenDayField(label=_("deadline"), required=False)
    recurrence = forms.ChoiceField(label=_("recurrence"), choices=Recurrence.choices, required=False)
    recurrence_day = forms.IntegerField(
        label=_("due on day"),
        required=False,
        help_text=_(
            "Of the month (the last one of a longer period), 1 to 31; of the week, 1 (Monday) to 7. "
            "Empty: the month's last day, or Friday."
        ),
    )
    recurrence_month = forms.IntegerField(
        label=_("of month (each year)"), required=False, help_text=_("1 to 12; empty: December.")
    )
    recurrence_shift = forms.ChoiceField(
        label=_("on a day off"), choices=DayOffShift.choices, required=False, initial=DayOffShift.BEFORE
    )
    recurs_until = WrittenDayField(
        label=_("recurs until"),
        required=False,
        help_text=_("The period of this day is the last one. Empty: without end."),
    )
    review_on = WrittenDayField(
        label=_("review date"), required=False, help_text=_("When undated work is looked at again.")
    )
    lead = forms.ChoiceField(
        label=_("Lead"), required=False, widget=LongSelect, help_text=_("One agency answers for the whole.")
    )
    share = forms.MultipleChoiceField(
        label=_("Own share"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each answers for its own part; a group becomes one assignment for each member on the issue date."),
    )
    coordinating = forms.MultipleChoiceField(
        label=_("Coordinating"), required=False, widget=forms.CheckboxSelectMultiple
    )
    coordinating_due_on = WrittenDayField(label=_("deadline of the coordinating agencies"), required=False)
    note = TextField(label=_("note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, notice: Notice, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].widget.attrs["data-makes-dated"] = "id_deadline_kind"
        self.fields["paragraph"].queryset = notice.paragraphs.order_by("position")
        agencies = by_kind(agencies_on(notice.issued_on, clock.today()), "agency:")
        self.fields["lead"].choices = Ready([("", _("– none named –"))], agencies)
        self.fields["share"].choices = self.fields["coordinating"].choices = Ready(groups(), agencies)

    def clean(self) -> dict[str, Any]:
        """A date that is typed where no deadline, or no kind of it, was chosen is the deadline."""
        given = super().clean() or self.cleaned_data
        dated, kind = given.get("due_on") and "due_on" in self.changed_data, given.get("deadline_kind")
        left_so = kind == DeadlineKind.NONE and "deadline_kind" not in self.changed_data
        if dated and (left_so or not self["deadline_kind"].value()):
            self.errors.pop("deadline_kind", None)
            given["deadline_kind"] = DeadlineKind.DATE
        return given

    def point_at(self, name: str) -> None:
        """Open the page at this field."""
        self.fields[name].widget.attrs["autofocus"] = True

    def boxes(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """The boxes of a choice of many, in their groups, with how many there are and how many are ticked."""
        chosen = {str(value) for value in self[name].value() or ()}
        return [
            (
                kind,
                {
                    "boxes": ticked_boxes(self.add_prefix(name), choices, chosen),
                    "many": len(choices),
                    "chosen": sum(value in chosen for value, _words in choices),
                },
            )
            for kind, choices in self.fields[name].choices
        ]

    def recurs(self) -> bool:
        """Whether a recurrence is chosen, so that its fields are shown."""
        return bool(self["recurrence"].value())

    def more_is_open(self) -> bool:
        """Whether one of the rarer fields says something, or is wrong."""
        return any(self[name].value() or self[name].errors for name in RARE)

    def given(self) -> dict[str, Any]:
        """What the action takes, without the sentence and the addressees."""
        given = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        given["recurrence_shift"] = given["recurrence_shift"] or DayOffShift.BEFORE
        return given

    def addressees(self) -> list[To]:
        """Whom the directive is for."""
        given, own = self.cleaned_data, self.cleaned_data["coordinating_due_on"]
        lead = [given["lead"]] if given["lead"] else []
        named = {*lead, *given["share"], *given["coordinating"]}
        bodies = _bodies(named)
        return [
            *(To(Role.LEAD, **bodies[value]) for value in lead),
            *(To(Role.SHARE, **bodies[value]) for value in given["share"]),
            *(To(Role.COORDINATING, due_on=own, **bodies[value]) for value in given["coordinating"]),
        ]


def _bodies(named: Iterable[str]) -> dict[str, dict[str, Any]]:
    pks: dict[str, list[str]] = {"agency": [], "group": []}
    for value in named:
        kind, _colon, pk = value.partition(":")
        pks[kind].append(pk)
    found = {f"agency:{agency.pk}": {"agency": agency} for agency in Agency.objects.filter(pk__in=pks["agency"])}
    return found | {f"group:{group.pk}": {"group": group} for group in AgencyGroup.objects.filter(pk__in=pks["group"])}


def initial_of(directive: Directive) -> dict[str, Any]:
    """What the form shows of a directive that is there already."""
    named: dict[str, list[str]] = {role: [] for role in Role.values}
    own: date | None = None
    for row in directive.addressees.all():
        named[row.role].append(f"agency:{row.agency_id}" if row.agency_id else f"group:{row.group_id}")
        own = own or (row.due_on if row.role == Role.COORDINATING else None)
    return {
        **{name: getattr(directive, name) for name in FIELDS},
        "paragraph": directive.paragraph_id,
        "quote": directive.quote,
        "lead": next(iter(named[Role.LEAD]), ""),
        "share": named[Role.SHARE],
        "coordinating": named[Role.COORDINATING],
        "coordinating_due_on": own,
    }


def proposal(text: str, issued_on: date | None) -> Deadline | None:
    """How the written deadline reads, where there is something to read and a day to count from."""
    if not text.strip() or issued_on is None:
        return None
    return understand(text, issued_on, calendar=load_calendar())


def with_proposal(typed: dict[str, Any], read: Deadline) -> dict[str, Any]:
    """What was typed, with the kind, date and recurrence as they were read."""
    rhythm = read.recurrence
    return {
        **typed,
        "deadline_kind": str(read.kind),
        "due_on": read.due_on,
        "recurrence": RECURS.get(rhythm.every, Recurrence.ONCE) if rhythm else Recurrence.ONCE,
        "recurrence_day": rhythm.day if rhythm else None,
        "recurrence_month": rhythm.month if rhythm else None,
    }
