"""What somebody writes for an act is kept until it is sent, and thrown away when it is."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.fitting import fit_text
from directives.actions.moving import in_line
from directives.models import Assignment, Unsent
from directives.rules.refusals import Stale
from directives.rules.working_days import local_day

ANOTHER_WINDOW = _("You saved another version of this text in another window.")
# Long enough for a leave; after it nobody remembers what was meant.
KEPT_FOR = timedelta(days=90)


@transaction.atomic
def keep_unsent(
    assignment: Assignment, verb: Verb, *, by: User, at: datetime, words: Mapping[str, str], version: int = 0
) -> Unsent | None:
    """Keep what `by` has typed so far for `verb`, field by field; None where nothing is written any more.

    It is kept whatever became of the assignment meanwhile. `version` is the one that the writer's page has read, 0 for
    none. Raises NotAllowed, Stale (another window kept something else since) or Invalid (the field that is too long).
    """
    require(by, verb, assignment.agency, on=local_day(at))
    typed = {name: unicodedata.normalize("NFC", text) for name, text in words.items() if text.strip()}
    for name, text in typed.items():
        fit_text(name, text)
    in_line(assignment)
    kept = unsent_of(assignment, verb, by)
    if kept is not None and kept.words == typed:
        return kept
    if kept is not None and kept.version != version:
        raise Stale(ANOTHER_WINDOW)
    if not typed:
        forget_unsent(assignment, verb, by=by)
        return None
    kept = kept or Unsent(assignment=assignment, verb=verb, user=by, version=0)
    kept.words, kept.kept_at, kept.version = typed, at, max(kept.version, version) + 1
    kept.save()
    return kept


def forget_unsent(assignment: Assignment, verb: Verb, *, by: User) -> None:
    """Throw away what `by` kept for `verb`: it was sent, or is not wanted."""
    Unsent.objects.filter(assignment=assignment, verb=verb, user=by).delete()


def forget_old_unsent(*, now: datetime) -> int:
    """Throw away what nobody has touched for KEPT_FOR; how many that were."""
    forgotten, _by_model = Unsent.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return forgotten


def unsent_of(assignment: Assignment, verb: Verb, user: User) -> Unsent | None:
    """What `user` kept for `verb`."""
    return Unsent.objects.filter(assignment=assignment, verb=verb, user=user).first()
