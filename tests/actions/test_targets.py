"""Where targets stand: from rows to what is said of them, in a fixed number of queries."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from directives.models import Reading
from directives.rules.attainment import Verdict
from directives.rules.trend import Way
from directives.targets import targets
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_indicator,
    make_reading,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 1)


def stand(indicator, today=TODAY):
    return targets([indicator], today=today)[indicator.pk]


@pytest.fixture
def indicator():
    """From 40 % on 1/1 to 100 % on 31/12."""
    return make_indicator(
        make_committee(),
        baseline=40,
        baseline_on=date(2025, 1, 1),
        target=100,
        due_on=date(2025, 12, 31),
        frequency="quarterly",
    )


def test_a_target_is_measured_from_its_baseline(indicator):
    make_reading(indicator, date(2025, 4, 1), value=50)
    make_reading(indicator, date(2025, 6, 30), value=55)
    found = stand(indicator)
    assert (found.worth, found.attained.share, found.verdict) == (55, Fraction(1, 4), Verdict.NOT_YET)
    assert (found.step.difference, found.step.way, found.awaited) == (5, Way.BETTER, None)
    assert found.expected.value == 40 + 60 * Fraction(181, 364)
    assert (found.starts_at_baseline, found.is_behind, found.forecast) == (True, True, None)


def test_three_readings_have_a_pace(indicator):
    for month, value in ((2, 44), (4, 50), (6, 56)):
        make_reading(indicator, date(2025, month, 1), value=value)
    found = stand(indicator).forecast
    assert (found.misses, found.readings) == (True, 3)
    assert stand(indicator, date(2026, 1, 1)).forecast is None


def test_a_day_that_is_over_is_told_as_it_was_known_then(indicator):
    """What was entered or verified afterwards changes nothing of December's page."""
    december, later = date(2025, 6, 30), at(date(2025, 7, 2))
    known = make_reading(indicator, date(2025, 6, 1), value=50)
    entered_late = make_reading(indicator, december, value=55)
    rows = Reading.objects.filter(indicator=indicator)
    rows.filter(pk=entered_late.pk).update(at=later)
    rows.filter(pk=known.pk).update(verified_value=48, verified_by=make_user(), verified_at=later, reason="Trùng.")
    before, after = stand(indicator, december), stand(indicator, later.date())
    assert (before.worth, before.latest.verified, before.latest.reason) == (50, None, "")
    assert [row.figure.value for row in after.readings] == [55, 48]


def test_what_was_verified_goes_before_what_was_reported(indicator):
    reading = make_reading(indicator, TODAY, value=100)
    assert stand(indicator).verdict is Verdict.MET
    other = make_reading().by
    type(reading).objects.filter(pk=reading.pk).update(
        verified_value=Decimal("99.5"), verified_by=other, reason="Trùng."
    )
    assert (stand(indicator).worth, stand(indicator).verdict) == (Fraction(199, 2), Verdict.NOT_YET)


def test_without_readings_nothing_is_said(indicator):
    found = stand(indicator)
    assert (found.latest, found.attained, found.step, found.forecast, found.is_behind) == (None,) * 5
    assert (found.verdict, found.awaited.label) == (Verdict.OPEN, "2025-Q2")
    assert found.expected.value > 40


def test_a_later_day_sees_more(indicator):
    make_reading(indicator, date(2025, 4, 1), value=50)
    make_reading(indicator, date(2025, 6, 30), value=55)
    assert stand(indicator, date(2025, 5, 1)).worth == 50


def test_of_several_agencies_only_the_lead_and_who_reports_speak_for_all(indicator):
    share, lead = (make_assignment(directive=None, role=role) for role in ("share", "lead"))
    make_reading(indicator, TODAY, value=1, agency=make_agency())
    make_reading(indicator, TODAY, value=2, agency=share.agency, report=make_report(share))
    assert stand(indicator).latest is None
    make_reading(indicator, TODAY, value=3, agency=lead.agency, report=make_report(lead))
    assert stand(indicator).worth == 3


@pytest.fixture
def villages():
    """2.416 of 3.924 villages, of which 2.418 of one time and 1.506 of another; as of 30/6."""
    committee = make_committee()
    whole = make_indicator(committee, code="vung-lom", unit="thôn")
    make_reading(whole, date(2025, 6, 30), numerator=2416, denominator=3924)
    parts = [make_indicator(committee, code=code, unit="thôn", part_of=whole, name_vi=code) for code in ("a", "b")]
    make_reading(parts[0], date(2025, 6, 30), value=2418)
    return whole, parts


def test_parts_are_compared_with_their_total_of_the_same_day(villages):
    whole, (_first, second) = villages
    make_reading(second, date(2025, 6, 29), value=1506)
    assert [(day, found.missing) for day, found in stand(whole).warnings] == [(date(2025, 6, 30), ("b",))]
    make_reading(second, date(2025, 6, 30), value=1505)
    ((_day, found),) = stand(whole).warnings
    assert [one.lacking for one in found.disagreements] == [1]
    make_reading(second, date(2025, 6, 30), value=1506, report=make_report(make_assignment()))
    assert stand(whole).warnings == []


def test_so_many_of_so_many_without_a_target_is_measured_by_its_whole(villages):
    found = stand(villages[0])
    assert (found.wanted, found.attained.share) == (3924, Fraction(2416, 3924))


@pytest.mark.parametrize("many", [1, 12])
def test_any_number_of_targets_takes_two_queries(many, django_assert_num_queries):
    committee = make_committee()
    rows = [make_indicator(committee, target=100, due_on=date(2025, 12, 31)) for _ in range(many)]
    for row in rows:
        make_reading(row, date(2025, 6, 30))
        make_reading(make_indicator(committee, part_of=row), date(2025, 6, 30))
    with django_assert_num_queries(2):
        for found in targets(rows, today=TODAY).values():
            assert (found.verdict, found.warnings, found.step) == (Verdict.NOT_YET, [], None)
