"""Forms of targets and figures; figures are typed and shown as the reader's language writes them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.models import Indicator, Notice, NoticeState, Reading
from directives.models.indicators import Bound
from directives.rules.attainment import Figure
from tracker.admin.agency_choices import choose_by_kind
from tracker.admin.fields import DayInput, DeskForm, DirectiveField, RowForm
from tracker.admin.seat import Seat
from tracker.figure_field import FigureField
from tracker.uploads import FilesField

AS_LISTS_NAME_IT = _("As 2 – 369/TB-VPCP: its agencies then give the figure in their reports.")


def directive_field(seat: Seat) -> DirectiveField:
    """A directive of the person's own committees, by its number."""
    among = Notice.objects.filter(committee__in=seat.committees(), state=NoticeState.ISSUED)
    return DirectiveField(among=among, label=_("Directive"), required=False, help_text=AS_LISTS_NAME_IT)


class MeasuredForm(RowForm):
    """What is entered of a target or a figure."""

    class Meta:
        labels = {"target": _("target value"), "reported_by": _("reporting agency")}

    def _get_validation_exclusions(self) -> set[str]:
        """The actions ask what the constraints ask, and say why in kinder words."""
        return super()._get_validation_exclusions() | set(self.fields)


class ReadingForm(MeasuredForm):
    files = FilesField(label=_("Source files"), required=False)


class TargetForm(MeasuredForm):
    """What may be set anew of a target, with a reason."""

    baseline = FigureField(label=_("baseline"))
    target = FigureField(label=_("target value"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(MeasuredForm.Meta):
        model = Indicator
        fields = (
            "name_vi",
            "name_en",
            "unit",
            "direction",
            "baseline",
            "baseline_on",
            "target",
            "due_on",
            "directive",
            "part_of",
            "reported_by",
            "frequency",
            "note",
        )
        widgets = {"baseline_on": DayInput, "due_on": DayInput, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, seat: Seat, **options: Any) -> None:
        super().__init__(*args, **options)
        label = self.fields["directive"].label
        self.fields["directive"] = directive_field(seat)
        self.fields["directive"].label = label
        self.fields["part_of"].queryset = Indicator.objects.filter(committee=self.instance.committee_id).exclude(
            pk=self.instance.pk
        )
        choose_by_kind(self.fields["reported_by"])
        self.initial["version"] = self.instance.version
        of = self.instance.directive
        self.initial["directive"] = f"{of.position} – {of.notice.reference}" if of is not None else ""


class VerifyReadingForm(DeskForm):
    """As it was reported, unless another figure is written over it."""

    value = FigureField(label=_("Value"))
    numerator = FigureField(label=_("Numerator"))
    denominator = FigureField(label=_("Denominator"))
    bound = forms.ChoiceField(label=_("Bound"), choices=Bound.choices, required=False)
    reason = forms.CharField(
        label=_("Reason for the difference"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Only where another figure is verified than the one reported; that one is kept beside it."),
    )

    def __init__(self, *args: Any, said: Figure, **options: Any) -> None:
        first = {
            "value": said.value,
            "numerator": said.numerator,
            "denominator": said.denominator,
            "bound": str(said.bound),
        }
        super().__init__(*args, initial=first, **options)
        for name in ("numerator", "denominator") if not said.is_of else ("value",) if said.value is None else ():
            del self.fields[name]

    @classmethod
    def of(cls, reading: Reading, *args: Any) -> "VerifyReadingForm":
        """For a figure as it was reported."""
        return cls(*args, said=reading.reported)
