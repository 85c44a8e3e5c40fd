"""By what a notice was amended, and what that changed for one assignment: for those who do the work."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from directives.models import AmendedPart, Assignment, Edition, Notice, NoticeState


@dataclass(frozen=True)
class Amendments:
    """Its versions, where there are several, and the later notices that amend or supersede it."""

    editions: list[Edition]
    later: list[Notice]

    def __bool__(self) -> bool:
        return bool(self.editions or self.later)


def amendments_of(notice: Notice) -> Amendments:
    """By what an issued notice was amended; two queries."""
    later = Notice.objects.filter(Q(amends=notice) | Q(supersedes=notice), state=NoticeState.ISSUED)
    editions = notice.editions.filter(number__gt=1).defer("text", "paragraphs")
    return Amendments(list(editions), list(later.defer("text").order_by("issued_on", "pk")))


@dataclass(frozen=True)
class Amended:
    """One time that an assignment was amended: by what, of which day, and what changed."""

    part: AmendedPart
    draft: Notice
    version: int | None  # of the corrected text; None where a later notice amends

    @property
    def issued_on(self) -> date | None:
        return self.draft.issued_on

    @property
    def notice(self) -> Notice:
        """The notice by which it reads otherwise now."""
        return self.draft.corrects or self.draft


def amended_of(assignment: Assignment) -> list[Amended]:
    """Each time that it was amended, the latest first; one query."""
    rows = assignment.amended_parts.select_related("draft__corrects", "draft__edition_made")
    rows = rows.defer("draft__text", "draft__corrects__text", "draft__edition_made__text")
    return [
        Amended(row, row.draft, row.draft.edition_made.number if hasattr(row.draft, "edition_made") else None)
        for row in rows.order_by("-at", "-pk")
    ]
