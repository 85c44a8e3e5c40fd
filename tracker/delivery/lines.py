"""What messages list: assignments, worst first, each with what its reader needs, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Agency
from directives.models import Assignment, Delivery, Notice, Role, load_calendar
from tracker.delivery.links import assignment_page
from tracker.delivery.subjects import Subject, subjects

LONGEST_WORDING = 240  # characters
PARTS = {
    Role.LEAD: gettext_lazy("%(agency)s leads"),
    Role.SHARE: gettext_lazy("%(agency)s does its own share"),
    Role.COORDINATING: gettext_lazy("%(agency)s coordinates"),
}


@dataclass(frozen=True)
class Line:
    """One assignment as messages in one language show it, asked while that language is active.

    `days` to the deadline, in working days; negative: late; None: undated.
    """

    assignment: Assignment
    days: int | None
    lead: Agency | None
    today: date

    @cached_property
    def wording(self) -> str:
        return " – ".join(filter(None, (self.assignment.directive.wording, self.assignment.period_name)))

    @cached_property
    def short(self) -> str:
        """The wording, cut where it is very long."""
        return Truncator(self.wording).chars(LONGEST_WORDING) if len(self.wording) > LONGEST_WORDING else self.wording

    @cached_property
    def url(self) -> str:
        return assignment_page(self.assignment.uuid)

    @cached_property
    def late(self) -> bool:
        return self.assignment.due_on is not None and self.assignment.due_on < self.today

    @cached_property
    def deadline(self) -> str:
        """The date with how it stands: '31/12/2024 (quá hạn 3 ngày làm việc)'."""
        return f"{self.assignment.due_on:%d/%m/%Y} ({self.when})" if self.assignment.due_on else self.when

    @cached_property
    def when(self) -> str:
        """How the deadline stands today, in words."""
        if self.days is None:
            return _("none set")
        if self.assignment.due_on == self.today:
            return _("due today")
        if not self.days:  # only days off lie between the deadline and today
            return _("overdue") if self.late else _("last working day")
        if self.late:
            late = ngettext("%(days)d working day overdue", "%(days)d working days overdue", -self.days)
            return late % {"days": -self.days}
        return ngettext("%(days)d working day left", "%(days)d working days left", self.days) % {"days": self.days}

    @cached_property
    def who(self) -> str:
        """The agency with its part, who leads where that is another, and who handed it down."""
        part = PARTS[Role(self.assignment.role)] % {"agency": self.assignment.agency.name}
        if giver := self.assignment.directive.given_by:
            return f"{part}; {_('handed down by %(agency)s') % {'agency': giver.name}}"
        if self.assignment.role == Role.COORDINATING and self.lead:
            return f"{part}; {PARTS[Role.LEAD] % {'agency': self.lead.name}}"
        return part


@dataclass(frozen=True)
class Group:
    """The lines of one notice."""

    notice: Notice
    lines: list[Line]

    @cached_property
    def title(self) -> str:
        return notice_title(self.notice)


@dataclass(frozen=True)
class Listing:
    """The lines of a message: at most `LINES` of `total`, of which `overdue` are late, `asked` only to be reported.

    Of what is not late, `for_nobody` is told to the reader because the agency has nobody in office.
    """

    lines: list[Line]
    total: int
    overdue: int
    asked: int
    for_nobody: int

    @cached_property
    def groups(self) -> list[Group]:
        """By notice: first the one with the worst line."""
        groups: dict[int, Group] = {}
        for line in self.lines:
            notice = line.assignment.directive.notice
            groups.setdefault(notice.pk, Group(notice, [])).lines.append(line)
        return list(groups.values())

    @property
    def coming(self) -> int:
        return self.total - self.overdue - self.asked

    @property
    def early(self) -> int:
        """What a ladder tells the secretariat or the leaders before its deadline."""
        return self.total - self.overdue - self.for_nobody

    @cached_property
    def summary(self) -> str:
        """'2 phần việc quá hạn, 3 phần việc sắp đến hạn', in the reader's language."""
        late = ngettext("%(count)d assignment overdue", "%(count)d assignments overdue", self.overdue)
        soon = ngettext("%(count)d assignment coming due", "%(count)d assignments coming due", self.coming)
        asked = ngettext("%(count)d assignment without a report", "%(count)d assignments without a report", self.asked)
        parts = ((late, self.overdue), (soon, self.coming), (asked, self.asked))
        return ", ".join(text % {"count": count} for text, count in parts if count)

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def notice_title(notice: Notice) -> str:
    """'Thông báo kết luận số 369/TB-VPCP ngày 09/08/2024', in the reader's language."""
    return _("%(kind)s No. %(reference)s of %(day)s") % {
        "kind": notice.get_kind_display(),
        "reference": notice.reference,
        "day": f"{notice.issued_on:%d/%m/%Y}" if notice.issued_on else "…",
    }


class Listings:
    """What a batch of messages speaks of on the local date `today`; five queries, however many they are."""

    def __init__(self, deliveries: Sequence[Delivery], today: date) -> None:
        self._today = today
        self._calendar = load_calendar()
        self._subjects = subjects(deliveries, today)
        ids = {pk for subject in self._subjects.values() for pk in subject.shown}
        self._assignments = Assignment.objects.for_list().order_by().in_bulk(ids)
        self._leads = _leads(self._assignments.values())
        self._lines: dict[tuple[int, str], Line] = {}

    def subject(self, delivery: Delivery) -> Subject | None:
        """What the message speaks of; None where nothing is left of it."""
        return self._subjects.get(delivery.pk)

    def of(self, subject: Subject, language: str) -> Listing:
        """What the message lists, in the active `language`."""
        return Listing(
            [self._line(pk, language) for pk in subject.shown],
            subject.total,
            subject.overdue,
            subject.asked,
            subject.for_nobody,
        )

    def _line(self, pk: int, language: str) -> Line:
        if (line := self._lines.get((pk, language))) is None:
            row = self._assignments[pk]
            days = self._calendar.count(self._today, row.due_on) if row.due_on else None
            line = Line(row, days, self._leads.get((row.directive_id, row.period)), self._today)
            self._lines[pk, language] = line
        return line


def _leads(assignments: Iterable[Assignment]) -> dict[tuple[int, str], Agency]:
    """Who leads each directive and period of which somebody is told who only coordinates."""
    directives = {row.directive_id for row in assignments if row.role == Role.COORDINATING}
    if not directives:
        return {}
    leads = Assignment.objects.live().filter(role=Role.LEAD, directive__in=directives).select_related("agency")
    return {(lead.directive_id, lead.period): lead.agency for lead in leads.order_by()}
