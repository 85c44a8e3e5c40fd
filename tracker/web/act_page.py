"""The page of one act: what it is about, its form, and what was written for it before."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.roles import Verb
from directives.models import Assignment, Report, Unsent
from directives.rules.refusals import Stale
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.forms import ActForm
from tracker.web.quoting import quotation
from tracker.web.refusals import STATUS, barrier, status_of
from tracker.web.together import handed_down, helpers
from tracker.web.wording import CHIPS, Act, deadline, is_returned

CONFLICT = 409


def find(request: SignedIn, uuid: UUID) -> Assignment:
    """The assignment where the reader may see it; else 404."""
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    parts = ("agency", "directive__notice__committee", "directive__given_by", "directive__paragraph")
    return get_object_or_404(found.select_related(*parts), uuid=uuid)


def act_page(
    request: SignedIn, assignment: Assignment, act: Act, form: ActForm, *, other: Unsent | None = None
) -> HttpResponse:
    """The page with `form`; `other` is what another window of the same person kept meanwhile."""
    desk = desk_of(request)
    barred = barrier(assignment, act.verb, user=request.user, today=desk.today)
    closed = None if form.is_bound else barred
    rows = Unsent.objects.filter(assignment=assignment, verb=act.verb).select_related("user").order_by("-kept_at")
    own = next((row for row in rows if row.user_id == request.user.pk), None)
    if own is not None and not form.is_bound and not form.initial:
        form.initial = own.words
    page = {
        "section": "assignments",
        "assignment": assignment,
        "words": quotation(assignment.directive),
        "chip": CHIPS[assignment.standing],
        "returned": is_returned(assignment) and Report.objects.returned().filter(assignment=assignment).first(),
        "deadline": deadline(assignment, today=desk.today, calendar=desk.calendar),
        "act": act,
        "form": form,
        "closed": closed,
        "version": _version(assignment, form),
        "unsent": own,
        "unsent_version": known_version(form.data) if form.is_bound else own.version if own else 0,
        "colleagues": [row for row in rows if row.user_id != request.user.pk] if not barred else [],
        "written": _labelled(form, form.initial) if closed else [],
        "other": _labelled(form, other.words) if other else [],
        **(_before(assignment, desk) if act.verb == Verb.HAND_IN and not barred else {}),
    }
    status = CONFLICT if other else closed.status if closed else status_of(form)
    return render(request, "web/act.html", page, status=status)


def _before(assignment: Assignment, desk: Desk) -> dict[str, object]:
    """What whoever hands in should know: what is still open below and beside. It hinders nobody."""
    waited_for = [helper for helper in helpers(assignment, desk) if helper.delivered_on is None]
    return {"counts": handed_down(assignment, desk), "waited_for": waited_for}


def known_version(posted: Mapping[str, str]) -> int:
    """The version of what was kept that a page says it has read; 0 for none."""
    said = str(posted.get("unsent_version", ""))
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _version(assignment: Assignment, form: ActForm) -> int:
    """What the page sends along: the version that its reader knows, until the reader was told of a newer one."""
    read = form.cleaned_data.get("version") if form.is_bound and (form.is_valid() or form.errors) else None
    return assignment.version if read is None or form.status == STATUS[Stale] else read


def _labelled(form: ActForm, words: Mapping[str, object]) -> list[tuple[str, str]]:
    """Words of a form with the names of their fields, to be read and copied."""
    return [(str(form.fields[name].label), str(text)) for name, text in words.items() if text and name in form.fields]
