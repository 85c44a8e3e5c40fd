"""Log in by e-mail, log out, and the page that says why log-in is locked."""

from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tracker.web.fields import dress
from tracker.web.onward import onward


class LogInForm(AuthenticationForm):
    """E-mail and password; the sentence does not tell whether the account exists."""

    error_messages = {
        "invalid_login": _("The e-mail or the password is not right. After five wrong tries log-in is locked."),
        "inactive": _("This account is closed."),
    }

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].error_messages["required"] = _("Please write your e-mail address.")
        self.fields["password"].label = _("Password")
        self.fields["password"].error_messages["required"] = _("Please write your password.")
        dress(self)


@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is, and go on to where that person wanted to go."""
    wanted = onward(request, settings.LOGIN_REDIRECT_URL)
    if request.user.is_authenticated:
        return redirect(wanted)
    form = LogInForm(request, data=request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        return redirect(wanted)
    if form.is_bound and form.data.get("username"):
        # Only the password is to be written again.
        form.fields["username"].widget.attrs.pop("autofocus", None)
        form.fields["password"].widget.attrs["autofocus"] = True
    page = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "idle_minutes": _idle_minutes(request.GET.get("idle", "")),
    }
    return render(request, "registration/login.html", page, status=400 if form.is_bound else 200)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; only by POST, so that no link can do it."""
    logout(request)
    return redirect("log_in")


def locked_out(
    request: HttpRequest, refused: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page after too many wrong passwords, with how long to wait (429); shown in place of `refused`."""
    wait = get_cool_off(request)
    minutes = ceil(wait.total_seconds() / 60) if wait else None
    page = {"failure_limit": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
    return render(request, "registration/locked_out.html", page, status=429)


def account_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The e-mail by which wrong tries are counted: 'A@x' and 'a@x ' are one account."""
    if credentials:
        typed = credentials.get("username") or credentials.get("email") or ""
    else:
        typed = request.POST.get("username", "") if request else ""
    return str(typed).strip().lower()


def _idle_minutes(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) <= 3 else None
