"""What cannot be amended is refused and changes nothing, and what changed meanwhile is looked at anew."""

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.amending import compare_anew, decide, reopen
from directives.actions.amendment_issue import issue_amendment
from directives.actions.amendment_plan import plan_amendment
from directives.actions.issuing import issue, withdraw_notice
from directives.actions.reporting import hand_in, verify
from directives.actions.touching import compare_draft
from directives.models import (
    AmendedPart,
    Event,
    Notice,
)
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.an_amendment import (
    AMENDED,
    LATER,
    LATER_FIRST,
    NEW_TEXT,
    NOW,
    TEXT,
    Desk,
    everything,
    issued,
    ready,
)
from tests.make import at, make_user


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


def withdrawn_meanwhile(desk, draft):
    withdraw_notice(desk.notice, by=desk.secretary, at=NOW, reason="Ban hành nhầm")
    return {}


def amended_meanwhile(desk, draft):
    other = desk.correction(TEXT.replace("tồn đọng", "còn tồn đọng"))
    desk.decide(other, 3, "keep")
    issued(desk, other)
    return {}


def seen_otherwise(desk, draft):
    seen = plan_amendment(draft, today=AMENDED).seen
    report = hand_in(desk.assignment(3, desk.police), by=desk.police.officer, at=NOW, text="Đã xong")
    verify(report.assignment, by=desk.secretary, at=NOW)
    return {"seen": seen}


def draft_changed(desk, draft):
    version = draft.version
    desk.decide(draft, 3, "keep")
    return {"version": version}


def left_open(desk, draft):
    reopen(draft, desk.directives[2], by=desk.secretary, at=NOW)
    return {}


def too_early(desk, draft):
    desk.restate(draft, 1, LATER_FIRST, due_on=AMENDED.replace(day=12))
    return {"at": at(AMENDED.replace(day=20))}


def by_another(desk, draft):
    return {"by": make_user(Office.OFFICER, desk.police.agency)}


REFUSALS = {
    "the notice was withdrawn": (withdrawn_meanwhile, WrongMoment, "369/TB-VPCP is not in force any more"),
    "the notice was amended by another": (amended_meanwhile, Stale, "369/TB-VPCP was changed since"),
    "something else would happen than was shown": (seen_otherwise, Stale, "Somebody else changed this"),
    "the draft was changed": (draft_changed, Stale, "Somebody else changed this"),
    "a directive is open": (left_open, Invalid, "Directive 3: its sentence is gone"),
    "late on the first day": (too_early, Invalid, "Directive 1: the new deadline 2024-09-12 lies before today"),
    "not the secretariat": (by_another, NotAllowed, "Only the secretariat"),
}


@pytest.mark.parametrize(("meanwhile", "refusal", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused_changes_nothing(desk, meanwhile, refusal, sentence):
    draft = ready(desk)
    how = {"by": desk.secretary, "at": NOW, "unhandled_ok": True, **meanwhile(desk, draft)}
    before = everything()
    with pytest.raises(refusal, match=sentence):
        issue_amendment(draft, **how)
    assert everything() == before


def test_a_refusal_in_the_middle_changes_nothing(desk, monkeypatch):
    """Text, directives and assignments are written when the database refuses a row that is there already."""
    draft = ready(desk)
    before = everything()
    AmendedPart.objects.create(
        draft=draft, assignment=desk.assignment(1, desk.building), change="changed", role="lead", at=NOW
    )
    before["AmendedPart"] = everything()["AmendedPart"]
    with pytest.raises(Exception, match="assignment_is_amended_once_by_a_notice"):
        issued(desk, draft)
    assert everything() == before


def test_a_corrected_text_is_not_issued_as_a_notice(desk):
    draft = ready(desk)
    with pytest.raises(Invalid, match="corrected text of another notice"):
        issue(draft, by=desk.secretary, at=NOW)


@pytest.mark.parametrize("tie", ["amends", "supersedes"])
def test_what_amends_another_notice_is_not_issued_alone(desk, tie):
    draft = desk.later(NEW_TEXT, **{tie: desk.notice})
    before = everything()
    with pytest.raises(Invalid, match="This draft amends 369/TB-VPCP"):
        issue(draft, by=desk.secretary, at=NOW, unhandled_ok=True)
    assert everything() == before


def test_after_comparing_anew_the_draft_can_be_issued(desk):
    draft = ready(desk)
    amended_meanwhile(desk, draft)
    compare_anew(draft, by=desk.secretary, at=NOW)
    event = Event.objects.get(verb="compare_anew")
    assert (event.notice, event.before, event.after) == (draft, {"compared_with": 6}, {"compared_with": 7})
    assert [touch.outcome for touch in compare_draft(Notice.objects.get(pk=draft.pk)).touches] == [
        "change",
        "keep",
        "withdraw",
    ]
    issued(desk, draft)
    assert Notice.objects.get(pk=desk.notice.pk).edition == 3


def test_a_decision_falls_when_the_directive_is_changed_by_another_amendment(desk):
    draft, other = ready(desk), desk.correction(NEW_TEXT)
    desk.restate(other, 1, LATER_FIRST, due_on=LATER)
    desk.decide(other, 3, "keep")
    issued(desk, other, unhandled_ok=True)
    compare_anew(draft, by=desk.secretary, at=NOW)
    found = compare_draft(Notice.objects.get(pk=draft.pk)).touches
    assert [(touch.is_stale, touch.outcome) for touch in found] == [(True, ""), (False, "keep")]


def test_a_decision_needs_the_directive_as_it_was_seen(desk):
    draft = desk.correction(NEW_TEXT)
    with pytest.raises(Stale):
        decide(draft, desk.directives[0], "keep", by=desk.secretary, at=NOW, version=9)
    assert not draft.amendments.exists()
