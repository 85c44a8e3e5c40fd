"""The two answers to a hand-in, and sentences to begin a returned one with."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment, Report
from tracker.admin.verbs import ReturnForm, VerbForm

VERIFY, RETURN = "verify", "return"


@dataclass(frozen=True)
class Sentence:
    """A reason that comes up often: its short name, and the words that the agency reads."""

    name: str | Promise
    words: str | Promise


SENTENCES = {
    "evidence": Sentence(
        _("Evidence missing"),
        _(
            "The report comes without evidence. Please add the documents or products that show the result, with number,"
            " symbol and date."
        ),
    ),
    "product": Sentence(
        _("Not the product asked for"),
        _(
            "The product is not yet what the directive asks for. Please compare it with the wording of the directive,"
            " complete it and send it again."
        ),
    ),
    "part": Sentence(
        _("Only a part is done"),
        _(
            "Only a part of the directive is done. Please carry out what is left and report again once all of it is"
            " complete."
        ),
    ),
    "figures": Sentence(
        _("Figures cannot be checked"),
        _(
            "The figures have no source, or do not agree with the documents attached. Please check and explain them,"
            " and send the report again."
        ),
    ),
    "signature": Sentence(
        _("Not signed"),
        _("The report is not signed by a person who is entitled to sign it. Please have it signed and send it again."),
    ),
}


class VerifyResultForm(VerbForm):
    """The result stands; a figure may be another than the one reported, with a remark."""

    verified_figure = forms.DecimalField(
        label=_("Verified figure"),
        required=False,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=_("Another figure than the one reported needs a remark; the reported one is kept beside it."),
    )
    reason = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    field_order = ("version", "verified_figure", "reason")

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, prefix=VERIFY, **options)
        if report.figure is None:
            del self.fields["verified_figure"]
        else:
            self.fields["verified_figure"].initial = report.figure.normalize() + 0
            if report.unit:
                self.fields["verified_figure"].label = _("Verified figure (%(unit)s)") % {"unit": report.unit}

    @classmethod
    def of(cls, assignment: Assignment, report: Report) -> Self:
        """The form as it stands before anybody has written."""
        return cls(report=report, initial={"version": assignment.version})


class SendBackForm(ReturnForm):
    """The report goes back with a reason; the deadline stays."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    field_order = ("version", "reason", "redo_by")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, prefix=RETURN, **options)

    @classmethod
    def of(cls, assignment: Assignment, sentence: str) -> Self:
        """The form with one of `SENTENCES`, where one was chosen."""
        chosen = SENTENCES.get(sentence)
        return cls(initial={"version": assignment.version, "reason": str(chosen.words) if chosen else ""})
