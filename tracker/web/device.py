"""The page on which a device is marked as own, and what such a device asks for: worker, copy of the list, manifest."""

import json
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker import clock
from tracker.web.assignments import list_shown
from tracker.web.desk import SignedIn, desk_of
from tracker.web.filters import Filters
from tracker.web.own_device import LEAVING, WIPE, is_own, mark, unmark

# So long a copy is shown without having been renewed.
KEPT_FOR = timedelta(days=7)
FONTS = [f"{letters}-{weight}" for letters in ("latin", "vietnamese") for weight in (400, 500, 600, 700)]
SHELL = [
    "vendor/bootstrap.min.css",
    *(f"css/{name}.css" for name in ("tokens", "site", "work", "own")),
    *(f"fonts/be-vietnam-pro-{name}-normal.woff2" for name in FONTS),
    "img/icons.svg",
    "img/mark.svg",
    "device.js",
]
ICONS = {
    "icon-192.png": ("192x192", "any"),
    "icon-512.png": ("512x512", "any"),
    "icon-mask.png": ("512x512", "maskable"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: SignedIn) -> HttpResponse:
    """Whether this is the reader's own device; both ways wipe what was kept before."""
    if request.method != "POST":
        return render(request, "web/device.html", {"section": "device", "days": KEPT_FOR.days})
    answer = redirect("device")
    answer["Clear-Site-Data"] = WIPE
    if request.POST.get("own") == "yes":
        messages.success(request, _("Noted: the list is kept on this device each time you open it."))
        mark(answer, request.user)
    else:
        messages.success(request, _("Noted: nothing is kept on this device any more."))
        unmark(answer)
    return answer


@login_required
@require_safe
def list_copy(request: SignedIn) -> HttpResponse:
    """The list that was just seen, to be looked at without network: no form, no link into it, and its moment."""
    if not is_own(request):
        raise Http404
    now = clock.now()
    shown = list_shown(request, desk_of(request), Filters(request.GET))
    answer = render(request, "web/list_copy.html", {**shown, "now": now, "days": KEPT_FOR.days})
    answer["Cache-Control"] = "no-store"
    answer["X-Kept-Until"] = str(int((now + KEPT_FOR).timestamp() * 1000))
    return answer


@require_safe
def not_sent(request: HttpRequest) -> HttpResponse:
    """What a device shows where a form could not leave it."""
    return render(request, "web/not_sent.html")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How the pages stand on a device's own screen (W3C Web Application Manifest)."""
    icons = [
        {"src": static(f"tracker/img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, (sizes, purpose) in ICONS.items()
    ]
    said = {
        "id": "/",
        "name": "Đôn đốc",
        "short_name": "Đôn đốc",
        "description": _("Follow-up of conclusion notices"),
        "lang": request.LANGUAGE_CODE,
        "start_url": reverse("assignments"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f3f5f9",
        "theme_color": "#163a6c",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker with the names of what it keeps; asked for anew each time, so that a release counts."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@cache
def _worker() -> str:
    source = Path(finders.find("tracker/worker.js") or "").read_text(encoding="utf-8")
    shell = [static(f"tracker/{name}") for name in SHELL]
    known = {
        "version": sha256((source + "".join(shell)).encode()).hexdigest()[:12],
        "shell": shell,
        "list": reverse("assignments"),
        "copy": reverse("list_copy"),
        "notSent": reverse("not_sent"),
        "wipedBy": [reverse(name) for name in (*LEAVING, "device")],
    }
    return f"const KNOWN = {json.dumps(known)};\n{source}"
