"""The reference data of the seeds: agencies, groups, calendar and ladder as they were on a day."""

from datetime import date

import pytest

from accounts.agencies import current, members
from accounts.models import Agency, AgencyGroup, AgencyKind
from directives.models import CalendarDay, Ladder, load_calendar
from tracker.seeding.reference import load_reference

BEFORE_THE_MERGERS = date(2024, 8, 9)
AFTER_THE_MINISTRIES_MERGED = date(2025, 3, 1)
TODAY = date(2026, 11, 21)


@pytest.fixture
def reference(db):
    load_reference()


@pytest.mark.parametrize(
    ("on", "ministries", "ministerial", "government", "provinces"),
    [
        pytest.param(BEFORE_THE_MERGERS, 18, 4, 8, 63, id="before the mergers"),
        pytest.param(date(2025, 2, 28), 18, 4, 8, 63, id="the day before the ministries merge"),
        pytest.param(AFTER_THE_MINISTRIES_MERGED, 14, 3, 5, 63, id="the day the ministries merge"),
        pytest.param(date(2025, 6, 30), 14, 3, 5, 63, id="the day before the provinces merge"),
        pytest.param(date(2025, 7, 1), 14, 3, 5, 34, id="the day the provinces merge"),
        pytest.param(TODAY, 14, 3, 5, 34, id="today"),
    ],
)
def test_agencies_are_as_many_as_they_were_on_the_day(reference, on, ministries, ministerial, government, provinces):
    there = Agency.objects.on(on)
    counts = [there.filter(kind=kind).count() for kind in ("ministry", "ministerial_agency", "government_agency")]
    assert counts == [ministries, ministerial, government]
    assert there.filter(kind=AgencyKind.PROVINCE).count() == provinces


@pytest.mark.parametrize(
    ("group", "before", "now"),
    [
        ("bo-co-quan-ngang-bo", 22, 17),
        ("bo-nganh", 30, 22),
        ("dia-phuong", 63, 34),
        ("bo-nganh-dia-phuong", 93, 56),
    ],
)
def test_groups_have_the_members_of_the_day(reference, group, before, now):
    group = AgencyGroup.objects.get(code=group)
    assert members(group, BEFORE_THE_MERGERS).count() == before
    assert members(group, TODAY).count() == now


@pytest.mark.parametrize(
    ("predecessor", "on", "heir"),
    [
        ("btttt", date(2025, 2, 28), "btttt"),
        ("btttt", AFTER_THE_MINISTRIES_MERGED, "bkhcn"),
        ("bhxhvn", AFTER_THE_MINISTRIES_MERGED, "bhxhvn-btc"),
        ("binh-phuoc", date(2025, 7, 1), "dong-nai"),
        ("binh-phuoc", TODAY, "dong-nai-tp"),
        ("thua-thien-hue", TODAY, "hue"),
    ],
)
def test_work_passes_to_the_successor(reference, predecessor, on, heir):
    assert current(Agency.objects.get(code=predecessor), on).code == heir


def test_every_agency_that_ended_has_a_successor_who_is_there_next_day(reference):
    ended = Agency.objects.filter(valid_to__isnull=False).prefetch_related("successions_out__successor")
    assert len(ended) == 47
    for agency in ended:
        [succession] = agency.successions_out.all()
        assert (succession.on - agency.valid_to).days == 1
        assert succession.successor.exists_on(succession.on)
        assert succession.basis


def test_units_belong_to_their_ministry(reference):
    parents = dict(Agency.objects.filter(parent__isnull=False).values_list("code", "parent__code"))
    assert parents["c06"] == parents["a05"] == "bca"
    assert parents["tctk"] == "bkhdt"
    assert parents["cds-qg"] == "bkhcn"
    assert len(parents) == 14


def test_the_calendar_knows_swapped_days_and_what_is_provisional(reference):
    calendar = load_calendar()
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))
    assert not calendar.is_working(date(2026, 11, 24))
    assert set(CalendarDay.objects.filter(confirmed=False).values_list("day__year", flat=True)) == {2027}
    assert not CalendarDay.objects.filter(decision="").exists()


def test_the_default_ladder_speaks_to_higher_levels_step_by_step(reference):
    rungs = Ladder.objects.get(committee=None).rungs.values_list("offset", "audience", "kind")
    assert list(rungs) == [
        (-15, "officer", "courtesy"),
        (-7, "officer", "courtesy"),
        (-3, "officer", "courtesy"),
        (-1, "officer", "courtesy"),
        (0, "head", "courtesy"),
        (1, "head", "escalation"),
        (3, "secretariat", "escalation"),
        (7, "deputy", "escalation"),
        (15, "chair", "escalation"),
    ]


def test_what_people_changed_in_the_reference_data_stays(reference):
    Agency.objects.filter(code="bca").update(name_en="Public Security", valid_to=date(2030, 1, 1))
    CalendarDay.objects.filter(day=date(2026, 11, 24)).delete()
    Ladder.objects.get(committee=None).rungs.filter(offset=-15).delete()
    load_reference()
    agency = Agency.objects.get(code="bca")
    assert (agency.name_en, agency.valid_to) == ("Public Security", date(2030, 1, 1))
    assert load_calendar().is_working(date(2026, 11, 24))
    assert Ladder.objects.get(committee=None).rungs.count() == 8
