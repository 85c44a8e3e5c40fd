"""The seeds: facts as they were on a day, loaded once however often they are loaded."""

import json
import stat
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command

from accounts.agencies import current, members
from accounts.models import Agency, AgencyGroup, AgencyKind, ApiKey, Committee, Office, Role, User
from accounts.people import people_for
from directives.models import (
    Assignment,
    CalendarDay,
    Directive,
    Event,
    ExtensionRequest,
    HandledAs,
    Indicator,
    Ladder,
    Notice,
    Reading,
    load_calendar,
)
from directives.rules.working_days import HANOI
from tracker import clock
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


# --- the demo


@pytest.fixture
def demo(db, tmp_path):
    """A freshly loaded demo; answers with what was written down for its owner."""
    path = tmp_path / "demo.json"
    call_command("load_seeds", demo_json=path, stdout=StringIO())
    return path


def counts():
    return {model: model.objects.count() for model in apps.get_models() if model._meta.managed}


def standings():
    """Where the assignments of the recent notice stand today, coordinating ones apart."""
    today = clock.today()
    rows = Assignment.objects.counted().filter(directive__notice__external_ref="demo-recent")
    return Counter(rows.with_standing(today, load_calendar().shift(today, 7)).values_list("standing", flat=True))


def test_loading_again_adds_nothing_on_a_later_day_either(demo):
    before, note = counts(), demo.read_text()
    call_command("load_seeds", demo_json=demo, stdout=StringIO())
    assert counts() == before
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        call_command("load_seeds", demo_json=demo, stdout=StringIO())
    assert counts() == before
    assert demo.read_text() == note


def test_notice_369_holds_its_facts(demo):
    [notice] = Notice.objects.by_reference("369/TB-VPCP")
    assert (notice.met_on, notice.issued_on, notice.issuer.code) == (date(2024, 7, 19), date(2024, 8, 9), "vpcp")
    assert (notice.signer, notice.signer_title) == ("", "")
    assert notice.session.held_on == date(2024, 7, 19)
    assert not notice.paragraphs.filter(handled_as=HandledAs.UNHANDLED).exists()
    [target] = notice.paragraphs.filter(handled_as=HandledAs.TARGET)
    assert "100%" in target.text
    connect, adapt, vneid = notice.directives.all()
    assert [connect.deadline_kind, adapt.deadline_kind, vneid.deadline_kind] == ["none", "urgent_undated", "date"]
    assert vneid.due_on == date(2024, 12, 31)
    for directive in (connect, adapt, vneid):
        assert notice.text[directive.quote_start : directive.quote_end] == directive.quote
    assert "lựa chọn" in vneid.note
    assert connect.assignments.filter(role="share").count() == 30
    assert adapt.assignments.filter(role="share").count() == 63
    parts = set(vneid.assignments.values_list("agency__code", "role", "state"))
    assert parts == {
        ("bca", "lead", "in_progress"),
        ("btp", "coordinating", "assigned"),
        ("byt", "coordinating", "assigned"),
    }


def test_somebody_is_in_office_to_be_reminded_of_notice_369(demo):
    bca = Agency.objects.get(code="bca")
    [officer] = people_for("officer", agency=bca, committee=None, on=date(2024, 12, 26))
    assert officer.email == "chuyenvien.bca@dondoc.example"


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(datetime(2026, 11, 21, 20, tzinfo=HANOI), id="a Saturday"),
        pytest.param(datetime(2026, 11, 24, 0, 5, tzinfo=HANOI), id="a holiday, just after midnight"),
        pytest.param(datetime(2027, 2, 8, 12, tzinfo=HANOI), id="within Tết"),
        pytest.param(datetime(2026, 12, 31, 23, 59, tzinfo=HANOI), id="the last minute of a year"),
    ],
)
def test_the_recent_notice_shows_every_standing_whenever_it_is_loaded(db, tmp_path, day):
    with time_machine.travel(day, tick=False):
        call_command("load_seeds", stdout=StringIO())
        assert standings() == {
            "on_track": 5,
            "due_soon": 33,
            "overdue": 2,
            "waiting": 2,
            "done_on_time": 2,
            "done_late": 1,
            "undated": 1,
            "suspended": 1,
        }
        assert not Event.objects.filter(at__gt=clock.now()).exists()
    recent = Assignment.objects.filter(directive__notice__external_ref="demo-recent")
    assert recent.filter(returned_on__isnull=False, state="in_progress").count() == 1
    assert recent.filter(state="declined").count() == 1
    assert ExtensionRequest.objects.filter(assignment__in=recent).values_list("state", flat=True).count() == 2
    assert ExtensionRequest.objects.get(state="open").assignment.agency.code == "btc"


def test_work_is_handed_down_from_a_province_to_its_own(demo):
    down = Directive.objects.filter(handed_down_from__isnull=False)
    assert {row.handed_down_from.agency.code for row in down} == {"ha-tinh"}
    codes = set(Assignment.objects.filter(directive__in=down).values_list("agency__parent__code", flat=True))
    assert codes == {"ha-tinh"}
    assert all(row.due_on <= row.handed_down_from.due_on for row in down)


@pytest.mark.parametrize(
    ("code", "as_of", "figure"),
    [
        ("chi-so-cap-huyen", date(2023, 6, 30), (None, 41, 72, "exact")),
        ("vung-lom", date(2023, 6, 30), (None, 2416, 3924, "exact")),
        ("cap-do-an-toan", date(2022, 8, 8), (None, 900, 3000, "at_least")),
        ("thuong-mai-dien-tu", date(2022, 8, 8), (Decimal("11.27"), None, None, "exact")),
        ("mang-xa", date(2022, 8, 8), (97, None, None, "at_least")),
        ("tai-khoan-dvcqg", date(2023, 7, 12), (Decimal("7.77"), None, None, "at_least")),
        ("tai-khoan-dvcqg", date(2024, 8, 9), (Decimal("16.4"), None, None, "exact")),
    ],
)
def test_figures_keep_their_day_and_bound(demo, code, as_of, figure):
    reading = Reading.objects.get(indicator__code=code, as_of=as_of)
    assert (reading.value, reading.numerator, reading.denominator, reading.bound) == figure
    assert reading.source


def test_parts_of_a_figure_add_up(demo):
    whole = Indicator.objects.get(code="vung-lom").readings.get()
    parts = Reading.objects.filter(indicator__part_of__code="vung-lom").values_list("value", flat=True)
    assert sum(parts) == whole.denominator


def test_accounts_are_offices_with_passwords_of_their_own(demo):
    note = json.loads(demo.read_text())
    assert stat.S_IMODE(demo.stat().st_mode) == 0o600
    assert {account["role"] for account in note["accounts"]} == set(Role.values)
    assert len({account["password"] for account in note["accounts"]}) == len(note["accounts"]) == User.objects.count()
    for account in note["accounts"]:
        assert account["email"].endswith(".example")
        validate_password(account["password"])
    first = note["accounts"][0]
    assert User.objects.get(email=first["email"]).check_password(first["password"])
    assert ApiKey.objects.authenticate(note["api_key"], clock.now()).committee.code == "ubqg-cds"


def test_a_lost_note_gives_new_passwords_and_a_new_key(demo):
    lost = json.loads(demo.read_text())
    demo.unlink()
    call_command("load_seeds", demo_json=demo, stdout=StringIO())
    found = json.loads(demo.read_text())
    assert not {account["password"] for account in lost["accounts"]} & {row["password"] for row in found["accounts"]}
    assert User.objects.get(email=found["accounts"][0]["email"]).check_password(found["accounts"][0]["password"])
    assert ApiKey.objects.authenticate(lost["api_key"], clock.now()) is None
    assert ApiKey.objects.authenticate(found["api_key"], clock.now()) is not None


def test_what_people_changed_in_the_demo_stays(demo):
    officer = User.objects.get(email="chuyenvien.bca@dondoc.example")
    officer.set_password("Mat-khau-rieng-2026!")
    officer.is_active = False
    officer.save()
    Office.objects.filter(user=officer).update(ends_on=clock.today())
    Indicator.objects.filter(code="vung-lom").update(target=3924)
    call_command("load_seeds", demo_json=demo, stdout=StringIO())
    officer.refresh_from_db()
    assert officer.check_password("Mat-khau-rieng-2026!")
    assert not officer.is_active
    assert officer.offices.get().ends_on == clock.today()
    assert Indicator.objects.get(code="vung-lom").target == 3924


def test_without_a_place_to_write_passwords_nobody_can_log_in(db):
    call_command("load_seeds", stdout=StringIO())
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not ApiKey.objects.exists()


def test_reference_only_brings_no_demo(db):
    call_command("load_seeds", reference_only=True, stdout=StringIO())
    assert Agency.objects.count() == 134
    assert not User.objects.exists()
    assert not Committee.objects.exists()
    assert not Notice.objects.exists()
