"""Recurring work of an issued notice comes to its end by the secretariat's word."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb, may
from directives.actions.recurring import end_recurrence
from directives.models import Directive, Notice
from directives.models.kinds import Recurrence
from tracker import clock
from tracker.admin.fields import DayField
from tracker.admin.issued import ReasonForm
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import show
from tracker.admin.seat import seat_of


class EndForm(ReasonForm):
    """The last day on which work recurs, and why."""

    until = DayField(
        label=gettext_lazy("recurs until"),
        help_text=gettext_lazy("The period of this day is the last one. Open work of later periods is withdrawn."),
    )
    field_order = ("until", "reason")


def end(request: HttpRequest, pk: int, directive_pk: int) -> HttpResponse:
    """Let a directive recur no longer; who may not is told so before the form, not after it."""
    seat = seat_of(request)
    rows = Directive.objects.in_reach(seat.sight).exclude(recurrence=Recurrence.ONCE)
    directive = get_object_or_404(rows.select_related("notice__committee"), pk=directive_pk, notice_id=pk)
    answer = may(seat.user, Verb.WITHDRAW, directive.notice.committee, on=seat.today)
    if not answer:
        return refused_page(request, NotAllowed(str(answer.reason)))
    form: forms.Form = EndForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            end_recurrence(directive, by=seat.user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            messages.success(
                request, _("The directive recurs until %(day)s.") % {"day": f"{form.cleaned_data['until']:%d/%m/%Y}"}
            )
            return redirect("admin:directives_notice_change", pk)
    return page(
        request,
        "admin/directives/notice/end.html",
        title=_("End of the recurrence"),
        model=Notice,
        status=status,
        directive=directive,
        form=form,
    )
