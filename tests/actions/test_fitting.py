"""Whatever somebody types or another system sends: a value that cannot be kept has a sentence and its field."""

from datetime import date
from decimal import Decimal

import pytest

from directives.actions.assigning import assign, decline
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice, set_paragraphs
from directives.actions.extending import grant_extension, refuse_extension, request_extension
from directives.actions.issuing import withdraw_notice
from directives.actions.measuring import add_indicator, add_reading
from directives.actions.meeting import amend_session, enter_session
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.models import Notice, Report, Role, Session
from directives.rules.refusals import Invalid
from tests.actions.a_draft import Stretch
from tests.actions.conftest import DUE, nothing_changes
from tests.make import at, make_committee, make_extension, make_indicator, make_report

MORNING = at(date(2024, 8, 16))
SOON = date(2024, 8, 15)
NUL, HALF_A_LETTER = "a\0b", "a\ud83db"
TOO_LATE, TOO_EARLY = date(9999, 12, 31), date(224, 8, 9)  # 224: a year typed without its zero
WHY = {"reason": "Theo chỉ đạo."}


def refused(act, field: str) -> None:
    """`act` is refused at `field`, and nothing has changed."""
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        act()
    assert (refusal.value.field, str(refusal.value) != "") == (field, True)


NOTICES = {
    "a number that no register has": {"number": 10**12},
    "a number below zero": {"number": -3},
    "a symbol that is too long": {"symbol": "X" * 61},
    "a signer that is too long": {"signer": "X" * 151},
    "a NUL in the text": {"text": NUL},
    "a NUL in the subject": {"subject": NUL},
    "half a letter in the subject": {"subject": HALF_A_LETTER},
    "a kind that there is not": {"kind": "rumour"},
    "a year without its zero": {"issued_on": TOO_EARLY},
    "a meeting in such a year": {"met_on": TOO_EARLY},
    "a reference that is taken": {"external_ref": "VB-1"},
}


@pytest.mark.parametrize("wrong", NOTICES.values(), ids=NOTICES)
def test_a_notice(house, wrong):
    Notice.objects.update(external_ref="VB-1")
    right = {"committee": house.committee, "number": 5, "text": "1. Việc.", "by": house.secretary, "at": MORNING}
    refused(lambda: draft_notice(**{**right, **wrong}), *wrong)


DIRECTIVES = {
    "a wording with a NUL": ({"wording": NUL}, "wording"),
    "a product that is too long": ({"product": "X" * 401}, "product"),
    "a recurrence that there is not": ({"recurrence": "hourly"}, "recurrence"),
    "a deadline at the end of all days": ({"deadline_kind": "date", "due_on": TOO_LATE}, "due_on"),
    "a review before all of them": ({"review_on": TOO_EARLY}, "review_on"),
    "a helper's date at the end of all days": ({"due": TOO_LATE}, "due_on"),
}


@pytest.mark.parametrize(("wrong", "field"), DIRECTIVES.values(), ids=DIRECTIVES)
def test_a_directive(house, wrong, field):
    who = {"by": house.secretary, "at": MORNING}
    notice = draft_notice(committee=house.committee, text="1. Việc.", **who)
    whom = [To(Role.COORDINATING, house.lead, due_on=wrong.pop("due", None))]
    refused(lambda: add_directive(notice, quote="Việc", addressees=whom, **who, **wrong), field)


def test_a_label_that_is_too_long(house):
    who = {"by": house.secretary, "at": MORNING}
    notice = draft_notice(committee=house.committee, text="1. Việc.", **who)
    refused(lambda: set_paragraphs(notice, [Stretch("I." * 16, 0, 5)], **who), "label")


ASSIGNMENTS = {
    "a part that there is not": ({"role": "boss"}, "role"),
    "a period that is too long": ({"period": "X" * 21}, "period"),
    "a date at the end of all days": ({"due_on": TOO_LATE}, "due_on"),
}


@pytest.mark.parametrize(("wrong", "field"), ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_an_assignment(house, wrong, field):
    given = {"role": Role.SHARE, "by": house.secretary, "at": MORNING, **wrong}
    refused(lambda: assign(house.directive, house.third, **given), field)


TEXTS = {
    "progress with a NUL": (lambda h, who: report_progress(h.assignment, text=NUL, **who), "text"),
    "difficulties with a NUL": (
        lambda h, who: report_progress(h.assignment, text="x", difficulties=NUL, **who), "difficulties"
    ),
    "half a letter": (lambda h, who: hand_in(h.assignment, text=HALF_A_LETTER, **who), "text"),
    "a number that is too long": (
        lambda h, who: hand_in(h.assignment, text="x", product_ref="X" * 201, **who), "product_ref"
    ),
    "a reason with a NUL": (lambda h, who: decline(h.assignment, reason=NUL, **who), "reason"),
    "a reason of a book": (lambda h, who: decline(h.assignment, reason="x" * 20_001, **who), "reason"),
    "more time until the end of all days": (
        lambda h, who: request_extension(h.assignment, asked_due_on=TOO_LATE, **WHY, **who), "asked_due_on"
    ),
    "more time with a NUL": (
        lambda h, who: request_extension(h.assignment, asked_due_on=date(2025, 3, 31), reason=NUL, **who), "reason"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("act", "field"), TEXTS.values(), ids=TEXTS)
def test_what_an_agency_writes(house, act, field):
    refused(lambda: act(house, {"by": house.officer, "at": MORNING}), field)


DECISIONS = {
    "a remark with a NUL": (lambda h, who: verify(h.assignment, reason=NUL, **who), "reason"),
    "a return with a NUL": (lambda h, who: return_report(h.assignment, reason=NUL, **who), "reason"),
    "a wish for the end of all days": (
        lambda h, who: return_report(h.assignment, redo_by=TOO_LATE, **WHY, **who), "redo_by"
    ),
    "a grant until then": (lambda h, who: grant_extension(h.request, due_on=TOO_LATE, **who), "due_on"),
    "a grant with a NUL": (lambda h, who: grant_extension(h.request, reason=NUL, **who), "reason"),
    "a refusal with a NUL": (lambda h, who: refuse_extension(h.request, reason=NUL, **who), "reason"),
    "a withdrawal with a NUL": (lambda h, who: withdraw_notice(h.notice, reason=NUL, **who), "reason"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "field"), DECISIONS.values(), ids=DECISIONS)
def test_what_the_secretariat_decides(house, act, field):
    make_report(house.assignment, kind="hand_in", by=house.officer)
    type(house.assignment).objects.filter(pk=house.assignment.pk).update(state="handed_in", handed_in_on=SOON)
    vars(house)["request"] = make_extension(house.assignment, asked_by=house.officer)
    refused(lambda: act(house, {"by": house.secretary, "at": MORNING}), field)


def test_a_session(house):
    who = {"by": house.secretary, "at": MORNING}
    right = {"committee": house.committee, "kind": "session", "held_on": SOON, "title": "Phiên họp", **who}
    for wrong in ({"kind": "party"}, {"title": "X" * 401}, {"held_on": TOO_EARLY}, {"place": NUL}, {"number": -1}):
        refused(lambda wrong=wrong: enter_session(**{**right, **wrong}), *wrong)
    session = enter_session(**right)
    refused(lambda: amend_session(session, title="X" * 401, **who), "title")
    another = make_committee()
    with nothing_changes(), pytest.raises(TypeError, match="no field committee"):
        amend_session(session, committee=another, **who)
    assert Session.objects.get().committee == house.committee


@pytest.mark.parametrize("value", [Decimal("1e20"), Decimal("NaN"), Decimal("0.00001")], ids=str)
def test_a_figure(house, value):
    indicator = make_indicator(house.committee)
    given = {"by": house.secretary, "at": MORNING, "as_of": SOON, "source": "Báo cáo"}
    refused(lambda: add_reading(indicator, value=value, **given), "value")


def test_a_target(house):
    who = {"by": house.secretary, "at": MORNING}
    given = {"committee": house.committee, "code": "tai-khoan", "name_vi": "Tài khoản", "unit": "%", **who}
    for wrong in ({"code": "không phải mã"}, {"unit": "X" * 61}, {"target": Decimal("1e15")}, {"due_on": TOO_LATE}):
        refused(lambda wrong=wrong: add_indicator(**{**given, **wrong}), *wrong)


def test_letters_of_four_bytes_and_letters_in_two_parts_are_kept(house):
    apart = "Đã nô\u0323p 𠀋 😀".replace("ô", "o\u0302")
    hand_in(house.assignment, by=house.officer, at=MORNING, text=apart)
    assert Report.objects.get().text == "Đã nộp 𠀋 😀"


def test_the_last_day_that_can_be_meant_is_kept(house):
    row = assign(house.directive, house.third, Role.SHARE, by=house.secretary, at=MORNING, due_on=date(2199, 12, 31))
    assert row.look_on is not None
    assert row.due_on > DUE
