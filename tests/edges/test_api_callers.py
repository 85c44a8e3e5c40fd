"""Who reads the API, and what exists for whom."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import ApiKey, Role
from directives.models import NoticeState
from tests.edges.calling import Caller, with_key
from tests.make import (
    FAR_FUTURE,
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_key,
    make_notice,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 3, 10)  # a Monday
NO_KEY = 'Bearer realm="dondoc"'
BAD_KEY = 'Bearer realm="dondoc", error="invalid_token"'
RESOURCES = ("notices", "directives", "assignments")


class World:
    """A committee whose notice gives one directive each to a ministry, to its department, and to a province."""

    def __init__(self) -> None:
        self.above, self.other_committee = make_committee(), make_committee()
        self.committee = make_committee(parent=self.above)
        self.ministry, self.province = make_agency("Bộ Công an"), make_agency("Hà Tĩnh")
        self.department = make_agency("Cục", parent=self.ministry)
        self.notice = make_notice(self.committee)
        self.parts = {
            name: make_assignment(getattr(self, name), directive=make_directive(self.notice))
            for name in ("ministry", "department", "province")
        }


@pytest.fixture
def world() -> World:
    return World()


# --- who is let in


def test_a_key_in_the_header_is_enough(world):
    assert with_key(world.committee).get("assignments/").status_code == 200


def test_somebody_who_is_logged_in_reads_without_a_key(world):
    assert Caller(user=make_user(Role.MEMBER, world.committee)).get("assignments/").status_code == 200


def plain_of(**when) -> str:
    return ApiKey.issue("Hệ thống", committee=make_committee(), **{"expires_at": FAR_FUTURE, **when})[1]


def revoked() -> str:
    row, plain = make_key()
    ApiKey.objects.filter(pk=row.pk).update(revoked_at=at(TODAY))
    return plain


STRANGERS = {
    "no key": (lambda: "", NO_KEY),
    "another scheme": (lambda: "Basic dXNlcjpwYXNz", BAD_KEY),
    "nothing after Bearer": (lambda: "Bearer ", BAD_KEY),
    "unknown": (lambda: f"Bearer dd_{'x' * 43}", BAD_KEY),
    "a letter that no key has": (lambda: f"Bearer {plain_of()[:-1]}!", BAD_KEY),
    "a changed last letter": (
        lambda: f"Bearer {(plain := plain_of())[:-1]}{'a' if plain[-1] != 'a' else 'b'}",
        BAD_KEY,
    ),
    "NUL": (lambda: "Bearer dd_\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", BAD_KEY),
    "very long": (lambda: f"Bearer dd_{'x' * 8000}", BAD_KEY),
    "expired": (lambda: f"Bearer {plain_of(expires_at=at(TODAY) - timedelta(seconds=1))}", BAD_KEY),
    "expires now": (lambda: f"Bearer {plain_of(expires_at=at(TODAY))}", BAD_KEY),
    "revoked": (lambda: f"Bearer {revoked()}", BAD_KEY),
}


@pytest.mark.parametrize(("header", "challenge"), STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_is_asked_who_calls(header, challenge):
    sent = {"authorization": given} if (given := header()) else {}
    with time_machine.travel(at(TODAY), tick=False):
        answer = Caller().get("assignments/", headers=sent)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, challenge)
    assert answer.json()["type"] == "urn:dondoc:problem:unauthenticated"


def test_a_key_without_the_scope_read_is_refused(world):
    answer = with_key(world.committee, "write").get("assignments/")
    assert (answer.status_code, answer.json()["detail"]) == (403, "This key lacks the scope 'read'.")


def test_a_key_counts_even_where_somebody_is_logged_in(world):
    caller = Caller(key=make_key(world.ministry)[1], user=make_user(Role.AUDITOR))
    assert len(caller.ids("assignments/")) == 2


def test_a_closed_account_reads_nothing(world):
    user = make_user(Role.AUDITOR)
    caller = Caller(user=user)
    user.is_active = False
    user.save()
    assert caller.get("assignments/").status_code == 401


def test_the_use_of_a_key_is_noted_at_most_once_a_minute():
    row, plain = make_key()
    used = []
    for seconds in (0, 59, 60, 61, 119, 120):
        with time_machine.travel(at(TODAY) + timedelta(seconds=seconds), tick=False):
            Caller(key=plain).read("notices/")
        row.refresh_from_db()
        used.append((row.last_used_at - at(TODAY)).total_seconds())
    assert used == [0, 0, 60, 60, 60, 120]


def test_a_refused_key_is_not_noted_as_used():
    row, plain = make_key()
    ApiKey.objects.filter(pk=row.pk).update(revoked_at=at(TODAY))
    Caller(key=plain).get("notices/")
    row.refresh_from_db()
    assert row.last_used_at is None


# --- what exists for whom

ALL = {"ministry", "department", "province"}
SEES = {
    "key of the committee": (lambda w: with_key(w.committee), ALL),
    "key of the committee above": (lambda w: with_key(w.above), ALL),
    "key of another committee": (lambda w: with_key(w.other_committee), set()),
    "key of the ministry": (lambda w: with_key(w.ministry), {"ministry", "department"}),
    "key of the department": (lambda w: with_key(w.department), {"department"}),
    "key of another agency": (lambda w: with_key(make_agency()), set()),
    "officer of the ministry": (lambda w: person(Role.OFFICER, w.ministry), {"ministry", "department"}),
    "officer of the province": (lambda w: person(Role.OFFICER, w.province), {"province"}),
    "secretariat": (lambda w: person(Role.SECRETARIAT, w.committee), ALL),
    "secretariat of another committee": (lambda w: person(Role.SECRETARIAT, w.other_committee), set()),
    "auditor": (lambda w: person(Role.AUDITOR), ALL),
}


def person(role: str, body=None) -> Caller:
    return Caller(user=make_user(role, body))


@pytest.mark.parametrize(("caller", "seen"), SEES.values(), ids=SEES)
def test_a_caller_sees_its_part_in_lists_and_by_id_and_nothing_else(world, caller, seen):
    caller = caller(world)
    assert set(caller.ids("assignments/")) == {str(world.parts[name].uuid) for name in seen}
    assert set(caller.ids("directives/")) == {str(world.parts[name].directive.uuid) for name in seen}
    assert set(caller.ids("notices/")) == ({str(world.notice.uuid)} if seen else set())
    for name, part in world.parts.items():
        expected = 200 if name in seen else 404
        assert caller.get(f"assignments/{part.uuid}/").status_code == expected
        assert caller.get(f"directives/{part.directive.uuid}/").status_code == expected
    assert caller.get(f"notices/{world.notice.uuid}/").status_code == (200 if seen else 404)


@pytest.mark.parametrize("caller", [caller for caller, _seen in SEES.values()], ids=SEES)
def test_whatever_an_answer_names_by_id_can_be_opened(world, caller):
    caller = caller(world)
    for row in caller.read("directives/")["results"]:
        caller.read(f"notices/{row['notice']['id']}/")
        for assignment in row["assignments"]:
            caller.read(f"assignments/{assignment}/")
    for row in caller.read("assignments/")["results"]:
        caller.read(f"notices/{row['notice']['id']}/")
        caller.read(f"directives/{row['directive']['id']}/")
    for row in caller.read("notices/")["results"]:
        for directive in caller.read(f"notices/{row['id']}/")["directives"]:
            caller.read(f"directives/{directive}/")


DRAFT_SEEN = {
    "secretariat": (lambda c: person(Role.SECRETARIAT, c), 1),
    "chair": (lambda c: person(Role.CHAIR, c), 0),
    "auditor": (lambda c: person(Role.AUDITOR), 0),
    "key": (with_key, 0),
}


@pytest.mark.parametrize(("caller", "count"), DRAFT_SEEN.values(), ids=DRAFT_SEEN)
def test_a_draft_exists_for_its_own_secretariat_alone(caller, count):
    committee = make_committee()
    draft = make_notice(committee, state=NoticeState.DRAFT, number=None, issued_on=None)
    make_directive(draft)
    caller = caller(committee)
    assert [len(caller.ids(f"{name}/")) for name in RESOURCES] == [count, count, 0]
    assert caller.get(f"notices/{draft.uuid}/").status_code == (200 if count else 404)


@pytest.mark.parametrize("name", RESOURCES)
def test_an_id_that_is_nobodys_is_not_found(name):
    caller = person(Role.AUDITOR)
    assert caller.get(f"{name}/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert caller.get(f"{name}/369/").status_code == 404
