"""One directive of a notice and who answers for it: how many have done it, and who is missing."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives.models import Assignment, Directive
from directives.rules.lifecycle import State
from tracker.counted import counted
from tracker.web.assignments import rows_of
from tracker.web.desk import SignedIn, desk_of

PAGE = 50
SHOW = {
    "all": (_("All agencies"), Q()),
    "missing": (_("Missing"), ~Q(state=State.DONE)),
    "done": (_("Done"), Q(state=State.DONE)),
}


@login_required
@require_safe
def directive_parts(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Who leads or shares one directive, as far as the reader sees them: all, those who are missing, or who is done."""
    desk = desk_of(request)
    seen = Directive.objects.visible_to(request.user, desk.today).select_related("notice", "given_by")
    directive = get_object_or_404(seen.defer("notice__text"), uuid=uuid)
    every = Assignment.objects.visible_to(request.user, desk.today).filter(directive=directive).counted()
    show = request.GET.get("show", "all")
    show = show if show in SHOW else "all"
    found = every.filter(SHOW[show][1]).with_standing(desk.today, desk.soon_until)
    shown = Paginator(found.for_list().by_need(), PAGE).get_page(request.GET.get("page"))
    counts = {name: every.filter(which).count() for name, (_words, which) in SHOW.items()}
    page = {
        "section": "notices",
        "directive": directive,
        "shows": [
            (name, words, counted(counts[name], look="count"), f"?show={name}")
            for name, (words, _which) in SHOW.items()
        ],
        "show": show,
        "shown": shown,
        "rows": rows_of(list(shown), desk),
    }
    return render(request, "web/directive_parts.html", page)
