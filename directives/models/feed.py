"""The feed of changes: which rows of the register other systems have to read anew, in an order without gaps.

Triggers note each row that other systems are shown, in the transaction that touches it; `actions.feeding` gives what is
committed its number, so that a late transaction simply gets later ones.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Shown(models.TextChoices):
    """The kinds of rows that other systems keep a copy of, in the order in which they rest on one another."""

    COMMITTEE = "committee"
    AGENCY = "agency"
    NOTICE = "notice"
    DIRECTIVE = "directive"
    ASSIGNMENT = "assignment"


class Row(models.Model):
    """One row, and the bodies (ids) that saw it before: their keys hear that it is gone where they see it no more."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=10)  # of `Shown`
    uuid = models.UUIDField()
    # What was done to just this row; empty where it only changed along with others.
    verb = models.CharField(max_length=40, blank=True)
    seen_by = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind}:{self.uuid}"


class Touched(Row):
    """A row that was touched and has no number yet; triggers alone write it.

    `aspect` says what else is told otherwise because of it, which `actions.feeding` finds once all is committed.
    """

    transaction = models.BigIntegerField()
    aspect = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = "touched row"


class FeedChange(Row):
    """A change in its place: numbers rise by one and never change their row, in the order of commitment."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "change of the feed"
        ordering = ["sequence"]
        # Read by the duty that forgets.
        indexes = [models.Index(fields=["recorded_at"], name="feed_by_age")]


class Feed(models.Model):
    """The one feed: its name, which a restored database changes, and the last number that was forgotten."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid.uuid4)
    forgotten = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "feed"

    def __str__(self) -> str:
        return str(self.epoch)
