"""The codes of the national document exchange: what they mean, and that none of them closes a directive."""

from itertools import chain, combinations

import pytest

from directives.rules.exchange import MEANINGS, STATES_OF, STATUS_OF, Status, status_of_document
from directives.rules.lifecycle import LIVE, NEXT, OPEN, State

# As the exchange's own documents list them.
CALLED = {
    "01": "đã đến",
    "02": "từ chối tiếp nhận",
    "03": "đã tiếp nhận",
    "04": "phân công",
    "05": "đang xử lý",
    "06": "hoàn thành",
    "13": "lấy lại",
    "15": "đồng ý cập nhật, lấy lại",
    "16": "từ chối cập nhật, lấy lại",
}
LEADS_TO = {"02": "declined", "03": "acknowledged", "04": "in_progress", "05": "in_progress", "06": "handed_in"}


def test_the_codes_are_those_of_the_exchange():
    assert {str(code): meaning.called for code, meaning in MEANINGS.items()} == CALLED
    assert [code for code in MEANINGS if MEANINGS[code].needs_reason] == ["02"]


def test_a_message_leads_to_what_its_agency_may_say_and_no_further():
    assert {str(code): meaning.state for code, meaning in MEANINGS.items() if meaning.state} == LEADS_TO


@pytest.mark.parametrize("code", Status)
def test_no_code_closes_a_directive(code):
    """Whatever it asks for is done by the agency's own verb, from any state, and none of them ends in done."""
    verb, state = MEANINGS[code].verb, MEANINGS[code].state
    moves = [move for (_source, name), move in NEXT.items() if name == verb]
    assert {move.target for move in moves} == ({state} if verb else set())
    assert all(move.who == "agency" and State.DONE not in move.targets for move in moves)


def test_a_code_that_needs_a_reason_does_so_where_its_verb_does():
    needing = {name for (_source, name), move in NEXT.items() if move.needs_reason}
    assert {meaning.needs_reason for meaning in MEANINGS.values() if meaning.verb in needing} == {True}
    assert not any(meaning.needs_reason for meaning in MEANINGS.values() if meaning.verb not in needing)


def test_every_state_is_told_by_one_code_and_found_by_it():
    assert STATUS_OF.keys() == set(State)
    assert sorted(chain.from_iterable(STATES_OF.values())) == sorted(State)
    assert {str(code): sorted(states) for code, states in STATES_OF.items()} == {
        "01": ["assigned"],
        "02": ["declined"],
        "03": ["acknowledged"],
        "05": ["in_progress", "suspended"],
        "06": ["done", "handed_in"],
        "13": ["reassigned", "withdrawn"],
    }


DOCUMENTS = {
    ("assigned",): "01",
    ("acknowledged",): "03",
    ("assigned", "acknowledged"): "03",
    ("assigned", "in_progress"): "05",
    ("acknowledged", "done"): "05",
    ("assigned", "handed_in"): "05",
    ("suspended", "done"): "05",
    ("done", "handed_in"): "06",
    ("done", "withdrawn"): "06",
    ("assigned", "declined"): "01",
    ("declined",): "02",
    ("declined", "reassigned"): "02",
    ("withdrawn", "reassigned"): "13",
}


@pytest.mark.parametrize(("states", "code"), DOCUMENTS.items(), ids=["+".join(states) for states in DOCUMENTS])
def test_what_the_exchange_is_told_of_a_document(states, code):
    assert status_of_document(states) == code


def test_a_document_is_done_only_when_nothing_is_left_to_do():
    left = set(OPEN) - {State.HANDED_IN}
    for states in chain.from_iterable(combinations(State, many) for many in (1, 2, 3)):
        is_done = status_of_document(states) == Status.COMPLETED
        assert is_done == (not left & set(states) and bool(set(LIVE) & set(states)))
