"""Verifying finds what was done to history: to each column, each row, the order, the end, and the guards."""

from datetime import timedelta

import pytest

from directives.actions.sealing import COLUMNS, FORGOTTEN, UNGUARDED, seal_events, verify_history
from directives.models import Seal
from directives.rules.seal_chain import EVENT_MISSING, NOT_AS_SEALED, SEAL_MISSING, TAIL_CUT, Anchor, Finding
from tests.conftest import owner_connection
from tests.history import findings, make_events, tamper
from tracker import clock


@pytest.fixture
def chain(transactional_db):
    """Nine sealed events."""
    make_events(9)
    seal_events()
    return list(Seal.objects.select_related("event"))


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
    (event,) = make_events(1)
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
