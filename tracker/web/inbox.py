"""The messages that were sent to the reader in the application."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from directives.actions.seeing import see
from directives.models import Delivery
from tracker import clock
from tracker.web.desk import SignedIn
from tracker.web.onward import onward

PAGE = 50


@login_required
@require_safe
def messages(request: SignedIn) -> HttpResponse:
    """What was sent to the reader, the newest first, unread ones marked."""
    sent = Delivery.objects.inbox(request.user).select_related("notice", "assignment", "paper", "assessment")
    shown = Paginator(sent, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/messages.html", {"section": "messages", "shown": shown})


@login_required
@require_POST
def see_message(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Note that one message was seen; a second time changes nothing."""
    message = get_object_or_404(Delivery.objects.inbox(request.user), uuid=uuid)
    see(by=request.user, at=clock.now(), message=message)
    return redirect(onward(request, "messages"))


@login_required
@require_POST
def see_all_messages(request: SignedIn) -> HttpResponse:
    """Note that all messages were seen."""
    see(by=request.user, at=clock.now())
    return redirect("messages")
