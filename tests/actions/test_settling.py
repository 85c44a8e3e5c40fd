"""A directive entered by hand from a sentence settles what was proposed of it; removed, it is asked about again."""

import pytest

from directives.actions.drafting import To, add_directive, remove_directive
from directives.actions.proposing import set_aside
from directives.models import Directive, Event
from directives.models import Role as Part
from directives.rules.refusals import Invalid
from tests.actions.test_proposing import TEXT, Draft

pytestmark = pytest.mark.django_db
SENTENCE = TEXT[TEXT.index("Bộ Công an") : TEXT.index("31/12/2025.") + len("31/12/2025.")]
HALF = SENTENCE[: len(SENTENCE) // 2 + 4]
TWO = """II. NHIỆM VỤ

1. Bộ Công an đưa tiện ích lên ứng dụng VNeID trước ngày 31/12/2025; Bộ Y tế công bố danh mục trước ngày 30/6/2025.
"""


@pytest.fixture
def draft():
    return Draft()


@pytest.fixture
def two(draft):
    draft.notice.text = TWO
    draft.notice.save()
    draft.read()
    return draft


def enter(draft, quote, *leads, label="II.1", **given):
    """A directive by hand, of the paragraph with this label."""
    paragraph = draft.notice.paragraphs.get(label=label)
    to = [To(Part.LEAD if len(leads) == 1 else Part.SHARE, agency=lead) for lead in leads]
    return add_directive(draft.notice, quote=quote, paragraph=paragraph, addressees=to, **given, **draft.who)


@pytest.mark.parametrize("quote", [SENTENCE, HALF])
def test_entering_a_directive_from_its_sentence_settles_what_was_proposed_of_it(draft, quote):
    directive = enter(draft, quote, draft.health)
    proposal = draft.of("II.1")
    assert proposal.directive == directive
    assert list(draft.notice.proposals.open()) == [draft.of("II.2")]
    assert "II.1" not in draft.notice.paragraphs.unhandled().values_list("label", flat=True)
    told = Event.objects.get(verb="settle_proposal")
    assert told.after == {"start": proposal.start, "end": proposal.end, "directive": str(directive.uuid)}


def test_a_few_words_of_it_leave_it_to_be_decided_on(draft):
    enter(draft, "đưa tiện ích lên ứng dụng VNeID", draft.police)
    assert draft.of("II.1") in draft.notice.proposals.open()
    assert not Event.objects.filter(verb="settle_proposal").exists()


def test_without_a_paragraph_that_of_the_proposal_is_handled(draft):
    add_directive(draft.notice, quote=SENTENCE, **draft.who)
    assert draft.notice.paragraphs.get(label="II.1").handled_as == "directive"
    assert "II.1" not in draft.notice.paragraphs.unhandled().values_list("label", flat=True)


def test_removing_the_directive_asks_about_the_proposal_again(draft):
    remove_directive(enter(draft, SENTENCE, draft.police), **draft.who)
    proposal = draft.of("II.1")
    assert proposal in draft.notice.proposals.open()
    assert "II.1" in draft.notice.paragraphs.unhandled().values_list("label", flat=True)
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-4:] == ["add_directive", "settle_proposal", "remove_directive", "bring_back"]
    assert Event.objects.get(verb="bring_back").after == {"start": proposal.start, "end": proposal.end}


def test_what_was_set_aside_stays_so(draft):
    set_aside(draft.of("II.1"), **draft.who)
    enter(draft, SENTENCE, draft.police)
    proposal = draft.of("II.1")
    assert (proposal.directive, proposal.set_aside) == (None, True)


def test_a_second_directive_of_the_sentence_leaves_the_first_its_proposal(draft):
    first = enter(draft, SENTENCE, draft.police)
    enter(draft, SENTENCE, draft.health, wording="Việc thứ hai")
    assert draft.of("II.1").directive == first
    assert Event.objects.filter(verb="settle_proposal").count() == 1


@pytest.mark.parametrize("lead", ["police", "health"])
def test_of_a_paragraph_quoted_whole_only_the_task_of_those_who_are_named_is_settled(two, lead):
    whole = two.notice.paragraphs.get(label="II.1").text.strip().removeprefix("1. ")
    directive = enter(two, whole, getattr(two, lead))
    first, second = two.notice.proposals.order_by("start")
    settled, left = (first, second) if lead == "police" else (second, first)
    assert (settled.directive, left.directive) == (directive, None)


def test_of_several_sentences_none_is_settled_where_nobody_of_them_is_named(two):
    whole = two.notice.paragraphs.get(label="II.1").text.strip().removeprefix("1. ")
    enter(two, whole)
    assert two.notice.proposals.open().count() == 2


def test_a_directive_that_is_refused_settles_nothing(draft):
    before = draft.state()
    with pytest.raises(Invalid):
        enter(draft, SENTENCE, draft.police, draft.police)
    assert draft.state() == before
    assert not Directive.objects.exists()
