"""Paragraphs of a draft are cut in two or joined, where the reader split the text otherwise than a person would."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.actions.drafts import count_change, locked_draft, still_there
from directives.actions.recording import record
from directives.models import HandledAs, Notice, Paragraph
from directives.rules.refusals import Invalid

# Further than any notice has paragraphs: positions step aside so far while they are counted anew.
ASIDE = 15_000


@transaction.atomic
def cut_paragraph(paragraph: Paragraph, *, by: User, at: datetime, cut_at: int) -> Paragraph:
    """Cut a paragraph of a draft before the character `cut_at` of the notice's text; the second part is returned.

    It has no label and is handled as the first one; directives go with their sentence. Raises NotAllowed,
    WrongMoment, Stale, or Invalid: nothing but blanks on one side, or a directive's sentence across the cut.
    """
    notice = locked_draft(paragraph.notice, by=by, at=at)
    first = _own(notice, paragraph)
    before, after = notice.text[first.start : max(cut_at, 0)], notice.text[max(cut_at, 0) : first.end]
    if not first.start < cut_at < first.end or not before.strip() or not after.strip():
        raise Invalid("cut_at", _("Each part needs words of its own. Choose another place."))
    if first.directives.filter(quote_start__lt=cut_at, quote_end__gt=cut_at).exists():
        raise Invalid("cut_at", _("The sentence of a directive lies across this place. Choose another one."))
    _shift(notice, beyond=first.position, by=1)
    second = Paragraph(notice=notice, position=first.position + 1, start=cut_at, end=first.end)
    second.handled_as, first.end = first.handled_as, cut_at
    first.save(update_fields=["end"])
    second.save()
    first.directives.filter(quote_start__gte=cut_at).update(paragraph=second)
    _unmark_if_bare(first, second)
    _note(notice, "cut", first, by=by, at=at)
    return second


@transaction.atomic
def join_paragraph(paragraph: Paragraph, *, by: User, at: datetime) -> Paragraph:
    """Join a paragraph of a draft with the one that follows; its label, position and mark are the first one's.

    Directives of both stay. Raises NotAllowed, WrongMoment, Stale, or Invalid where nothing follows.
    """
    notice = locked_draft(paragraph.notice, by=by, at=at)
    first = _own(notice, paragraph)
    second = notice.paragraphs.filter(position__gt=first.position).order_by("position").first()
    if second is None:
        raise Invalid("paragraph", _("No paragraph follows this one."))
    second.directives.update(paragraph=first)
    first.end = second.end
    first.handled_as = HandledAs.DIRECTIVE if first.directives.exists() else first.handled_as
    second.delete()
    first.save(update_fields=["end", "handled_as"])
    _shift(notice, beyond=first.position, by=-1)
    _note(notice, "join", first, by=by, at=at)
    return first


def _own(notice: Notice, paragraph: Paragraph) -> Paragraph:
    found = still_there(notice.paragraphs.all(), paragraph)
    found.notice = notice
    return found


def _shift(notice: Notice, *, beyond: int, by: int) -> None:
    """Count the paragraphs behind `beyond` anew; no two may have one position at any moment."""
    behind = notice.paragraphs.filter(position__gt=beyond)
    behind.update(position=F("position") + ASIDE)
    notice.paragraphs.filter(position__gt=ASIDE).update(position=F("position") - ASIDE + by)


def _unmark_if_bare(*parts: Paragraph) -> None:
    """A part that lost its only directive to the other is not handled yet."""
    for part in parts:
        if part.handled_as == HandledAs.DIRECTIVE and not part.directives.exists():
            part.handled_as = HandledAs.UNHANDLED
            part.save(update_fields=["handled_as"])


def _note(notice: Notice, verb: str, paragraph: Paragraph, *, by: User, at: datetime) -> None:
    count_change(notice)
    record(
        notice,
        verb,
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        after={"paragraph": paragraph.position, "start": paragraph.start, "end": paragraph.end},
    )
