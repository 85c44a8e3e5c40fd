"""What an agency writes down for each act. The names of the fields are those of the actions."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.actions.asking import NOTHING_ANSWERED, NOTHING_ASKED
from directives.actions.moving import REASON_MISSING
from directives.models import Assignment, ExtensionRequest
from tracker.figure_field import FigureField
from tracker.uploads import FilesField
from tracker.web.fields import dress
from tracker.web.figures import Measure, PercentField, figures_in, measures_of

NOTHING_SAID = _("Please say what was done.")
NO_DAY = _("Write a day such as 31/12/2024.")
NO_NUMBER = _("The percentage lies between 0 and 100.")


class ActForm(forms.Form):
    """Every act carries the version of the assignment that its reader saw."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    # Fields that hold little and are drawn so.
    short: tuple[str, ...] = ()
    # The HTTP status of a page that shows this form's errors.
    status = 400

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(self)


class Measured(ActForm):
    """A report: beside its own fields one for each of `measures`, the indicators of the work.

    What they hold is `figures` among what is cleaned, by indicator (uuid).
    """

    # Behind which of its own fields they stand.
    figures_after = ""

    def __init__(self, *args: Any, measures: Sequence[Measure] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.measures = measures
        own = list(self.fields)
        place = own.index(self.figures_after) + 1
        self.fields |= {measure.name: measure.field() for measure in measures}
        self.order_fields([*own[:place], *(measure.name for measure in measures), *own[place:]])
        self.short = (*self.short, *(measure.name for measure in measures))
        dress(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        figures = figures_in(cleaned, self.measures)
        return {name: value for name, value in cleaned.items() if name in self.base_fields} | {"figures": figures}


def made(form: type[ActForm], assignment: Assignment, *args: Any, **options: Any) -> ActForm:
    """The form for this assignment; that of a report asks for the figures of its indicators."""
    if issubclass(form, Measured):
        options["measures"] = measures_of([assignment])[assignment.pk]
    return form(*args, **options)


def _long(label: Any, rows: int, *, missing: Any = "", **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, widget=widget, required=bool(missing), error_messages={"required": missing}, **options
    )


def _files(help_text: Any) -> FilesField:
    return FilesField(label=_("Files"), required=False, allow_empty_file=True, help_text=help_text)


NOT_IN_HAND_IN = _("A completion report has no place for this. Write it into the result, or report progress.")
ONLY_IN_HAND_IN = _("Only a completion report has a place for this.")
DONE_IS_ALL = _("A completion report says that all is done: 100 %, or nothing.")
KINDS_OF_FILES = _("PDF, Word, Excel, PowerPoint, OpenDocument, pictures, text or zip; at most 10 files of 25 MB each.")


class ReportForm(Measured):
    text = _long(
        _("What was done"),
        6,
        missing=NOTHING_SAID,
        help_text=_("Two or three sentences are enough: what is finished, what comes next."),
    )
    # Between which numbers it lies the action knows.
    percent = PercentField(
        label=_("Percent done"),
        required=False,
        help_text=_("From 0 to 100."),
        error_messages={"invalid": NO_NUMBER},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20}),
    )
    difficulties = _long(_("Difficulties"), 3)
    asks = _long(_("What you ask of the level above"), 3)
    files = _files(KINDS_OF_FILES)

    short = ("percent",)
    figures_after = "percent"


class HandInForm(Measured):
    text = _long(
        _("Result"),
        6,
        missing=NOTHING_SAID,
        help_text=_("What was achieved, so that the secretariat can verify it without asking back."),
    )
    product_ref = forms.CharField(
        label=_("Number of the product's document"),
        max_length=200,
        required=False,
        help_text=_("For example 1234/BCA-C06 of 30/12/2024."),
    )
    figure = FigureField(label=_("Figure reached"), help_text=_("Where the result can be counted: the number alone."))
    unit = forms.CharField(
        label=_("Unit"), max_length=60, required=False, help_text=_("For example %, records, communes.")
    )
    files = _files(KINDS_OF_FILES)

    short = ("figure", "unit")
    figures_after = "unit"


class SittingForm(Measured):
    """One report among several that are written in one sitting: how far it is, or that it is done."""

    kind = forms.ChoiceField(
        label=_("Kind of report"),
        choices=[(Verb.REPORT, _("Progress report")), (Verb.HAND_IN, _("Completion report: hand in"))],
    )
    text = _long(_("What was done"), 4, missing=NOTHING_SAID)
    percent = ReportForm.base_fields["percent"]
    difficulties = _long(_("Difficulties"), 2)
    asks = _long(_("What you ask of the level above"), 2)
    product_ref = HandInForm.base_fields["product_ref"]
    figure = HandInForm.base_fields["figure"]
    unit = HandInForm.base_fields["unit"]
    files = _files(KINDS_OF_FILES)

    short = ("kind", "percent", "figure", "unit")
    figures_after = "percent"
    # What stands folded away unless something is written there.
    more = ("difficulties", "asks", "product_ref", "figure", "unit")

    def clean(self) -> dict[str, Any]:
        """Nothing that was written is lost without a word: what the chosen kind has no place for is told."""
        cleaned = super().clean()
        handed_in = cleaned.get("kind") == Verb.HAND_IN
        foreign = ("difficulties", "asks") if handed_in else ("product_ref", "figure", "unit")
        for name in foreign:
            if cleaned.get(name):
                self.add_error(name, NOT_IN_HAND_IN if handed_in else ONLY_IN_HAND_IN)
        if handed_in and cleaned.get("percent") not in (None, 100):
            self.add_error("percent", DONE_IS_ALL)
        return cleaned

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Those that are always seen."""
        return [field for field in self.visible_fields() if field.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Those that are folded away."""
        return [field for field in self.visible_fields() if field.name in self.more]

    @property
    def shows_more(self) -> bool:
        """Whether something is written, or wrong, in what is folded away."""
        return any(field.value() or field.errors for field in self.more_fields)


class ExtensionForm(ActForm):
    asked_due_on = forms.DateField(
        label=_("New deadline asked for"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    reason = _long(
        _("Reason"),
        5,
        missing=REASON_MISSING,
        help_text=_("Why the present deadline cannot be kept, and what has been done so far."),
    )
    files = _files(_("The letter of your agency, if there is one."))

    short = ("asked_due_on",)


class GrantForm(ActForm):
    """The committee gives more time."""

    due_on = forms.DateField(
        label=_("New deadline"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The day asked for, or another that you think right."),
    )
    reason = _long(_("Remark"), 3, help_text=_("The agency reads it."))

    short = ("due_on",)

    @classmethod
    def of(cls, asked: ExtensionRequest) -> Self:
        """The form as it is first shown: with the day asked for."""
        return cls(prefix="grant", initial={"due_on": asked.asked_due_on})


class RefuseForm(ActForm):
    """The committee lets the deadline stand."""

    reason = _long(_("Reason"), 3, missing=REASON_MISSING, help_text=_("The agency reads it."))


class DeclineForm(ActForm):
    reason = _long(
        _("Reason"),
        5,
        missing=REASON_MISSING,
        help_text=_("Which rule or decision gives this work to another agency, and to which."),
    )
    files = _files(_("The letter of your agency, if there is one."))


class AskForm(ActForm):
    text = _long(
        _("Question"),
        5,
        missing=NOTHING_ASKED,
        help_text=_("One question at a time, with the words of the notice that it is about."),
    )
    files = _files(_("What helps to understand the question, if there is anything."))


class AnswerForm(ActForm):
    """Whoever gave the work answers."""

    text = _long(_("Answer"), 5, missing=NOTHING_ANSWERED, help_text=_("The agency reads it."))
    files = _files(_("A document that the answer rests on, if there is one."))
    common = forms.BooleanField(
        label=_("Show question and answer to all agencies that have a part in this directive"), required=False
    )
