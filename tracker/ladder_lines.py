"""The ladder's words as lines of text, for the commands that print a plan."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from directives.actions.reminding import Planned
from directives.models import Audience, Notice, NoticeState, Reminder, ReminderKind, RungKind


def issued_notice(reference: str) -> Notice:
    """The issued notice called '369/TB-VPCP'. Raises CommandError with a sentence where there is not just one."""
    found = list(Notice.objects.by_reference(reference).filter(state=NoticeState.ISSUED)[:2])
    if not found:
        raise CommandError(_("There is no issued notice %(reference)s.") % {"reference": reference})
    if len(found) > 1:
        raise CommandError(_("More than one notice is called %(reference)s.") % {"reference": reference})
    return found[0]


def planned_lines(planned: Iterable[Planned]) -> list[str]:
    """One line for each person of each rung: day, rung, notice, agency, deadline, recipient."""
    return [
        _line(
            on=line.on,
            rung=line.rung,
            reference=line.assignment.directive.notice.reference,
            agency=line.assignment.agency.name,
            due_on=line.assignment.due_on,
            recipient=f"{line.recipient.name} <{line.recipient.email}>",
            audience=line.audience,
            kind=line.kind,
        )
        for line in planned
    ]


def recorded_lines(reminders: Iterable[Reminder]) -> list[str]:
    """The same for what stands in the ledger, and what became of it; one line for each person and channel."""
    return [
        _line(
            on=row.rung_on,
            rung=row.rung,
            reference=row.assignment.directive.notice.reference,
            agency=row.assignment.agency.name,
            due_on=row.assignment.due_on,
            recipient=f"{row.recipient.name} <{row.recipient.email}>",
            audience=row.audience,
            kind=row.kind,
            became=[
                _("planned on %(day)s") % {"day": f"{row.planned_on:%d/%m/%Y}"},
                f"{row.get_state_display()} ({row.get_channel_display()})",
                *([row.why_not_said] if row.why_not else []),
            ],
        )
        for row in reminders
    ]


def _line(
    *,
    on: date,
    rung: int,
    reference: str,
    agency: str,
    due_on: date | None,
    recipient: str,
    audience: str,
    kind: str,
    became: Sequence[str] = (),
) -> str:
    words = [
        f"{on:%d/%m/%Y}",
        (f"{rung:+d}" if rung else "0") if kind in RungKind.values else "–",
        reference,
        agency,
        _("due %(day)s") % {"day": f"{due_on:%d/%m/%Y}" if due_on else "–"},
        f"{ReminderKind(kind).label} → {recipient}",
        str(Audience(audience).label),
        *became,
    ]
    return "  ".join(words)
