"""The verbs of a notice and of its directives: what a secretariat does from the first draft to its issue and after."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.models import ApiKey
from directives.actions import assigning, drafting, entering, issuing, recurring
from directives.actions.stating import paragraph_at, paragraph_of
from directives.models import Assignment, Directive, Notice, NoticeState, Paragraph
from directives.rules.notice_text import read_paragraphs
from tracker.api import asked_for, asked_of_drafts
from tracker.api.callers import Caller
from tracker.api.directives import Directives
from tracker.api.notices import Notices
from tracker.api.verbs import Posted, Sent, VerbView, found
from tracker.api.views import ListView, answer_of

WHOSE = _("Say whose notice it is: the code of a committee.")


class Stretch(NamedTuple):
    """A paragraph as the body gives it."""

    label: str
    start: int
    end: int


def split(notice: Notice, *, paragraphs: Sequence[Mapping[str, Any]] | None = None, **said: Any) -> list[Paragraph]:
    """`set_paragraphs`: those given, or as the text is read here."""
    given = read_paragraphs(notice.text) if paragraphs is None else [Stretch(**one) for one in paragraphs]
    return entering.set_paragraphs(notice, given, **said)


def mark(notice: Notice, *, position: int, handled_as: str, **said: Any) -> Paragraph:
    """`mark_paragraph`, found by its position."""
    return entering.mark_paragraph(paragraph_at(notice, position), handled_as, **said)


def add_directive(
    notice: Notice, *, quote: str, quote_start: int | None = None, paragraph: int | None = None, **said: Any
) -> Directive:
    """`add_directive`; without a paragraph it belongs to the one in which its sentence begins."""
    of = paragraph_of(notice, quote, quote_start, paragraph)
    return drafting.add_directive(notice, paragraph=of, quote=quote, quote_start=quote_start, **said)


ENTER = Posted(asked_of_drafts.NewNotice, entering.draft_notice, is_seen=False, makes=True)
NOTICE_VERBS: dict[str, Posted] = {
    "change": Posted(asked_of_drafts.NoticeFields, entering.amend_draft),
    "discard": Posted(asked_of_drafts.Discard, entering.discard),
    "set-paragraphs": Posted(asked_of_drafts.Split, split),
    "mark-paragraph": Posted(asked_of_drafts.MarkedAs, mark),
    "add-directive": Posted(asked_of_drafts.NewDirective, add_directive, makes=True),
    "issue": Posted(asked_of_drafts.Issue, issuing.issue),
    "withdraw": Posted(asked_for.Reason, issuing.withdraw_notice),
}
DIRECTIVE_VERBS: dict[str, Posted] = {
    "change": Posted(asked_of_drafts.DirectiveFields, drafting.change_directive),
    "remove": Posted(asked_for.Nothing, drafting.remove_directive),
    "assign": Posted(asked_of_drafts.Assign, assigning.assign, is_seen=False),
    "end": Posted(asked_of_drafts.End, recurring.end_recurrence),
}


class NoticeVerbView(VerbView):
    """POST one verb to one notice; the answer is the notice, or the directive that was added to it."""

    verb = NOTICE_VERBS["change"]

    def row(self, caller: Caller, uuid: UUID) -> Any:
        return found(caller.notices().filter(uuid=uuid).first())

    def answer(self, request: Request, row: Notice, done: Any) -> HttpResponse:
        if isinstance(done, Directive):
            return made(answer_of(request, Directives, done.uuid), "api:directive", done.uuid)
        if isinstance(done, Notice) and done.state == NoticeState.DISCARDED:
            return HttpResponse(status=204)
        return answer_of(request, Notices, row.uuid)


class DirectiveVerbView(VerbView):
    """POST one verb to one directive; the answer is the directive, or its notice where it is removed."""

    verb = DIRECTIVE_VERBS["change"]

    def row(self, caller: Caller, uuid: UUID) -> Any:
        return found(caller.directives().select_related("notice").filter(uuid=uuid).first())

    def answer(self, request: Request, row: Directive, done: Directive | Assignment | None) -> HttpResponse:
        if done is None:
            return answer_of(request, Notices, row.notice.uuid)
        return answer_of(request, Directives, row.uuid)


class NoticesView(ListView, VerbView):
    """GET a page of notices; POST a new draft."""

    http_method_names: ClassVar = ["get", "head", "post"]
    resource = Notices
    verb = ENTER

    def row(self, caller: Caller) -> Any:
        return None

    def read(self, request: Request, sent: Sent) -> dict[str, Any]:
        return with_committee(request, super().read(request, sent))

    def answer(self, request: Request, row: None, done: Notice) -> HttpResponse:
        return made(answer_of(request, Notices, done.uuid), "api:notice", done.uuid)


def with_committee(request: Request, said: dict[str, Any]) -> dict[str, Any]:
    """With the committee that the key acts for, unless another one is said; people say it. Raises ValidationError."""
    own = request.auth.committee if isinstance(request.auth, ApiKey) else None
    if own is None and "committee" not in said:
        raise ValidationError({"committee": [str(WHOSE)]})
    return {"committee": own, **said}


def made(answer: HttpResponse, name: str, uuid: UUID) -> HttpResponse:
    """201 for something new, and where it is read."""
    answer.status_code = 201
    answer["Location"] = reverse(name, args=[uuid])
    return answer
