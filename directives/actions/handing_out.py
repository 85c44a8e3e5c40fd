"""A scheduled paper that is made goes to its recipients, and one that was not is told to its keepers: each once."""

from datetime import date, datetime

from django.db.models import QuerySet

from accounts.models import Agency, Committee, Office, User
from accounts.people import Holder, offices_of, people_for
from directives.actions.recording import tell
from directives.models import DeliveryKind, KeptPaper, ScheduleState
from directives.rules.working_days import local_day


def tell_of_paper(paper: KeptPaper, *, at: datetime) -> None:
    """Put the message with a scheduled paper that is made into the outbox, for each recipient once.

    Who holds no office there any more gets none. Must run in the transaction that keeps the paper.
    """
    schedule = paper.schedule
    if schedule is None or schedule.state != ScheduleState.ACTIVE:
        return
    holders = _holders(schedule.recipients.filter(is_active=True).order_by("pk"), paper.body, local_day(at))
    # The hour was chosen by people: it does not wait for office hours.
    tell(holders, DeliveryKind.PAPER, key=f"paper:{paper.uuid}", at=at, due_at=at, paper=paper)


def tell_of_failure(paper: KeptPaper, *, at: datetime) -> None:
    """Tell whoever set the schedule up, and who keeps the papers of its body, that there is none this time; each once.

    Must run in the transaction that notes why there is none.
    """
    schedule = paper.schedule
    if schedule is None or schedule.state != ScheduleState.ACTIVE:
        return
    audience, day = "secretariat" if paper.committee_id else "head", local_day(at)
    keepers = people_for(audience, agency=paper.agency, committee=paper.committee, on=day)
    people = User.objects.filter(pk__in={schedule.by_id, *(user.pk for user in keepers)}, is_active=True)
    holders = _holders(people.order_by("pk"), paper.body, day)
    tell(holders, DeliveryKind.PAPER, key=f"no-paper:{paper.uuid}", at=at, due_at=at, paper=paper)


def _holders(people: QuerySet[User], body: Committee | Agency, day: date) -> list[Holder]:
    found, offices = [], offices_of({user.pk for user in people}, day)
    for user in people:
        here = [office for office in offices[user.pk] if sits_at(office, body)]
        here.sort(key=lambda office: office.user_id != user.pk)
        if here:
            found.append(Holder(user, here[0], substitutes=here[0].user_id != user.pk))
    return found


def sits_at(office: Office, body: Committee | Agency) -> bool:
    """Whether the office is one of the body's."""
    return body.pk == (office.committee_id if isinstance(body, Committee) else office.agency_id)
