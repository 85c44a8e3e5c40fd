"""A proposal is set right before it is taken: each cell for itself, checked at once, and a refusal changes nothing."""

import pytest

from directives.actions.correcting import (
    correct_bodies,
    correct_deadline,
    join_proposal,
    propose_paragraph,
    split_proposal,
)
from directives.actions.proposing import found_of, seen_of, set_aside, take_proposal
from directives.models import Event
from directives.rules.deadlines import Deadline, Kind
from directives.rules.notice_proposals import read_notice
from directives.rules.reading.doubts import CARRIED, TWO_DATES, UNKNOWN
from directives.rules.refusals import Invalid, Stale
from directives.rules.typed_days import typed_deadline
from tests.actions.test_proposing import ISSUED_ON, Draft
from tests.make import make_agency
from tracker.documents.register import register_of_the_database

pytestmark = pytest.mark.django_db
SENTENCE = "Bộ Công an chủ trì, phối hợp với Bộ Y tế đưa tiện ích lên ứng dụng VNeID, hoàn thành trước ngày 31/12/2025."


@pytest.fixture
def draft():
    return Draft()


def now(draft, proposal):
    return {**draft.who, "seen": seen_of(proposal)}


def named(proposal, what):
    return [body["name"] for body in proposal.found[what]]


def test_another_lead_takes_the_place_of_the_one_that_was_read_and_helps_no_longer(draft):
    row = draft.of("II.1")
    row = correct_bodies(row, "leads", [draft.health], **now(draft, row))
    assert (named(row, "leads"), named(row, "coordinating")) == (["Bộ Y tế"], [])
    directive = take_proposal(row, **draft.who)
    assert [(to.role, to.agency) for to in directive.addressees.all()] == [("lead", draft.health)]
    assert Event.objects.filter(verb="correct_proposal").count() == 1


def test_a_deadline_that_was_typed_shows_no_words_that_say_another(draft):
    row = draft.of("II.1")
    row = correct_deadline(row, typed_deadline("5/12", ISSUED_ON), **now(draft, row))
    directive = take_proposal(row, **draft.who)
    assert (f"{directive.due_on:%d/%m/%Y}", directive.deadline_kind) == ("05/12/2025", "date")
    assert directive.deadline_text == ""


@pytest.mark.parametrize("words", ["31/12", "trước ngày 31/12/2025"], ids=["a day", "words of the notice"])
def test_a_deadline_that_is_typed_as_it_was_read_keeps_the_words_of_the_notice(draft, words):
    row = draft.of("II.1")
    row = correct_deadline(row, typed_deadline(words, ISSUED_ON), **now(draft, row))
    assert row.found["deadline"]["text"] == "hoàn thành trước ngày 31/12/2025"


def test_who_is_named_only_in_the_joined_row_helps_the_one_before(draft):
    row = draft.of("II.1")
    health = {"name": "Bộ Y tế", "code": draft.health.code, "is_group": False, "is_open": False}
    unknown = {"name": "Ban A", "code": "", "is_group": False, "is_open": False}
    second = {**row.found, "leads": [health], "coordinating": [unknown], "doubts": [UNKNOWN, TWO_DATES]}
    halves = ({**row.found, "coordinating": [], "doubts": []}, second)
    _first, other = split_proposal(row, row.start + SENTENCE.index("hoàn thành"), halves, **now(draft, row))
    joined = join_proposal(other, **now(draft, other))
    assert (named(joined, "leads"), named(joined, "coordinating")) == (["Bộ Công an"], ["Bộ Y tế", "Ban A"])
    assert joined.found["doubts"] == [UNKNOWN]


def test_a_row_is_taken_without_the_name_that_no_register_holds(draft):
    row, unknown = draft.of("II.1"), {"name": "Ban A", "code": "", "is_group": False, "is_open": False}
    row.found["coordinating"] = [*row.found["coordinating"], unknown]
    row.save()
    with pytest.raises(Invalid):
        take_proposal(row, **draft.who)
    directive = take_proposal(row, strictly=False, **draft.who)
    given = [(to.role, to.agency) for to in directive.addressees.order_by("pk")]
    assert given == [("lead", draft.police), ("coordinating", draft.health)]


def test_a_correction_settles_only_its_own_doubts(draft):
    row = draft.of("II.1")
    row.found["doubts"], row.is_sure = [CARRIED, TWO_DATES], False
    row.save()
    row = correct_bodies(row, "leads", [draft.police], **now(draft, row))
    assert (row.found["doubts"], row.is_sure) == ([TWO_DATES], False)
    row = correct_deadline(row, Deadline("", Kind.NONE), **now(draft, row))
    assert (row.found["doubts"], row.is_sure) == ([], True)


def test_nobody_or_the_same_row_as_another_has_seen_it_is_refused(draft):
    row, before = draft.of("II.1"), draft.state()
    with pytest.raises(Invalid):
        correct_bodies(row, "leads", [], **now(draft, row))
    with pytest.raises(Stale):
        correct_bodies(row, "leads", [draft.health], **draft.who, seen="another")
    with pytest.raises(Stale):
        take_proposal(row, **draft.who, seen="another")
    gone = make_agency("Bộ Thông tin và Truyền thông", valid_to=ISSUED_ON.replace(year=2020))
    with pytest.raises(Invalid):
        correct_bodies(row, "coordinating", [gone], **now(draft, row))
    assert draft.state() == before


def test_a_row_becomes_two(draft):
    row = draft.of("II.1")
    cut_at = draft.notice.text.index("hoàn thành trước")
    halves = ({**row.found, "deadline": None}, {**row.found, "coordinating": []})
    first, second = split_proposal(row, cut_at, halves, **now(draft, row))
    quotes = [draft.notice.text[one.start : one.end] for one in (first, second)]
    assert quotes == [SENTENCE[: SENTENCE.index(" hoàn thành")], "hoàn thành trước ngày 31/12/2025."]
    assert (first.paragraph, named(second, "coordinating")) == (second.paragraph, [])
    with pytest.raises(Invalid):
        split_proposal(first, first.end + 1, halves, **now(draft, first))


def test_a_sentence_is_joined_with_the_directive_before_it_which_gets_its_deadline(draft):
    row = draft.of("II.1")
    cut_at, found = row.start + SENTENCE.index("hoàn thành"), {**row.found, "coordinating": [], "doubts": []}
    halves = ({**row.found, "deadline": None, "doubts": [TWO_DATES]}, found)
    first, second = split_proposal(row, cut_at, halves, **now(draft, row))
    joined = join_proposal(second, **now(draft, second))
    assert joined.pk == first.pk
    assert draft.notice.text[joined.start : joined.end] == SENTENCE
    assert (joined.found["deadline"]["due_on"], joined.found["doubts"], joined.is_sure) == ("2025-12-31", [], True)
    assert not draft.notice.proposals.filter(pk=second.pk).exists()
    with pytest.raises(Invalid):
        join_proposal(draft.of("II.1"), **now(draft, draft.of("II.1")))  # none stands before it
    assert draft.notice.proposals.open().filter(pk=first.pk).exists()


def test_a_paragraph_that_was_read_as_none_is_proposed_once(draft):
    paragraph = draft.notice.paragraphs.get(label="I.1")
    paragraph.notice = draft.notice
    reading = read_notice("Bộ Y tế rà soát giá thuốc.", ISSUED_ON, register_of_the_database())
    row = propose_paragraph(paragraph, found_of(reading.directives[0]), start=paragraph.start, **draft.who)
    assert (row.paragraph, named(row, "leads")) == (paragraph, ["Bộ Y tế"])
    with pytest.raises(Invalid):
        propose_paragraph(paragraph, row.found, start=paragraph.start, **draft.who)


def test_what_is_no_directive_may_be_a_target(draft):
    row = set_aside(draft.of("II.1"), handled_as="target", **draft.who)
    row.paragraph.refresh_from_db()
    assert row.paragraph.handled_as == "target"
    set_aside(row, aside=False, **draft.who)
    row.paragraph.refresh_from_db()
    assert row.paragraph.handled_as == ""
    with pytest.raises(Invalid):
        set_aside(row, handled_as="directive", **draft.who)
