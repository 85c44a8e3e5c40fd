"""Every verb in every state: it leads where the table says, or it is refused and nothing at all has changed."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.roles import NotAllowed
from directives.actions.asking import answer, ask
from directives.actions.assigning import acknowledge, decline, reassign, resume, start, suspend, withdraw
from directives.actions.extending import grant_extension, request_extension
from directives.actions.handing_down import Units, hand_down
from directives.actions.redating import set_deadline
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.models import Assignment, Event
from directives.rules.lifecycle import NEXT, NOW_IT_IS, TABLE, VERBS, State, WrongMoment
from tests.actions.conftest import nothing_changes
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_extension,
    make_notice,
    make_question,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
NEXT_MORNING = at(date(2025, 3, 4))
SOON, LATER = date(2025, 3, 7), date(2025, 3, 28)
WHY = {"reason": "Theo chỉ đạo của lãnh đạo."}
DOING = {
    "acknowledge": acknowledge,
    "start": start,
    "report": lambda work, **who: report_progress(work, text="Đã xong bước 1.", percent=30, **who),
    "hand_down": lambda work, **who: hand_down(work, to=Units([work.unit]), wording="Rà soát", due_on=SOON, **who),
    "hand_in": lambda work, **who: hand_in(work, text="Đã hoàn thành.", **who),
    "verify": verify,
    "return": lambda work, **who: return_report(work, **WHY, **who),
    "decline": lambda work, **who: decline(work, **WHY, **who),
    "suspend": lambda work, **who: suspend(work, **WHY, **who),
    "resume": lambda work, **who: resume(work, **WHY, **who),
    "withdraw": lambda work, **who: withdraw(work, **WHY, **who),
    "reassign": lambda work, **who: reassign(work, work.heir, **WHY, **who),
    "set_deadline": lambda work, **who: set_deadline(work, due_on=LATER, **WHY, **who),
    "request_extension": lambda work, **who: request_extension(work, asked_due_on=LATER, **WHY, **who),
    "ask": lambda work, **who: ask(work, text="Số liệu lấy theo nguồn nào?", **who),
    "answer": lambda work, **who: answer(work.questions.get(), text="Theo Thông tư 01.", **who),
    "decide_extension": lambda work, **who: grant_extension(work.extensions.get(), **WHY, **who),
}
OFFICERS = {move.verb for move in TABLE if move.who == "agency"}
# What is written beside the work and leaves it as it is.
LETTERS = ("request_extension", "ask", "answer")
PAIRS = [(state, verb) for state in State for verb in VERBS]


def make_work(state, verb):
    """An assignment in a state, with what that state has behind it; its officer and its secretary."""
    committee = make_committee()
    work = make_assignment(make_agency(), directive=make_directive(make_notice(committee)), state=state)
    work.heir, work.unit = make_agency(), make_agency(parent=work.agency)
    officer, secretary = make_user(Role.OFFICER, work.agency), make_user(Role.SECRETARIAT, committee)
    if state == State.HANDED_IN:
        make_report(work, kind="hand_in", by=officer)
    if verb == "answer":
        make_question(work, asked_by=officer)
    if verb == "decide_extension":
        make_extension(work, asked_by=officer)
    return work, officer, secretary


@pytest.mark.parametrize(("state", "verb"), PAIRS)
def test_a_verb_leads_where_the_table_says_or_changes_nothing(state, verb):
    work, officer, secretary = make_work(state, verb)
    who = {"by": officer if verb in OFFICERS else secretary, "at": NEXT_MORNING}
    move = NEXT.get((state, verb))
    if move is None:
        with nothing_changes(), pytest.raises(WrongMoment) as refusal:
            DOING[verb](work, **who)
        assert refusal.value.sentence == NOW_IT_IS[state]
        return
    DOING[verb](work, **who)
    after = Assignment.objects.get(pk=work.pk)
    assert (after.state, after.version) == (move.target, work.version + (verb not in LETTERS))
    # Withdrawing takes along the hand-in that waits.
    lapsed = ["lapse_report"] * (state == State.HANDED_IN and verb == "withdraw")
    told = Event.objects.filter(assignment=work).order_by("pk").values_list("verb", flat=True)
    assert list(told)[1:] == lapsed


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_of_the_other_side_is_refused_in_every_state_and_changes_nothing(verb):
    for state in State:
        work, officer, secretary = make_work(state, verb)
        with nothing_changes(), pytest.raises(NotAllowed):
            DOING[verb](work, by=secretary if verb in OFFICERS else officer, at=NEXT_MORNING)
