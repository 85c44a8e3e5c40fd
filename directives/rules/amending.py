"""What becomes of the work of a directive whose statement is amended: who goes on, with what deadline, and who not.

Only the difference between the two statements acts. What was reassigned, added or extended since stays as it is where
the statement did not change; whoever is named as before is not given the work a second time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LEAD = "lead"
Body = tuple[str, int]  # "agency" or "group", and its id


@dataclass(frozen=True)
class Named:
    """A body as a statement names it: its part, and the local date that holds for it."""

    role: str
    due_on: date | None


@dataclass(frozen=True)
class Held:
    """A part that is still worked on: the agency's, as a member of `group` where there is one."""

    pk: int
    agency: int
    group: int | None
    role: str
    due_on: date | None


@dataclass(frozen=True)
class Statement:
    """Whom a directive names, and the date that it gives to those who have none of their own."""

    named: Mapping[Body, Named]
    due_on: date | None

    @property
    def lead(self) -> Body | None:
        """Who leads, where somebody does."""
        return next((body for body, one in self.named.items() if one.role == LEAD), None)


@dataclass(frozen=True)
class Fate:
    """What becomes of a part; `role` and `due_on` as they are from now on."""

    goes_on: bool
    role: str
    due_on: date | None


def fates(held: Iterable[Held], before: Statement, after: Statement) -> dict[int, Fate]:
    """By the id of each part what becomes of it."""
    return {part.pk: _fate(part, before, after) for part in held}


def newly_named(before: Statement, after: Statement) -> Sequence[Body]:
    """The bodies that were not named before: they are given the work."""
    return [body for body in after.named if body not in before.named]


def _fate(part: Held, before: Statement, after: Statement) -> Fate:
    was, now = _body(part, before), _body(part, after)
    if now is None and (was is not None or _led_by_another(part, before, after)):
        return Fate(False, part.role, part.due_on)
    old = before.named[was].due_on if was else before.due_on
    new = after.named[now].due_on if now else after.due_on
    # Who leads may have been given the part by hand: only a part that the statements name differently changes.
    same_part = now is None or (was is not None and before.named[was].role == after.named[now].role)
    role = part.role if same_part or now is None else after.named[now].role
    return Fate(True, role, part.due_on if old == new else new)


def _body(part: Held, statement: Statement) -> Body | None:
    """As whom the statement names the holder; None where it was given the part otherwise."""
    own: list[Body] = [("agency", part.agency), *([("group", part.group)] if part.group else [])]
    return next((body for body in own if body in statement.named), None)


def _led_by_another(part: Held, before: Statement, after: Statement) -> bool:
    """Whether somebody leads in the place of the one named whose heir this is."""
    return part.role == LEAD and after.lead is not None and after.lead != before.lead
