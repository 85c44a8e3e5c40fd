"""Two people at one form: what each of them changed is laid beside what both were shown, and put together.

`base` is what a person was shown, `theirs` what is kept by now, `mine` what that person sent. Values are plain: a text
(dates and numbers as ISO writes them), a set of texts (ticked boxes) or a row of texts (a list, one in a line). Sets
and lists are put together element by element and so never stand against each other.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | frozenset[str] | tuple[str, ...] | None
Fields: TypeAlias = Mapping[str, Value]


class Who(StrEnum):
    """Who changed a field since it was shown."""

    NOBODY = "nobody"
    THEY = "they"
    ME = "me"
    ALIKE = "alike"  # both, to the same
    JOINED = "joined"  # both, and by element there is room for both
    CONFLICT = "conflict"  # both, to different values: a person decides


@dataclass(frozen=True)
class Compared:
    """One field of both versions. `result` is what to keep; in a conflict theirs, until somebody decides."""

    base: Value
    theirs: Value
    mine: Value
    who: Who
    result: Value


@dataclass(frozen=True)
class ComparedRow:
    """One row of a list within a form: `who` of the row as a whole (was it added, removed?), and its fields.

    A row that one side removed and the other changed is a conflict as a whole. `kept` says whether the row is there
    in the result; in a conflict it is as theirs.
    """

    who: Who
    kept: bool
    fields: Mapping[str, Compared]


def reconcile(
    base: Fields, theirs: Fields, mine: Fields, *, together: Collection[Collection[str]] = ()
) -> dict[str, Compared]:
    """Every field that any of the three knows, compared; a field that one does not know counts as None there.

    `together` names fields that only make sense with one another (a date and its kind): where both sides changed
    some of them, and not to the same, all that differ are to be decided on.
    """
    names = dict.fromkeys([*base, *theirs, *mine])
    found = {name: compare(base.get(name), theirs.get(name), mine.get(name)) for name in names}
    for bundle in together:
        ours = {name: found[name] for name in bundle if name in found}
        differ = {name: one for name, one in ours.items() if one.theirs != one.mine}
        if any(one.theirs != one.base for one in differ.values()) and any(
            one.mine != one.base for one in differ.values()
        ):
            found |= {name: replace(one, who=Who.CONFLICT, result=one.theirs) for name, one in differ.items()}
    return found


def compare(base: Value, theirs: Value, mine: Value) -> Compared:
    """One field: whoever alone changed it has it; both to the same is no conflict."""
    who, result = Who.CONFLICT, theirs
    if theirs == mine:
        who = Who.NOBODY if mine == base else Who.ALIKE
    elif mine == base:
        who = Who.THEY
    elif theirs == base:
        who, result = Who.ME, mine
    elif isinstance(base, frozenset) and isinstance(theirs, frozenset) and isinstance(mine, frozenset):
        who, result = Who.JOINED, (theirs - (base - mine)) | (mine - base)
    elif isinstance(base, tuple) and isinstance(theirs, tuple) and isinstance(mine, tuple):
        who, result = Who.JOINED, _joined(base, theirs, mine)
    return Compared(base, theirs, mine, who, result)


def _joined(base: tuple[str, ...], theirs: tuple[str, ...], mine: tuple[str, ...]) -> tuple[str, ...]:
    """Theirs in their order, without what I took out, and then what I added."""
    left = [one for one in theirs if one in mine or one not in base]
    return tuple(dict.fromkeys([*left, *(one for one in mine if one not in base)]))


def reconcile_rows(
    base: Mapping[Hashable, Fields], theirs: Mapping[Hashable, Fields], mine: Mapping[Hashable, Fields]
) -> dict[Hashable, ComparedRow]:
    """The rows of a list, each by its key; a row that I added has a key that nobody else uses.

    What both added word for word alike is there once: mine is then not kept.
    """
    added = [row for key, row in theirs.items() if key not in base]
    return {
        key: _row(base.get(key), theirs.get(key), mine.get(key), added)
        for key in dict.fromkeys([*base, *theirs, *mine])
    }


def _row(base: Fields | None, theirs: Fields | None, mine: Fields | None, added: Collection[Fields]) -> ComparedRow:
    if base is None and mine is not None:
        twice = theirs is None and mine in added
        return ComparedRow(Who.ALIKE if twice else Who.ME, not twice, reconcile({}, theirs or {}, mine))
    if base is None:
        return ComparedRow(Who.THEY, kept=True, fields=reconcile({}, theirs or {}, {}))
    if theirs is not None and mine is not None:
        fields = reconcile(base, theirs, mine)
        return ComparedRow(_of_all(fields), kept=True, fields=fields)
    if theirs is None and mine is None:
        return ComparedRow(Who.ALIKE, kept=False, fields={})
    who = Who.CONFLICT
    if mine == base or theirs == base:
        who = Who.THEY if mine == base else Who.ME
    fields = reconcile(base, base if theirs is None else theirs, base if mine is None else mine)
    return ComparedRow(who, kept=theirs is not None and who is not Who.ME, fields=fields)


def _of_all(fields: Mapping[str, Compared]) -> Who:
    """Who changed a row that both still have."""
    found = {one.who for one in fields.values()} - {Who.NOBODY}
    if not found:
        return Who.NOBODY
    if Who.CONFLICT in found:
        return Who.CONFLICT
    return found.pop() if len(found) == 1 else Who.JOINED
