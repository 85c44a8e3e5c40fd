"""A device that its user marked as own: the last list seen is kept there for the time without network, and wiped.

The mark is a cookie of the device, made for one person. All that is kept lies in the caches of the service worker
(`static/tracker/worker.js`): the copy of the list, which only that person is given, and the files it is shown with.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

COOKIE = "dondoc_device"
MARKED_FOR = timedelta(days=365)
WIPE = '"cache", "storage"'
OWN = "X-Own-Device"
LEAVING = ("log_out", "admin:logout")

Answer = Callable[[HttpRequest], HttpResponse]


def is_own(request: HttpRequest) -> bool:
    """Whether whoever is logged in has marked this device as own."""
    kept = request.COOKIES.get(COOKIE)
    return bool(kept) and request.user.is_authenticated and constant_time_compare(kept, _mark(request.user))


def own_device(answer: Answer) -> Answer:
    """Middleware: what a marked device keeps is wiped when its person leaves, and the mark too when another comes.

    The answer to a form leads on, and a worker cannot read it: the mark stays until a page has told it as well. Each
    answer on the person's own device says so, since a worker keeps nothing where the list comes without that.
    """

    def watch(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if COOKIE not in request.COOKIES:
            return response
        matched = request.resolver_match
        if request.method == "POST" and matched is not None and matched.view_name in LEAVING:
            response["Clear-Site-Data"] = WIPE
        elif is_own(request):
            response[OWN] = "yes"
        elif request.user.is_authenticated and COOKIE not in response.cookies:
            response["Clear-Site-Data"] = WIPE
            if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
                unmark(response)
        return response

    return watch


def mark(response: HttpResponse, user: User) -> None:
    """From this answer on the device is the person's own."""
    response.set_cookie(
        COOKIE,
        _mark(user),
        max_age=MARKED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def unmark(response: HttpResponse) -> None:
    """From this answer on it is nobody's."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _mark(user: User) -> str:
    return salted_hmac("tracker.web.device", user.uuid.hex, algorithm="sha256").hexdigest()[:40]
