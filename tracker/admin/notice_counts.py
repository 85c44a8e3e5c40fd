"""What the list of notices counts, and where those rows stand."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from directives.models import Notice, NoticeState


def directives_of(notice: Notice) -> str:
    """Where the directives of a notice stand, with their assignments once it is issued."""
    if notice.state == NoticeState.DRAFT:
        return reverse("admin:notice_paragraphs", args=[notice.pk]) + "?p=all#lines-rows"
    return reverse("admin:directives_notice_change", args=[notice.pk]) + "#asked-rows"


def so_many_of(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` belong to the row of the list, in the same query."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)
