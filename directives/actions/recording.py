"""The register: the only writer of history, spans and the outbox, in the transaction of what happened."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import ApiKey, User
from accounts.people import Holder
from directives.models import (
    Assessment,
    Assignment,
    BulkChange,
    Channel,
    Delivery,
    Directive,
    Event,
    ExtensionRequest,
    KeptPaper,
    Merger,
    Notice,
    Question,
    Reading,
    Reminder,
    Report,
    Snooze,
    Span,
    Subscription,
    load_calendar,
    wishes_of,
)
from directives.models.notices import Urgency
from directives.models.outbox import LONGEST_REASON
from directives.rules.office_hours import news_moment
from directives.rules.working_days import local_day

# The edge sets it for each request or run, so that a line of the log and an event can be laid side by side.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

SPAN_FACTS = ("state", "role", "agency_id", "original_due_on", "due_on", "handed_in_on", "done_on")


def facts(assignment: Assignment) -> dict[str, Any]:
    """What history keeps of an assignment before and after a verb."""
    return {
        "state": str(assignment.state),
        "agency": assignment.agency.code,
        "role": str(assignment.role),
        "due_on": _iso(assignment.due_on),
        "original_due_on": _iso(assignment.original_due_on),
        "handed_in_on": _iso(assignment.handed_in_on),
        "done_on": _iso(assignment.done_on),
        "version": assignment.version,
        **({"period": assignment.period} if assignment.period else {}),
    }


def record(
    subject: Model,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    on_behalf_of: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write one event, and where the subject is an assignment its span as well. `by` None: the system itself."""
    (event,) = record_all(
        [subject], verb, by=by, at=at, on_behalf_of=on_behalf_of, before=before, after=after, reason=reason
    )
    return event


def record_all(
    subjects: Sequence[Model],
    verb: str,
    *,
    by: User | None,
    at: datetime,
    on_behalf_of: str = "",
    before: dict[str, Any] | Sequence[dict[str, Any]] | None = None,
    after: dict[str, Any] | Sequence[dict[str, Any]] | None = None,
    reason: str = "",
) -> list[Event]:
    """One event for each subject, in a fixed number of queries; `before` and `after` of all, or one for each."""
    was = before if isinstance(before, Sequence) else [before or {}] * len(subjects)
    now = after if isinstance(after, Sequence) else [after] * len(subjects)
    events = [
        Event(
            at=at,
            verb=verb,
            by=by,
            by_name=by.name if by else "",
            on_behalf_of=on_behalf_of,
            subject=subject_of(subject),
            before=old,
            after=facts(subject) if new is None and isinstance(subject, Assignment) else new or {},
            reason=reason,
            request_id=REQUEST_ID.get(),
            **_where(subject),
        )
        for subject, old, new in zip(subjects, was, now, strict=True)
    ]
    written = Event.objects.bulk_create(events)
    remember([subject for subject in subjects if isinstance(subject, Assignment)], local_day(at))
    return written


def subject_of(row: Model) -> str:
    """By what history names a row: 'notice:…'. The person of a request is a lazy one, whose class says nothing."""
    return f"{row._meta.model_name}:{getattr(row, 'uuid', row.pk)}"  # noqa: SLF001


def remember(assignments: Sequence[Assignment], day: date) -> None:
    """Close the open spans and open new ones from `day`; a second change on one day leaves one span, the later."""
    if not assignments:
        return
    open_spans = Span.objects.filter(assignment__in=assignments, to_on=None)
    # A change that is entered as of an earlier day than the span's beginning counts from that beginning.
    begun = dict(open_spans.filter(from_on__gte=day).values_list("assignment_id", "from_on"))
    open_spans.filter(from_on__lt=day).update(to_on=day)
    Span.objects.filter(assignment__in=list(begun), to_on=None).delete()
    Span.objects.bulk_create(
        Span(
            assignment=assignment,
            from_on=begun.get(assignment.pk, day),
            **{fact: getattr(assignment, fact) for fact in SPAN_FACTS},
        )
        for assignment in assignments
    )


class Matter(TypedDict, total=False):
    """What a message is about. `given_on` (a local date): of the notice only the recurring work that was given then."""

    notice: Notice | None
    assignment: Assignment | None
    given_on: date | None
    merger: Merger
    change: BulkChange
    amendment: Notice
    question: Question
    paper: KeptPaper
    subscription: Subscription
    api_key: ApiKey


def tell(
    people: Iterable[Holder],
    kind: str,
    *,
    key: str,
    at: datetime,
    due_at: datetime | None = None,
    urgent: bool = False,
    about: Mapping[Holder, Assignment] | None = None,
    tables: Mapping[Holder, Assessment] | None = None,
    **matter: Unpack[Matter],
) -> None:
    """Put a message to each person, by each channel that is wanted, into the outbox; the same `key` twice is once.

    Unless `due_at` is given it leaves at once, and the house only in office hours or where the notice is urgent; what
    calls nobody, as in the application, does not wait for them. `urgent`: so is what no one notice gives. `about`,
    `tables`: to each of an assignment, or of a self-assessment, of their own.
    """
    holders, notice = list(people), matter.get("notice")
    wishes = wishes_of(holder.user.pk for holder in holders)
    urgent = urgent or (notice is not None and notice.urgency != Urgency.NORMAL)
    hours = {True: due_at or at, False: due_at or news_moment(now=at, urgent=urgent, calendar=load_calendar())}
    messages = []
    for holder in holders:
        own = {"assignment": about[holder]} if about else {"assessment": tables[holder]} if tables else {}
        whole = {**matter, **own, "because": because(holder)}
        messages += [
            Delivery(
                key=f"{key}:{holder.user.pk}:{channel}",
                kind=kind,
                channel=channel,
                recipient=holder.user,
                created_at=at,
                due_at=hours[channel == Channel.IN_APP],
                **whole,
            )
            for channel in wishes.channels(holder.user.pk, kind)
        ]
    Delivery.objects.bulk_create(messages, ignore_conflicts=True)


def because(holder: Holder) -> str:
    """The reason line of a message, in its reader's language: the office held, or filled for another.

    Where both get it, both are told so.

    A name that is too long for it is cut: it must never keep the others from their messages.
    """
    with override(holder.user.language):
        why = _("you serve as %(office)s")
        if holder.substitutes:
            why = _("you are substitute for %(name)s (%(office)s)")
        elif holder.stand_in is not None:
            why = _("you serve as %(office)s; your substitute %(name)s gets it too")
        other = holder.stand_in or holder.office.user
        return (why % {"name": other.name, "office": holder.office})[:LONGEST_REASON]


def _where(subject: Model) -> dict[str, Model | None]:
    if isinstance(subject, Delivery) and subject.assignment is None:
        return {"notice": subject.notice}
    if (
        isinstance(subject, (Report, ExtensionRequest, Question, Reminder, Delivery, Snooze))
        and subject.assignment is not None
    ):
        subject = subject.assignment
    if isinstance(subject, Reading) and subject.report is not None:
        subject = subject.report.assignment
    if isinstance(subject, Assignment):
        return {"assignment": subject, "directive": subject.directive, "notice": subject.directive.notice}
    if isinstance(subject, Directive):
        return {"directive": subject, "notice": subject.notice}
    return {"notice": subject} if isinstance(subject, Notice) else {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
