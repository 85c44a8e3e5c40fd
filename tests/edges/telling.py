"""What a caller is told of changes, and something to tell."""

import json
from datetime import date

from accounts.models import Role
from directives.actions.assigning import acknowledge
from directives.models import Assignment
from tests.edges.calling import Caller
from tests.edges.copies import number_all
from tests.make import at, make_user


def epoch_of(caller: Caller) -> str:
    """The name of the time that a copy would begin in."""
    return json.loads(b"".join(caller.get("snapshot/")).splitlines()[0])["epoch"]


def told(caller: Caller, after: int, **asked: object) -> dict:
    """A page of changes."""
    return caller.read("changes/", epoch=epoch_of(caller), after=after, **asked)


def begin(work: Assignment) -> None:
    """Something that is told of the work."""
    acknowledge(work, by=make_user(Role.OFFICER, work.agency), at=at(date(2025, 3, 4)))
    number_all()
