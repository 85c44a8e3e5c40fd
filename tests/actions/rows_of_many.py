"""Rows that the database refuses: of changes of many assignments."""

from collections.abc import Callable

from directives.models import BulkChange, BulkRow
from tests.make import ISSUED_ON, at, make_assignment, make_user


def row(**fields: object) -> BulkRow:
    """A row of a change, of an assignment of its own unless said."""
    if "change" not in fields:
        fields["change"] = change()
    fields.setdefault("assignment", make_assignment())
    return BulkRow.objects.create(version=1, **fields)


def chosen_twice() -> None:
    first = row()
    row(change=first.change, assignment=first.assignment)


def change(**fields: object) -> BulkChange:
    return BulkChange.objects.create(verb="suspend", by=make_user(), at=at(ISSUED_ON), **fields)


REFUSED_MANY: dict[str, tuple[Callable[[], object], ...]] = {
    "assignment_is_changed_once": (chosen_twice,),
    "refused_row_says_why": (lambda: row(state="refused"),),
    "change_ends_after_it_started": (lambda: change(ended_at=at(ISSUED_ON)),),
}

ACCEPTED_MANY: dict[str, Callable[[], object]] = {
    "a change that started and ended": lambda: change(started_at=at(ISSUED_ON), ended_at=at(ISSUED_ON)),
    "an assignment in two changes": lambda: row(assignment=row().assignment),
    "a row that was refused, with its sentence": lambda: row(state="refused", sentence="No."),
}
