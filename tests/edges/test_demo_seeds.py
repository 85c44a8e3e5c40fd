"""The demo of the seeds: facts of the articles and real work, loaded once however often it is loaded."""

import json
import stat
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.db.models import F

from accounts.models import Agency, ApiKey, Office, Role, User
from accounts.people import people_for
from directives.actions.reminding import remind_all
from directives.models import (
    Assessment,
    Assignment,
    Delivery,
    Directive,
    HandledAs,
    Indicator,
    Notice,
    Reading,
    Reminder,
    load_calendar,
)
from directives.rules.notice_text import read_header
from tracker import clock

# One process loads the demo once for all of them.
pytestmark = pytest.mark.xdist_group("demo")

THIRD_SESSION = date(2022, 8, 8)
MIDDLE_OF_2023 = date(2023, 6, 30)
# Value, numerator, denominator and bound, as the articles have them.
FIGURES = {
    ("chi-so-cap-huyen", MIDDLE_OF_2023): (None, 41, 72, "exact"),
    ("chi-so-cap-xa", MIDDLE_OF_2023): (None, 25, 50, "exact"),
    ("vung-lom", MIDDLE_OF_2023): (None, 2416, 3924, "exact"),
    ("csdl-can-bo", MIDDLE_OF_2023): (96, None, None, "exact"),
    ("cap-do-an-toan", THIRD_SESSION): (None, 900, 3000, "at_least"),
    ("nen-tang-so", THIRD_SESSION): (None, 35, 35, "exact"),
    ("thuong-mai-dien-tu", THIRD_SESSION): (Decimal("11.27"), None, None, "exact"),
    ("mang-xa", THIRD_SESSION): (97, None, None, "at_least"),
    ("tai-khoan-dvcqg", date(2023, 7, 12)): (Decimal("7.77"), None, None, "at_least"),
    ("tai-khoan-dvcqg", date(2024, 8, 9)): (Decimal("16.4"), None, None, "exact"),
}


def counts():
    return {model: model.objects.count() for model in apps.get_models() if model._meta.managed}


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


def test_what_the_ladder_said_of_notice_369_stands_on_its_days_and_is_no_news_today(demo):
    [notice] = Notice.objects.by_reference("369/TB-VPCP")
    ledger = Reminder.objects.filter(assignment__directive__notice=notice)
    told = ledger.filter(assignment__agency__code="bca", audience="officer", channel="in_app").exclude(kind="review")
    assert list(told.order_by("rung").values_list("rung", "planned_on", "state")) == [
        (-15, date(2024, 12, 10), "sent"),
        (-7, date(2024, 12, 20), "sent"),
        (-3, date(2024, 12, 26), "sent"),
        (-1, date(2024, 12, 30), "sent"),
        (0, date(2024, 12, 31), "sent"),
        (1, date(2025, 1, 2), "sent"),
        (3, date(2025, 1, 6), "sent"),
        (7, date(2025, 1, 10), "sent"),
        (15, date(2025, 1, 22), "sent"),
    ]
    assert not ledger.exclude(planned_on=F("rung_on")).exists()
    assert set(ledger.values_list("channel", "state", "why_not")) == {
        ("in_app", "sent", ""),
        ("email", "cancelled", "its day was over when the notice was entered"),
    }
    past = Delivery.objects.filter(due_at__year__lt=2026)
    assert set(past.values_list("channel", "state")) == {("in_app", "sent"), ("email", "superseded")}
    assert not past.filter(channel="in_app").exclude(sent_at__date=F("due_at__date"), seen_at=F("sent_at")).exists()
    assert Delivery.objects.filter(state="waiting", kind="assigned", channel="email").exists()
    remind_all(now=clock.now(), today=clock.today(), notice=notice)
    news = ledger.filter(planned_on=clock.today())
    assert set(news.values_list("kind", "state")) <= {("review", "planned")}


def test_the_texts_read_as_the_notices_they_are(demo):
    for notice in Notice.objects.all():
        header = read_header(notice.text)
        assert (header.number, header.symbol, header.issued_on) == (notice.number, notice.symbol, notice.issued_on)
        assert header.met_on == notice.met_on
        assert header.signer == ""


def test_somebody_is_in_office_to_be_reminded_of_notice_369(demo):
    bca = Agency.objects.get(code="bca")
    [officer] = people_for("officer", agency=bca, committee=None, on=date(2024, 12, 26))
    assert officer.email == "chuyenvien.bca@dondoc.example"


def test_work_is_handed_down_from_a_province_to_its_own(demo):
    down = Directive.objects.filter(handed_down_from__isnull=False)
    assert {row.handed_down_from.agency.code for row in down} == {"ha-tinh"}
    codes = set(Assignment.objects.filter(directive__in=down).values_list("agency__parent__code", flat=True))
    assert codes == {"ha-tinh"}
    assert all(row.due_on <= row.handed_down_from.due_on for row in down)


def test_figures_keep_their_day_and_bound(demo):
    readings = Reading.objects.filter(agency=None).select_related("indicator")
    kept = {(row.indicator.code, row.as_of): (row.value, row.numerator, row.denominator, row.bound) for row in readings}
    assert len(kept) == 23
    assert kept.items() >= FIGURES.items()
    assert not Reading.objects.filter(source="").exists()


def test_parts_of_a_figure_add_up(demo):
    whole = Indicator.objects.get(code="vung-lom").readings.get()
    parts = Reading.objects.filter(indicator__part_of__code="vung-lom").values_list("value", flat=True)
    assert sum(parts) == whole.denominator


def test_a_set_of_criteria_is_asked_sent_and_verified(demo):
    rows = Assessment.objects.in_full().order_by("state")
    shown = {row.state: (row.reported.reached, row.found and row.found.reached) for row in rows}
    assert shown == {"asked": (0, None), "submitted": (9, None), "verified": (10, 8)}


def test_accounts_are_offices_with_passwords_of_their_own(demo):
    note = json.loads(demo.read_text())
    assert stat.S_IMODE(demo.stat().st_mode) == 0o600
    assert {account["role"] for account in note["accounts"]} == set(Role.values)
    assert len({account["password"] for account in note["accounts"]}) == len(note["accounts"]) == 30
    assert sum(user.has_usable_password() for user in User.objects.all()) == 30
    for account in note["accounts"]:
        assert account["email"].endswith(".example")
        validate_password(account["password"])
    first = note["accounts"][0]
    assert User.objects.get(email=first["email"]).check_password(first["password"])
    assert ApiKey.objects.authenticate(note["api_key"], clock.now()).committee.code == "ubqg-cds"
    assert ApiKey.objects.authenticate(note["agency_api_key"], clock.now()).agency.code == "bca"


def test_a_lost_note_gives_new_passwords_and_new_keys(demo):
    lost = json.loads(demo.read_text())
    demo.unlink()
    call_command("load_seeds", demo_json=demo, stdout=StringIO())
    found = json.loads(demo.read_text())
    assert not {account["password"] for account in lost["accounts"]} & {row["password"] for row in found["accounts"]}
    assert User.objects.get(email=found["accounts"][0]["email"]).check_password(found["accounts"][0]["password"])
    for name in ("api_key", "agency_api_key"):
        assert ApiKey.objects.authenticate(lost[name], clock.now()) is None
        assert ApiKey.objects.authenticate(found[name], clock.now()) is not None


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


def test_every_agency_with_work_today_has_somebody_who_reads_its_messages(demo):
    busy = Assignment.objects.open().filter(due_on__gte=clock.today()).values_list("agency_id", flat=True)
    served = Office.objects.on(clock.today()).filter(role=Role.OFFICER).values_list("agency_id", flat=True)
    assert set(busy) <= set(served)


def test_the_demo_has_a_digest_to_show_on_any_day(demo):
    last = load_calendar().shift(clock.today(), 0)
    digests = Delivery.objects.filter(kind="digest", channel="email", due_at__date=last)
    assert digests.filter(recipient__email="chuyenvien.byt@dondoc.example").count() == 1
