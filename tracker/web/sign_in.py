"""Log in by e-mail, log out, and the page that says why log-in is locked."""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import Verb, verbs_of
from tracker import clock
from tracker.web.carrying import bring_back, read, typed_in
from tracker.web.fields import dress
from tracker.web.onward import onward
from tracker.web.unsent import LOGGED_OUT

View = Callable[..., HttpResponse]


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
    if request.user.is_authenticated:
        wanted = onward(request, settings.LOGIN_REDIRECT_URL)
        return bring_back(request, wanted) or redirect(wanted)
    form = LogInForm(request, data=request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        wanted = _first_page(request, form.get_user())
        return bring_back(request, wanted) or redirect(wanted)
    if form.is_bound and form.data.get("username"):
        # Only the password is to be written again.
        form.fields["username"].widget.attrs.pop("autofocus", None)
        form.fields["password"].widget.attrs["autofocus"] = True
    page = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "typed": request.POST.get("typed", ""),
        "idle_minutes": _idle_minutes(request.GET.get("idle", "")),
    }
    return render(request, "registration/login.html", page, status=400 if form.is_bound else 200)


def _first_page(request: HttpRequest, user: User) -> str:
    """Where that person wanted to go; whoever does a secretariat's work and named no other page, to the desk."""
    home = resolve_url(settings.LOGIN_REDIRECT_URL)
    wanted = onward(request, home)
    drafts = Verb.DRAFT in verbs_of(user, on=clock.today())
    return reverse("admin:index") if wanted == home and drafts else wanted


@never_cache
@sensitive_post_parameters("password")
def log_in_again(request: HttpRequest) -> HttpResponse:
    """The same in the middle of a page, whose session has ended: a form, and JSON with the next token of forms."""
    form = LogInForm(request, data=request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        return JsonResponse({"token": get_token(request)})
    return render(request, "registration/_again.html", {"form": form}, status=400 if form.is_bound else 200)


def behind_the_door(view: View) -> View:
    """As `login_required`, but what was typed into a form comes along to the log-in page, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **named)
        typed = typed_in(request)
        if not typed:
            return redirect_to_login(request.get_full_path())
        idle = getattr(request, "idle_minutes", None)
        page = {"form": LogInForm(request), "next": request.path, "typed": typed, "idle_minutes": idle}
        return render(request, "registration/login.html", page, status=LOGGED_OUT)

    return guarded


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; only by POST, so that no link can do it. What a page carries stays here for its writer."""
    logout(request)
    if not read(str(request.POST.get("typed", ""))):
        return redirect("log_in")
    page = {"form": LogInForm(request), "next": request.POST.get("next", ""), "typed": request.POST["typed"]}
    page["language_next"] = reverse("log_in")
    return render(request, "registration/login.html", page)


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
