"""The pages by which a notice in force is amended: the new text, what each directive becomes, what issuing will do."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb, require
from directives.actions.amending import compare_anew, decide, in_force, reopen, restate
from directives.actions.amendment_issue import issue_amendment
from directives.actions.amendment_plan import plan_amendment
from directives.actions.taking_in import take_in
from directives.actions.touching import Touch, compare_draft
from directives.models import Directive, Notice, NoticeState, Outcome
from directives.models.notices import PUBLISHED
from directives.rules.comparing import compare
from tracker import clock
from tracker.admin.amend_form import AmendForm
from tracker.admin.compared import initial_for, page_of, shown
from tracker.admin.directive_form import DirectiveForm
from tracker.admin.directives import directive_page
from tracker.admin.drafts import for_drafts, steps_of
from tracker.admin.issuing import IssueForm
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import Seat, seat_of
from tracker.documents.notices import read_notice
from tracker.documents.reading import check_kind
from tracker.drafting import corrected, enter_read
from tracker.waking import wake


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where these pages lie below a notice."""
    of = "<int:pk>/compare/<int:directive_pk>"
    return [
        path("<int:pk>/amend/", view(amend), name="notice_amend"),
        path("<int:pk>/versions/<int:number>/", view(version), name="notice_version"),
        path("<int:pk>/compare/", view(compared), name="notice_compare"),
        path("<int:pk>/compare/anew/", view(anew), name="notice_compare_anew"),
        path(f"{of}/decide/", view(decided), name="amendment_decide"),
        path(f"{of}/restate/", view(restated), name="amendment_restate"),
        path("<int:pk>/issue/amendment/", view(issued), name="amendment_issue"),
    ]


def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """The new text of an issued notice; it becomes a draft beside it, which nobody else sees."""
    seat = seat_of(request)
    rows = Notice.objects.in_reach(seat.sight).filter(state__in=PUBLISHED).select_related("committee")
    notice = get_object_or_404(rows, pk=pk)
    try:
        require(seat.user, Verb.DRAFT, notice.committee, on=seat.today)
    except NotAllowed as refusal:
        return refused_page(request, refusal)
    drafts = notice.corrections.filter(state=NoticeState.DRAFT).order_by("-pk")
    form = AmendForm(
        request.POST or None, request.FILES or None, initial={"issued_on": seat.today, "text": notice.text}
    )
    status = 200
    if form.is_valid():
        try:
            return redirect(_begin(form.cleaned_data, notice, seat))
        except Refusal as refusal:
            status = show(form, refusal)
    return page(
        request,
        "admin/directives/notice/amend.html",
        title=_("Amend %(notice)s") % {"notice": notice},
        model=Notice,
        status=status,
        notice=notice,
        drafts=drafts,
        form=form,
    )


def _begin(given: dict[str, Any], notice: Notice, seat: Seat) -> str:
    """Keep the file for the worker, or read the text at once; where to go on."""
    how, at, upload = given["how"], clock.now(), given["file"]
    if upload:
        content = upload.read()
        check_kind(upload.name, content)
        ties: dict[str, str | int | None] = {"notice": notice.pk, "how": how, "note": given["note"]}
        ties["issued_on"] = given["issued_on"].isoformat() if given["issued_on"] else None
        source = {"name": upload.name, "content": content, "secrecy": given["secrecy"]}
        kept = take_in(committee=notice.committee, by=seat.user, at=at, ties=ties, **source)
        wake("read")
        return reverse("admin:notice_reading", args=[kept.uuid])
    read = read_notice("pasted.txt", given["text"].encode())
    corrects = how == "corrects"
    fields = corrected(notice, given["issued_on"], given["note"]) if corrects else {how: notice}
    fields["secrecy"] = given["secrecy"]
    draft = enter_read(read, committee=notice.committee, by=seat.user, at=at, **fields)
    step = "admin:notice_compare" if corrects else "admin:directives_notice_change"
    return reverse(step, args=[draft.pk])


@require_safe
@for_drafts
def compared(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Both texts beside each other, and what each directive that is touched becomes."""
    return _compare_page(request, notice)


def _compare_page(request: HttpRequest, notice: Notice, *, sentence: str = "", status: int = 200) -> HttpResponse:
    if notice.amended is None:
        return redirect("admin:notice_paragraphs", notice.pk)
    found = compare_draft(notice)
    try:
        in_the_way = ""
        in_force(notice)
    except Refusal as refusal:
        in_the_way = sentence_of(refusal)
    return page(
        request,
        "admin/directives/notice/compare.html",
        title=_("Compare with %(notice)s") % {"notice": notice.amended.reference},
        model=Notice,
        status=status,
        notice=notice,
        amended=notice.amended,
        is_outdated=notice.base_version is not None and notice.base_version != notice.amended.version,
        told=page_of(found),
        shown=shown(found.comparison),
        counts=found.comparison.counts,
        own=notice.directives.filter(amends=None).order_by("position"),
        n_proposals=notice.proposals.open().count(),
        in_the_way=in_the_way,
        sentence=sentence,
        steps=steps_of(notice),
        step="compare",
    )


@require_POST
@for_drafts
def decided(request: HttpRequest, notice: Notice, directive_pk: int) -> HttpResponse:
    """Keep a directive as it is, withdraw it, or (no outcome) leave it open again."""
    by, at, outcome = seat_of(request).user, clock.now(), request.POST.get("outcome", "")
    directive = get_object_or_404(Directive.objects.filter(notice=notice.amended), pk=directive_pk)
    try:
        if outcome:
            decide(notice, directive, outcome, by=by, at=at, version=_seen(request))
        else:
            reopen(notice, directive, by=by, at=at)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect(f"{reverse('admin:notice_compare', args=[notice.pk])}#next")


@for_drafts
def restated(request: HttpRequest, notice: Notice, directive_pk: int) -> HttpResponse:
    """The form of the new statement: it begins with what was issued and what the changed sentence is read to say."""
    directive = get_object_or_404(Directive.objects.filter(notice=notice.amended), pk=directive_pk)
    found = compare_draft(notice)
    touch = next((one for one in found.touches if one.directive.pk == directive.pk), None)
    if touch is None:
        return redirect("admin:notice_compare", notice.pk)
    initial = initial_for(touch, found.words(touch))

    def keep(form: DirectiveForm) -> None:
        given = {"quote": form.cleaned_data["quote"], "addressees": form.addressees(), **form.given()}
        place = _place(touch, given["quote"], notice)
        who = {"by": seat_of(request).user, "at": clock.now(), "version": _seen(request)}
        restate(notice, directive, **who, **given, **place)

    paragraph = _paragraph(notice, touch)
    return directive_page(
        request,
        notice,
        keep,
        initial=initial | {"paragraph": paragraph.pk if paragraph else None},
        onto=f"{reverse('admin:notice_compare', args=[notice.pk])}#next",
        title=_("New statement of directive %(position)s") % {"position": directive.position},
        paragraph=paragraph,
        seen=directive.version,
    )


def _seen(request: HttpRequest) -> int | None:
    """The version of the directive that the page showed."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() else None


def _place(touch: Touch, quote: str, notice: Notice) -> dict[str, Any]:
    """Where the sentence stands: as it was found, else wherever its words stand in the draft."""
    start = touch.anchor.start if notice.text[touch.anchor.start : touch.anchor.end] == quote else None
    at = notice.text.find(quote) if start is None else start
    within = notice.paragraphs.filter(start__lte=at, end__gt=at).first() if at >= 0 else None
    if within is not None:
        within.notice = notice
    return {"quote_start": start, "paragraph": within}


def _paragraph(notice: Notice, touch: Touch) -> Any:
    at = touch.anchor.start
    found = notice.paragraphs.filter(start__lte=at, end__gt=at).first() if touch.anchor.end else None
    if found is not None:
        found.notice = notice
    return found


@require_POST
@for_drafts
def anew(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Go on from the amended notice as it is now."""
    try:
        compare_anew(notice, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect("admin:notice_compare", notice.pk)


@for_drafts
def issued(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Say what issuing will do: who is told, what changes, what ends; on POST let it happen."""
    if notice.amended is None:
        return redirect("admin:notice_issue", notice.pk)
    form, status, seat = IssueForm(request.POST or None, initial={"version": notice.version}), 200, seat_of(request)
    if form.is_valid():
        told = {"seen": request.POST.get("seen") or None, "ahead": settings.PERIODS_AHEAD, **form.cleaned_data}
        try:
            done = issue_amendment(notice, by=seat.user, at=clock.now(), **told)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            sentence = _("%(notice)s is amended: %(n)d assignments changed, %(people)d people are told.")
            facts = {"notice": notice.amended.reference, "n": len(done.steps), "people": done.people}
            messages.success(request, sentence % facts)
            return redirect("admin:directives_notice_change", notice.corrects_id or notice.pk)
    plan = plan_amendment(notice, today=seat.today, ahead=settings.PERIODS_AHEAD)
    in_the_way = [sentence_of(refusal) for refusal in plan.in_the_way]
    return page(
        request,
        "admin/directives/notice/amendment_issue.html",
        title=_("Issue %(notice)s") % {"notice": notice},
        model=Notice,
        status=status,
        notice=notice,
        amended=notice.amended,
        form=form,
        plan=plan,
        withdrawn=plan.of("withdrawn"),
        changed=plan.of("changed"),
        given=plan.of("given"),
        kept=[touch for touch in plan.compared.touches if touch.outcome == Outcome.KEEP],
        in_the_way=in_the_way,
        unhandled=notice.paragraphs.unhandled().count(),
        undecided=notice.proposals.open().count(),
        steps=steps_of(notice),
        step="issue",
    )


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What one version of a notice said, and how it differs from the one before."""
    rows = Notice.objects.in_reach(seat_of(request).sight).filter(state__in=PUBLISHED)
    notice = get_object_or_404(rows, pk=pk)
    editions = {one.number: one for one in notice.editions.select_related("by", "draft")}
    edition = editions.get(number)
    if edition is None:
        return redirect("admin:directives_notice_change", pk)
    before = editions.get(number - 1)
    comparison = compare(before.text, before.spans, edition.text, edition.spans) if before else None
    return page(
        request,
        "admin/directives/notice/version.html",
        title=_("Version %(number)s of %(notice)s") % {"number": number, "notice": notice},
        model=Notice,
        notice=notice,
        edition=edition,
        before=before,
        editions=list(editions.values()),
        shown=shown(comparison) if comparison else [],
        counts=comparison.counts if comparison else {},
    )
