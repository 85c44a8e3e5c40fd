"""What one directive is to another: it repeats, amends or supersedes it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.fitting import fit_text
from directives.actions.moving import REASON_MISSING
from directives.actions.recording import record_all
from directives.models import Directive, DirectiveLink
from directives.models.addressees import LinkKind
from directives.models.notices import PUBLISHED
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

# What a secretariat says by hand; what is part of what follows from handing down.
BY_HAND = (LinkKind.REPEATS, LinkKind.AMENDS, LinkKind.SUPERSEDES)


@transaction.atomic
def link(source: Directive, target: Directive, kind: str, *, by: User, at: datetime) -> DirectiveLink:
    """Say that `source` repeats, amends or supersedes `target`, a directive of the same committee.

    Raises NotAllowed, or Invalid(kind, target) where that cannot be, or was said already, the other way round too.
    """
    source, target = in_pairs(source, target)
    require(by, Verb.DRAFT, source.notice.committee, on=local_day(at))
    _fits(source, target, kind)
    row = DirectiveLink.objects.create(source=source, target=target, kind=kind)
    _remember(row, "link", by=by, at=at, there=True)
    return row


@transaction.atomic
def unlink(row: DirectiveLink, *, by: User, at: datetime, reason: str) -> None:
    """Take back what was said of two directives. Raises NotAllowed, or Invalid(reason, link)."""
    in_pairs(row.source, row.target)
    found = DirectiveLink.objects.select_related("source__notice__committee", "target__notice").filter(pk=row.pk)
    here = found.first()
    require(by, Verb.DRAFT, row.source.notice.committee, on=local_day(at))
    if here is None:
        raise Invalid("link", _("This link was removed already."))
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    _remember(here, "unlink", by=by, at=at, there=False, reason=reason)
    here.delete()


def in_pairs(one: Directive, other: Directive) -> tuple[Directive, Directive]:
    """Both as they are now, locked in one order, whoever asks; their notices' texts stay where they are."""
    rows = Directive.objects.select_for_update(of=("self",), no_key=True).select_related("notice__committee")
    found = rows.defer("notice__text").order_by("pk").in_bulk([one.pk, other.pk])
    return found[one.pk], found[other.pk]


def same_committee(source: Directive, target: Directive) -> None:
    """Pass for two directives of published notices of one committee. Raises Invalid(target)."""
    if source.pk == target.pk:
        raise Invalid("target", _("A directive is not linked to itself."))
    if source.notice.committee_id != target.notice.committee_id:
        raise Invalid("target", _("The other directive is of another committee."))
    if not {source.notice.state, target.notice.state} <= set(PUBLISHED):
        raise Invalid("target", _("Directives of drafts are linked once their notice is issued."))


def _fits(source: Directive, target: Directive, kind: str) -> None:
    if kind not in BY_HAND:
        raise Invalid("kind", _("Please choose how the two belong together."))
    same_committee(source, target)
    both = (source.pk, target.pk)
    if DirectiveLink.objects.filter(source__in=both, target__in=both, kind=kind).exists():
        raise Invalid("target", _("These two are linked in this way already."))
    earlier = source.notice.issued_on < target.notice.issued_on
    if earlier and kind != LinkKind.REPEATS:
        raise Invalid("kind", _("An earlier notice does not amend or supersede a later one."))


def _remember(row: DirectiveLink, verb: str, *, by: User, at: datetime, there: bool, reason: str = "") -> None:
    """An event for each of the two, so that both histories tell it."""
    told = [
        {"link": row.kind, "links_to": row.target.place},
        {"link": row.kind, "linked_by": row.source.place},
    ]
    none: list[dict[str, str]] = [{}, {}]
    record_all(
        [row.source, row.target],
        verb,
        by=by,
        at=at,
        on_behalf_of=row.source.notice.committee.name_vi,
        before=none if there else told,
        after=told if there else none,
        reason=reason,
    )
