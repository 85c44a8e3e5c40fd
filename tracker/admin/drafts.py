"""What the steps of a draft share: whose draft it is, and where one is on the way from text to issue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import NotAllowed, Verb, require
from directives.actions.moving import SOMEBODY_WAS_FASTER, lock_notice
from directives.models import HandledAs, Notice, NoticeState
from directives.rules.refusals import Stale
from tracker.admin.both import gone
from tracker.admin.directive_form import DirectiveForm
from tracker.admin.pages import refused_page
from tracker.admin.seat import seat_of
from tracker.counted import counted, in_sentence

View = Callable[..., HttpResponse]
UNHANDLED = (
    Q(paragraphs__handled_as=HandledAs.UNHANDLED)
    | Q(paragraphs__handled_as=HandledAs.DIRECTIVE, paragraphs__directives=None)
    | Q(paragraphs__proposals__set_aside=False, paragraphs__proposals__directive=None)
)


# What is no draft any more, by whether it was discarded: the page's title and why.
NO_DRAFT = {
    False: (
        gettext_lazy("Issued already"),
        gettext_lazy("The notice was issued already: only the verbs on its page remain."),
    ),
    True: (gettext_lazy("Discarded"), gettext_lazy("The draft was discarded: nothing more can be done with it.")),
}
TAKEN_UP = (
    gettext_lazy("Issued already"),
    gettext_lazy("This corrected text was issued already: it is a version of its notice."),
)


# What a notice says of itself before it may be issued.
NEEDED = ("number", "symbol", "issuer", "issued_on", "text")
AT_HAND = ("committee", "issuer", "corrects", "amends", "supersedes")


@dataclass(frozen=True)
class Step:
    """One step on the way: its page, its name, and what is to be known of it in a word."""

    key: str
    url: str
    title: str
    note: str = ""


def steps_of(notice: Notice) -> list[Step]:
    """From the header to the issue, with what each step holds so far; one query."""
    found = Notice.objects.filter(pk=notice.pk).aggregate(
        n_paragraphs=Count("paragraphs", distinct=True),
        n_open=Count("paragraphs", filter=UNHANDLED, distinct=True),
        n_directives=Count("directives", distinct=True),
    )
    split = in_sentence(
        _("%(open)s of %(n)s paragraphs unhandled, %(given)s directives"),
        n=counted(found["n_paragraphs"], look="", of="paragraph"),
        open=counted(found["n_open"], look="", of="unhandled"),
        given=counted(found["n_directives"], look="", of="entered"),
    )
    compare = Step("compare", reverse("admin:notice_compare", args=[notice.pk]), _("Compare and decide"))
    return [
        Step("header", reverse("admin:directives_notice_change", args=[notice.pk]), _("Header and text")),
        *([compare] if notice.amended else []),
        Step("paragraphs", reverse("admin:notice_paragraphs", args=[notice.pk]), _("Paragraphs and directives"), split),
        Step("issue", reverse("admin:notice_issue", args=[notice.pk]), _("Issue")),
    ]


def missing_of(notice: Notice) -> dict[str, str]:
    """What the draft does not say of itself yet, and must before it is issued: the fields, with their names."""
    fields = [Notice._meta.get_field(name) for name in NEEDED]  # noqa: SLF001
    return {field.name: str(field.verbose_name) for field in fields if not getattr(notice, field.attname)}


def lacking(notice: Notice) -> list[str]:
    """The same by name alone."""
    return list(missing_of(notice).values())


@contextmanager
def as_seen(request: HttpRequest, notice: Notice) -> Iterator[None]:
    """Do what concerns many paragraphs at once on the draft as the page showed it (`seen`, its version), locked.

    Raises Stale where anything of it changed since.
    """
    with transaction.atomic():
        now = lock_notice(pk=notice.pk)
        if request.POST.get("seen") not in (None, str(now.version)):
            raise Stale(SOMEBODY_WAS_FASTER)
        yield


def for_drafts(view: View) -> View:
    """Hand the draft to the view. Unseen is 404, another's is 403, what is none any more is shown as it is (409)."""

    @wraps(view)
    def with_draft(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        seat = seat_of(request)
        notice = get_object_or_404(Notice.objects.in_reach(seat.sight).select_related(*AT_HAND), pk=pk)
        try:
            require(seat.user, Verb.DRAFT, notice.committee, on=seat.today)
        except NotAllowed as refusal:
            return refused_page(request, refusal)
        if notice.state == NoticeState.DRAFT:
            return view(request, notice, **named)
        title, sentence = NO_DRAFT[notice.state == NoticeState.DISCARDED]
        if notice.state == NoticeState.TAKEN_UP:
            title, sentence = TAKEN_UP
        if request.method == "POST" and "quote" in request.POST:
            return gone(request, DirectiveForm(notice), model=Notice, sentence=str(sentence), title=str(title))
        messages.warning(request, sentence)
        answer = redirect("admin:directives_notice_change", notice.pk)
        return (
            answer if request.method == "GET" else render(request, "admin/no_draft.html", {"title": title}, status=409)
        )

    return with_draft
