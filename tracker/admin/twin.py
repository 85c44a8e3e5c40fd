"""Where a number is taken, the page leads to the notice that has it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directives.actions.twins import same_number
from directives.models import Notice
from tracker.admin.seat import seat_of


def way_to_twin(request: HttpRequest, answer: HttpResponse) -> None:
    """Beside a header whose number is taken, tell the way to the other notice, if this person may open it."""
    shown = (getattr(answer, "context_data", None) or {}).get("adminform")
    if shown is None or "number" not in shown.form.errors:
        return
    twin = same_number(shown.form.instance)
    if twin and Notice.objects.in_reach(seat_of(request).sight).filter(pk=twin.pk).exists():
        address = reverse("admin:directives_notice_change", args=[twin.pk])
        messages.warning(request, format_html('<a href="{}">{}</a>', address, _("Open %(twin)s") % {"twin": twin}))
