"""The reader's calendar of deadlines: the page of its private address, and the calendar that programs read there."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import CalendarFeed
from accounts.models.feeds import COST
from accounts.refusals import Refusal
from directives.actions.subscribing import make_feed, revoke_feed
from directives.models.feeding import CLOSED_FOR, MOST, deadlines_of
from tracker import clock
from tracker.documents.ics import write_calendar
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.feed_words import about, entry_of, title
from tracker.web.refusals import STATUS, told

HOURS = 4  # how often a program asks, if it heeds us
# Nobody else keeps it, nobody finds it, and no link out of it tells where it stands.
HEADERS = {
    "Cache-Control": f"private, max-age={HOURS * 900}",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
TOO_OFTEN = gettext_lazy("This calendar was read too often. Ask again later.")


@login_required
@require_safe
def feed(request: SignedIn) -> HttpResponse:
    """Whether the reader has a calendar, when it was last read, and how to get or to end it."""
    return _page(request)


@login_required
@require_POST
@never_cache
def make(request: SignedIn) -> HttpResponse:
    """A new address, shown on this answer and never again; the one before no longer works."""
    try:
        _row, secret = make_feed(by=request.user, at=clock.now())
    except Refusal as refusal:
        return _page(request, status=STATUS[type(refusal)], refused=told(refusal))
    return _page(request, address=settings.SITE_URL + reverse("calendar", args=[secret]))


@login_required
@require_POST
def revoke(request: SignedIn) -> HttpResponse:
    """The address works no longer."""
    if revoke_feed(by=request.user, at=clock.now()):
        messages.success(request, _("Noted: the address no longer works. Remove the calendar from your programs."))
    return redirect("feed")


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar, for whoever knows its secret; not there (404) once it is revoked or its person left the agency."""
    now, today = clock.now(), clock.today()
    row = CalendarFeed.objects.opened_by(secret)
    desk = Desk(user=row.user, today=today) if row else None
    if row is None or desk is None or not desk.own_agencies:
        raise Http404
    if not CalendarFeed.objects.note_reading(row, now):
        wait = {**HEADERS, "Retry-After": str(int(COST.total_seconds()))}
        return HttpResponse(TOO_OFTEN, status=429, content_type="text/plain; charset=utf-8", headers=wait)
    with override(row.user.language):
        content = _content(desk)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=HEADERS)
    answer["ETag"] = etag = f'"{sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag, None, answer) or answer


def _content(desk: Desk) -> bytes:
    rows = deadlines_of(desk.own_agencies, desk.today)
    return write_calendar(title(desk), about(desk), map(entry_of, rows), hours=HOURS)


def _page(request: SignedIn, *, status: int = 200, refused: str = "", address: str = "") -> HttpResponse:
    desk = desk_of(request)
    page = {
        "section": "feed",
        "desk": desk,
        "row": CalendarFeed.objects.live().filter(user=request.user).first(),
        "refused": refused,
        "address": address,
        "subscribed": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "most": MOST,
        "days": CLOSED_FOR.days,
    }
    return render(request, "web/feed.html", page, status=status)
