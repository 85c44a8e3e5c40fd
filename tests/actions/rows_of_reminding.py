"""Rows that the database refuses: of ladders, of what people arrange for themselves, and of what recurs."""

from collections.abc import Callable

from directives.models import Ladder, Preference, Rung, Snooze
from directives.models.directives import Directive
from directives.models.kinds import DeadlineKind
from directives.rules.nudges import LONGEST_REVIEW
from tests.make import DUE_ON, at, make_assignment, make_directive, make_ladder, make_user


def rung(offset: int = 0, *, audience: str = "head", kind: str = "courtesy") -> Rung:
    return Rung.objects.create(ladder=make_ladder(rungs=()), offset=offset, audience=audience, kind=kind)


def ladder(**fields: object) -> Ladder:
    return make_ladder(rungs=(), **fields)


def preferred_twice() -> None:
    user = make_user()
    for wanted in (True, False):
        Preference.objects.create(user=user, kind="assigned", channel="email", wanted=wanted)


def snoozed_twice() -> None:
    work, user = make_assignment(), make_user()
    for version in (1, 2):
        Snooze.objects.create(
            assignment=work, user=user, due_version=version, until=DUE_ON, noted_at=at(work.assigned_on)
        )


def recurring(**changes: object) -> None:
    """A directive that recurs every year on 15 December, but for the changes."""
    directive = make_directive(due_on=None)
    facts = {"recurrence": "yearly", "deadline_kind": DeadlineKind.RECURRING, "recurrence_day": 15}
    Directive.objects.filter(pk=directive.pk).update(**facts | {"recurrence_month": 12} | changes)


REFUSED_REMINDING: dict[str, tuple[Callable[[], object], ...]] = {
    "rung_within_a_year": (lambda: rung(251), lambda: rung(-251)),
    "rung_speaks_to_an_office": (lambda: rung(audience="everybody"), lambda: rung(audience="")),
    "rung_is_courtesy_or_escalation": (lambda: rung(kind="review"), lambda: rung(kind="")),
    "reviewed_after_a_day_or_more": (
        lambda: ladder(review_days=0),
        lambda: ladder(review_days=LONGEST_REVIEW + 1),
    ),
    "monthly_by_a_day": (lambda: ladder(monthly_by=0), lambda: ladder(monthly_by=32)),
    "one_preference_for_a_kind": (preferred_twice,),
    "one_snooze_for_a_person": (snoozed_twice,),
    "recurring_work_is_due_in_its_periods": (
        lambda: recurring(deadline_kind=DeadlineKind.NONE),
        lambda: recurring(due_on=DUE_ON),
    ),
    "recurs_on_a_day_of_the_month": (lambda: recurring(recurrence_day=0), lambda: recurring(recurrence_day=32)),
    "recurs_in_a_month": (lambda: recurring(recurrence_month=0), lambda: recurring(recurrence_month=13)),
}

ACCEPTED_REMINDING: dict[str, Callable[[], object]] = {
    "a rung a year away": lambda: rung(-250),
    "a ladder that asks on the last day of the month": lambda: ladder(monthly_by=31),
    "what recurs on 15 December": recurring,
}
