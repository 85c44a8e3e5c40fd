"""Giving touched rows their numbers in the feed of changes, once all that touched them is committed."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Max

from accounts.prepared import ask
from directives.actions.feeding_sql import NUMBER
from directives.models import Feed, FeedChange, Shown

# Any number will do that no other part of the system locks with; this one spells "feed".
FEEDERS_LOCK = 0x66656564
HEAD = """
SELECT coalesce((SELECT max(sequence) FROM directives_feedchange), (SELECT forgotten FROM directives_feed), 0)
"""


@transaction.atomic
def number_changes(*, limit: int = 20_000) -> int:
    """Number what up to `limit` committed touches tell, and return how many touches; 0 while somebody else does.

    A transaction that commits later than those around it simply gets later numbers. Whoever reads the numbers up to one
    of them has seen all of them: they become visible in their order, without gaps.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FEEDERS_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(NUMBER, {"limit": limit, "head": head(), "kinds": Shown.values})
        return int(cursor.fetchone()[0])


def feed() -> Feed:
    """The feed; made when it is first asked for."""
    if (known := Feed.objects.first()) is not None:
        return known
    Feed.objects.bulk_create([Feed()], ignore_conflicts=True)
    return Feed.objects.get()


def head() -> int:
    """The last number that was given; 0 where none was yet."""
    ((last,),) = ask(HEAD, [])
    return int(last)


@transaction.atomic
def forget_changes(*, before: datetime) -> int:
    """Forget the changes that were numbered before a moment and return how many; whoever was not so far begins anew."""
    known = Feed.objects.select_for_update().get(pk=feed().pk)
    old = FeedChange.objects.filter(recorded_at__lt=before)
    if (last := old.aggregate(last=Max("sequence"))["last"]) is None:
        return 0
    known.forgotten = last
    known.save(update_fields=["forgotten"])
    return FeedChange.objects.filter(sequence__lte=last).delete()[0]


def rename_feed() -> UUID:
    """Give the feed another name, so that everybody begins anew: after a restore some have seen what is not there."""
    feed()
    epoch = uuid4()
    Feed.objects.update(epoch=epoch)
    return epoch
