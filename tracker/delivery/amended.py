"""What a message says of a notice that was amended: by what, and what changed in each assignment, in words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from directives.models import AmendedPart, Delivery, Notice, PartChange, Role
from tracker.delivery.lines import Line, Listing, notice_title


@dataclass(frozen=True)
class Amended:
    """An amendment that was issued, with what it changed by assignment (id)."""

    draft: Notice
    parts: dict[int, AmendedPart]

    @property
    def title(self) -> str:
        """'Thông báo kết luận số 369/TB-VPCP ngày 09/08/2024', the notice that was amended."""
        return notice_title(self.draft.amended or self.draft)

    @property
    def by_what(self) -> str:
        """By a corrected text, or by which later notice."""
        if self.draft.corrects_id is not None:
            day = f"{self.draft.issued_on:%d/%m/%Y}" if self.draft.issued_on else ""
            return _("Its text was corrected on %(day)s.") % {"day": day}
        sentence = _("%(notice)s supersedes it.") if self.draft.supersedes_id else _("%(notice)s amends it.")
        return sentence % {"notice": notice_title(self.draft)}


@dataclass(frozen=True)
class ChangedLine:
    """An assignment with what changed in it."""

    line: Line
    changes: tuple[str, ...]
    withdrawn: bool


def amendments_of(deliveries: Sequence[Delivery]) -> dict[int | None, Amended]:
    """The amendments of which messages tell, by the draft's id; two queries where there are any."""
    wanted = {row.amendment_id for row in deliveries if row.amendment_id is not None}
    if not wanted:
        return {}
    parts: dict[int, dict[int, AmendedPart]] = defaultdict(dict)
    for part in AmendedPart.objects.filter(draft__in=wanted):
        parts[part.draft_id][part.assignment_id] = part
    drafts = Notice.objects.filter(pk__in=wanted).select_related("corrects", "amends", "supersedes")
    drafts = drafts.defer("text", "corrects__text", "amends__text", "supersedes__text")
    return {draft.pk: Amended(draft, parts[draft.pk]) for draft in drafts}


def changed_lines(amended: object, listing: Listing) -> list[ChangedLine]:
    """The lines of a message that tells of an amendment; none of any other."""
    if not isinstance(amended, Amended):
        return []
    found = []
    for line in listing.lines:
        part = amended.parts[line.assignment.pk]
        withdrawn = part.change == PartChange.WITHDRAWN
        found.append(ChangedLine(line, tuple(words_of(part)), withdrawn))
    return found


def words_of(part: AmendedPart) -> Iterator[str]:
    """What changed in one assignment, in sentences."""
    if part.change == PartChange.WITHDRAWN:
        yield _("Withdrawn: this work is no longer asked for.")
    elif part.change == PartChange.GIVEN:
        yield _("New: your agency is given this work.")
    else:
        if part.is_redated:
            told = {"was": _day(part.was_due_on), "now": _day(part.due_on)}
            yield _("Deadline changed from %(was)s to %(now)s.") % told
        if part.was_role and part.was_role != part.role:
            yield _("Part changed: %(was)s → %(now)s.") % {
                "was": Role(part.was_role).label,
                "now": Role(part.role).label,
            }
        if part.reworded:
            yield _("The wording changed; it is given here as it reads now.")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else _("no deadline")
