"""The links of a directive as they are read from its own side."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from directives.models import Directive, DirectiveLink
from directives.models.addressees import LinkKind

# The same link, read from the directive that is meant.
FROM_THERE = {
    LinkKind.REPEATS: _("is repeated by"),
    LinkKind.AMENDS: _("is amended by"),
    LinkKind.SUPERSEDES: _("is superseded by"),
    LinkKind.PART_OF: _("has as its part"),
}
TIED = (
    Prefetch(
        "links_out", DirectiveLink.objects.select_related("target__notice").defer("target__notice__text").order_by("pk")
    ),
    Prefetch(
        "links_in", DirectiveLink.objects.select_related("source__notice").defer("source__notice__text").order_by("pk")
    ),
)


@dataclass(frozen=True)
class Tie:
    """A link, the words for it from this side, and the directive on the other."""

    link: DirectiveLink
    words: str
    other: Directive


def ties_of(directive: Directive) -> list[Tie]:
    """Both directions of a directive that was read with `TIED`: what it says of others first."""
    out = [Tie(row, row.get_kind_display(), row.target) for row in directive.links_out.all()]
    return out + [Tie(row, str(FROM_THERE[LinkKind(row.kind)]), row.source) for row in directive.links_in.all()]
