"""The secretariat enters work that recurs, sees what issuing gives out, and ends it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Agency
from directives.actions.addressing import Part
from directives.models import Assignment, Directive, Notice
from directives.models.periods import period_name, rhythm_name
from directives.rules.deadlines import Every
from directives.rules.recurrence import Rhythm
from tests.edges.desk_of import ENTERED_ON, Desk, directive_form, drafted, make_desk
from tests.make import at, make_user
from tracker.admin.issuing import Line
from tracker.duties import look_at

MONTHLY = {
    "deadline_text": "hằng tháng, trước ngày 25",
    "deadline_kind": "recurring",
    "due_on": "",
    "recurrence": "monthly",
    "recurrence_day": "25",
}


@pytest.fixture
def desk(client, db, time_machine) -> Desk:
    time_machine.move_to(at(ENTERED_ON), tick=False)
    return make_desk(client)


def entered(desk: Desk, **changed) -> tuple[Notice, object]:
    """A draft to which the form of a recurring directive was sent, and the answer."""
    notice = drafted(desk)
    page = reverse("admin:directive_add", args=[notice.pk])
    return notice, desk.client.post(page, directive_form(desk, notice, **MONTHLY, **changed))


def test_recurring_work_is_entered_previewed_issued_and_ended(desk):
    notice, _answer = entered(desk, recurs_until="2025-12-31")
    directive = Directive.objects.get()
    assert directive.rhythm == Rhythm(Every.MONTH, 25)
    assert directive.recurs_until == date(2025, 12, 31)
    preview = desk.client.get(reverse("admin:notice_issue", args=[notice.pk])).content.decode()
    assert "Hằng tháng, ngày 25" in preview
    assert "Tháng 8/2024 (23/08/2024), Tháng 9/2024 (25/09/2024)" in preview
    notice.refresh_from_db()
    given = {"version": notice.version, "unhandled_ok": "on"}
    desk.client.post(reverse("admin:notice_issue", args=[notice.pk]), given)
    assert sorted(Assignment.objects.values_list("period", flat=True)) == ["2024-08", "2024-08", "2024-09", "2024-09"]
    page = desk.client.get(reverse("admin:directives_notice_change", args=[notice.pk])).content.decode()
    assert "Hằng tháng, ngày 25, đến ngày 31/12/2025" in page
    assert "Tháng 9/2024: 25/09/2024" in page
    end = reverse("admin:directive_end", args=[notice.pk, directive.pk])
    assert end in page
    assert desk.client.get(end).status_code == 200
    desk.client.post(end, {"until": "2024-08-31", "reason": "Đã có hệ thống báo cáo."})
    assert set(Assignment.objects.live().values_list("period", flat=True)) == {"2024-08"}


def test_as_many_periods_are_previewed_and_issued_as_the_installation_gives_ahead(desk, settings):
    settings.PERIODS_AHEAD = 2
    notice, _answer = entered(desk)
    page = reverse("admin:notice_issue", args=[notice.pk])
    preview = desk.client.get(page).content.decode()
    assert "Tháng 8/2024 (23/08/2024), Tháng 9/2024 (25/09/2024), Tháng 10/2024 (25/10/2024)" in preview
    notice.refresh_from_db()
    desk.client.post(page, {"version": notice.version, "unhandled_ok": "on"})
    assert set(Assignment.objects.values_list("period", flat=True)) == {"2024-08", "2024-09", "2024-10"}
    assert look_at("recur") == 0


WRONG = {
    "a day that no month has": ({"recurrence_day": "32"}, "Nhập ngày trong tháng, từ 1 đến 31."),
    "a day below none": ({"recurrence_day": "-1"}, "recurrence_day"),
    "a date besides": ({"due_on": "2024-12-31"}, "Nhiệm vụ định kỳ có thời hạn riêng cho từng kỳ."),
    "another kind": ({"deadline_kind": "ongoing"}, "Nhiệm vụ định kỳ phải có loại thời hạn “Định kỳ”."),
    "an own date for the others": ({"coordinating_due_on": "2024-12-01"}, "Nhiệm vụ định kỳ đến hạn cùng một ngày"),
}


@pytest.mark.parametrize(("changed", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_rhythm_is_told_where_it_stands(desk, changed, sentence):
    notice = drafted(desk)
    page = reverse("admin:directive_add", args=[notice.pk])
    answer = desk.client.post(page, directive_form(desk, notice, **MONTHLY | changed))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Directive.objects.exists()


def test_the_written_deadline_proposes_the_rhythm(desk):
    notice = drafted(desk)
    page = reverse("admin:directive_add", args=[notice.pk])
    typed = directive_form(desk, notice, deadline_text="trước ngày 15/12 hằng năm", _understand="1")
    form = desk.client.post(page, typed).context["form"]
    proposed = {name: form[name].value() for name in ("recurrence", "recurrence_day", "recurrence_month")}
    assert proposed == {"recurrence": "yearly", "recurrence_day": 15, "recurrence_month": 12}


def test_an_officer_sees_the_period_in_words(desk):
    notice, _answer = entered(desk)
    notice.refresh_from_db()
    desk.client.post(reverse("admin:notice_issue", args=[notice.pk]), {"version": notice.version, "unhandled_ok": "on"})
    desk.client.force_login(make_user("officer", desk.lead))
    assert "Tháng 8/2024" in desk.client.get(reverse("assignments")).content.decode()
    row = Assignment.objects.filter(agency=desk.lead).order_by("period").first()
    page = desk.client.get(reverse("assignment", args=[row.uuid])).content.decode()
    assert "Tháng 8/2024" in page
    assert "Hằng tháng, ngày 25" in page


NAMES = {
    "2026-W48": ("Tuần 48/2026", "Week 48/2026"),
    "2026-11": ("Tháng 11/2026", "Month 11/2026"),
    "2026-Q4": ("Quý IV/2026", "Quarter IV/2026"),
    "2026-H1": ("6 tháng đầu năm 2026", "First half of 2026"),
    "2026-H2": ("6 tháng cuối năm 2026", "Second half of 2026"),
    "2026": ("Năm 2026", "Year 2026"),
    "": ("", ""),
    "đợt 1": ("đợt 1", "đợt 1"),
}


@pytest.mark.parametrize(("label", "names"), NAMES.items(), ids=NAMES)
def test_a_period_in_words(label, names):
    with override("vi"):
        assert period_name(label) == names[0]
    with override("en"):
        assert period_name(label) == names[1]


RHYTHMS = {
    "week": (Rhythm(Every.WEEK, 1), "Hằng tuần, thứ Hai"),
    "week, unsaid": (Rhythm(Every.WEEK), "Hằng tuần, thứ Sáu"),
    "month": (Rhythm(Every.MONTH, 25), "Hằng tháng, ngày 25"),
    "month, unsaid": (Rhythm(Every.MONTH), "Hằng tháng, ngày cuối tháng"),
    "quarter": (Rhythm(Every.QUARTER, 15), "Hằng quý, ngày 15 của tháng cuối quý"),
    "half a year": (Rhythm(Every.HALF), "Định kỳ 6 tháng, ngày cuối kỳ"),
    "year": (Rhythm(Every.YEAR, 15, 12), "Hằng năm, ngày 15 tháng 12"),
    "year, unsaid": (Rhythm(Every.YEAR), "Hằng năm, ngày cuối tháng 12"),
}


@pytest.mark.parametrize(("rhythm", "name"), RHYTHMS.values(), ids=RHYTHMS)
def test_a_rhythm_in_words(rhythm, name):
    with override("vi"):
        assert rhythm_name(rhythm) == name


@pytest.mark.parametrize(
    ("day", "due_on", "period", "asked"),
    [
        (20, date(2026, 12, 18), "2026-12", date(2026, 12, 20)),
        (18, date(2026, 12, 18), "2026-12", None),
        (1, date(2026, 10, 30), "2026-11", date(2026, 11, 1)),
    ],
)
def test_the_first_period_says_from_which_day_off_it_was_moved(day, due_on, period, asked):
    directive = Directive(recurrence="monthly", recurrence_day=day, recurrence_shift="before")
    given = Part(directive, Agency(), "lead", None, due_on, period=period)
    assert Line(directive, [], [given]).first_turn().moved_from == asked
