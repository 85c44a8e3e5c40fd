"""What an officer types is kept before it is sent: by itself while typing, or by a button."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.writing import forget_unsent, keep_unsent, unsent_of
from directives.models import Assignment, Unsent
from directives.rules.refusals import Invalid, Stale
from tracker import clock
from tracker.uploads import FilesField
from tracker.web.act_page import CONFLICT, act_page, find, known_version
from tracker.web.desk import SignedIn
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.figures import names_posted
from tracker.web.forms import ActForm, AskForm, DeclineForm, ExtensionForm, HandInForm, ReportForm, made
from tracker.web.refusals import STATUS, told
from tracker.web.wording import ACTS, moment

# The acts for which somebody writes; the verb's name stands in the address.
FORMS: dict[Verb, type[ActForm]] = {
    Verb.REPORT: ReportForm,
    Verb.HAND_IN: HandInForm,
    Verb.REQUEST_EXTENSION: ExtensionForm,
    Verb.ASK: AskForm,
    Verb.DECLINE: DeclineForm,
}
WRITER = "who"  # the hidden field by which a form says whose it is
# The button of a form that keeps what is written instead of sending it.
KEEP = "keep"
# For a page whose session has ended (401).
LOGGED_OUT = 401


@require_POST
def keep(request: SignedIn, uuid: UUID, act: str) -> HttpResponse:
    """Keep what a page sends while somebody types; the answer (JSON) tells the version and when, or why not."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=LOGGED_OUT)
    if request.POST.get(WRITER, str(request.user.uuid)) != str(request.user.uuid):
        return HttpResponse(status=403)  # another person logged in in this browser
    verb = verb_of(act)
    assignment = find(request, uuid)
    try:
        kept = keep_words(request, assignment, verb, request.POST)
    except Stale as refusal:
        return JsonResponse(_met(refusal, assignment, verb, request.user), status=CONFLICT)
    except Refusal as refusal:
        field = refusal.field if isinstance(refusal, Invalid) else ""
        return JsonResponse({"sentence": told(refusal), "field": field}, status=STATUS[type(refusal)])
    return JsonResponse({"version": kept.version if kept else 0, "sentence": saved(kept) if kept else ""})


@login_required
@require_POST
def drop(request: SignedIn, uuid: UUID, act: str) -> HttpResponse:
    """Throw away what the reader kept for an act."""
    forget_unsent(find(request, uuid), verb_of(act), by=request.user)
    messages.success(request, _("The draft was thrown away."))
    return redirect("assignment", uuid=uuid)


def keep_by_hand(
    request: SignedIn, assignment: Assignment, verb: Verb, posted: Mapping[str, str], *, onward: str = ""
) -> HttpResponse:
    """Keep what was typed and go `onward`, else back to the assignment; or say why it is not kept, and where."""
    try:
        keep_words(request, assignment, verb, posted)
    except Stale:
        form = made(FORMS[verb], assignment, initial=words_of(verb, posted))
        met = unsent_of(assignment, verb, request.user)
        return act_page(request, assignment, ACTS[verb], form, other=met)
    except Invalid as refusal:
        form = made(FORMS[verb], assignment, posted)
        form.add_error(refusal.field if refusal.field in form.fields else None, told(refusal))
        point_at_what_is_wrong(form)
        return act_page(request, assignment, ACTS[verb], form)
    except Refusal:
        form = made(FORMS[verb], assignment, initial=words_of(verb, posted))
        return act_page(request, assignment, ACTS[verb], form)
    messages.success(request, _("The draft is saved. Nothing was sent yet."))
    return redirect(onward or reverse("assignment", args=[assignment.uuid]))


def keep_words(request: SignedIn, assignment: Assignment, verb: Verb, posted: Mapping[str, str]) -> Unsent | None:
    """Keep what was posted for `verb`, as the version that its page has read."""
    words, version = words_of(verb, posted), known_version(posted)
    return keep_unsent(assignment, verb, by=request.user, at=clock.now(), words=words, version=version)


def words_of(verb: Verb, posted: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields of the form, right or wrong; files stay where they are."""
    fields = FORMS[verb].base_fields.items()
    names = [name for name, field in fields if name != "version" and not isinstance(field, FilesField)]
    return {name: str(posted.get(name, "")) for name in (*names, *names_posted(posted))}


def verb_of(act: str) -> Verb:
    """The act that an address names; 404 for one that nobody writes for."""
    if act not in FORMS:
        raise Http404
    return Verb(act)


def _met(refusal: Stale, assignment: Assignment, verb: Verb, user: User) -> dict[str, object]:
    """What another window kept, for the page to show beside its own."""
    met = unsent_of(assignment, verb, user)
    fields = made(FORMS[verb], assignment).fields
    words = [[str(fields[name].label), text] for name, text in met.words.items() if name in fields] if met else []
    return {"sentence": told(refusal), "version": met.version if met else 0, "words": words}


def saved(kept: Unsent) -> str:
    """When the draft was kept, for the page in which somebody types."""
    return _("Draft saved at %(moment)s. Nothing was sent yet.") % {"moment": moment(kept.kept_at)}
