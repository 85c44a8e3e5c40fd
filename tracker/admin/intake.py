"""A notice comes in as a file or as pasted text: its header is read, and a person looks at all of it in the draft."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Committee
from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb
from directives.actions.entering import draft_notice
from directives.models import Notice
from tracker import clock
from tracker.admin.fields import DeskForm, TextField
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import show
from tracker.admin.seat import Seat, seat_of
from tracker.admin.secrecy import SECRECY, SECRECY_HINT
from tracker.documents.notices import ReadNotice, issuer_called, read_notice

PASTED = "pasted.txt"


class IntakeForm(DeskForm):
    """A file, or the text itself; never both."""

    committee = forms.ModelChoiceField(label=gettext_lazy("committee"), queryset=Committee.objects.none())
    secrecy = forms.ChoiceField(label=gettext_lazy("secrecy"), choices=SECRECY, required=False, help_text=SECRECY_HINT)
    file = forms.FileField(
        label=gettext_lazy("file"), required=False, help_text=gettext_lazy("A .docx, a .pdf with text, or a .txt")
    )
    text = TextField(
        label=gettext_lazy("or the text itself"), required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    def __init__(self, seat: Seat, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = seat.committees().order_by("name_vi")
        self.fields["committee"].queryset = own
        self.fields["committee"].initial = own.first() if own.count() == 1 else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("file")) == bool((given.get("text") or "").strip()):
            self.add_error("file", _("Choose a file or paste the text."))
        return given

    def source(self) -> tuple[str, bytes] | None:
        """Name and bytes of the file; None where the text was pasted."""
        upload = self.cleaned_data["file"]
        return (upload.name, upload.read()) if upload else None


def take_in(request: HttpRequest) -> HttpResponse:
    """Read what came, keep it as a draft, and go on to its header, where everything can be set right."""
    seat = seat_of(request)
    if not seat.can(Verb.DRAFT):
        return refused_page(request, NotAllowed(_("Only a secretariat enters notices.")))
    form, status = IntakeForm(seat, request.POST or None, request.FILES or None), 200
    if form.is_valid():
        try:
            notice, doubts = _kept(form, seat)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            for doubt in doubts:
                messages.warning(request, _(doubt))
            messages.success(request, _("The notice was read into a draft. Please compare it with the document."))
            return redirect("admin:directives_notice_change", notice.pk)
    return page(
        request,
        "admin/directives/notice/intake.html",
        title=_("Enter a notice"),
        model=Notice,
        status=status,
        form=form,
    )


def _kept(form: IntakeForm, seat: Seat) -> tuple[Notice, list[str]]:
    given, source = form.cleaned_data, form.source()
    at = clock.now()
    read: ReadNotice = read_notice(*(source or (PASTED, given["text"].encode())))
    issuer = issuer_called(read.header.issuer_name, read.header.issued_on or seat.today)
    notice = draft_notice(
        committee=given["committee"],
        by=seat.user,
        at=at,
        secrecy=given["secrecy"],
        source=source,
        issuer=issuer,
        **read.fields(),
    )
    return notice, list(read.doubts)
