"""Paragraphs of a draft are cut and joined: each word stays in one paragraph, each directive with its sentence."""

from datetime import date

import pytest

from accounts.models import Role
from directives.actions.cutting import cut_paragraph, join_paragraph
from directives.models import Event, NoticeState
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.make import at, make_committee, make_directive, make_notice, make_paragraph, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2025, 3, 10))
FIRST, SECOND, THIRD = "1. Bộ Công an báo cáo.", "Bộ Y tế phối hợp.", "2. Các địa phương kết nối."
TEXT = f"{FIRST} {SECOND}\n{THIRD}"
CUT = TEXT.index(SECOND)


class Draft:
    """A draft of two paragraphs, the first of two sentences, each with its directive."""

    def __init__(self):
        committee = make_committee()
        self.secretary = make_user(Role.SECRETARIAT, committee)
        self.notice = make_notice(committee, text=TEXT, state=NoticeState.DRAFT)
        self.first = make_paragraph(self.notice, f"{FIRST} {SECOND}", handled_as="directive")
        self.last = make_paragraph(self.notice, THIRD, label="2", handled_as="information")
        self.reports = make_directive(self.notice, quote="Bộ Công an báo cáo.", paragraph=self.first)
        self.helps = make_directive(self.notice, quote=SECOND, paragraph=self.first)

    def paragraphs(self):
        rows = self.notice.paragraphs.order_by("position")
        return [(row.position, row.label, row.text.strip(), row.handled_as) for row in rows]

    def state(self):
        self.notice.refresh_from_db()
        return self.paragraphs(), self.notice.version, Event.objects.count()


@pytest.fixture
def draft():
    return Draft()


def test_a_cut_paragraph_stands_in_two_and_each_directive_with_its_sentence(draft):
    second = cut_paragraph(draft.first, by=draft.secretary, at=NOW, cut_at=CUT)
    assert draft.paragraphs() == [
        (1, "1", FIRST, "directive"),
        (2, "", SECOND, "directive"),
        (3, "2", THIRD, "information"),
    ]
    draft.reports.refresh_from_db()
    draft.helps.refresh_from_db()
    assert (draft.reports.paragraph, draft.helps.paragraph) == (draft.first, second)
    assert Event.objects.get().verb == "cut"


def test_a_part_without_its_directive_is_to_be_handled_again(draft):
    draft.helps.delete()
    cut_paragraph(draft.first, by=draft.secretary, at=NOW, cut_at=CUT)
    assert [row[3] for row in draft.paragraphs()] == ["directive", "", "information"]


def test_what_was_cut_is_joined_again(draft):
    cut_paragraph(draft.first, by=draft.secretary, at=NOW, cut_at=CUT)
    join_paragraph(draft.first, by=draft.secretary, at=NOW)
    assert draft.paragraphs() == [(1, "1", f"{FIRST} {SECOND}", "directive"), (2, "2", THIRD, "information")]
    assert set(draft.first.directives.all()) == {draft.reports, draft.helps}


def test_joining_keeps_every_word_between_the_two(draft):
    joined = join_paragraph(draft.first, by=draft.secretary, at=NOW)
    assert (joined.start, joined.end, draft.notice.paragraphs.count()) == (0, len(TEXT), 1)


REFUSED = {
    "at its first letter": 0,
    "behind its last letter": len(f"{FIRST} {SECOND}"),
    "in another paragraph": len(TEXT) - 3,
    "before the text": -5,
    "through the sentence of a directive": CUT + 3,
}


@pytest.mark.parametrize("cut_at", REFUSED.values(), ids=REFUSED)
def test_a_cut_that_leaves_no_two_parts_or_tears_a_sentence_changes_nothing(draft, cut_at):
    before = draft.state()
    with pytest.raises(Invalid):
        cut_paragraph(draft.first, by=draft.secretary, at=NOW, cut_at=cut_at)
    assert draft.state() == before


def test_the_last_paragraph_is_joined_with_nothing(draft):
    before = draft.state()
    with pytest.raises(Invalid):
        join_paragraph(draft.last, by=draft.secretary, at=NOW)
    assert draft.state() == before


@pytest.mark.parametrize("verb", [lambda row, **who: cut_paragraph(row, cut_at=CUT, **who), join_paragraph])
def test_what_was_issued_is_not_cut_nor_joined(draft, verb):
    draft.notice.state = NoticeState.ISSUED
    draft.notice.save()
    before = draft.state()
    with pytest.raises(WrongMoment):
        verb(draft.first, by=draft.secretary, at=NOW)
    assert draft.state() == before


def test_a_paragraph_that_somebody_joined_meanwhile_is_told(draft):
    join_paragraph(draft.first, by=draft.secretary, at=NOW)
    with pytest.raises(Stale):
        cut_paragraph(draft.last, by=draft.secretary, at=NOW, cut_at=len(TEXT) - 5)
