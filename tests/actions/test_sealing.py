"""History is sealed after commit, in the order in which it became visible, and guards itself."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Role
from directives.actions.recording import record
from directives.actions.sealing import COLUMNS, SEALERS_LOCK, head, seal_events, sealed_facts
from directives.models import Event, Seal, Unsealed
from directives.rules.seal_chain import GENESIS, chained
from tests.conftest import owner_connection
from tests.history import findings, in_thread, make_events
from tests.make import ISSUED_ON, at, make_notice, make_user

NINE = at(ISSUED_ON)


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
    (event,) = make_events(1)
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
    together = threading.Barrier(4)

    def seal_all():
        together.wait(10)
        return sum(seal_events(limit=5) for _ in range(40))

    with ThreadPoolExecutor(4) as pool:
        sealers = [pool.submit(in_thread, seal_all) for _ in range(4)]
        assert sum(sealer.result() for sealer in sealers) + seal_events() == 60
    assert list(Seal.objects.values_list("sequence", flat=True)) == list(range(1, 61))
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_while_one_seals_the_other_leaves_it_alone():
    make_events(1)
    other = connection.copy()
    with transaction.atomic():
        assert seal_events() == 1
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALERS_LOCK])
            assert cursor.fetchone() == (False,)
    other.close()


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_gets_a_later_number_and_is_not_lost():
    notice, by = make_notice(), make_user(Role.SECRETARIAT)
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            event = record(notice, "draft", by=by, at=NINE)
            written.set()
            may_commit.wait(10)
        return event

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(in_thread, write_slowly)
        assert written.wait(10)
        quick = record(notice, "issue", by=by, at=NINE)
        assert seal_events() == 1
        may_commit.set()
        late = slow.result()
    assert late.pk < quick.pk
    assert seal_events() == 1
    assert list(Seal.objects.values_list("sequence", "event")) == [(1, quick.pk), (2, late.pk)]
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_follows_the_seals_misses_nothing_and_gets_nothing_twice():
    """Six writers hold their transactions open for up to 50 ms, while one seals and one reads."""
    notice, by = make_notice(), make_user(Role.SECRETARIAT)
    read = []

    def write(chance):
        for _ in range(15):
            with transaction.atomic():
                record(notice, "draft", by=by, at=NINE)
                time.sleep(chance.uniform(0, 0.05))

    def seal():
        sealed = 0
        while sealed < 90:
            sealed += seal_events(limit=7)

    def follow():
        while len(read) < 90:
            read.extend(Seal.objects.filter(sequence__gt=len(read)).values_list("sequence", "event"))

    with ThreadPoolExecutor(8) as pool:
        writers = [pool.submit(in_thread, write, Random(seed)) for seed in range(6)]
        for other in [*writers, pool.submit(in_thread, seal), pool.submit(in_thread, follow)]:
            other.result(60)
    assert [sequence for sequence, _ in read] == list(range(1, 91))
    assert {event for _, event in read} == set(Event.objects.values_list("pk", flat=True))
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

CHANGES = [
    "UPDATE directives_event SET verb = verb",
    "DELETE FROM directives_event",
    "DELETE FROM directives_event WHERE false",
    "TRUNCATE directives_event CASCADE",
    "UPDATE directives_seal SET hash = hash",
    "DELETE FROM directives_seal",
    "DELETE FROM directives_seal WHERE false",
    "TRUNCATE directives_seal",
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_history(change):
    make_events(1)
    seal_events()
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert (Event.objects.count(), Seal.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_changes_history(change):
    make_events(1)
    seal_events()
    with owner_connection() as owner, pytest.raises(psycopg.errors.RestrictViolation, match="only ever added to"):
        owner.execute(change)
    assert (Event.objects.count(), Seal.objects.count()) == (1, 1)
    assert findings() == []


@pytest.mark.django_db
def test_the_models_cannot_change_history_either():
    (event,) = make_events(1)
    for change in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(verb="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(sequence=0, event=event, hash=GENESIS)
