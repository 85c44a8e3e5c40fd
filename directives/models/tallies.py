"""The summary by day behind the figures: from which day on how many more, or fewer, stand in a cell."""

from django.db import models

from accounts.models import Agency, Committee


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
