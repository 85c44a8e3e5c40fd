"""Papers that go out by themselves: set up, changed, paused, let go on and ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, Office, User
from accounts.refusals import N_
from accounts.roles import Verb, require
from directives.actions.recording import record
from directives.models import Delivery, DeliveryState, PaperSchedule, ScheduleState
from directives.rules.lifecycle import WrongMoment
from directives.rules.paper_days import NUMBERS, Rhythm, When
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

CHANGED_MEANWHILE = N_("Somebody else changed this schedule meanwhile. Look at it as it is now.")
NO_SUCH_DAY = N_("There is no such day.")
NO_SUCH_HOUR = N_("There is no such hour.")
ONLY_COMMITTEES = N_("Only a committee has sessions.")
NOBODY = N_("Choose at least one recipient.")
NOT_ONE_OF_THEM = N_("%(name)s holds no office there today.")
HAS_ENDED = _("This schedule has ended.")
IS_ACTIVE = _("This schedule is not paused.")
IS_PAUSED = _("This schedule is paused already.")
FIELDS = ("kind", "form", "language", "rhythm", "number", "hour")
HOURS = range(24)


@dataclass(frozen=True)
class Wanted:
    """Which paper as which file, on which days, and to whom."""

    kind: str
    form: str
    language: str
    when: When
    recipients: Sequence[User]

    @property
    def fields(self) -> dict[str, object]:
        """As columns of a row."""
        days = {"rhythm": self.when.rhythm.value, "number": self.when.number, "hour": self.when.hour}
        return {"kind": self.kind, "form": self.form, "language": self.language, **days}


def people_of(body: Committee | Agency, on: date) -> QuerySet[User]:
    """Who may get a paper of this body: whoever holds or fills one of its offices on the local date `on`."""
    here = Q(committee=body) if isinstance(body, Committee) else Q(agency=body)
    offices = Office.objects.on(on).with_absence(on).filter(here)
    found = Q(pk__in=offices.values("user")) | Q(pk__in=offices.values("away__substitute"))
    return User.objects.filter(found, is_active=True).order_by("name", "pk")


@transaction.atomic
def add_schedule(body: Committee | Agency, wanted: Wanted, *, by: User, at: datetime) -> PaperSchedule:
    """Let a paper go out from the next of its days on. Raises NotAllowed or Invalid."""
    _require(body, wanted, by=by, at=at)
    of = {"committee" if isinstance(body, Committee) else "agency": body}
    row = PaperSchedule.objects.create(by=by, at=at, counts_from=at, **of, **wanted.fields)
    row.recipients.set(wanted.recipients)
    record(row, "schedule", by=by, at=at, after=_told(row, wanted.recipients))
    return row


@transaction.atomic
def change_schedule(schedule: PaperSchedule, wanted: Wanted, *, by: User, at: datetime, version: int) -> PaperSchedule:
    """Change all of it but whose it is; days that have passed are not made up for.

    Raises NotAllowed, Invalid, WrongMoment where it has ended, Stale where another version was changed.
    """
    row = _locked(schedule)
    _require(row.body, wanted, by=by, at=at)
    if row.version != version:
        raise Stale(CHANGED_MEANWHILE)
    _expect_not_ended(row)
    before = _told(row, row.recipients.order_by("pk"))
    for name, value in wanted.fields.items():
        setattr(row, name, value)
    row.recipients.set(wanted.recipients)
    _save(row, at)
    after = _told(row, wanted.recipients)
    changed = [name for name in after if after[name] != before[name]]
    told = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
    record(row, "change_schedule", by=by, at=at, **told)
    return row


@transaction.atomic
def pause_schedule(schedule: PaperSchedule, *, by: User, at: datetime) -> PaperSchedule:
    """Nothing goes out until it is let go on; what waits to be sent is not sent. Raises NotAllowed or WrongMoment."""
    row = _locked(schedule)
    require(by, Verb.SCHEDULE, row.body, on=local_day(at))
    _expect_not_ended(row)
    if row.state == ScheduleState.PAUSED:
        raise WrongMoment(IS_PAUSED)
    row.state = ScheduleState.PAUSED
    _save(row, at)
    record(row, "pause_schedule", by=by, at=at)
    return row


@transaction.atomic
def resume_schedule(schedule: PaperSchedule, *, by: User, at: datetime) -> PaperSchedule:
    """It goes out from the next of its days on. Raises NotAllowed or WrongMoment."""
    row = _locked(schedule)
    require(by, Verb.SCHEDULE, row.body, on=local_day(at))
    _expect_not_ended(row)
    if row.state != ScheduleState.PAUSED:
        raise WrongMoment(IS_ACTIVE)
    row.state = ScheduleState.ACTIVE
    _save(row, at)
    record(row, "resume_schedule", by=by, at=at)
    return row


@transaction.atomic
def end_schedule(schedule: PaperSchedule, *, by: User, at: datetime) -> PaperSchedule:
    """It goes out no more; what it made stays. Raises NotAllowed or WrongMoment."""
    row = _locked(schedule)
    require(by, Verb.SCHEDULE, row.body, on=local_day(at))
    _expect_not_ended(row)
    row.state = ScheduleState.ENDED
    _save(row, at)
    record(row, "end_schedule", by=by, at=at)
    return row


# --- what all of them ask


def _locked(schedule: PaperSchedule) -> PaperSchedule:
    rows = PaperSchedule.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("committee", "agency").get(pk=schedule.pk)


def _require(body: Committee | Agency, wanted: Wanted, *, by: User, at: datetime) -> None:
    today, when = local_day(at), wanted.when
    require(by, Verb.SCHEDULE, body, on=today)
    if when.rhythm is Rhythm.SESSION and not isinstance(body, Committee):
        raise Invalid("rhythm", ONLY_COMMITTEES)
    if when.number not in NUMBERS[when.rhythm]:
        raise Invalid("number", NO_SUCH_DAY)
    if when.hour not in HOURS:
        raise Invalid("hour", NO_SUCH_HOUR)
    if not wanted.recipients:
        raise Invalid("recipients", NOBODY)
    allowed = set(people_of(body, today).values_list("pk", flat=True))
    for user in wanted.recipients:
        if user.pk not in allowed:
            raise Invalid("recipients", NOT_ONE_OF_THEM, name=user.name)


def _expect_not_ended(row: PaperSchedule) -> None:
    if row.state == ScheduleState.ENDED:
        raise WrongMoment(HAS_ENDED)


def _save(row: PaperSchedule, at: datetime) -> None:
    row.version += 1
    row.counts_from = at
    row.save()
    if row.state != ScheduleState.ACTIVE:
        waiting = Delivery.objects.filter(paper__schedule=row, state=DeliveryState.WAITING, leased_until=None)
        waiting.update(state=DeliveryState.SUPERSEDED)


def _told(row: PaperSchedule, recipients: Collection[User]) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS} | {"recipients": sorted(user.name for user in recipients)}
