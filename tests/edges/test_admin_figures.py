"""Targets and figures at the desk: entered once through the actions, printed as reports print them."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from directives.models import Event, Indicator, Reading
from tests.actions.conftest import nothing_changes
from tests.make import (
    at,
    make_assignment,
    make_committee,
    make_directive,
    make_indicator,
    make_notice,
    make_reading,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def committee():
    return make_committee("Ban Chỉ đạo chuyển đổi số huyện Gia Viễn")


@pytest.fixture
def desk(client, committee):
    client.force_login(make_user(Role.SECRETARIAT, committee))
    return client


def enter(desk, **fields):
    given = {"bound": "exact", "source": "Báo cáo 6 tháng", "as_of": "2023-06-30", **fields}
    return desk.post(reverse("admin:directives_reading_add"), given)


def test_a_target_is_entered_through_the_action(desk, committee):
    given = {"committee": committee.pk, "code": "so-hoa", "name_vi": "Hồ sơ số hóa", "unit": "%", "direction": "up"}
    assert desk.post(reverse("admin:directives_indicator_add"), {**given, "target": "100"}).status_code == 302
    assert Indicator.objects.get().target == 100
    assert Event.objects.get().verb == "add_indicator"


def test_a_figure_is_entered_and_printed_as_in_a_report(desk, committee):
    indicator = make_indicator(committee, name_vi="Thôn lõm sóng được phủ sóng")
    assert enter(desk, indicator=indicator.pk, numerator="2416", denominator="3924").status_code == 302
    assert Event.objects.get().verb == "add_reading"
    assert "2.416/3.924" in desk.get(reverse("admin:directives_indicator_changelist")).content.decode()
    assert "2.416/3.924" in desk.get(reverse("admin:directives_indicator_change", args=[indicator.pk])).content.decode()


@pytest.mark.parametrize(
    ("value", "bound", "printed"), [("71.75", "exact", "71,75"), ("97", "at_least", "≥ 97"), ("100", "exact", "100")]
)
def test_a_value_is_printed_with_its_bound(desk, committee, value, bound, printed):
    make_reading(make_indicator(committee), value=value, bound=bound)
    assert printed in desk.get(reverse("admin:directives_reading_changelist")).content.decode()


WRONG = {
    "no figure": ({}, "Đề nghị nhập giá trị"),
    "a day to come": ({"value": "5", "as_of": "2025-03-11"}, "chưa đến"),
}


@pytest.mark.parametrize(("fields", "sentence"), WRONG.values(), ids=WRONG)
def test_a_figure_that_cannot_be_is_refused_beside_its_field(desk, committee, fields, sentence):
    indicator = make_indicator(committee)
    with nothing_changes():
        answer = enter(desk, indicator=indicator.pk, **fields)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_a_second_figure_of_a_day_is_refused(desk, committee):
    indicator = make_indicator(committee)
    enter(desk, indicator=indicator.pk, value="41")
    with nothing_changes():
        assert enter(desk, indicator=indicator.pk, value="42").status_code == 400
    assert Reading.objects.get().value == 41


def test_another_committees_target_takes_no_figure(desk):
    other = make_indicator(make_committee())
    with nothing_changes():
        assert enter(desk, indicator=other.pk, value="5").status_code == 200


def test_figures_are_read_as_reports_print_them(desk, committee):
    indicator = make_indicator(committee, target=Decimal("1506.5000"))
    rows = {"indicator": indicator, "reading": make_reading(indicator, value=Decimal("2416.0000"))}
    pages = {
        name: desk.get(reverse(f"admin:directives_{name}_change", args=[row.pk])).content.decode()
        for name, row in rows.items()
    }
    assert '<div class="readonly">1.506,5</div>' in pages["indicator"]
    assert '<div class="readonly">2.416</div>' in pages["reading"]


@pytest.mark.parametrize(("typed", "found"), [("2 – 369/TB-VPCP", True), ("2-369/tb-vpcp", True), ("", False)])
def test_a_target_is_tied_to_a_directive_by_its_number(desk, committee, typed, found):
    notice = make_notice(committee, number=369)
    _first, second = make_directive(notice), make_directive(notice)
    given = {"committee": committee.pk, "code": "so-hoa", "name_vi": "Hồ sơ số hóa", "unit": "%", "direction": "up"}
    answer = desk.post(reverse("admin:directives_indicator_add"), {**given, "directive": typed})
    assert answer.status_code == 302
    assert Indicator.objects.get().directive == (second if found else None)


@pytest.mark.parametrize("typed", ["9 – 369/TB-VPCP", "1 – 370/TB-VPCP", "369/TB-VPCP", "1 – 371/TB-VPCP"])
def test_a_directive_that_is_not_in_sight_is_said_at_its_field(desk, committee, typed):
    make_directive(make_notice(committee, number=369))
    make_directive(make_notice(number=371))  # of another committee
    given = {"committee": committee.pk, "code": "so-hoa", "name_vi": "Hồ sơ số hóa", "unit": "%", "direction": "up"}
    with nothing_changes():
        answer = desk.post(reverse("admin:directives_indicator_add"), {**given, "directive": typed})
    assert list(answer.context["adminform"].form.errors) == ["directive"]


def test_what_one_of_many_reports_of_its_share_is_not_the_figure_of_all(desk, committee):
    indicator = make_indicator(committee, directive=make_directive(make_notice(committee)))
    share, lead = (make_assignment(directive=indicator.directive, role=role) for role in ("share", "lead"))
    page = reverse("admin:directives_indicator_changelist")
    make_reading(indicator, date(2025, 3, 6), value=12, agency=share.agency, report=make_report(share))
    assert list(desk.get(page).context["cl"].result_list[0].readings.all()) == []
    make_reading(indicator, date(2025, 3, 5), value=34, agency=lead.agency, report=make_report(lead))
    assert [row.value for row in desk.get(page).context["cl"].result_list[0].readings.all()] == [34]
