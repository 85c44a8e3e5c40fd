"""Every route of the house, every method, every kind of caller, on what is their own and on what is another's."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.edges.routes_world import KEY, NOBODY, ROLES, Side

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Only the API tells these from PUT: no page and no paper of the desk has a word for them (`test_house`).
OF_THE_API = ("PATCH", "DELETE")
OWN, OTHER = "own", "other"
# An outcome is a status; the way to the log-in page has a word of its own, since a success is often a 302 as well.
LOGIN = "login"
# Words of the table for several callers at once.
GROUPS = {
    "strangers": ("anonymous", "key"),
    "overseers": ("administrator", "auditor"),
    "leaders": ("chair", "standing_deputy", "member"),
    "agency": ("head", "officer"),
}
# (method, role, side) -> outcome.
Outcomes = dict[tuple[str, str, str], str]
# What is posted, by the name of the row; made for a side where it names something of it.
Bodies = Mapping[str, Mapping[str, Any] | Callable[[Side], Mapping[str, Any]]]


@dataclass(frozen=True)
class Route:
    """One address pattern; one without a name is called by its pattern."""

    name: str
    pattern: str

    def address(self, **parts: Any) -> str:
        """Where to go. Raises NoReverseMatch where the table names the wrong parts."""
        if self.name != self.pattern:
            return reverse(self.name, kwargs=parts)
        address = self.pattern
        for name, value in parts.items():
            address = address.replace(f"<path:{name}>", str(value)).replace(f"(?P<{name}>.*)$", str(value))
        return f"/{address}"


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = "", before: str = ""
) -> Iterator[Route]:
    """All routes that the house answers at."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        place = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner, place)
        else:
            yield Route(f"{space}{pattern.name}" if pattern.name else place, place)


# --- the table


@dataclass
class Row:
    """What the table says of one route: what stands in its address, and who gets which answer.

    A route that answers differently for different things has a row for each: `assignment_verb#suspend`.
    """

    name: str
    parts: str
    outcomes: Outcomes = field(default_factory=dict)

    @property
    def route(self) -> str:
        return self.name.partition("#")[0]


def read_table(text: str) -> dict[str, Row]:
    """The rows by name. Raises ValueError for what cannot be read, and where nothing is said of somebody."""
    rows: dict[str, Row] = {}
    block: list[Row] = []
    complete = True
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            methods, said = line.split(maxsplit=1)
            for row in block:
                _read_outcomes(row, methods, said)
            complete = True
            continue
        begun = list(_rows(line))
        if twice := [row.name for row in begun if row.name in rows]:
            raise ValueError(f"two rows for {', '.join(twice)}")
        rows.update({row.name: row for row in begun})
        block = begun if complete else block + begun
        complete = False
    for row in rows.values():
        if missing := [key for key in _asked(row.parts) if key not in row.outcomes]:
            raise ValueError(f"{row.name}: nothing is said of {missing}")
    return rows


def _rows(line: str) -> Iterator[Row]:
    names, _at, parts = line.partition(" @ ")
    for pattern in names.split():
        for name in _expanded(pattern):
            yield Row(name, parts.replace("=its", f"={_model(name)}") if "=its" in parts else parts)


def _expanded(pattern: str) -> Iterator[str]:
    """`a_{b,c}` is `a_b` and `a_c`."""
    before, brace, rest = pattern.partition("{")
    if not brace:
        yield pattern
        return
    choices, _brace, after = rest.partition("}")
    for choice in choices.split(","):
        yield from _expanded(f"{before}{choice}{after}")


def _model(name: str) -> str:
    """`admin:directives_notice_change` and `admin/directives/notice/...` are about a `notice`."""
    return re.split("[/_]", name.removeprefix("admin:").removeprefix("admin/"))[1]


def _read_outcomes(row: Row, methods: str, said: str) -> None:
    by_role: dict[str, str] = {}
    for words in said.split(","):
        *who, outcome = words.split()
        for caller in who:
            by_role.update(dict.fromkeys(GROUPS.get(caller, (caller,)), outcome))
    if unknown := by_role.keys() - {*ROLES, "others"}:
        raise ValueError(f"{row.name}: nobody is called {', '.join(unknown)}")
    if "others" in by_role:
        by_role = {role: by_role.get(role, by_role["others"]) for role in ROLES}
    for method in METHODS if methods == "rest" else methods.split(","):
        for role, outcome in by_role.items():
            own, _stroke, other = outcome.partition("/")
            row.outcomes.setdefault((method, role, OWN), own)
            row.outcomes.setdefault((method, role, OTHER), other or own)


def _asked(parts: str) -> Iterator[tuple[str, str, str]]:
    """What is asked of one route; without a part of somebody's in its address own and other are the same."""
    sides = (OWN, OTHER) if "=" in parts else (OWN,)
    return ((method, role, side) for method in METHODS for role in ROLES for side in sides)


# --- the walk


class Walk:
    """Asks as everybody, one question at a time; what a question changes is undone before the next."""

    def __init__(self, own: Side, other: Side, bodies: Bodies) -> None:
        self.sides = {OWN: own, OTHER: other}
        self.bodies = bodies
        self.cookies = {role: _cookies(own, role) for role in ROLES}
        self.headers = {KEY: {"authorization": f"Bearer {own.key}"}}

    def outcomes(self, row: Row, route: Route) -> Outcomes:
        """What everybody gets at the route of one row."""
        asked = (key for key in _asked(row.parts) if row.name.startswith("api:") or key[0] not in OF_THE_API)
        return {key: self._outcome(row, route, *key) for key in asked}

    def _outcome(self, row: Row, route: Route, method: str, role: str, side: str) -> str:
        address = route.address(**self.sides[side].parts(row.parts, role))
        client = Client(raise_request_exception=False, headers={"if-match": "*", **self.headers.get(role, {})})
        client.cookies = SimpleCookie(self.cookies[role])
        asked = {"data": self._body(row, side)} if method == "POST" else {}
        with transaction.atomic():
            response = getattr(client, method.lower())(address, **asked)
            transaction.set_rollback(True)
        return outcome_of(response)

    def _body(self, row: Row, side: str) -> Mapping[str, Any]:
        body = self.bodies.get(row.name, {})
        return body(self.sides[side]) if callable(body) else body


def outcome_of(response: HttpResponse) -> str:
    """The status, or `login` for the way to a log-in page."""
    doors = (reverse("log_in"), reverse("admin:login"))
    return (
        LOGIN if response.status_code == 302 and response["Location"].startswith(doors) else str(response.status_code)
    )


def in_short(outcomes: Outcomes, method: str) -> str:
    """What one method gives, as the table writes it: the most common outcome is that of the others."""
    said = {role: _own_and_other(outcomes, method, role) for role in ROLES}
    others, _number = Counter(said.values()).most_common(1)[0]
    by_outcome: dict[str, list[str]] = {}
    for role, outcome in said.items():
        by_outcome.setdefault(outcome, []).append(role)
    told = [f"{' '.join(_grouped(who))} {outcome}" for outcome, who in by_outcome.items() if outcome != others]
    return ", ".join([*told, f"others {others}"])


def _own_and_other(outcomes: Outcomes, method: str, role: str) -> str:
    own = outcomes[method, role, OWN]
    other = outcomes.get((method, role, OTHER), own)
    return own if own == other else f"{own}/{other}"


def _grouped(who: list[str]) -> list[str]:
    for group, members in GROUPS.items():
        if set(members) <= set(who):
            who = [group if role == members[0] else role for role in who if role not in members[1:]]
    return who


def _cookies(side: Side, role: str) -> str:
    """The session of somebody who has been here for a moment, so that no later question begins it anew."""
    client = Client()
    if role not in (NOBODY, KEY):
        client.force_login(side.users[role])
        client.get(reverse("here"))
    return client.cookies.output(header="", sep=";")
