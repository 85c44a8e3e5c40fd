"""What tests of history share: events as the actions write them, and what only a superuser could do to them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import connection

from accounts.models import Role
from directives.actions.recording import record
from directives.actions.sealing import verify_history
from directives.models import Event
from directives.rules.seal_chain import Anchor, Finding
from tests.conftest import owner_connection
from tests.make import ISSUED_ON, at, make_notice, make_user
from tracker import clock

Answer = TypeVar("Answer")


def make_events(count: int) -> list[Event]:
    """So many events of one notice."""
    notice, by = make_notice(), make_user(Role.SECRETARIAT)
    return [record(notice, "draft", by=by, at=at(ISSUED_ON), after={"row": row}) for row in range(count)]


def tamper(statement: str, *parameters: object) -> None:
    """Set the guards aside and change history, as only the server's superuser can."""
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(statement, parameters or None)


def findings(anchors: Iterable[Anchor] = (), now: datetime | None = None) -> list[Finding]:
    """What verifying finds."""
    return verify_history(anchors=anchors, now=now or clock.now()).findings


def in_thread(work: Callable[..., Answer], *given: object) -> Answer:
    """What a thread does, with a connection of its own that it gives back."""
    try:
        return work(*given)
    finally:
        connection.close()
