"""What an agency writes down for each act. The names of the fields are those of the actions."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tracker.web.fields import dress


class ManyFiles(forms.ClearableFileInput):
    """A file field of the browser in which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; what they are is looked at by the action that keeps them."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one) for one in given]


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


def _long(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _files(help_text: Any) -> FilesField:
    return FilesField(label=_("Files"), required=False, allow_empty_file=True, help_text=help_text)


KINDS_OF_FILES = _("PDF, Word, Excel, PowerPoint, OpenDocument, pictures, text or zip; at most 10 files of 25 MB each.")


class ReportForm(ActForm):
    text = _long(
        _("What was done"), 6, help_text=_("Two or three sentences are enough: what is finished, what comes next.")
    )
    percent = forms.IntegerField(
        label=_("Percent done"), required=False, min_value=0, max_value=100, help_text=_("From 0 to 100.")
    )
    difficulties = _long(_("Difficulties"), 3, required=False)
    asks = _long(_("What you ask of the level above"), 3, required=False)
    files = _files(KINDS_OF_FILES)  # type: ignore[assignment]  # the field of that name, not the form's uploads

    short = ("percent",)


class HandInForm(ActForm):
    text = _long(
        _("Result"), 6, help_text=_("What was achieved, so that the secretariat can verify it without asking back.")
    )
    product_ref = forms.CharField(
        label=_("Number of the product's document"),
        max_length=200,
        required=False,
        help_text=_("For example 1234/BCA-C06 of 30/12/2024."),
    )
    files = _files(KINDS_OF_FILES)  # type: ignore[assignment]  # the field of that name, not the form's uploads


class ExtensionForm(ActForm):
    asked_due_on = forms.DateField(
        label=_("New deadline asked for"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    reason = _long(
        _("Reason"), 5, help_text=_("Why the present deadline cannot be kept, and what has been done so far.")
    )
    files = _files(_("The letter of your agency, if there is one."))  # type: ignore[assignment]

    short = ("asked_due_on",)


class DeclineForm(ActForm):
    reason = _long(
        _("Reason"), 5, help_text=_("Which rule or decision gives this work to another agency, and to which.")
    )
