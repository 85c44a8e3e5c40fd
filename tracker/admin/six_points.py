"""The 6 rõ of a draft's directives: what each leaves open, before it is issued."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from directives.models import Addressee, Directive, Notice, Role
from directives.rules.clarity import LABELS, WARNINGS, Stated, missing


def hints(directive: Directive) -> list[tuple[str, str]]:
    """Which of the 6 rõ the directive leaves open: the point and what is missing. Its addressees are at hand."""
    named = [row.role for row in directive.addressees.all()]
    stated = Stated(
        wording=directive.wording,
        leads=named.count(Role.LEAD),
        shares=named.count(Role.SHARE),
        coordinating=named.count(Role.COORDINATING),
        deadline_kind=directive.deadline_kind,
        due_on=directive.due_on,
        product=directive.product,
        decided_by=directive.decided_by,
    )
    return [(_(LABELS[point]), _(WARNINGS[point])) for point in missing(stated)]


def with_addressees(notice: Notice) -> list[Directive]:
    """The directives of a notice with their paragraphs and addressees; two queries."""
    named = Addressee.objects.select_related("agency", "group").order_by("pk")
    rows = notice.directives.select_related("paragraph").prefetch_related(Prefetch("addressees", named))
    return list(rows.order_by("position"))
