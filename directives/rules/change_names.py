"""The names of changes for other systems, `assignment.hand_in`, and which of them somebody asked for."""

from collections.abc import Collection, Iterable, Mapping

from directives.rules.refusals import N_, Invalid

# Of what was changed only along with something else, and of what is seen no more.
CHANGED, GONE = "changed", "gone"
ALL = "*"
# What is done to each kind of row; other systems also hear `changed` and `gone` of each.
VERBS: Mapping[str, tuple[str, ...]] = {
    "committee": (),
    "agency": (),
    "notice": ("issue", "amend_notice", "withdraw"),
    "directive": (),
    "assignment": (
        "assign",
        "acknowledge",
        "start",
        "report",
        "hand_in",
        "verify",
        "return",
        "decline",
        "request_extension",
        "grant_extension",
        "refuse_extension",
        "suspend",
        "resume",
        "withdraw",
        "reassign",
        "set_deadline",
        "hand_down",
    ),
}
NO_SUCH_CHANGE = N_("There is no change of this name: %(name)s.")


def name_of(kind: str, verb: str, *, gone: bool = False) -> str:
    """`assignment.hand_in`, `assignment.changed` or `assignment.gone`."""
    return f"{kind}.{GONE if gone else verb or CHANGED}"


def names_of(kind: str) -> tuple[str, ...]:
    """All names of one kind, the whole kind first."""
    return tuple(f"{kind}.{verb}" for verb in (ALL, *VERBS[kind], CHANGED, GONE))


NAMES: tuple[str, ...] = tuple(name for kind in VERBS for name in names_of(kind))


def read_names(names: Iterable[str]) -> list[str]:
    """The names, each once in the order of the table; none stands for all of them. Raises Invalid(events)."""
    asked = set(names)
    for name in sorted(asked):
        if name not in NAMES:
            raise Invalid("events", NO_SUCH_CHANGE, name=name)
    return [name for name in NAMES if name in asked]


def is_asked_for(kind: str, verb: str, names: Collection[str]) -> bool:
    """Whether somebody who asked for `names` (none: for all) hears of this change.

    Whoever hears anything of a kind hears also that a row of it is gone: else their copy would keep it.
    """
    return not names or f"{kind}.{ALL}" in names or name_of(kind, verb) in names
