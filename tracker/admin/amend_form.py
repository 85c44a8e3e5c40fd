"""The form by which the new text of a notice in force comes in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.fields import DayField, DeskForm, TextField
from tracker.admin.secrecy import SECRECY, SECRECY_HINT
from tracker.documents.reading import FILE_LIMIT, TOO_LARGE

HOWS = [
    ("corrects", gettext_lazy("A corrected text of this notice (đính chính): the number stays")),
    ("amends", gettext_lazy("A later notice amends it: what that does not speak of stays")),
    ("supersedes", gettext_lazy("A later notice supersedes it: only what that repeats goes on")),
]


class AmendForm(DeskForm):
    """How the notice is amended, and the new text: a file, or the words themselves."""

    how = forms.ChoiceField(
        label=gettext_lazy("what came in"), choices=HOWS, widget=forms.RadioSelect, initial="corrects"
    )
    issued_on = DayField(
        label=gettext_lazy("day of the correction"),
        required=False,
        help_text=gettext_lazy("Of a corrected text. A later notice has its day in its own header."),
    )
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stands in the history beside the amendment."),
    )
    secrecy = forms.ChoiceField(label=gettext_lazy("secrecy"), choices=SECRECY, required=False, help_text=SECRECY_HINT)
    file = forms.FileField(
        label=gettext_lazy("file"),
        required=False,
        help_text=gettext_lazy("Drop a .docx, a .pdf or a .txt here, or choose it. It goes before the text below."),
    )
    text = TextField(
        label=gettext_lazy("or paste the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("The whole text as it reads from now on; it begins with the present one."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        limits = {"data-most-files": 1, "data-most-bytes": FILE_LIMIT, "data-too-many": _("One file at a time.")}
        self.fields["file"].widget.attrs.update(limits | {"data-too-large": TOO_LARGE, "accept": ".docx,.pdf,.txt"})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("file") and not (given.get("text") or "").strip():
            self.add_error("file", _("Choose a file or paste the text."))
        if given.get("how") == "corrects" and not given.get("issued_on") and "issued_on" not in self.errors:
            self.add_error("issued_on", _("Please give the day of the correction."))
        return given
