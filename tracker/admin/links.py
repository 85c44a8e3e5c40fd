"""The page of a directive's links: what it repeats, amends or supersedes, and how two that say the same become one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb, require
from directives.actions.joining import check_join, join, plan_join
from directives.actions.linking import BY_HAND, link, unlink
from directives.models import Directive, DirectiveLink, Event, Notice
from directives.models.notices import PUBLISHED
from tracker import clock
from tracker.admin.fields import DeskForm
from tracker.admin.issued import ReasonForm
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import sentence_of, show, status_of
from tracker.admin.seat import seat_of
from tracker.admin.ties import TIED, ties_of

FOUND_SHOWN = 20
EVENTS_SHOWN = 30


class SearchForm(DeskForm):
    q = forms.CharField(
        label=gettext_lazy("Number of the notice, or words"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("With or without marks: 369, 369/TB-VPCP, bao cao quy."),
    )


class LinkForm(DeskForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("How this directive stands to it"), choices=[(kind.value, kind.label) for kind in BY_HAND]
    )
    target = forms.IntegerField(widget=forms.HiddenInput)


class JoinForm(ReasonForm):
    """Why the one goes on and the other does not; the plan that was shown goes along."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Found:
    """A directive that the search found, with the form that links it."""

    directive: Directive
    form: LinkForm


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where these pages lie below a notice."""
    of = "<int:pk>/directives/<int:directive_pk>"
    return [
        path(f"{of}/links/", view(links), name="directive_links"),
        path(f"{of}/links/<int:link_pk>/remove/", view(remove), name="directive_unlink"),
        path(f"{of}/join/<int:keeper_pk>/", view(join_into), name="directive_join"),
    ]


def links(request: HttpRequest, pk: int, directive_pk: int) -> HttpResponse:
    """Both directions, the search for one more, and on POST the link to what was found."""
    directive = _directive(request, pk, directive_pk)
    if refused := _refused(request, directive, Verb.DRAFT):
        return refused
    if request.method != "POST":
        return _links_page(request, directive)
    form = LinkForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _links_page(
            request, directive, sentence=_("Please choose a directive and how the two stand."), status=400
        )
    target = get_object_or_404(_others(request, directive), pk=form.cleaned_data["target"])
    try:
        link(directive, target, form.cleaned_data["kind"], by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        return _links_page(request, directive, sentence=sentence_of(refusal), status=status_of(refusal))
    messages.success(request, _("The two directives are linked."))
    return redirect("admin:directive_links", pk, directive_pk)


@require_POST
def remove(request: HttpRequest, pk: int, directive_pk: int, link_pk: int) -> HttpResponse:
    """Take a link back, with a reason."""
    directive = _directive(request, pk, directive_pk)
    if refused := _refused(request, directive, Verb.DRAFT):
        return refused
    own = DirectiveLink.objects.filter(Q(source=directive) | Q(target=directive))
    row = get_object_or_404(own.select_related("source__notice__committee", "target__notice"), pk=link_pk)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        unlink(row, by=seat_of(request).user, at=clock.now(), reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        return _links_page(request, directive, sentence=sentence_of(refusal), status=status_of(refusal))
    messages.success(request, _("The link is removed; the history keeps it."))
    return redirect("admin:directive_links", pk, directive_pk)


def join_into(request: HttpRequest, pk: int, directive_pk: int, keeper_pk: int) -> HttpResponse:
    """What would end if this directive were joined into another; on POST the step."""
    directive = _directive(request, pk, directive_pk)
    if refused := _refused(request, directive, Verb.WITHDRAW):
        return refused
    keeper = get_object_or_404(_others(request, directive), pk=keeper_pk)
    form, status, in_the_way = JoinForm(request.POST or None), 200, ""
    try:
        check_join(directive, keeper)
        if form.is_valid():
            join(directive, keeper, by=seat_of(request).user, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("One directive goes on, the other's open work is withdrawn."))
            return redirect("admin:directive_links", pk, directive_pk)
    except Refusal as refusal:
        status = show(form, refusal) if form.is_bound else 200
        in_the_way = "" if form.is_bound else sentence_of(refusal)
    return page(
        request,
        "admin/directives/notice/join.html",
        title=_("Join two directives that say the same"),
        model=Notice,
        status=status,
        directive=directive,
        keeper=keeper,
        form=form,
        plan=plan_join(directive, keeper),
        in_the_way=in_the_way,
    )


def _links_page(request: HttpRequest, directive: Directive, *, sentence: str = "", status: int = 200) -> HttpResponse:
    search = SearchForm(request.GET if "q" in request.GET else None)
    words = search.cleaned_data["q"].strip() if search.is_valid() else ""
    found = list(_others(request, directive).searched(words)[: FOUND_SHOWN + 1]) if words else []
    return page(
        request,
        "admin/directives/notice/links.html",
        title=_("Links of directive %(position)s") % {"position": directive.position},
        model=Notice,
        status=status,
        directive=directive,
        notice=directive.notice,
        ties=ties_of(directive),
        remove_form=ReasonForm(auto_id=False),
        search=search,
        words=words,
        found=[Found(row, LinkForm(initial={"target": row.pk}, auto_id=f"id_{row.pk}_%s")) for row in found],
        shown=FOUND_SHOWN,
        sentence=sentence,
        events=Event.objects.filter(directive=directive, assignment=None).order_by("-at", "-pk")[:EVENTS_SHOWN],
    )


def _directive(request: HttpRequest, pk: int, directive_pk: int) -> Directive:
    rows = Directive.objects.in_reach(seat_of(request).sight).filter(notice__state__in=PUBLISHED, notice_id=pk)
    return get_object_or_404(rows.select_related("notice__committee").prefetch_related(*TIED), pk=directive_pk)


def _others(request: HttpRequest, directive: Directive) -> Any:
    """What it may be linked with: the other directives of the committee's published notices, the newest first."""
    rows: QuerySet[Directive] = Directive.objects.in_reach(seat_of(request).sight).filter(
        notice__committee=directive.notice.committee_id, notice__state__in=PUBLISHED
    )
    rows = rows.exclude(pk=directive.pk).select_related("notice__committee").defer("notice__text")
    return rows.order_by("-notice__issued_on", "-notice_id", "position", "pk")


def _refused(request: HttpRequest, directive: Directive, verb: Verb) -> HttpResponse | None:
    """Who may not is told so before the form, not after it."""
    seat = seat_of(request)
    try:
        require(seat.user, verb, directive.notice.committee, on=seat.today)
    except NotAllowed as refusal:
        return refused_page(request, refusal)
    return None
