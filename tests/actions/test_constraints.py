"""The database keeps the promises: for each named constraint the rows that it refuses, and those just beside them."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from accounts.models import SentOnce
from directives.models import (
    Attachment,
    NoticeState,
    NowTally,
    Reading,
    Seal,
    SendingHold,
    Span,
    Tally,
)
from directives.models import Role as Part
from directives.models.kinds import DeadlineKind
from directives.rules.lifecycle import State
from tests.actions.rows import DAY, Making, again, changed
from tests.actions.rows_of_amending import ACCEPTED_AMENDING, REFUSED_AMENDING
from tests.actions.rows_of_intakes import ACCEPTED_INTAKES, REFUSED_INTAKES
from tests.actions.rows_of_many import ACCEPTED_MANY, REFUSED_MANY
from tests.actions.rows_of_measuring import ACCEPTED_MEASURING, REFUSED_MEASURING
from tests.actions.rows_of_people import REFUSED_WHO, away
from tests.actions.rows_of_reminding import ACCEPTED_REMINDING, REFUSED_REMINDING
from tests.actions.rows_of_systems import ACCEPTED_SYSTEMS, REFUSED_SYSTEMS
from tests.actions.rows_of_work import REFUSED_WORK, dated, linked, named, twice_given, two_leads
from tests.make import (
    DUE_ON,
    ISSUED_ON,
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_delivery,
    make_extension,
    make_indicator,
    make_key,
    make_ladder,
    make_notice,
    make_question,
    make_reading,
    make_reminder,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db

# --- what agencies answer, figures, the ladder


def attached(**owners: object) -> Attachment:
    facts = {"file": "a", "name": "a.pdf", "size": 1, "sha256": "0" * 64, "content_type": "application/pdf"}
    return Attachment.objects.create(**facts, **owners)


def asked_and_decided_by_the_same() -> None:
    request = make_extension()
    changed(request, decided_by=request.asked_by)


def handed_in_and_decided_by_the_same() -> None:
    report = make_report(kind="hand_in")
    changed(report, decided_by=report.by)


def asked_and_answered_by_the_same() -> None:
    user = make_user()
    make_question(asked_by=user, answered_by=user, answered_at=at(DUE_ON), answer="Theo TT 01.", state="answered")


def reading_of(**figures: object) -> Reading:
    return make_reading(**{"value": None, **figures})


def summed() -> Tally:
    where = {"committee": make_committee(), "agency": make_agency()}
    return Tally.objects.create(basis="due_on", cell="undated", from_on=DUE_ON, many=1, by_month=False, **where)


def summed_now() -> NowTally:
    return NowTally.objects.create(basis="due_on", cell="undated", many=1, committee=make_committee(), field="")


def sent_before() -> SentOnce:
    return SentOnce.objects.create(by=make_user(), name="r-1", fingerprint="a" * 64, at=at(DUE_ON))


def reminded(**changes: object) -> None:
    reminder = make_reminder(make_delivery(make_user()), make_assignment())
    again(reminder, **changes)


REFUSED_ANSWERS: dict[str, tuple[Making, ...]] = {
    "percent_at_most_100": (lambda: make_report(percent=101),),
    "returned_report_has_a_reason": (lambda: make_report(state="returned"),),
    "one_hand_in_waits_for_verification": (lambda: again(make_report(kind="hand_in"), text="Lần hai."),),
    "only_a_reported_figure_is_verified": (
        lambda: make_report(kind="hand_in", verified_figure=1),
        lambda: make_report(kind="hand_in", figure=1, verified_figure=1),
    ),
    "who_handed_in_never_decides": (handed_in_and_decided_by_the_same,),
    "one_open_extension_request": (lambda: again(make_extension()),),
    "extension_asks_for_a_later_date": (
        lambda: make_extension(asked_due_on=DUE_ON),
        lambda: make_extension(asked_due_on=DUE_ON - DAY),
    ),
    "granted_extension_has_a_date": (lambda: make_extension(state="granted"),),
    "asker_never_decides": (asked_and_decided_by_the_same,),
    "attachment_belongs_to_one": (
        attached,
        lambda: attached(report=make_report(), extension=make_extension()),
        lambda: attached(question=(asked := make_question()), answer=asked),
        lambda: attached(declined=make_assignment(), report=make_report()),
        lambda: attached(reading=make_reading(), report=make_report()),
    ),
    "answered_has_an_answer": (
        lambda: make_question(state="answered"),
        lambda: make_question(state="answered", answer="Theo TT 01.", answered_by=make_user()),
        lambda: make_question(state="answered", answered_by=make_user(), answered_at=at(DUE_ON)),
        lambda: make_question(answer="Theo TT 01."),
    ),
    "only_an_answer_is_common": (lambda: make_question(common=True),),
    "who_asks_never_answers": (asked_and_answered_by_the_same,),
    "one_indicator_per_code": (lambda: again(make_indicator()),),
    "reading_has_a_figure": (
        reading_of,
        lambda: reading_of(numerator=41),
        lambda: reading_of(denominator=72),
        lambda: reading_of(numerator=41, denominator=0),
        lambda: reading_of(numerator=41, denominator=-72),
    ),
    "one_sum_a_day": (lambda: again(summed(), many=2),),
    "sent_once_by_a_caller": (lambda: again(sent_before(), fingerprint="b" * 64),),
    "one_sum_of_now": (lambda: again(summed_now(), many=2),),
    "one_reading_a_day": (
        lambda: again(make_reading(), value=51),
        lambda: again(make_reading(agency=make_agency()), value=51),
    ),
    "one_reading_for_a_report": (lambda: again(make_reading(report=make_report()), agency=make_agency()),),
    "one_default_ladder": (lambda: [make_ladder(rungs=()) for _ in range(2)],),
    "one_rung_at_an_offset": (lambda: make_ladder(rungs=((0, "head", "courtesy"), (0, "chair", "escalation"))),),
    "reminded_once": (reminded, lambda: reminded(audience="head", kind="escalation")),
    "one_open_hold": (
        lambda: [SendingHold.objects.create(since=at(DUE_ON), who="root", reason="x") for _ in range(2)],
    ),
}

# --- history


def span(from_on: date, to_on: date | None, assignment: object = None) -> Span:
    assignment = assignment or make_assignment()
    facts = {"state": assignment.state, "role": assignment.role, "agency": assignment.agency}
    return Span.objects.create(assignment=assignment, from_on=from_on, to_on=to_on, **facts)


REFUSED_HISTORY: dict[str, tuple[Making, ...]] = {
    "seals_count_from_one": (lambda: Seal.objects.create(sequence=0, event_id=1, hash=""),),
    "one_span_begins_a_day": (lambda: again(span(ISSUED_ON, DUE_ON), to_on=None),),
    "one_open_span": (lambda: again(span(ISSUED_ON, None), from_on=DUE_ON),),
    "span_has_days": (lambda: span(DUE_ON, DUE_ON), lambda: span(DUE_ON, ISSUED_ON)),
}
REFUSED = {
    **REFUSED_WHO,
    **REFUSED_WORK,
    **REFUSED_ANSWERS,
    **REFUSED_REMINDING,
    **REFUSED_HISTORY,
    **REFUSED_INTAKES,
    **REFUSED_MANY,
    **REFUSED_MEASURING,
    **REFUSED_AMENDING,
    **REFUSED_SYSTEMS,
}

OURS = ("accounts", "directives", "tracker")
NAMED = sorted(
    constraint.name
    for room in OURS
    for model in apps.get_app_config(room).get_models()
    for constraint in model._meta.constraints
)


@pytest.mark.parametrize("name", NAMED)
def test_the_constraint_refuses_each_bad_row(name):
    for making in REFUSED[name]:
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            making()
        assert refusal.value.__cause__.diag.constraint_name == name


def test_every_case_is_about_a_constraint_that_exists():
    assert sorted(REFUSED) == NAMED


# Rows just beside the refused ones.
ACCEPTED: dict[str, Making] = {
    "an agency of one day": lambda: make_agency(valid_from=DUE_ON, valid_to=DUE_ON),
    "a substitute for one day": lambda: away((DUE_ON, DUE_ON)),
    "one absence right after another": lambda: away((ISSUED_ON, DUE_ON), (DUE_ON + DAY, DUE_ON + DAY)),
    "two offices empty on one day": lambda: [away((DUE_ON, DUE_ON)), away((DUE_ON, DUE_ON))],
    "the number again after a withdrawal": lambda: again(make_notice(state=NoticeState.WITHDRAWN), state="issued"),
    "the number and reference again after a discarded draft": lambda: [
        changed(row := make_notice(external_ref="VB-1"), state=NoticeState.DISCARDED, text=""),
        again(row),
    ],
    "the number again in another year": lambda: again(make_notice(), issued_on=date(2026, 1, 5)),
    "the number again from another issuer": lambda: again(make_notice(), issuer=make_agency()),
    "two drafts that know nothing yet": lambda: [
        make_notice(number=None, symbol="", issuer=None, issued_on=None, state=NoticeState.DRAFT) for _ in range(2)
    ],
    "a notice of the day of its meeting": lambda: make_notice(met_on=ISSUED_ON),
    "a deadline relative to something, with and without its date": lambda: [
        dated(DeadlineKind.RELATIVE, due_on) for due_on in (None, DUE_ON)
    ],
    "a link of another kind is another link": lambda: [linked(1), linked(1)],
    "an agency that leads and coordinates": lambda: named((agency := make_agency(), "lead"), (agency, "coordinating")),
    "a lead after one that declined": lambda: two_leads(State.DECLINED),
    "a lead after one that was withdrawn": lambda: two_leads(State.WITHDRAWN),
    "a lead after one that was reassigned": lambda: two_leads(State.REASSIGNED),
    "a lead for another period": lambda: two_leads(State.ASSIGNED, period="2025-Q1"),
    "the same agency again after it declined": lambda: twice_given(State.DECLINED),
    "the same agency in another role": lambda: twice_given(State.ASSIGNED, role=Part.COORDINATING),
    "work that is due on the day it is given": lambda: make_assignment(due_on=ISSUED_ON),
    "a report of 100 %": lambda: make_report(percent=100),
    "a hand-in after one that came back": lambda: again(
        make_report(kind="hand_in", state="returned", reason="Thiếu tài liệu."), state="submitted", reason=""
    ),
    "a letter with which work was declined": lambda: attached(declined=make_assignment()),
    "a file from which a figure was taken": lambda: attached(reading=make_reading()),
    "an extension asked again after a refusal": lambda: again(make_extension(state="refused"), state="open"),
    "two readings of a day from two reports": lambda: again(make_reading(report=make_report()), report=make_report()),
    "41 of 72": lambda: reading_of(numerator=41, denominator=72),
    "none of 72": lambda: reading_of(numerator=0, denominator=72),
    "a ladder for each committee": lambda: [make_ladder(each, rungs=()) for each in (make_committee(), None)],
    "the same rung by another channel": lambda: reminded(channel="in_app"),
    "the same rung after the date moved": lambda: reminded(due_version=2),
    "spans that follow one another": lambda: again(span(ISSUED_ON, DUE_ON), from_on=DUE_ON, to_on=None),
    "a key of an agency": lambda: make_key(make_agency()),
    **ACCEPTED_REMINDING,
    **ACCEPTED_INTAKES,
    **ACCEPTED_AMENDING,
    **ACCEPTED_MANY,
    **ACCEPTED_MEASURING,
    **ACCEPTED_SYSTEMS,
}


@pytest.mark.parametrize("making", ACCEPTED.values(), ids=ACCEPTED)
def test_the_row_beside_is_accepted(making):
    with transaction.atomic():
        making()
