"""A notice comes in as a file or as pasted text: it is read, and a person looks at all of it in the draft."""

from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import Committee
from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb
from directives.actions.taking_in import take_in
from directives.actions.twins import same_file
from directives.models import Intake, IntakeState, Notice
from directives.rules.refusals import Invalid
from tracker import clock
from tracker.admin.drafts import lacking
from tracker.admin.fields import DeskForm, TextField
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import show
from tracker.admin.seat import Seat, seat_of
from tracker.admin.secrecy import SECRECY
from tracker.documents.notices import read_notice
from tracker.documents.reading import FILE_LIMIT, TOO_LARGE, check_kind
from tracker.drafting import enter_read
from tracker.intakes import twin_of
from tracker.waking import wake

PASTED = "pasted.txt"
LATELY = timedelta(days=1)
FRAGMENT, READING = "admin/directives/notice/_reading.html", "admin/directives/notice/reading.html"


class IntakeForm(DeskForm):
    """A file, or the text itself; never both."""

    committee = forms.ModelChoiceField(label=gettext_lazy("committee"), queryset=Committee.objects.none())
    # Nobody is asked for a degree, since none may come in; whoever sends one is refused.
    secrecy = forms.ChoiceField(
        label=gettext_lazy("secrecy"), choices=SECRECY, required=False, widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=gettext_lazy("file"),
        required=False,
        help_text=gettext_lazy("Drop or choose a .docx, .pdf or .txt: it is read at once. No classified documents."),
    )
    text = TextField(label=gettext_lazy("or paste the text"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, seat: Seat, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = seat.committees().order_by("name_vi")
        self.fields["committee"].queryset = own
        if own.count() == 1:
            self.fields["committee"].initial = own.first()
            self.fields["committee"].widget = forms.HiddenInput()
        limits = {"data-most-files": 1, "data-most-bytes": FILE_LIMIT, "data-too-many": _("One file at a time.")}
        limits |= {"data-too-large": TOO_LARGE, "accept": ".docx,.pdf,.txt"}
        limits |= {"data-read-at-once": True, "autofocus": not self.is_bound}
        self.fields["file"].widget.attrs.update(limits)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("file")) == bool((given.get("text") or "").strip()):
            self.add_error("file", _("Choose a file or paste the text."))
        return given


def intake(request: HttpRequest) -> HttpResponse:
    """Take in what came: text is read at once; a file goes to a worker, and its page shows how far that is."""
    seat = seat_of(request)
    if not seat.can(Verb.DRAFT):
        return refused_page(request, NotAllowed(_("Only a secretariat enters notices.")))
    form, status, twin = IntakeForm(seat, request.POST or None, request.FILES or None), 200, None
    if form.is_valid():
        try:
            return redirect(_from_file(form, seat) if form.cleaned_data["file"] else _from_text(request, form, seat))
        except Twin as found:
            status, twin = show(form, found.refusal), _in_reach(seat, found.notice)
        except Refusal as refusal:
            status = show(form, refusal)
    lately = Intake.objects.filter(by=seat.user, at__gt=clock.now() - LATELY).exclude(state=IntakeState.READ)
    return page(
        request,
        "admin/directives/notice/intake.html",
        title=_("Enter a notice"),
        model=Notice,
        status=status,
        form=form,
        twin=twin,
        lately=lately.filter(committee__in=seat.sight.drafts_of)[:10],
    )


def reading(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the reading of a file is; once it is read, its draft; and where it could not be, why."""
    seat = seat_of(request)
    rows = Intake.objects.visible_to(seat.user, seat.today).select_related("notice", "twin")
    found = get_object_or_404(rows, uuid=uuid)
    if found.state == IntakeState.READ:
        draft = _onto(request, found.notice, found.doubts)
        return HttpResponseClientRedirect(draft) if request.htmx else redirect(draft)
    told = _(found.sentence) % found.params if found.params else _(found.sentence) if found.sentence else ""
    return page(
        request,
        FRAGMENT if request.htmx else READING,
        title=_("Reading %(name)s") % {"name": found.name},
        model=Notice,
        intake=found,
        told=told,
        twin=_in_reach(seat, found.twin),
        waits=found.state != IntakeState.REFUSED,
    )


class Twin(Exception):
    """The notice is in the register already."""

    def __init__(self, refusal: Refusal, notice: Notice | None) -> None:
        super().__init__(str(refusal))
        self.refusal, self.notice = refusal, notice


def _from_file(form: IntakeForm, seat: Seat) -> str:
    given, upload = form.cleaned_data, form.cleaned_data["file"]
    content = upload.read()
    check_kind(upload.name, content)
    source = {"name": upload.name, "content": content, "secrecy": given["secrecy"]}
    try:
        kept = take_in(committee=given["committee"], by=seat.user, at=clock.now(), **source)
    except Invalid as refusal:
        raise Twin(refusal, same_file(sha256(content).hexdigest())) from None
    wake("read")
    return reverse("admin:notice_reading", args=[kept.uuid])


def _from_text(request: HttpRequest, form: IntakeForm, seat: Seat) -> str:
    given, at = form.cleaned_data, clock.now()
    read = read_notice(PASTED, given["text"].encode())
    try:
        notice = enter_read(read, committee=given["committee"], by=seat.user, at=at, secrecy=given["secrecy"])
    except Invalid as refusal:
        raise Twin(refusal, twin_of(read, at)) from None
    return _onto(request, notice, read.doubts)


def _onto(request: HttpRequest, notice: Notice, doubts: Collection[str]) -> str:
    """Where one goes on from the reading, which is told: its header where that has gaps, else what it asks."""
    for doubt in doubts:
        messages.warning(request, _(doubt))
    is_clear = not lacking(notice) and notice.amended is None and notice.paragraphs.exists()
    if not is_clear:  # the table of proposals says by itself that they wait
        messages.success(request, _("The notice was read into a draft. Please compare it with the document."))
    page = "admin:notice_paragraphs" if is_clear else "admin:directives_notice_change"
    return reverse(page, args=[notice.pk])


def _in_reach(seat: Seat, notice: Notice | None) -> Notice | None:
    """The notice, where this person may open it."""
    return notice and Notice.objects.in_reach(seat.sight).filter(pk=notice.pk).first()
