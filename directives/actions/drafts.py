"""A draft as those who work on it find it: locked, counted, and its rows still there."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.moving import SOMEBODY_WAS_FASTER, lock_notice
from directives.models import Notice, NoticeState
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Stale
from directives.rules.working_days import local_day

Row = TypeVar("Row", bound=Model)


def locked_draft(
    notice: Notice, *, by: User, at: datetime, verb: Verb = Verb.DRAFT, version: int | None = None
) -> Notice:
    """The draft as it is now, its row locked. Raises NotAllowed, WrongMoment where it is none any more, or Stale."""
    row = lock_notice(pk=notice.pk)
    require(by, verb, row.committee, on=local_day(at))
    if row.state == NoticeState.DISCARDED:
        raise WrongMoment(_("The draft was discarded: nothing more can be done with it."))
    if row.state == NoticeState.TAKEN_UP:
        raise WrongMoment(_("This corrected text was issued already: it is a version of its notice."))
    if row.state != NoticeState.DRAFT:
        raise WrongMoment(_("The notice was issued already: it can only be amended by another notice."))
    if version is not None and version != row.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    return row


def still_there(rows: QuerySet[Row], row: Row) -> Row:
    """The row as it is now, among `rows` of a locked draft. Raises Stale where somebody removed it meanwhile."""
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Stale(SOMEBODY_WAS_FASTER)
    return found


def count_change(notice: Notice) -> None:
    """Raise the version of a locked draft, so that nobody issues what they have not seen."""
    notice.version += 1
    notice.save(update_fields=["version"])
