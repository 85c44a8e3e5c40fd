"""What a message lists: assignments, worst first, each with what its reader needs, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Office, User
from accounts.models.people import AGENCY_ROLES
from directives.models import Assignment, Delivery, DeliveryKind, Notice, ReminderState, Role, load_calendar
from directives.models.directives import AssignmentQuerySet, overdue
from tracker.delivery.links import assignment_page

LINES = 20  # of a message; the rest is a link
PARTS = {
    Role.LEAD: gettext_lazy("%(agency)s leads"),
    Role.SHARE: gettext_lazy("%(agency)s does its own share"),
    Role.COORDINATING: gettext_lazy("%(agency)s coordinates"),
}


@dataclass(frozen=True)
class Line:
    """One assignment as a message shows it. `days` to the deadline, in working days; negative: late; None: undated."""

    assignment: Assignment
    days: int | None
    leader: str
    today: date

    @property
    def wording(self) -> str:
        return self.assignment.directive.wording

    @property
    def url(self) -> str:
        return assignment_page(self.assignment.uuid)

    @property
    def late(self) -> bool:
        return self.assignment.due_on is not None and self.assignment.due_on < self.today

    @property
    def deadline(self) -> str:
        """The date with how it stands: '31/12/2024 (quá hạn 3 ngày làm việc)'."""
        return f"{self.assignment.due_on:%d/%m/%Y} ({self.when})" if self.assignment.due_on else self.when

    @property
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

    @property
    def who(self) -> str:
        """The agency with its part, and who leads where that is another."""
        part = PARTS[Role(self.assignment.role)] % {"agency": self.assignment.agency.name}
        if self.assignment.role == Role.COORDINATING and self.leader:
            return f"{part}; {PARTS[Role.LEAD] % {'agency': self.leader}}"
        return part


@dataclass(frozen=True)
class Group:
    """The lines of one notice."""

    notice: Notice
    lines: list[Line]

    @property
    def title(self) -> str:
        return notice_title(self.notice)


@dataclass(frozen=True)
class Listing:
    """The lines of a message: at most `LINES` of `total`, of which `overdue` are late."""

    lines: list[Line]
    total: int
    overdue: int

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
        return self.total - self.overdue

    @property
    def summary(self) -> str:
        """'2 phần việc quá hạn, 3 phần việc sắp đến hạn', in the reader's language."""
        late = ngettext("%(count)d assignment overdue", "%(count)d assignments overdue", self.overdue)
        soon = ngettext("%(count)d assignment coming due", "%(count)d assignments coming due", self.coming)
        said = [text % {"count": count} for text, count in ((late, self.overdue), (soon, self.coming)) if count]
        return ", ".join(said)

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


def listing(delivery: Delivery, today: date) -> Listing:
    """What `delivery` speaks of on the local date `today`; four queries, however many lines."""
    spoken_of = subjects(delivery, today)
    sums = spoken_of.aggregate(total=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
    shown = list(spoken_of.for_list().order_by("due_on", "pk")[:LINES])
    leaders = _leaders(shown)
    calendar = load_calendar()
    return Listing(
        lines=[
            Line(
                assignment=assignment,
                days=calendar.count(today, assignment.due_on) if assignment.due_on else None,
                leader=leaders.get((assignment.directive_id, assignment.period), ""),
                today=today,
            )
            for assignment in shown
        ],
        total=sums["total"],
        overdue=sums["overdue"],
    )


def subjects(delivery: Delivery, today: date) -> AssignmentQuerySet:
    """The assignments that `delivery` speaks of."""
    if delivery.assignment_id is not None:
        return Assignment.objects.filter(pk=delivery.assignment_id)
    if delivery.kind == DeliveryKind.ASSIGNED:
        agencies = _agencies_of(delivery.recipient, today)
        return Assignment.objects.live().filter(directive__notice=delivery.notice_id, agency__in=agencies)
    reminded = Q(pk__in=delivery.reminders.filter(state=ReminderState.PLANNED).values("assignment"))
    if delivery.kind == DeliveryKind.DIGEST:
        return Assignment.objects.filter(reminded | overdue_for(delivery.recipient, today))
    return Assignment.objects.filter(reminded)


def overdue_for(user: User, today: date) -> Q:
    """Open work past its date in the agencies where `user` sits: what a digest lists every working day."""
    return overdue(today) & Q(agency__in=_agencies_of(user, today))


def _agencies_of(user: User, today: date) -> QuerySet:
    return Office.objects.of(user, today).filter(role__in=AGENCY_ROLES).values("agency")


def _leaders(assignments: Iterable[Assignment]) -> dict[tuple[int, str], str]:
    """Who leads each directive and period."""
    directives = {assignment.directive_id for assignment in assignments}
    leads = Assignment.objects.live().filter(role=Role.LEAD, directive__in=directives).select_related("agency")
    return {(lead.directive_id, lead.period): lead.agency.name for lead in leads}
