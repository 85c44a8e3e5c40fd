"""The summary by day is never wrong by one: after every step of a walk through all verbs it says what the spans say."""

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist

from accounts.models import Role
from accounts.refusals import Refusal
from directives.actions.drafting import To
from directives.actions.extending import request_extension
from directives.actions.handing_down import Units, hand_down
from directives.actions.merging import merge
from directives.actions.redating import set_deadline
from directives.actions.tallying import sum_up
from directives.figures import (
    Basis,
    By,
    Scope,
    by_month,
    cells_as_of,
    cells_by,
    overdue,
    overdue_counted,
    totals,
    totals_by,
)
from directives.figures.present import stands_now
from directives.models import Assignment, Directive, NowTally, NowTallyEntry, Span, Tally, TallyEntry
from directives.models import Role as Part
from directives.rules.lifecycle import NEXT
from tests.actions.test_every_moment import DOING, OFFICERS, WHY
from tests.make import at, make_agency, make_committee, make_issued, make_ladder, make_user

pytestmark = pytest.mark.django_db
FIRST = date(2025, 3, 3)  # a Monday
DAY = timedelta(days=1)
STEPS = 40


class Walk:
    """People of two committees and four agencies who do whatever chance tells them, day after day."""

    def __init__(self, seed: int) -> None:
        make_ladder()
        self.chance, self.today = Random(seed), FIRST
        self.committees = [make_committee(), make_committee()]
        self.agencies = [make_agency() for _number in range(4)]
        self.units = {agency: make_agency(parent=agency) for agency in self.agencies}
        self.officers = {agency: make_user(Role.OFFICER, agency) for agency in self.agencies}
        self.secretaries = {body.pk: make_user(Role.SECRETARIAT, body) for body in self.committees}
        self.administrator = make_user(Role.ADMINISTRATOR)
        self.done: list[str] = []
        self.verbs = DOING | {
            "set_deadline": lambda work, **who: set_deadline(work, due_on=self.soon(), **WHY, **who),
            "request_extension": lambda work, **who: request_extension(work, asked_due_on=self.soon(), **WHY, **who),
            "hand_down": lambda work, **who: hand_down(
                work, to=Units([work.unit]), wording="Rà soát", due_on=self.soon(), **who
            ),
        }
        self.issue()

    def soon(self) -> date:
        """Some day that is to come, or a day that is gone."""
        return self.today + self.chance.choice([-5, 1, 8, 30]) * DAY

    def issue(self) -> None:
        """A notice that names some agencies, with a date or without."""
        lead, *others = self.chance.sample(self.agencies, self.chance.randint(1, 4))
        roles = [self.chance.choice([Part.SHARE, Part.COORDINATING]) for _agency in others]
        due_on = self.chance.choice([None, *(self.today + n * DAY for n in (0, 3, 9, 40))])
        to = [To(Part.LEAD, lead), *(To(role, agency) for role, agency in zip(roles, others, strict=True))]
        make_issued(*to, committee=self.chance.choice(self.committees), issued_on=self.today, due_on=due_on)
        self.done.append("issue")

    def merge_two(self) -> None:
        """Two agencies become a third one."""
        gone, heir = self.chance.sample(self.agencies, 2)
        merge([gone], heir, on=self.today, basis="NQ 1/NQ-QH", by=self.administrator, at=at(self.today))
        self.done.append("merge")

    def rename_a_field(self) -> None:
        """Now and then a directive goes to another field."""
        if self.chance.random() < 0.3:
            chosen = Directive.objects.filter(pk=self.chance.choice(Directive.objects.values_list("pk", flat=True)))
            chosen.update(field=self.chance.choice(["", "Dữ liệu", "Hạ tầng"]))

    def act(self) -> None:
        """One verb on one assignment, by whoever may."""
        works = Assignment.objects.filter(committee__isnull=False).order_by("pk")
        may = [(work, verb) for work in works for verb in sorted(self.verbs) if (work.state, verb) in NEXT]
        if not may:
            return self.issue()
        work, verb = self.chance.choice(may)
        work.heir, work.unit = self.chance.choice(self.agencies), self.units[work.agency]
        by = self.officers[work.agency] if verb in OFFICERS else self.secretaries[work.committee_id]
        self.verbs[verb](work, by=by, at=at(self.today, self.chance.randint(7, 17)))
        return self.done.append(verb)

    def step(self) -> None:
        """A day or none goes by, and something is done; what is refused is not done."""
        self.today += self.chance.choice([0, 0, 1, 4, 25]) * DAY
        kind = self.chance.random()
        try:
            self.issue() if kind < 0.15 else self.merge_two() if kind < 0.18 else self.act()
            self.rename_a_field()
        except (Refusal, ObjectDoesNotExist, MultipleObjectsReturned):
            return
        if self.chance.random() < 0.3:
            sum_up(limit=self.chance.choice([1, 7, 1000]))

    def told(self) -> str:
        """What was done so far, the last of it at the end."""
        return f"{len(self.done)} steps: {', '.join(self.done[-6:])}"


def agree(walk: Walk) -> None:
    """The summary and the spans say the same, on days past, today and to come, against either date, of everybody."""
    mine = frozenset([walk.committees[0].pk])
    for day in (walk.today, walk.today + walk.chance.choice([-20, -10, -1, 30]) * DAY):
        for basis in Basis:
            for scope in (Scope(), Scope(committees=mine), Scope(agencies=frozenset([walk.agencies[0].pk]))):
                assert totals(scope, day, basis=basis) == cells_as_of(scope.spans(), day, basis=basis), walk.told()
            for by in (By.AGENCY, By.NOTICE, By.FIELD):
                told = totals_by(Scope(committees=mine), by, day, basis=basis)
                assert told == cells_by(Scope(committees=mine), by, day, basis=basis), walk.told()
        for scope in (Scope(), Scope(committees=mine)):
            assert overdue(scope, day) == overdue_counted(scope, day), walk.told()
    assert all(stands_now(scope, walk.today) for scope in (Scope(), Scope(committees=mine)))


@pytest.mark.parametrize("seed", range(3))
def test_the_summary_is_right_after_every_step_of_a_walk_through_all_verbs(seed):
    walk = Walk(seed)
    for _number in range(STEPS):
        walk.step()
        agree(walk)
    assert len(set(walk.done)) > 9, walk.told()
    months = by_month(Scope(), walk.today, months=5)
    assert [cells for _last, cells in months] == [cells_as_of(Scope().spans(), last) for last, _cells in months]
    while sum_up():
        agree(walk)
    assert not TallyEntry.objects.exists()
    assert not NowTallyEntry.objects.exists()
    assert not NowTally.objects.filter(many=0).exists()
    assert totals_by(Scope(), By.COMMITTEE, walk.today) == cells_by(Scope(), By.COMMITTEE, walk.today)


def test_history_that_is_taken_away_or_written_anew_leaves_nothing_behind():
    (one,) = make_issued(make_agency(), issued_on=FIRST, due_on=FIRST + 9 * DAY)
    sum_up()
    Span.objects.filter(assignment=one).update(due_on=FIRST + 20 * DAY)
    assert totals(Scope(), FIRST + 15 * DAY) == cells_as_of(Span.objects.all(), FIRST + 15 * DAY)
    Span.objects.all().delete()
    sum_up()
    assert totals(Scope(), FIRST + 15 * DAY) == cells_as_of(Span.objects.all(), FIRST)
    assert not any(Tally.objects.values_list("many", flat=True))
    assert not NowTally.objects.exists()


def test_a_day_after_which_something_changed_is_counted_from_the_spans():
    (one,) = make_issued(make_agency(), issued_on=FIRST, due_on=FIRST + 9 * DAY)
    assert stands_now(Scope(), FIRST)
    verb = DOING["acknowledge"]
    verb(one, by=make_user(Role.OFFICER, one.agency), at=at(FIRST + DAY))
    assert not stands_now(Scope(), FIRST)
    assert stands_now(Scope(), FIRST + DAY)
    assert not stands_now(Scope(agencies=frozenset([one.agency_id])), FIRST + DAY)


def test_a_figure_of_everybody_is_one_query(django_assert_num_queries):
    make_issued(make_agency(), make_agency(), issued_on=FIRST)
    with django_assert_num_queries(3):
        assert totals(Scope(), FIRST).total == 1
        assert len(totals_by(Scope(), By.AGENCY, FIRST)) == 2
        assert [cells.total for _last, cells in by_month(Scope(), FIRST, months=2)] == [0, 1]
