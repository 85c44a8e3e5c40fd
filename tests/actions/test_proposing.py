"""What is read is proposed; it becomes a directive only when a person takes it, with the checks of any other."""

from datetime import date

import pytest

from accounts.models import AgencyKind, Role
from directives.actions.drafting import remove_directive
from directives.actions.entering import amend_draft, mark_paragraph
from directives.actions.proposing import mark_as_proposed, propose, set_aside, take_proposal
from directives.models import Directive, Event, NoticeState, Proposal
from directives.models import Role as Part
from directives.rules.lifecycle import WrongMoment
from directives.rules.notice_proposals import read_notice
from directives.rules.refusals import Invalid, Stale
from tests.make import at, make_agency, make_committee, make_group, make_notice, make_user
from tracker.documents.register import register_of_the_database

pytestmark = pytest.mark.django_db
NOW, ISSUED_ON = at(date(2025, 3, 10)), date(2025, 3, 3)
TEXT = """I. ĐÁNH GIÁ CHUNG

1. Chuyển đổi số đã có kết quả ở nhiều nơi.

II. NHIỆM VỤ

1. Bộ Công an chủ trì, phối hợp với Bộ Y tế đưa tiện ích lên ứng dụng VNeID, hoàn thành trước ngày 31/12/2025.

2. Các địa phương khẩn trương kết nối hệ thống thông tin của mình.
"""


class Draft:
    """A draft that was read: one directive of a ministry, one of all provinces."""

    def __init__(self):
        committee = make_committee()
        self.secretary = make_user(Role.SECRETARIAT, committee)
        self.police, self.health = make_agency("Bộ Công an"), make_agency("Bộ Y tế")
        for name in ("Hà Nội", "Huế"):
            make_agency(name, kind=AgencyKind.PROVINCE)
        self.provinces = make_group(kinds=(AgencyKind.PROVINCE,), name="Các địa phương")
        self.notice = make_notice(committee, text=TEXT, state=NoticeState.DRAFT, issued_on=ISSUED_ON)
        self.read()

    def read(self):
        reading = read_notice(self.notice.text, ISSUED_ON, register_of_the_database())
        propose(self.notice, reading, **self.who)

    @property
    def who(self):
        return {"by": self.secretary, "at": NOW}

    def of(self, label):
        return self.notice.proposals.get(paragraph__label=label)

    def state(self):
        self.notice.refresh_from_db()
        marks = list(self.notice.paragraphs.order_by("position").values_list("handled_as", flat=True))
        proposals = list(self.notice.proposals.order_by("pk").values_list("directive", "set_aside"))
        return marks, proposals, self.notice.version, Directive.objects.count(), Event.objects.count()


@pytest.fixture
def draft():
    return Draft()


def test_reading_proposes_and_makes_no_directive(draft):
    assert list(draft.notice.proposals.values_list("paragraph__label", flat=True)) == ["II.1", "II.2"]
    proposed = dict(draft.notice.paragraphs.values_list("label", "proposed_as"))
    assert (proposed["I.1"], proposed["II.1"]) == ("information", "directive")
    assert set(draft.notice.paragraphs.values_list("handled_as", flat=True)) == {""}
    assert not Directive.objects.exists()


def test_a_proposal_that_is_taken_is_the_directive_that_was_read(draft):
    proposal = draft.of("II.1")
    directive = take_proposal(proposal, **draft.who)
    assert TEXT[directive.quote_start : directive.quote_end] == directive.quote == directive.wording
    assert (directive.deadline_kind, directive.due_on) == ("date", date(2025, 12, 31))
    named = [(row.role, row.agency) for row in directive.addressees.order_by("pk")]
    assert named == [(Part.LEAD, draft.police), (Part.COORDINATING, draft.health)]
    proposal.refresh_from_db()
    assert proposal.directive == directive
    assert draft.notice.paragraphs.get(label="II.1").handled_as == "directive"


def test_a_group_has_each_its_own_share(draft):
    directive = take_proposal(draft.of("II.2"), **draft.who)
    assert [(row.role, row.group) for row in directive.addressees.all()] == [(Part.SHARE, draft.provinces)]


def test_a_person_may_set_a_proposal_right_while_taking_it(draft):
    given = {"quote": "đưa tiện ích lên ứng dụng VNeID", "wording": "Đưa tiện ích", "deadline_kind": "none"}
    directive = take_proposal(draft.of("II.1"), addressees=[], **given, **draft.who)
    assert (directive.quote, directive.wording) == (given["quote"], "Đưa tiện ích")
    assert (directive.due_on, directive.addressees.count()) == (None, 0)


def test_a_removed_directive_leaves_its_proposal_open_again(draft):
    directive = take_proposal(draft.of("II.1"), **draft.who)
    remove_directive(directive, **draft.who)
    assert draft.of("II.1") in draft.notice.proposals.open()


def test_the_rest_is_marked_as_it_was_proposed(draft):
    n = mark_as_proposed(draft.notice, **draft.who)
    marks = dict(draft.notice.paragraphs.values_list("label", "handled_as"))
    assert (marks["I.1"], marks["II.1"], marks["II.2"]) == ("information", "", "")
    assert n == sum(mark != "" for mark in marks.values())


def test_what_is_set_aside_is_no_directive_and_may_come_back(draft):
    proposal = set_aside(draft.of("II.2"), **draft.who)
    assert proposal not in draft.notice.proposals.open()
    assert draft.notice.paragraphs.get(label="II.2").handled_as == "information"
    set_aside(proposal, aside=False, **draft.who)
    assert proposal in draft.notice.proposals.open()
    assert draft.notice.paragraphs.get(label="II.2").handled_as == ""
    verbs = [event.verb for event in Event.objects.order_by("pk")]
    assert verbs[-4:] == ["set_aside", "mark", "bring_back", "mark"]


def test_a_paragraph_with_another_proposal_or_another_mark_keeps_its_mark(draft):
    proposal, paragraph = draft.of("II.1"), draft.notice.paragraphs.get(label="II.1")
    Proposal.objects.filter(pk=draft.of("II.2").pk).update(paragraph=paragraph)
    set_aside(proposal, **draft.who)
    paragraph.refresh_from_db()
    assert paragraph.handled_as == ""
    mark_paragraph(paragraph, "target", **draft.who)
    set_aside(proposal, aside=False, **draft.who)
    paragraph.refresh_from_db()
    assert paragraph.handled_as == "target"


def test_another_text_leaves_nothing_old_proposed(draft):
    amend_draft(draft.notice, text="1. Bộ Y tế báo cáo.", **draft.who)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("decided", [take_proposal, set_aside])
def test_what_is_decided_is_not_decided_again(draft, decided):
    proposal = draft.of("II.1")
    decided(proposal, **draft.who)
    before = draft.state()
    with pytest.raises(Invalid):
        take_proposal(proposal, **draft.who)
    assert draft.state() == before


def test_a_name_that_nobody_knows_is_taken_over_by_nobody(draft):
    proposal = draft.of("II.1")
    proposal.found["leads"] = [{"name": "Bộ Phép thuật", "code": "", "is_group": False}]
    proposal.save()
    before = draft.state()
    with pytest.raises(Invalid, match="Bộ Phép thuật"):
        take_proposal(proposal, **draft.who)
    assert draft.state() == before


def test_a_date_before_the_issue_is_refused_with_the_proposal_untouched(draft):
    proposal = draft.of("II.1")
    proposal.found["deadline"]["due_on"] = "2025-01-01"
    proposal.save()
    before = draft.state()
    with pytest.raises(Invalid):
        take_proposal(proposal, **draft.who)
    assert draft.state() == before


@pytest.mark.parametrize("verb", [take_proposal, set_aside])
def test_nothing_is_decided_on_an_issued_notice(draft, verb):
    draft.notice.state = NoticeState.ISSUED
    draft.notice.save()
    before = draft.state()
    with pytest.raises(WrongMoment):
        verb(draft.of("II.1"), **draft.who)
    assert draft.state() == before


def test_a_proposal_of_a_text_that_was_split_anew_is_gone(draft):
    old = draft.of("II.1")
    draft.read()
    with pytest.raises(Stale):
        take_proposal(old, **draft.who)


def test_those_concerned_who_are_to_help_are_given_nothing_until_a_person_says_who(draft):
    proposal = draft.of("II.1")
    open_group = {"name": "Các địa phương", "code": draft.provinces.code, "is_group": True, "is_open": True}
    proposal.found["coordinating"].append(open_group)
    proposal.save()
    directive = take_proposal(proposal, **draft.who)
    assert {(to.role, to.agency) for to in directive.addressees.all()} == {
        (Part.LEAD, draft.police),
        (Part.COORDINATING, draft.health),
    }
