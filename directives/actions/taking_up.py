"""The draft of a corrected text becomes the next version of its notice; the text before stays with its number."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from accounts.models import User
from directives.actions.stating import CARRIED
from directives.actions.touching import Compared, Touch
from directives.models import (
    Addressee,
    Assignment,
    Directive,
    Edition,
    HandledAs,
    Notice,
    NoticeState,
    Outcome,
    Paragraph,
)
from directives.models.kinds import quote_hash
from directives.rules.anchoring import Found

QUOTED = ("quote", "quote_start", "quote_end", "quote_hash", "paragraph")
STATED = (*sorted(CARRIED), *QUOTED)


def take_up(compared: Compared, *, by: User, at: datetime) -> Edition:
    """Give the amended notice the draft's text, paragraphs and directives; the draft keeps its header and history.

    Both are locked, and everything that can refuse it was asked. The assignments are the caller's.
    """
    draft, amended = compared.draft, compared.amended
    _keep_first(amended)
    number, issued_on = amended.edition + 1, draft.issued_on or amended.issued_on
    changed = _take_statements(compared)
    draft.proposals.all().delete()
    Directive.objects.filter(notice=amended).update(paragraph=None)
    amended.paragraphs.all().delete()
    draft.paragraphs.filter(handled_as=HandledAs.KNOWN).update(handled_as=HandledAs.DIRECTIVE)
    draft.paragraphs.update(notice=amended)
    _move_new(draft, amended, number)
    text = draft.text
    _anchor(compared, changed, text, number, list(amended.paragraphs.all()))
    edition = _edition(draft, amended, number, issued_on, by=by, at=at)
    amended.text, amended.edition = text, number
    amended.version += 1
    if edition.source_sha256:
        amended.source_file, amended.source_name = edition.source_file, edition.source_name
        amended.source_sha256 = edition.source_sha256
    draft.state, draft.text, draft.source_name, draft.source_file = NoticeState.TAKEN_UP, "", "", ""
    draft.source_sha256 = ""
    draft.version += 1
    draft.save()
    amended.save()
    return edition


def restated(directive: Directive, successor: Directive) -> None:
    """Let a directive state what its successor in the draft states, to the same addressees; it is not saved."""
    for name in STATED:
        setattr(directive, name, getattr(successor, name))
    directive.addressees.all().delete()
    Addressee.objects.filter(directive=successor).update(directive=directive)


def _keep_first(amended: Notice) -> None:
    """The text as it was issued first, once there is a second."""
    if amended.edition > 1 or amended.issued_on is None:
        return
    Edition.objects.create(
        notice=amended,
        number=1,
        text=amended.text,
        paragraphs=_told(amended.paragraphs.order_by("position")),
        issued_on=amended.issued_on,
        at=amended.entered_at,
        by=amended.entered_by,
        source_file=amended.source_file.name,
        source_name=amended.source_name,
        source_sha256=amended.source_sha256,
    )


def _take_statements(compared: Compared) -> set[int]:
    """The directives that a successor restates; what was but a draft of a statement goes."""
    changed = set()
    for touch in compared.touches:
        row = touch.decision
        if touch.outcome == Outcome.CHANGE and row is not None and row.successor is not None:
            successor, row.successor = row.successor, None
            restated(touch.directive, successor)
            row.save(update_fields=["successor"])
            successor.delete()
            changed.add(touch.directive.pk)
    return changed


def _move_new(draft: Notice, amended: Notice, number: int) -> None:
    """The draft's own directives follow those that the notice had."""
    last = max(amended.directives.filter(given_by=None).values_list("position", flat=True), default=0)
    for position, row in enumerate(draft.directives.order_by("position"), start=last + 1):
        row.notice, row.position, row.edition = amended, position, number
        row.save(update_fields=["notice", "position", "edition"])


def _anchor(compared: Compared, changed: set[int], text: str, number: int, paragraphs: Iterable[Paragraph]) -> None:
    """Tie each directive that goes on to its sentence of the new text; what is withdrawn keeps the old one."""
    rows = list(paragraphs)
    for touch in compared.touches:
        directive = touch.directive
        if directive.pk not in changed:
            if not _goes_on(touch):
                continue
            low, high = touch.anchor.start, touch.anchor.end
            directive.quote, directive.quote_start, directive.quote_end = text[low:high], low, high
            directive.quote_hash = quote_hash(directive.quote)
        low = directive.quote_start
        directive.paragraph = next((row for row in rows if row.start <= low < row.end), None)
        directive.edition = number
        directive.version += directive.pk in changed
        directive.save()
        parts = handed_down_of(Assignment.objects.filter(directive=directive))
        parts.update(**{name: getattr(directive, name) for name in (*QUOTED, "edition")})


def handed_down_of(wholes: Iterable[Assignment]) -> QuerySet[Directive]:
    """What agencies handed down of this work, through all levels: it rests on the same sentence, and goes with it."""
    found = Assignment.objects.below(wholes).order_by().values_list("directive", flat=True)
    return Directive.objects.filter(pk__in=list(found))


def _goes_on(touch: Touch) -> bool:
    return touch.found is not Found.GONE and touch.outcome != Outcome.WITHDRAW


def _edition(draft: Notice, amended: Notice, number: int, issued_on: date | None, *, by: User, at: datetime) -> Edition:
    return Edition.objects.create(
        notice=amended,
        number=number,
        text=draft.text,
        paragraphs=_told(amended.paragraphs.order_by("position")),
        issued_on=issued_on,
        at=at,
        by=by,
        note=draft.note,
        draft=draft,
        source_file=draft.source_file.name,
        source_name=draft.source_name,
        source_sha256=draft.source_sha256,
    )


def _told(paragraphs: Iterable[Paragraph]) -> list[list[object]]:
    return [[row.label, row.start, row.end, str(row.handled_as)] for row in paragraphs]
