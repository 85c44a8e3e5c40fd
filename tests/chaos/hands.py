"""A small office in which many hands do at once whatever chance tells them, a few minutes after one another."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import Role
from accounts.refusals import Refusal
from directives.actions import assigning, extending, reporting, sending
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.actions.issuing import issue, withdraw_notice
from directives.actions.rearming import note_change
from directives.actions.reminding import remind_all
from directives.actions.sealing import seal_events
from directives.models import Assignment, Delivery, Directive, ExtensionRequest, Notice, NoticeState
from directives.models import Role as Part
from directives.rules.lifecycle import OPEN, State
from tests.make import at, make_agency, make_committee, make_ladder, make_user
from tracker.delivery.deliver import deliver

FIRST = date(2025, 3, 3)
WHY = {"reason": "Theo chỉ đạo."}


class House:
    """Who there is. What there is to do stands in the database."""

    def __init__(self) -> None:
        make_ladder()
        self.committee, self.issuer = make_committee(), make_agency()
        self.secretary = make_user(Role.SECRETARIAT, self.committee)
        self.leaders = [make_user(role, self.committee) for role in (Role.CHAIR, Role.STANDING_DEPUTY)]
        self.agencies = [make_agency() for _agency in range(5)]
        self.officers = {agency.pk: make_user(Role.OFFICER, agency) for agency in self.agencies}


class Hand:
    """One pair of hands, led by chance; what a hand did, by the name of the deed."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance, self.seed = house, Random(seed), seed
        self.moment, self.numbers = at(FIRST), 0
        self.done: Counter[str] = Counter()

    def act(self) -> None:
        """Do something; to be refused is nothing unusual here."""
        self.moment += timedelta(minutes=self.chance.randint(5, 180))
        name = self.chance.choices(list(DEEDS), [weight for weight, _deed in DEEDS.values()])[0]
        try:
            DEEDS[name][1](self)
        except Refusal:
            name = "refused"
        self.done[name] += 1

    @property
    def day(self) -> date:
        return self.moment.date()

    @property
    def as_secretary(self) -> dict[str, Any]:
        return {"by": self.house.secretary, "at": self.moment}

    def some(self, rows: QuerySet[Any]) -> Any:
        """One of the newest rows, as others may have left it by now."""
        found = list(rows.order_by("-pk")[:12])
        return self.chance.choice(found) if found else None

    def on(self, rows: QuerySet[Any], deed: Callable[[Any], object]) -> None:
        """Do something with one of the rows, if there is any."""
        row: Model | None = self.some(rows)
        if row is not None:
            deed(row)

    def issue(self) -> None:
        """A notice of two directives for three agencies each."""
        self.numbers += 1
        notice = draft_notice(
            committee=self.house.committee,
            text="1. Một việc. 2. Hai việc.",
            number=self.seed * 1000 + self.numbers,
            symbol="TB-VPCP",
            issuer=self.house.issuer,
            issued_on=self.day,
            **self.as_secretary,
        )
        for quote in ("Một việc", "Hai việc"):
            roles = (Part.LEAD, Part.COORDINATING, Part.SHARE)
            some = self.chance.sample(self.house.agencies, len(roles))
            whom = [To(role, agency) for role, agency in zip(roles, some, strict=True)]
            due_on = self.day + timedelta(days=self.chance.randint(0, 12))
            dated = {"deadline_kind": "date", "due_on": due_on}
            add_directive(notice, quote=quote, addressees=whom, **dated, **self.as_secretary)
        issue(notice, **self.as_secretary)

    def as_agency(self, verb: Callable[..., Any], **said: Any) -> None:
        """The officer of an agency does something with its work."""
        work = Assignment.objects.filter(state__in=OPEN)
        self.on(work, lambda row: verb(row, by=self.house.officers[row.agency_id], at=self.moment, **said))

    def as_committee(self, verb: Callable[..., Any], *states: State, **said: Any) -> None:
        """The secretary does something with work in one of these states."""
        work = Assignment.objects.filter(state__in=states or OPEN)
        self.on(work, lambda row: verb(row, **said, **self.as_secretary))

    def decide(self) -> None:
        """An extension is granted or refused, by the secretary or the chair."""
        verb = self.chance.choice([extending.grant_extension, extending.refuse_extension])
        by = self.chance.choice([self.house.secretary, self.house.leaders[0]])
        self.on(ExtensionRequest.objects.filter(state="open"), lambda row: verb(row, by=by, at=self.moment, **WHY))

    def assign(self) -> None:
        """One more agency gets a part, in whatever role."""
        agency, role = self.chance.choice(self.house.agencies), self.chance.choice(Part.values)
        given = {"due_on": self.later(9), **self.as_secretary}
        self.on(Directive.objects.all(), lambda row: assigning.assign(row, agency, role, **given))

    def reassign(self) -> None:
        """Work moves to another agency."""
        agency = self.chance.choice(self.house.agencies)
        self.as_committee(lambda row, **said: assigning.reassign(row, agency, due_on=self.later(9), **said), **WHY)

    def withdraw_notice(self) -> None:
        """A notice is taken back."""
        rows = Notice.objects.filter(state=NoticeState.ISSUED)
        self.on(rows, lambda row: withdraw_notice(row, **WHY, **self.as_secretary))

    def hold(self) -> None:
        """A message to the leadership is held back, or one that was held goes after all."""
        waiting = Delivery.objects.filter(kind="escalated", state="waiting")
        self.on(waiting, lambda row: sending.hold(row, **WHY, **self.as_secretary))
        self.on(Delivery.objects.filter(state="held"), lambda row: sending.release(row, **self.as_secretary))

    def later(self, days: int) -> date:
        """A day within so many days."""
        return self.day + timedelta(days=self.chance.randint(1, days))


# Each with its weight.
DEEDS: dict[str, tuple[int, Callable[[Hand], object]]] = {
    "issue": (3, Hand.issue),
    "acknowledge": (4, lambda hand: hand.as_agency(assigning.acknowledge)),
    "start": (4, lambda hand: hand.as_agency(assigning.start)),
    "report": (8, lambda hand: hand.as_agency(reporting.report_progress, text="Một nửa.", percent=50)),
    "hand in": (16, lambda hand: hand.as_agency(reporting.hand_in, text="Xong.")),
    "decline": (2, lambda hand: hand.as_agency(assigning.decline, **WHY)),
    "ask": (8, lambda hand: hand.as_agency(extending.request_extension, asked_due_on=hand.later(40), **WHY)),
    "decide": (8, Hand.decide),
    "verify": (3, lambda hand: hand.as_committee(reporting.verify, State.HANDED_IN)),
    "return": (16, lambda hand: hand.as_committee(reporting.return_report, State.HANDED_IN, **WHY)),
    "suspend": (5, lambda hand: hand.as_committee(assigning.suspend, **WHY)),
    "resume": (8, lambda hand: hand.as_committee(assigning.resume, State.SUSPENDED, **WHY)),
    "withdraw": (2, lambda hand: hand.as_committee(assigning.withdraw, **WHY)),
    "reassign": (5, Hand.reassign),
    "assign": (6, Hand.assign),
    "withdraw notice": (1, Hand.withdraw_notice),
    "remind": (6, lambda hand: remind_all(now=hand.moment, today=hand.day)),
    "deliver": (6, lambda hand: deliver(now=hand.moment, limit=3)),
    "hold": (3, Hand.hold),
    "look again": (2, lambda hand: note_change(at=hand.moment)),
    "seal": (3, lambda hand: seal_events(limit=100)),
}
