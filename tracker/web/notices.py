"""Notices: what was concluded, paragraph by paragraph, and what it gives to whom."""

from collections import Counter, defaultdict
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directives.models import Addressee, Assignment, Directive, Notice, Role
from directives.models.notices import PUBLISHED
from directives.rules.standing import Standing
from tracker.web.amended import amendments_of
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.quoting import stretches
from tracker.web.wording import CHIPS, deadline

PAGE = 50
DONE = (Standing.DONE_ON_TIME, Standing.DONE_LATE)


@login_required
@require_safe
def notices(request: SignedIn) -> HttpResponse:
    """The notices in reach, the newest first."""
    found = Notice.objects.kept().visible_to(request.user, desk_of(request).today).for_list()
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/notices.html", {"section": "notices", "shown": shown})


@login_required
@require_safe
def notice(request: SignedIn, uuid: UUID) -> HttpResponse:
    """One notice: its paragraphs with what they ask marked, and its directives with the parts in reach."""
    desk = desk_of(request)
    found = Notice.objects.kept().visible_to(request.user, desk.today).select_related("committee", "issuer", "session")
    one = get_object_or_404(found, uuid=uuid)
    named = Prefetch("addressees", Addressee.objects.select_related("agency", "group"))
    directives = list(_directives(one, desk).prefetch_related(named).order_by("position", "pk"))
    quoted = [directive for directive in directives if directive.edition == one.edition]
    page = {
        "section": "notices",
        "notice": one,
        "paragraphs": [(part, stretches(one.text, part, quoted)) for part in one.paragraphs.order_by("position")],
        "asked": _asked(one, directives, desk),
        "amendments": amendments_of(one) if one.state in PUBLISHED else None,
    }
    return render(request, "web/notice.html", page)


def _directives(one: Notice, desk: Desk) -> QuerySet[Directive]:
    """What the notice gives, and what an agency above has handed down to the reader's own under it."""
    to_us = Assignment.objects.handed_down_to(desk.own_agencies).values("directive")
    rows = one.directives.visible_to(desk.user, desk.today).select_related("given_by")
    return rows.filter(Q(given_by=None) | Q(pk__in=to_us))


def _asked(one: Notice, directives: list[Directive], desk: Desk) -> list[dict[str, object]]:
    """Each directive with the parts that are the reader's own or that lead, and how many of all parts are done."""
    in_reach = Assignment.objects.visible_to(desk.user, desk.today).filter(directive__notice=one)
    in_reach = in_reach.with_standing(desk.today, desk.soon_until)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    tally = in_reach.counted().order_by().values_list("directive_id", "standing").annotate(Count("pk"))
    for directive_id, standing, number in tally:
        counts[directive_id][standing] = number
    rows = defaultdict(list)
    for row in in_reach.live().filter(Q(role=Role.LEAD) | Q(agency__in=desk.own_agencies)).for_list().by_need():
        rows[row.directive_id].append(row)
    return [
        {
            "directive": directive,
            "parts": [
                {
                    "assignment": row,
                    "chip": CHIPS[row.standing],
                    "deadline": deadline(row, today=desk.today, calendar=desk.calendar),
                }
                for row in rows[directive.pk]
            ],
            "done": sum(counts[directive.pk][standing] for standing in DONE),
            "total": counts[directive.pk].total(),
        }
        for directive in directives
    ]
