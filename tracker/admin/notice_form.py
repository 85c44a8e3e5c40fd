"""The form of a draft's header and text: what is still missing is said at its field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from accounts.models import Committee
from directives.actions.entering import FIELDS
from directives.models import Notice
from tracker import clock
from tracker.admin.drafts import missing_of
from tracker.admin.fields import RowForm, TextField, WrittenDayInput
from tracker.admin.secrecy import SECRECY, SECRECY_HINT
from tracker.documents.notices import issuer_of

NEEDED_YET = gettext_lazy("Needed before the notice is issued.")
ISSUER_OPEN = gettext_lazy(
    "Needed before the notice is issued. Where the committee issues it itself, write its name as the issuer as printed."
)
ISSUER_UNKNOWN = gettext_lazy(
    "Needed before the notice is issued: no agency of the register is called “%(name)s”. Choose it here; "
    "where it is not listed, ask an administrator to enter it."
)


class NoticeForm(RowForm):
    """The header as printed, and the text. What is not given yet may follow until the notice is issued."""

    secrecy = forms.ChoiceField(
        label=gettext_lazy("secrecy"),
        choices=SECRECY,
        required=False,
        help_text=SECRECY_HINT,
    )
    text = TextField(label=gettext_lazy("text"), required=False, widget=forms.Textarea(attrs={"rows": 18}))

    class Meta:
        model = Notice
        fields = ("committee", *sorted(FIELDS - {"external_ref", "corrects"}))
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "met_on": WrittenDayInput,
            "issued_on": WrittenDayInput,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and not self.instance.corrects_id:
            self._mark_missing(self.instance)

    def _mark_missing(self, notice: Notice) -> None:
        """Say at each field that the issue waits for; of the issuer, also how it is found."""
        for name in missing_of(notice):
            why = NEEDED_YET
            if name == "issuer":
                why = ISSUER_UNKNOWN if notice.issuer_name else ISSUER_OPEN
            marked = format_html('<span class="field-missing">{}</span>', why % {"name": notice.issuer_name})
            self.fields[name].help_text = format_html("{} {}", self.fields[name].help_text, marked)

    def _get_validation_exclusions(self) -> set[str]:
        """What the action asks as well, with a kinder sentence than the constraint's name."""
        return super()._get_validation_exclusions() | {"met_on", "issued_on", "number", "symbol", "issuer"}


def printed_issuer(committee: Committee, said: Mapping[str, Any]) -> dict[str, Any]:
    """The issuer that is printed, where none is chosen and the register knows it, or it is the committee itself."""
    if said.get("issuer") or not said.get("issuer_name"):
        return {}
    found = issuer_of(said["issuer_name"], said.get("issued_on") or clock.today(), committee)
    return {"issuer": found} if found else {}
