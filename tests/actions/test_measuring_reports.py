"""Figures that an agency gives with a report: of its directive's indicators alone, kept with that report."""

from datetime import date
from decimal import Decimal

import pytest

from directives.actions.handing_down import Units, hand_down
from directives.actions.reporting import hand_in, report_progress, verify
from directives.models import Event, Reading
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_directive, make_indicator

MONDAY = date(2024, 9, 9)
FIGURE = Decimal("71.75")


@pytest.fixture
def indicator(house):
    return make_indicator(house.committee, directive=house.directive, code="ho-so")


def report(house, figures, **said):
    said = {"by": house.officer, "at": at(MONDAY), "text": "Đang làm.", **said}
    return report_progress(house.assignment, figures={one.uuid: figure for one, figure in figures.items()}, **said)


def test_a_figure_becomes_a_reading_of_the_agency_and_the_day(house, indicator):
    said = report(house, {indicator: FIGURE})
    reading = Reading.objects.get()
    assert (reading.indicator, reading.agency, reading.as_of, reading.value) == (indicator, house.lead, MONDAY, FIGURE)
    assert (reading.report, reading.by, reading.verified_value) == (said, house.officer, None)
    event = Event.objects.get(verb="add_reading")
    assert (event.assignment, event.on_behalf_of) == (house.assignment, "Bộ Công an")
    assert event.after == {"indicator": "ho-so", "as_of": "2024-09-09", "value": "71.75"}


def test_two_reports_of_a_day_are_two_readings_and_what_is_left_empty_is_none(house, indicator):
    report(house, {indicator: FIGURE})
    report(house, {indicator: None}, text="Không có số mới.")
    hand_in(house.assignment, by=house.officer, at=at(MONDAY), text="Xong.", figures={indicator.uuid: Decimal(100)})
    assert [row.value for row in Reading.objects.order_by("pk")] == [FIGURE, 100]


def test_figures_are_verified_as_they_stand_with_the_report_that_gave_them(house, indicator):
    report(house, {indicator: Decimal(50)})
    hand_in(house.assignment, by=house.officer, at=at(MONDAY), text="Xong.", figures={indicator.uuid: FIGURE})
    verify(house.assignment, by=house.secretary, at=at(MONDAY))
    first, last = Reading.objects.order_by("pk")
    assert (first.verified_value, first.verified_by) == (None, None)
    assert (last.verified_value, last.verified_by) == (FIGURE, house.secretary)


ELSEWHERE = {
    "of another directive": lambda house: {"directive": make_directive(house.notice)},
    "of no directive": lambda house: {},
    "of another agency": lambda house: {"directive": house.directive, "reported_by": make_agency()},
}


@pytest.mark.parametrize("fields", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_figure_of_what_is_not_asked_is_refused_and_the_report_with_it(house, fields):
    indicator = make_indicator(house.committee, **fields(house))
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        report(house, {indicator: FIGURE})
    assert refusal.value.field == "figures"


def test_a_figure_that_cannot_be_kept_to_its_last_digit_is_refused(house, indicator):
    with nothing_changes(), pytest.raises(Invalid, match="at most 14 digits"):
        report(house, {indicator: Decimal("0.00001")})


def test_who_only_coordinates_is_asked_for_what_names_it_and_a_unit_below_for_nothing(house, indicator):
    lead, helper = house.assignment, house.coordinating
    named = make_indicator(house.committee, directive=house.directive, reported_by=house.other)
    asked = {work.role: [one for one in (indicator, named) if one.is_asked_of(work)] for work in (lead, helper)}
    assert asked == {"lead": [indicator], "coordinating": [named]}
    unit = make_agency(parent=house.lead)
    (part,) = hand_down(
        house.assignment, to=Units([unit]), by=house.officer, at=at(MONDAY), wording="Rà soát", due_on=date(2024, 12, 2)
    )
    assert not make_indicator(house.committee, directive=part.directive).is_asked_of(part)
