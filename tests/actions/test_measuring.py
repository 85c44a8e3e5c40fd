"""Targets and figures: whose they are, what may be set anew, and who verifies what was read."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.measuring import add_indicator, add_reading, change_indicator, verify_reading
from directives.models import Attachment, Event, Indicator, Reading
from directives.rules.attainment import Bound, Figure
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import ISSUED, nothing_changes
from tests.make import at, make_directive, make_indicator, make_notice, make_reading, make_user

MORNING = at(ISSUED)
TARGET = {"code": "so-hoa", "name_vi": "Hồ sơ số hóa", "unit": "%", "target": Decimal(100)}
OFFICER, SECRETARY = {"by": "officer"}, {"by": "secretary"}


@pytest.fixture
def reading(house):
    """41 of 72, as an officer reported it."""
    indicator = make_indicator(house.committee, unit="chỉ số")
    return make_reading(indicator, ISSUED, numerator=41, denominator=72, by=house.officer, agency=house.lead)


def test_a_target_of_a_directive_is_its_committees(house):
    row = add_indicator(directive=house.directive, by=house.secretary, at=MORNING, **TARGET)
    assert (row.committee, row.directive) == (house.committee, house.directive)


def foreign_directive(house):
    return {"committee": house.committee, "directive": make_directive(make_notice())}


@pytest.mark.parametrize(
    ("whose", "field"),
    [(lambda _house: {}, "committee"), (foreign_directive, "directive")],
    ids=["nobody's", "another's directive"],
)
def test_a_target_belongs_to_somebody(house, whose, field):
    owners = whose(house)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        add_indicator(by=house.secretary, at=MORNING, **owners, **TARGET)
    assert refusal.value.field == field


def test_a_target_is_tied_to_a_directive_afterwards_and_let_go_again(house):
    row = make_indicator(house.committee, target=Decimal(90))
    said = {"by": house.secretary, "at": MORNING}
    row = change_indicator(
        row, reason="Theo Thông báo 369.", directive=house.directive, due_on=date(2025, 12, 31), **said
    )
    event = Event.objects.get(verb="change_indicator")
    assert (row.directive, row.due_on, row.version) == (house.directive, date(2025, 12, 31), 2)
    assert event.before == {"directive": None, "due_on": None}
    assert event.after == {"directive": str(house.directive.uuid), "due_on": "2025-12-31"}
    assert event.reason == "Theo Thông báo 369."
    row = change_indicator(row, reason="Nhầm.", directive=None, version=2, **said)
    assert Indicator.objects.get(pk=row.pk).directive is None


def test_what_nobody_changed_needs_no_reason_and_is_no_event(house):
    row = make_indicator(house.committee, target=Decimal(90))
    with nothing_changes():
        change_indicator(row, by=house.secretary, at=MORNING, reason="", target=Decimal("90.0000"), directive=None)


def test_a_code_is_what_a_target_is_known_by(house):
    row = make_indicator(house.committee, code="so-hoa")
    with nothing_changes():
        change_indicator(row, by=house.secretary, at=MORNING, reason="Đổi mã.", code="khac", committee=None)


CHANGES_REFUSED = {
    "not the secretariat's": (NotAllowed, OFFICER),
    "no reason": (Invalid, {**SECRETARY, "reason": " "}),
    "somebody was faster": (Stale, {**SECRETARY, "version": 2}),
    "another's directive": (Invalid, {**SECRETARY, "directive": lambda: make_directive(make_notice())}),
    "another's total": (Invalid, {**SECRETARY, "part_of": make_indicator}),
    "too many digits": (Invalid, {**SECRETARY, "target": Decimal("1.00001")}),
    "a year that nobody means": (Invalid, {**SECRETARY, "due_on": date(202, 12, 31)}),
}


@pytest.mark.parametrize(("kind", "said"), CHANGES_REFUSED.values(), ids=CHANGES_REFUSED)
def test_a_refused_change_changes_nothing(house, kind, said):
    row = make_indicator(house.committee)
    given = {"reason": "Đúng hơn.", "target": Decimal(5)} | {
        name: value() if callable(value) else value for name, value in said.items()
    }
    given["by"] = getattr(house, given["by"])
    with nothing_changes(), pytest.raises(kind):
        change_indicator(row, at=MORNING, **given)


def test_a_total_is_no_part_of_its_own_part(house):
    whole = make_indicator(house.committee)
    part = make_indicator(house.committee, part_of=whole)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        change_indicator(whole, by=house.secretary, at=MORNING, reason="Nhầm.", part_of=part)
    assert refusal.value.field == "part_of"


def test_a_figure_keeps_the_file_that_it_comes_from(house):
    file = SimpleUploadedFile("so-lieu.csv", "thôn;3924".encode())
    indicator = make_indicator(house.committee)
    row = add_reading(
        indicator, as_of=ISSUED, source="Báo cáo", value=Decimal(3924), files=[file], by=house.secretary, at=MORNING
    )
    assert Attachment.objects.get(reading=row).name == "so-lieu.csv"


def test_a_denominator_below_nothing_is_refused_with_a_sentence(house):
    indicator = make_indicator(house.committee)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        add_reading(
            indicator,
            as_of=ISSUED,
            source="Báo cáo",
            numerator=Decimal(1),
            denominator=Decimal(-72),
            by=house.secretary,
            at=MORNING,
        )
    assert refusal.value.field == "denominator"


def test_a_figure_is_verified_as_it_was_reported(house, reading):
    row = verify_reading(reading, by=house.secretary, at=MORNING)
    assert (row.verified, row.verified_by, row.verified_at) == (row.reported, house.secretary, MORNING)
    event = Event.objects.get(verb="verify_reading")
    assert (event.before["numerator"], event.after) == ("41.0000", {"numerator": "41.0000", "denominator": "72.0000"})


def test_another_figure_is_verified_with_a_reason_and_both_stay(house, reading):
    verify_reading(
        reading,
        by=house.secretary,
        at=MORNING,
        numerator=Decimal(38),
        denominator=Decimal(72),
        reason="Ba chỉ số trùng.",
    )
    row = Reading.objects.get(pk=reading.pk)
    assert (row.reported.numerator, row.verified.numerator, row.figure.numerator) == (41, 38, 38)
    assert (row.reason, Event.objects.get(verb="verify_reading").reason) == ("Ba chỉ số trùng.", "Ba chỉ số trùng.")


def test_a_bound_is_verified_as_a_figure(house):
    row = make_reading(make_indicator(house.committee), ISSUED, value=97, bound="at_least", by=house.officer)
    row = verify_reading(
        row, by=house.secretary, at=MORNING, value=Decimal("97.3"), bound="exact", reason="Số liệu chốt."
    )
    assert row.figure == Figure(Decimal("97.3"), bound=Bound.EXACT)
    assert row.reported == Figure(97, bound=Bound.AT_LEAST)


VERIFYING_REFUSED = {
    "not the secretariat": (NotAllowed, OFFICER),
    "another without a reason": (Invalid, {**SECRETARY, "value": Decimal(40)}),
    "half a share": (Invalid, {**SECRETARY, "numerator": Decimal(40), "reason": "Trùng."}),
    "a share of nothing": (
        Invalid,
        {**SECRETARY, "numerator": Decimal(4), "denominator": Decimal(0), "reason": "Trùng."},
    ),
    "too many digits": (Invalid, {**SECRETARY, "value": Decimal("0.00001"), "reason": "Trùng."}),
}


@pytest.mark.parametrize(("kind", "said"), VERIFYING_REFUSED.values(), ids=VERIFYING_REFUSED)
def test_a_refused_verification_changes_nothing(house, reading, kind, said):
    given = {**said, "by": getattr(house, said["by"])}
    with nothing_changes(), pytest.raises(kind):
        verify_reading(reading, at=MORNING, **given)


def test_nobody_verifies_the_own_figure(house):
    row = make_reading(make_indicator(house.committee), ISSUED, by=house.secretary)
    with nothing_changes(), pytest.raises(NotAllowed):
        verify_reading(row, by=house.secretary, at=MORNING)


def test_a_figure_is_verified_once(house, reading):
    verify_reading(reading, by=house.secretary, at=MORNING)
    other = make_user(Office.SECRETARIAT, house.committee)
    with nothing_changes(), pytest.raises(WrongMoment):
        verify_reading(reading, by=other, at=MORNING)
