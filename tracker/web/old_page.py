"""A form that can no longer be trusted, since its person logged in again: what was typed comes along all the same."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.web.carrying import bring_back, read, somebody_elses, typed_in, words_in
from tracker.web.desk import SignedIn
from tracker.web.onward import onward
from tracker.web.sign_in import LogInForm
from tracker.web.unsent import WRITER

OLD = 403


def page_is_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to such a form: to its writer what was typed, to be kept as a draft; to a stranger the door (403)."""
    at_the_door = request.path == reverse("log_in") and request.method == "POST"
    typed = str(request.POST.get("typed", "")) if at_the_door else typed_in(request)
    wanted = onward(request, settings.LOGIN_REDIRECT_URL) if at_the_door else request.path
    if not read(typed).get(WRITER):  # nothing was typed, or not on a page of ours
        return render(request, "403_csrf.html", status=OLD)
    page = {"typed": typed, "next": wanted}
    if not request.user.is_authenticated:
        return render(request, "registration/login.html", {**page, "form": LogInForm(request)}, status=OLD)
    if read(typed).get(WRITER) != str(request.user.uuid):
        return somebody_elses(request, wanted, typed)
    return render(request, "403_csrf.html", {**page, "shown": words_in(typed)}, status=OLD)


@login_required
@require_POST
def carried(request: SignedIn) -> HttpResponse:
    """Keep what a page carried as a draft, and go on to its form."""
    wanted = onward(request, settings.LOGIN_REDIRECT_URL)
    return bring_back(request, wanted) or redirect(wanted)
