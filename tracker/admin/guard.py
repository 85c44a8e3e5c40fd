"""Two people at one page: whoever saves what has changed since it was shown is told so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.models import Assignment, Delivery, Directive
from directives.rules.refusals import Stale


@contextmanager
def same_version(model: type[Assignment | Directive | Delivery], pk: int, version: int | None) -> Iterator[None]:
    """Lock the row and run the verb in one transaction. Raises Stale where the row is no longer at `version`."""
    with transaction.atomic():
        if (
            version is not None
            and not model.objects.select_for_update(no_key=True).filter(pk=pk, version=version).exists()
        ):
            raise Stale(SOMEBODY_WAS_FASTER)
        yield
