"""`manage.py verify_history`, the anchor outside the database, and the role that may only add to history."""

import json
import logging
from datetime import UTC, datetime
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from directives.actions.sealing import seal_events
from directives.models import Seal
from directives.rules.seal_chain import Anchor
from tests.conftest import act_as, owner_connection
from tests.history import make_events, tamper
from tracker.database_role import ROLE, endow, rights_beyond
from tracker.sealing import AnchorFile, seal_and_anchor

NOON = datetime(2024, 8, 9, 5, 0, tzinfo=UTC)


@pytest.fixture
def anchor(settings, tmp_path):
    """Where this test's chain is anchored; nothing is there yet."""
    settings.HISTORY_ANCHOR = tmp_path / "outside" / "anchor.jsonl"
    return settings.HISTORY_ANCHOR


def verified():
    """What the command prints where nothing is wrong."""
    said = StringIO()
    with override("en"):
        call_command("verify_history", stdout=said, no_color=True)
    return said.getvalue().strip()


def findings():
    """What the command prints before it fails."""
    said = StringIO()
    with override("en"), pytest.raises(CommandError) as failure:
        call_command("verify_history", stdout=said, no_color=True)
    assert failure.value.returncode == 1
    assert "History is not as it was" in str(failure.value)
    return said.getvalue().strip().splitlines()


# --- the command


@pytest.mark.django_db
def test_before_the_first_event_nothing_is_missing(anchor):
    assert verified() == "0 events, chain whole up to #0, anchor agrees up to #0."


@pytest.mark.django_db
def test_a_whole_chain_is_told_with_its_head(anchor):
    make_events(3)
    assert seal_and_anchor(now=NOON) == 3
    assert verified() == "3 events, chain whole up to #3, anchor agrees up to #3."


@pytest.mark.django_db
def test_a_chain_may_be_ahead_of_its_anchor(anchor):
    make_events(3)
    seal_and_anchor(now=NOON)
    make_events(2)
    seal_events()
    assert verified() == "5 events, chain whole up to #5, anchor agrees up to #3."


@pytest.mark.django_db
def test_a_missing_anchor_is_said(anchor):
    make_events(3)
    seal_and_anchor(now=NOON)
    anchor.unlink()
    assert findings() == [f"The anchor {anchor} is missing: whether the chain's tail was cut cannot be told."]


@pytest.mark.django_db
def test_a_line_of_the_anchor_that_cannot_be_read_is_said(anchor):
    make_events(3)
    seal_and_anchor(now=NOON)
    anchor.write_text("{}\n" + anchor.read_text() + '{"sequence": 4, "ha')
    assert findings() == [f"Line {line} of the anchor {anchor} cannot be read." for line in (1, 3)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            (
                "UPDATE directives_event SET reason = ' '"
                " WHERE id = (SELECT event_id FROM directives_seal WHERE sequence = 2)"
            ),
            "#2: event and seal do not fit: one of them was changed or exchanged.",
        ),
        (
            "DELETE FROM directives_event WHERE id = (SELECT event_id FROM directives_seal WHERE sequence = 2)",
            "#2: the sealed event is missing.",
        ),
        (
            "DELETE FROM directives_seal WHERE sequence = 2",
            "#2: the seal is missing, and what follows cannot be tied to what was before.",
        ),
        (
            "DELETE FROM directives_seal WHERE sequence > 1",
            "#2-#3: anchored, but no longer in the chain: its tail was cut off.",
        ),
    ],
    ids=["changed byte", "deleted event", "deleted seal", "cut tail"],
)
def test_what_was_done_to_history_is_told(change, told, anchor, transactional_db):
    make_events(3)
    seal_and_anchor(now=NOON)
    tamper(change)
    assert findings() == [told]


def test_a_chain_written_anew_is_told(anchor, transactional_db):
    make_events(3)
    seal_and_anchor(now=NOON)
    tamper(
        "UPDATE directives_event SET by_name = 'Người khác'; TRUNCATE directives_seal;"
        " INSERT INTO directives_unsealed SELECT id FROM directives_event"
    )
    seal_events()
    assert findings() == ["#3: the anchor names another hash: history was written anew."]


def test_too_many_rights_are_told(anchor, transactional_db):
    with owner_connection() as owner:
        owner.execute(f"GRANT DELETE ON directives_event TO {ROLE}")
        try:
            assert findings() == [
                "The role dondoc_app may DELETE on directives_event, which is more than to add and to read."
            ]
        finally:
            owner.execute(f"REVOKE DELETE ON directives_event FROM {ROLE}")


# --- the anchor


@pytest.mark.django_db
def test_the_anchor_gets_a_line_only_when_the_head_has_moved(anchor):
    make_events(2)
    seal_and_anchor(now=NOON)
    seal_and_anchor(now=NOON)
    make_events(1)
    seal_and_anchor(now=NOON)
    hashes = list(Seal.objects.values_list("hash", flat=True))
    assert [json.loads(line) for line in anchor.read_text().splitlines()] == [
        {"sequence": 2, "hash": hashes[1], "at": "2024-08-09T05:00:00+00:00"},
        {"sequence": 3, "hash": hashes[2], "at": "2024-08-09T05:00:00+00:00"},
    ]


@pytest.mark.django_db
def test_nothing_is_noted_before_the_first_seal(anchor):
    assert seal_and_anchor(now=NOON) == 0
    assert list(AnchorFile(anchor)) == []


@pytest.mark.django_db
def test_a_head_behind_the_anchor_is_not_noted(anchor):
    anchor.parent.mkdir()
    anchor.write_text('{"sequence": 9, "hash": "' + "a" * 64 + '", "at": ""}\n')
    make_events(2)
    seal_and_anchor(now=NOON)
    assert list(AnchorFile(anchor)) == [Anchor(9, "a" * 64, "")]


@pytest.mark.django_db
def test_after_a_torn_line_the_next_one_stands_alone(anchor):
    anchor.parent.mkdir()
    anchor.write_text('{"sequence": 1, "hash"')
    make_events(2)
    seal_and_anchor(now=NOON)
    noted = AnchorFile(anchor)
    assert [line.sequence for line in noted] == [2]
    assert noted.unreadable == [1]


@pytest.mark.django_db
def test_the_anchor_is_read_as_it_stood_when_reading_began(anchor):
    anchor.parent.mkdir()
    line = '{{"sequence": {}, "hash": "", "at": ""}}\n'
    anchor.write_text(line.format(1) + line.format(2))
    reading = iter(AnchorFile(anchor))
    first = next(reading)
    with anchor.open("a") as file:
        file.write(line.format(3))
    assert [first.sequence, *(noted.sequence for noted in reading)] == [1, 2]


# --- the role


@pytest.mark.django_db
def test_the_tests_act_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)
        assert rights_beyond(cursor) == []


@pytest.mark.django_db
def test_the_role_works_with_every_table_and_number():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND NOT has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE')"
            " OR relkind = 'S' AND NOT has_sequence_privilege(oid, 'USAGE')"
        )
        less = {name for (name,) in cursor.fetchall()}
    assert less <= {"directives_event", "directives_seal", "django_migrations"}


def test_a_table_of_a_later_migration_is_for_the_role_too(transactional_db):
    with owner_connection() as owner:
        owner.execute("CREATE TABLE later (id integer GENERATED BY DEFAULT AS IDENTITY)")
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO later DEFAULT VALUES RETURNING id")
                assert cursor.fetchone() == (1,)
        finally:
            owner.execute("DROP TABLE later")


def test_migrating_again_takes_back_rights_that_were_added(transactional_db):
    with owner_connection() as owner:
        owner.execute(f"GRANT UPDATE ON directives_seal TO {ROLE}")
    act_as("")
    try:
        endow(using="default")
        with connection.cursor() as cursor:
            assert rights_beyond(cursor) == []
    finally:
        act_as(ROLE)


def test_an_owner_who_may_not_make_the_role_is_told_what_to_do(caplog, transactional_db):
    with caplog.at_level(logging.WARNING):
        endow(using="default", role="dondoc_khac")  # the tests' role may make no role
    (told,) = (record.getMessage() for record in caplog.records)
    assert "CREATE ROLE dondoc_khac NOLOGIN; GRANT dondoc_khac TO dondoc_app; and migrate again" in told
    with owner_connection() as owner:
        assert not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = 'dondoc_khac'").fetchone()


def test_an_owner_who_is_no_superuser_makes_the_role_and_may_act_as_it(transactional_db):
    with owner_connection() as owner:
        owner.execute("CREATE ROLE thu_chu CREATEROLE")
        act_as("thu_chu")
        try:
            endow(using="default", role="dondoc_thu")
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_has_role('thu_chu', 'dondoc_thu', 'MEMBER')")
                assert cursor.fetchone() == (True,)
        finally:
            act_as(ROLE)
            owner.execute("DROP OWNED BY dondoc_thu; DROP ROLE dondoc_thu; DROP OWNED BY thu_chu; DROP ROLE thu_chu")


@pytest.mark.django_db
def test_the_application_cannot_switch_the_guards_off():
    with owner_connection() as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute(f"SET ROLE {ROLE}; ALTER TABLE directives_event DISABLE TRIGGER ALL")
