"""Several reports in one sitting: a block for each assignment, each entered by itself."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions import reporting
from directives.actions.writing import forget_unsent
from directives.rules.refusals import Invalid, Stale
from tracker import clock
from tracker.web.act_page import CONFLICT
from tracker.web.blocks import MOST, Block, address, bound, chosen_of, fresh, keep, meet
from tracker.web.carrying import is_somebody_elses, somebody_elses, typed_in
from tracker.web.desk import SignedIn
from tracker.web.forms import HandInForm, ReportForm
from tracker.web.refusals import STATUS, done, told
from tracker.web.repeats import sent_already
from tracker.web.sign_in import behind_the_door
from tracker.web.unsent import KEEP, LOGGED_OUT, saved

DOING = {Verb.REPORT: (ReportForm, reporting.report_progress), Verb.HAND_IN: (HandInForm, reporting.hand_in)}


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: SignedIn) -> HttpResponse:
    """The chosen assignments, one block each; on POST each block that says something is entered by itself."""
    if request.method != "POST":
        chosen, too_many = chosen_of(request.GET)
        return _page(request, fresh(request, chosen), too_many=too_many)
    if is_somebody_elses(request):
        return somebody_elses(request, request.path, typed_in(request))
    chosen, _too_many = chosen_of(request.POST)
    blocks = bound(request, chosen)
    if KEEP in request.POST:
        return _keep_all(request, blocks)
    written = [block for block in blocks if not block.is_empty]
    for block in blocks:
        if block not in written:
            block.clear()
    for block in written:
        block.sent = _send(request, block)
    sent = [block for block in blocks if block.sent]
    if sent and len(sent) == len(blocks):
        messages.success(request, _reports_sent(len(sent)))
        return redirect("assignments")
    return _page(request, blocks, sent=len(sent), status=_status(written, sent))


@require_POST
def keep_sitting(request: SignedIn) -> HttpResponse:
    """Keep what is typed into the blocks; the answer (JSON) tells the version of each draft, or why one is not kept."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=LOGGED_OUT)
    if is_somebody_elses(request):
        return HttpResponse(status=403)
    versions, sentence = dict[str, int](), ""
    for block in bound(request, chosen_of(request.POST)[0]):
        version = block.form.add_prefix("unsent_version")
        try:
            kept = keep(request, block)
        except Refusal as refusal:
            answer: dict[str, object] = {
                "sentence": f"{block.assignment.directive}: {told(refusal)}",
                "versions": versions,
            }
            if isinstance(refusal, Stale):
                meet(block, request.user)
                answer |= {"met": {version: block.unsent_version}, "words": block.other}
            return JsonResponse(answer, status=CONFLICT if isinstance(refusal, Stale) else STATUS[type(refusal)])
        versions[version] = kept.version if kept else 0
        sentence = saved(kept) if kept else sentence
    return JsonResponse({"versions": versions, "sentence": sentence})


def _send(request: SignedIn, block: Block) -> bool:
    """Enter one report; where it is refused the sentence stands at it and True becomes False."""
    form, verb = block.form, block.verb
    if not form.is_valid():
        return False
    single, do = DOING[verb]
    given = {name: form.cleaned_data[name] for name in (*single.base_fields, "figures")}
    if done(form, partial(do, block.assignment, by=request.user, at=clock.now(), **given)):
        forget_unsent(block.assignment, Verb.REPORT, by=request.user)
        return True
    letter = single(measures=form.measures)
    letter.cleaned_data = given
    return form.status in (STATUS[Stale], CONFLICT) and sent_already(letter, verb, block.assignment, by=request.user)


def _keep_all(request: SignedIn, blocks: list[Block]) -> HttpResponse:
    """Keep what was typed into each; where one cannot be kept, its sentence stands at it."""
    refused = [block for block in blocks if not _kept(request, block)]
    if refused or not blocks:
        return _page(request, blocks, status=400)
    messages.success(request, _("The drafts are saved. Nothing was sent yet."))
    return redirect(address(block.assignment.uuid for block in blocks))


def _kept(request: SignedIn, block: Block) -> bool:
    try:
        keep(request, block)
    except Refusal as refusal:
        name = refusal.field if isinstance(refusal, Invalid) and refusal.field in block.form.fields else None
        block.form.errors.clear()
        block.form.add_error(name, told(refusal))
        if isinstance(refusal, Stale):
            meet(block, request.user)
        return False
    return True


def _status(written: list[Block], sent: list[Block]) -> int:
    """200 where at least one was entered; else that of the refusals, 400 where nothing was written at all."""
    if sent:
        return 200
    return max((block.form.status for block in written), default=400)


def _page(
    request: SignedIn, blocks: list[Block], *, sent: int = 0, too_many: bool = False, status: int = 200
) -> HttpResponse:
    for block in blocks:
        block.form.use_required_attribute = False
    page = {
        "section": "assignments",
        "blocks": blocks,
        "left": [block for block in blocks if not block.sent],
        "told": _reports_sent(sent) if sent else "",
        "refused": [block for block in blocks if block.form.is_bound and not block.sent and block.form.errors],
        "too_many": too_many,
        "most": MOST,
        "posted": request.method == "POST",
    }
    return render(request, "web/sitting.html", page, status=status)


def _reports_sent(many: int) -> str:
    return ngettext("%(many)s report was sent.", "%(many)s reports were sent.", many) % {"many": many}
