"""The summaries behind the figures: by day, and by notice and field as the register stands now."""

from django.db import models

from accounts.models import Agency, Committee
from directives.models.notices import Notice


def _whose(to: type[models.Model]) -> models.ForeignKey:
    # A copy from a span, which holds the constraint.
    return models.ForeignKey(to, models.PROTECT, related_name="+", db_index=False, db_constraint=False)


class Change(models.Model):
    """From the local date `from_on` on, `many` more assignments of the agency stand in the cell (fewer: below 0).

    `basis` names the date that it is told by (`figures.Basis`); `cell` is a name of `figures.Cells`.
    """

    committee = _whose(Committee)
    agency = _whose(Agency)
    basis = models.CharField(max_length=16)
    cell = models.CharField(max_length=16)
    from_on = models.DateField()
    many = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.cell} {self.from_on:%d/%m/%Y}: {self.many:+}"


class TallyEntry(Change):
    """A change that is not summed up yet: triggers write it with each span, in the transaction that changes the span.

    Only rows are added, so that nobody waits for another's transaction to count.
    """

    class Meta:
        verbose_name = "entry of the summary by day"
        indexes = [
            # Read by every figure beside the sums.
            models.Index(fields=["committee", "basis"], name="entries_of_committee"),
        ]


class Tally(Change):
    """All changes of a day, and of a month as if they fell on its first day: a year of days is twelve months to add."""

    by_month = models.BooleanField()

    class Meta:
        verbose_name = "summary by day"
        constraints = [
            # Read by every figure of a committee, which adds up the months and then the days.
            models.UniqueConstraint(
                fields=["committee", "basis", "by_month", "from_on", "agency", "cell"],
                include=["many"],
                name="one_sum_a_day",
            ),
        ]


class Present(models.Model):
    """How many assignments stand in a cell now: what is told of each span that is not over.

    `cell` is a name of `figures.Cells`, or "open" for work in hand that has a date: the day that is asked about tells
    it apart. `days`: by how many calendar days it was handed in late, where that makes it overdue.
    """

    committee = _whose(Committee)
    basis = models.CharField(max_length=16)
    cell = models.CharField(max_length=16)
    due_on = models.DateField(null=True)
    days = models.IntegerField(null=True)
    many = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.cell}: {self.many:+}"


class NowTallyEntry(Present):
    """A change of these sums that is not taken into them yet; written by triggers, as `TallyEntry` is."""

    notice = _whose(Notice)
    field = models.CharField(max_length=120)

    class Meta:
        verbose_name = "entry of the summary by notice and field"
        indexes = [
            # Read by every figure beside the sums.
            models.Index(fields=["committee", "basis", "cell"], name="now_entries_of_committee"),
        ]


class NowTally(Present):
    """The sums of each notice and, with `days`, of each field; where nothing is left, there is no row.

    What counts as "open" counts once more as "due", by `due_on`: how much of it is overdue on a day are the few that
    are due before.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    field = models.CharField(max_length=120, null=True)

    class Meta:
        verbose_name = "summary by notice and field"
        constraints = [
            # Read by every figure by notice or field, and by how long work is overdue.
            models.UniqueConstraint(
                fields=["committee", "basis", "cell", "due_on", "field", "notice", "days"],
                include=["many"],
                nulls_distinct=False,
                name="one_sum_of_now",
            ),
        ]
        indexes = [
            # Read by the summing up, which takes them away.
            models.Index(fields=["id"], condition=models.Q(many=0), name="sums_of_nothing"),
        ]
