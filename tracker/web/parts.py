"""What an agency handed down: k of N done, who is missing, who is late; and the click that nudges them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Agency
from accounts.people import reach
from accounts.refusals import Refusal
from directives.actions.nudging import NUDGE, nudge
from directives.models import Assignment, Directive, Event, ExtensionRequest, ExtensionState
from directives.models.directives import AssignmentQuerySet
from directives.rules.lifecycle import LIVE, WORKING, State
from directives.rules.searching import words_typed
from tracker import clock
from tracker.chips import Chip
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.refusals import STATUS, told
from tracker.web.wording import CHIPS, deadline

PAGE = 50
LONGEST_NUMBER = 6  # digits of a directive's number in its notice, and one more
NAMED = 8  # units that a sentence names
SHOW: dict[str, str | Promise] = {
    "all": gettext_lazy("All units"),
    "missing": gettext_lazy("Missing"),
    "late": gettext_lazy("Late"),
    "waiting": gettext_lazy("To be verified"),
    "declined": gettext_lazy("Declined"),
    "done": gettext_lazy("Done"),
    "given": gettext_lazy("Given out"),
    "open": gettext_lazy("Not done yet"),
}
# What sentences lead to, and is not offered beside the others.
BESIDE = ("given", "open")
TOLD = ("missing", "late", "waiting", "declined", "done")


@dataclass(frozen=True)
class Tally:
    """How many units have a part, and how many of them are done, wait to be verified, are missing or late."""

    total: int = 0
    done: int = 0
    waiting: int = 0
    missing: int = 0
    late: int = 0
    declined: int = 0

    def of(self, show: str) -> int:
        """How many the list holds that shows only these; what was withdrawn is in none."""
        if show == "all":
            return self.total + self.declined
        return self.total if show == "given" else int(getattr(self, show))

    @property
    def open(self) -> int:
        """Not done yet."""
        return self.total - self.done


def tally(parts: AssignmentQuerySet, today: date) -> Tally:
    """Count parts on the local date `today`, in one query; what was withdrawn is not counted."""
    return Tally(**parts.order_by().aggregate(**_counts(today)))


def _counts(today: date) -> dict[str, Count]:
    counts = {name: Count("pk", filter=_filters(today)[name]) for name in TOLD}
    return {"total": Count("pk", filter=Q(state__in=LIVE)), **counts}


def _filters(today: date) -> dict[str, Q]:
    return {
        "all": Q(state__in=(*LIVE, State.DECLINED)),
        "missing": Q(state__in=WORKING),
        "late": Q(state__in=WORKING, due_on__lt=today),
        "waiting": Q(state=State.HANDED_IN),
        "declined": Q(state=State.DECLINED),
        "done": Q(state=State.DONE),
        "given": Q(state__in=LIVE),
        "open": Q(state__in=LIVE) & ~Q(state=State.DONE),
    }


@dataclass(frozen=True)
class Row:
    """One unit's part as the list shows it."""

    assignment: Assignment
    chip: Chip
    deadline: str
    nudged_at: datetime | None
    asks_for_time: bool


@login_required
@require_safe
def parts_page(request: SignedIn, uuid: UUID) -> HttpResponse:
    """All parts of one assignment, for its agency and those above it; to the committee they are not there (404)."""
    desk = desk_of(request)
    whole = _find(request, uuid)
    every = Assignment.objects.parts_of([whole])
    of = request.GET.get("of", "")
    show = request.GET.get("show", "") if request.GET.get("show") in SHOW else "all"
    text = request.GET.get("q", "")[:100]
    found = _named(every.filter(_filters(desk.today)[show]), text)
    if of.isdecimal() and len(of) < LONGEST_NUMBER:
        found = found.filter(directive__position=int(of))
    found = found.with_standing(desk.today, desk.soon_until)
    number = _number(request)
    rows = list(
        found.for_list().order_by("directive__position", "agency__code", "pk")[(number - 1) * PAGE :][: PAGE + 1]
    )
    counts = tally(every, desk.today)
    page = {
        "section": "assignments",
        "assignment": whole,
        "chip": CHIPS[whole.standing],
        "deadline": deadline(whole, today=desk.today, calendar=desk.calendar),
        "counts": counts,
        "directives": _by_directive(whole, desk.today),
        "shows": [
            (name, words, counts.of(name), _address(name, text))
            for name, words in SHOW.items()
            if (counts.of(name) and name not in BESIDE) or name in ("all", show)
        ],
        "show": show,
        "text": text,
        "rows": _rows(rows[:PAGE], desk),
        "before": _address(show, text, number - 1, of) if number > 1 else "",
        "after": _address(show, text, number + 1, of) if len(rows) > PAGE else "",
        "own": whole.agency_id in desk.own_agencies,
        "may_add": whole.agency_id in desk.own_agencies and whole.state in WORKING,
    }
    return render(request, "web/parts.html", page)


@login_required
@require_POST
def nudge_missing(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Ask all who still owe a part, and say who was asked and who was not."""
    whole = _find(request, uuid)
    try:
        found = nudge(whole, by=request.user, at=clock.now())
    except Refusal as refusal:
        return render(request, "403.html", {"sentence": told(refusal)}, status=STATUS[type(refusal)])
    asked = [row.agency.name for row in found.told]
    if asked:
        words = ngettext("Nudged %(many)s unit: %(names)s.", "Nudged %(many)s units: %(names)s.", len(asked))
        messages.success(request, words % {"many": len(asked), "names": _names(asked)})
    reasons: dict[str, list[str]] = {}
    for row, why in found.not_told:
        if row.state in WORKING:
            reasons.setdefault(why, []).append(row.agency.name)
    for why, names in reasons.items():
        said = {"names": _names(names), "why": _(why)}
        messages.warning(request, _("Not nudged: %(names)s – %(why)s.") % said)
    rest = sum(row.state not in WORKING for row, _why in found.not_told)
    if rest:
        words = ngettext("%(many)s unit has nothing open any more.", "%(many)s units have nothing open any more.", rest)
        messages.info(request, words % {"many": rest})
    return redirect("parts", uuid=uuid)


def _names(names: Sequence[str]) -> str:
    said = "; ".join(names[:NAMED])
    return _("%(names)s and %(more)s more") % {"names": said, "more": len(names) - NAMED} if names[NAMED:] else said


def _find(request: SignedIn, uuid: UUID) -> Assignment:
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    one = get_object_or_404(found.for_list(), uuid=uuid)
    if not sees_parts(one, desk):
        raise Http404
    return one


def sees_parts(one: Assignment, desk: Desk) -> bool:
    """Whether the reader sees who does what below: the agency itself, those above it, and who reads all."""
    if one.agency_id in desk.own_agencies:
        return True
    sight = reach(desk.user, desk.today)
    return sight.everything or one.agency_id in sight.agencies


def _named(rows: AssignmentQuerySet, text: str) -> AssignmentQuerySet:
    words = words_typed(text)
    if not words:
        return rows
    return rows.filter(agency__in=Agency.objects.named_by(words).values("pk"))


def _number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if re.fullmatch(r"[1-9][0-9]{0,3}", typed) else 1


def _address(show: str, text: str, number: int = 1, of: str = "") -> str:
    said = {"show": show if show != "all" else "", "q": text, "of": of, "page": number if number > 1 else ""}
    return "?" + urlencode({name: value for name, value in said.items() if value})


def _by_directive(whole: Assignment, today: date) -> list[tuple[Directive, Tally]]:
    """Each part that was handed down, with its own tally."""
    rows = Assignment.objects.parts_of([whole]).order_by().values("directive")
    counts = {row.pop("directive"): Tally(**row) for row in rows.annotate(**_counts(today))}
    directives = whole.handed_down.filter(given_by__isnull=False).order_by("position")
    return [(directive, counts[directive.pk]) for directive in directives if counts[directive.pk].total]


def _rows(parts: Iterable[Assignment], desk: Desk) -> list[Row]:
    shown = list(parts)
    nudges = Event.objects.filter(assignment__in=shown, verb=NUDGE).order_by().values("assignment")
    last = {row["assignment"]: row["last"] for row in nudges.annotate(last=Max("at"))}
    asking = ExtensionRequest.objects.filter(assignment__in=shown, state=ExtensionState.OPEN)
    ask = set(asking.values_list("assignment", flat=True))
    return [
        Row(
            assignment=row,
            chip=CHIPS[row.standing],
            deadline=deadline(row, today=desk.today, calendar=desk.calendar),
            nudged_at=last.get(row.pk),
            asks_for_time=row.pk in ask,
        )
        for row in shown
    ]
