"""Idle time-out: who leaves the desk is logged out by the server, and told why at the door."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import Office, Role
from tracker import clock
from tracker.web.carrying import writes_at
from tracker.web.unsent import LOGGED_OUT

LAST_SEEN, LIMIT = "last_seen", "idle_seconds"
# The session is written at most this often (seconds), not at every request.
GRAIN = 60

Answer = Callable[[HttpRequest], HttpResponse]


def idle_time_out(get_response: Answer) -> Answer:
    """Middleware: a session that nobody used for its limit of seconds ends; administrators have the shorter one."""

    def watch(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now = int(clock.now().timestamp())
        if LIMIT not in request.session:
            request.session[LIMIT] = _limit(request)
        idle = now - request.session.get(LAST_SEEN, now)
        if idle > request.session[LIMIT]:
            return _at_the_door(request, get_response)
        if LAST_SEEN not in request.session or idle >= GRAIN:
            request.session[LAST_SEEN] = now
        return get_response(request)

    return watch


@login_required
def here(request: HttpRequest) -> HttpResponse:
    """A sign of life from a page in which somebody types (204)."""
    return HttpResponse(status=204)


def _limit(request: HttpRequest) -> int:
    offices = Office.objects.of(request.user, clock.today())
    administers = offices.filter(role=Role.ADMINISTRATOR).exists()
    return settings.IDLE_SECONDS_ADMINISTRATOR if administers else settings.IDLE_SECONDS


def _at_the_door(request: HttpRequest, get_response: Answer) -> HttpResponse:
    minutes = request.session[LIMIT] // 60
    logout(request)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=LOGGED_OUT)
    if request.method == "POST" and writes_at(request.path):
        # The form's own page asks who it is, and keeps what was typed.
        request.idle_minutes = minutes
        return get_response(request)
    door = f"{reverse('log_in')}?{urlencode({'next': request.get_full_path(), 'idle': minutes})}"
    return HttpResponseClientRedirect(door) if request.htmx else HttpResponseRedirect(door)
