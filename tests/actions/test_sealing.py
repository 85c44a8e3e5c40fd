"""History is sealed after commit, in the order in which it became visible, and guards itself."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Role
from directives.actions.recording import record
from directives.actions.sealing import COLUMNS, FORGOTTEN, UNGUARDED, head, seal_events, sealed_facts, verify_history
from directives.models import Event, Seal, Unsealed
from directives.rules.seal_chain import (
    EVENT_MISSING,
    GENESIS,
    NOT_AS_SEALED,
    SEAL_MISSING,
    TAIL_CUT,
    Anchor,
    Finding,
    chained,
)
from tests.conftest import owner_connection
from tests.make import ISSUED_ON, at, make_notice, make_user
from tracker import clock

NINE = at(ISSUED_ON)
HISTORY = ("directives_event", "directives_seal")


def make_events(count=1, **fields):
    """Events of one notice, as the actions write them."""
    notice, by = make_notice(), make_user(Role.SECRETARIAT)
    return [record(notice, "draft", by=by, at=NINE, after={"row": row}, **fields) for row in range(count)]


def findings(anchors=(), now=None):
    return verify_history(anchors=anchors, now=now or clock.now()).findings


def tamper(statement, *parameters):
    """What only the server's superuser can do: set the guards aside and change history."""
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(statement, parameters)


@pytest.fixture
def chain(transactional_db):
    """Nine sealed events."""
    make_events(9)
    seal_events()
    return list(Seal.objects.select_related("event"))


# --- sealing


@pytest.mark.django_db
def test_a_seal_ties_an_event_to_all_before_it():
    one, two = make_events(2)
    assert seal_events() == 2
    first, second = Seal.objects.all()
    assert (first.sequence, first.event, second.sequence, second.event) == (1, one, 2, two)
    facts = sealed_facts([one.pk, two.pk])
    assert first.hash == chained(GENESIS, 1, facts[one.pk])
    assert second.hash == chained(first.hash, 2, facts[two.pk])
    assert head() == (2, second.hash)


@pytest.mark.django_db
def test_every_column_of_an_event_is_sealed():
    assert set(COLUMNS) == {field.attname for field in Event._meta.concrete_fields}
    (event,) = make_events()
    assert tuple(sealed_facts([event.pk])[event.pk].keys() ^ set(COLUMNS)) == ()


@pytest.mark.django_db
def test_sealing_twice_is_the_same_as_once():
    make_events(3)
    assert (seal_events(), seal_events()) == (3, 0)
    assert list(Seal.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    assert not Unsealed.objects.exists()


@pytest.mark.django_db
def test_batches_follow_one_another_without_a_gap():
    events = make_events(5)
    assert [seal_events(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert list(Seal.objects.values_list("sequence", "event")) == [
        (number, event.pk) for number, event in enumerate(events, start=1)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 10_000])
def test_sealing_costs_the_same_for_any_number_of_events(rows, django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directives_event (uuid, at, verb, by_name, on_behalf_of, subject, before, after, reason,"
            " request_id) SELECT gen_random_uuid(), %s, 'draft', '', '', '', '{}', '{}', '', ''"
            " FROM generate_series(1, %s)",
            [NINE, rows],
        )
    with django_assert_num_queries(8):  # two of them open and close the transaction
        assert seal_events(limit=rows) == rows
    assert head()[0] == rows
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_leave_no_gap_and_no_double():
    make_events(60)
    sealed, together = [], threading.Barrier(4)

    def seal_all():
        together.wait()
        try:
            sealed.extend(seal_events(limit=5) for _ in range(40))
        finally:
            connection.close()

    sealers = [threading.Thread(target=seal_all) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    assert sum(sealed) == 60
    assert list(Seal.objects.values_list("sequence", flat=True)) == list(range(1, 61))
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_while_one_seals_the_other_leaves_it_alone():
    make_events()
    other = connection.copy()
    with transaction.atomic():
        assert seal_events() == 1
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [0x7365616C])
            assert cursor.fetchone() == (False,)
    other.close()


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_gets_a_later_number_and_is_not_lost():
    notice, by = make_notice(), make_user(Role.SECRETARIAT)
    written, may_commit = threading.Event(), threading.Event()
    late = []

    def write_slowly():
        with transaction.atomic():
            late.append(record(notice, "draft", by=by, at=NINE))
            written.set()
            may_commit.wait(10)
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert written.wait(10)
    quick = record(notice, "issue", by=by, at=NINE)
    assert quick.pk > late[0].pk
    assert seal_events() == 1
    may_commit.set()
    slow.join()
    assert seal_events() == 1
    assert list(Seal.objects.values_list("sequence", "event")) == [(1, quick.pk), (2, late[0].pk)]
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_leaves_no_gap():
    notice, by = make_notice(), make_user(Role.SECRETARIAT)
    with transaction.atomic():
        record(notice, "draft", by=by, at=NINE)
        transaction.set_rollback(True)
    kept = record(notice, "issue", by=by, at=NINE)
    assert seal_events() == 1
    assert list(Seal.objects.values_list("sequence", "event")) == [(1, kept.pk)]


# --- the guards


@pytest.mark.django_db
@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET hash = hash", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DELETE FROM {} WHERE false"]
)
def test_the_application_may_not_change_history(table, statement):
    if table == "directives_event":
        statement = statement.replace("hash", "verb")
    make_events()
    seal_events()
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert (Event.objects.count(), Seal.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET hash = hash", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DELETE FROM {} WHERE false"]
)
def test_not_even_the_owner_changes_history(table, statement, chain):
    if table == "directives_event":
        statement = statement.replace("hash", "verb")
    with owner_connection() as owner, pytest.raises(psycopg.errors.RestrictViolation) as refusal:
        owner.execute(statement.format(table))
    assert "is refused" in str(refusal.value)
    assert (Event.objects.count(), Seal.objects.count()) == (9, 9)
    assert findings() == []


@pytest.mark.django_db
def test_the_models_cannot_change_history_either():
    (event,) = make_events()
    for change in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(verb="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(sequence=0, event=event, hash=GENESIS)


# --- what verifying finds


def test_an_untouched_chain_has_no_finding(chain):
    verdict = verify_history(anchors=[Anchor(9, chain[8].hash, "")], now=clock.now())
    assert (verdict.events, verdict.head, verdict.anchored, verdict.findings) == (9, 9, 9, [])


CHANGES = {
    "id": "id = id + 1000",
    "uuid": "uuid = gen_random_uuid()",
    "at": "at = at + interval '1 microsecond'",
    "recorded_at": "recorded_at = recorded_at - interval '1 microsecond'",
    "verb": "verb = 'issue'",
    "by_id": "by_id = NULL",
    "by_name": "by_name = by_name || ' '",
    "on_behalf_of": "on_behalf_of = 'ai do'",
    "notice_id": "notice_id = NULL",
    "directive_id": "directive_id = 1",
    "assignment_id": "assignment_id = 1",
    "subject": "subject = upper(subject)",
    "before": "before = '{\"row\": null}'",
    "after": "after = jsonb_set(after, '{row}', '4.0')",
    "reason": "reason = ' '",
    "request_id": "request_id = '1'",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_byte_of_any_column_is_found(column, chain):
    fifth = chain[4].event
    tamper(f"UPDATE directives_event SET {CHANGES[column]} WHERE id = %s", fifth.pk)
    trouble = EVENT_MISSING if column == "id" else NOT_AS_SEALED
    assert Finding(trouble, "#5") in findings()
    assert {finding.place for finding in findings()} <= {"#5", str(fifth.pk + 1000)}


@pytest.mark.parametrize("sequence", [1, 5, 9])
def test_a_changed_byte_of_a_hash_is_found(sequence, chain):
    tamper("UPDATE directives_seal SET hash = translate(hash, '012345', '123450') WHERE sequence = %s", sequence)
    assert findings() == [Finding(NOT_AS_SEALED, f"#{sequence}")]


def test_a_figure_changed_beyond_what_a_float_holds_is_found(transactional_db):
    (event,) = make_events()
    tamper("UPDATE directives_event SET after = '{\"share\": 0.12345678901234567890}' WHERE id = %s", event.pk)
    seal_events()
    assert findings() == []
    tamper("UPDATE directives_event SET after = '{\"share\": 0.12345678901234567891}' WHERE id = %s", event.pk)
    assert findings() == [Finding(NOT_AS_SEALED, "#1")]


def test_a_deleted_event_is_found(chain):
    tamper("DELETE FROM directives_event WHERE id = %s", chain[4].event_id)
    assert findings() == [Finding(EVENT_MISSING, "#5")]


def test_a_deleted_seal_is_found(chain):
    tamper("DELETE FROM directives_seal WHERE sequence = 5")
    assert findings() == [Finding(SEAL_MISSING, "#5")]


def test_an_event_deleted_with_its_seal_is_found(chain):
    tamper("DELETE FROM directives_seal WHERE sequence = 5")
    tamper("DELETE FROM directives_event WHERE id = %s", chain[4].event_id)
    assert findings() == [Finding(SEAL_MISSING, "#5")]


def test_an_exchanged_pair_is_found(chain):
    four, five = chain[3].event_id, chain[4].event_id
    for sequence, event in ((4, 0), (5, four), (4, five)):
        tamper("UPDATE directives_seal SET event_id = %s WHERE sequence = %s", event, sequence)
    assert findings() == [Finding(NOT_AS_SEALED, "#4-#5")]


def test_a_cut_tail_is_found_by_the_anchor(chain):
    tamper("DELETE FROM directives_seal WHERE sequence > 6")
    tamper("DELETE FROM directives_event WHERE id = ANY(%s)", [seal.event_id for seal in chain[6:]])
    assert findings() == []
    assert findings([Anchor(9, chain[8].hash, "")]) == [Finding(TAIL_CUT, "#7-#9")]


@pytest.mark.django_db
def test_an_event_that_nobody_seals_is_named_after_ten_minutes():
    early, late = make_events(2)
    assert findings(now=clock.now() + timedelta(minutes=9)) == []
    assert findings(now=clock.now() + timedelta(minutes=11)) == [Finding(FORGOTTEN, f"{early.pk}, {late.pk}")]
    seal_events()
    assert findings(now=clock.now() + timedelta(minutes=11)) == []


@pytest.mark.parametrize(
    ("table", "guard"),
    [
        ("directives_event", "history_is_append_only"),
        ("directives_seal", "history_is_append_only"),
        ("directives_event", "event_awaits_its_seal"),
    ],
)
def test_a_guard_that_is_switched_off_is_named(table, guard, transactional_db):
    with owner_connection() as owner:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        try:
            assert findings() == [Finding(UNGUARDED, f"{table} ({guard})")]
        finally:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")
    assert findings() == []


def test_verifying_reads_page_by_page(chain, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("directives.actions.sealing.PAGE", 2)
    with django_assert_num_queries(5 * 2 + 1 + 3):  # five pages, the empty sixth, then what is not of the chain
        assert findings() == []
