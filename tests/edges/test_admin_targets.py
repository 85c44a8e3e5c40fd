"""The page of a target: where it stands in words, its figures verified, itself set anew; in both languages."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from directives.models import Indicator, Reading
from tests.actions.conftest import nothing_changes
from tests.make import at, make_committee, make_directive, make_indicator, make_notice, make_reading, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def committee():
    return make_committee("Ban Chỉ đạo chuyển đổi số")


@pytest.fixture
def desk(client, committee):
    client.force_login(make_user(Role.SECRETARIAT, committee))
    return client


@pytest.fixture
def covered(committee):
    """Households with fibre: 40 % at the beginning of the year, 100 % wanted at its end."""
    made = {"baseline": 40, "baseline_on": date(2025, 1, 1), "target": 100, "due_on": date(2025, 12, 31)}
    row = make_indicator(committee, code="cap-quang", **made)
    for month, value in ((2, "50"), (4, "60.5"), (6, "71.75")):
        make_reading(row, date(2025, month, 1), value=Decimal(value))
    return row


def page(desk, row, language="vi"):
    desk.cookies["django_language"] = language
    return desk.get(reverse("admin:directives_indicator_change", args=[row.pk]))


def told(answer):
    return {str(fact.name): fact.words for fact in answer.context["facts"]}


def test_where_a_target_stands_is_said_with_all_that_it_assumes(desk, covered):
    assert told(page(desk, covered, "en")) == {
        "Latest figure": "71.75 % · 01/06/2025 · reported figure, not verified yet",
        "Attainment": "52.92 % (31.75 of 60), from the baseline 40",
        "Trend": "+11.25 since 01/04/2025: closer to the target",
        "Expected today": "69.84 %, if the way from 40 % on 01/01/2025 to 100 % on 31/12/2025 is walked evenly. "
        "The latest figure keeps up with it.",
        "Forecast": "At the pace of 3 figures it is 100 % on 31/12/2025: the target is reached.",
    }


def test_the_same_stands_there_in_vietnamese_numbers(desk, covered):
    answer = page(desk, covered)
    assert told(answer)["Tỷ lệ đạt"] == "52,92 % (31,75 trên 60), tính từ mức gốc 40"
    assert "Chưa đạt" in answer.content.decode()


def test_parts_that_do_not_add_up_are_warned_of_with_what_is_missing(desk, committee):
    whole = make_indicator(committee, unit="thôn")
    make_reading(whole, date(2023, 6, 30), numerator=2416, denominator=3924)
    for value in (2418, 1056):
        make_reading(make_indicator(committee, part_of=whole), date(2023, 6, 30), value=value)
    shown = told(page(desk, whole))
    assert shown["Tỷ lệ đạt"] == "61,57 % (2.416 trên 3.924)"
    expected = "Các thành phần không khớp: cộng lại là 3.474, tổng ghi 3.924, thiếu 450."
    assert shown["Thành phần tại ngày 30/06/2023"] == expected
    Reading.objects.filter(value=1056).update(value=1506)
    assert told(page(desk, whole))["Thành phần tại ngày 30/06/2023"] == "Các thành phần khớp với tổng."


def test_a_figure_is_verified_as_it_stands_by_one_button(desk, covered):
    reading = covered.readings.first()
    address = reverse("admin:reading_verify", args=[reading.pk])
    form = desk.get(address).context["form"]
    assert form["value"].value() == "71,75"
    assert desk.post(address, {"value": form["value"].value(), "bound": "exact"}).status_code == 302
    reading.refresh_from_db()
    assert (reading.verified_value, reading.reason) == (Decimal("71.75"), "")


def test_another_figure_without_a_reason_is_refused_at_its_field(desk, covered):
    address = reverse("admin:reading_verify", args=[covered.readings.first().pk])
    with nothing_changes():
        answer = desk.post(address, {"value": "3.924,5", "bound": "exact"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["reason"])
    assert 'value="3.924,5"' in answer.content.decode()


def test_the_own_figure_has_no_form(desk, committee, covered):
    own = make_reading(covered, date(2025, 6, 30), by=make_user(Role.SECRETARIAT, committee))
    desk.force_login(own.by)
    answer = desk.get(reverse("admin:reading_verify", args=[own.pk]))
    assert "không tự xác nhận" in answer.content.decode()
    with nothing_changes():
        assert desk.post(reverse("admin:reading_verify", args=[own.pk])).status_code == 403


def test_a_target_is_tied_to_a_directive_afterwards(desk, committee, covered):
    directive = make_directive(make_notice(committee, number=369))
    address = reverse("admin:indicator_set_anew", args=[covered.pk])
    form = desk.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"directive": "1 – 369/TB-VPCP"}
    with nothing_changes():
        assert list(desk.post(address, given).context["form"].errors) == ["reason"]
    assert desk.post(address, {**given, "reason": "Theo Thông báo 369."}).status_code == 302
    row = Indicator.objects.get(pk=covered.pk)
    assert (row.directive, row.target, row.baseline_on) == (directive, 100, date(2025, 1, 1))
    assert desk.get(address).context["form"]["directive"].value() == "1 – 369/TB-VPCP"


def test_a_target_is_entered_for_a_directive_alone(desk, committee):
    make_directive(make_notice(committee, number=369))
    given = {"code": "so-hoa", "name_vi": "Hồ sơ số hóa", "unit": "%", "direction": "up", "target": "71,75"}
    answer = desk.post(reverse("admin:directives_indicator_add"), {**given, "directive": "1 – 369/TB-VPCP"})
    assert answer.status_code == 302
    assert (Indicator.objects.get().committee, Indicator.objects.get().target) == (committee, Decimal("71.75"))


def test_a_page_costs_the_same_for_few_and_for_many_figures(desk, covered):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(desk, covered)
        return len(queries)

    cost()
    few = cost()
    for day in range(1, 13):
        make_reading(make_indicator(covered.committee, part_of=covered), date(2025, 5, day))
        make_reading(covered, date(2025, 5, day))
    assert cost() == few
