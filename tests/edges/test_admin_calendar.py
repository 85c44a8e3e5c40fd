"""The calendar and the ladders, kept at the desk: what is changed is looked at again."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from directives.actions.rearming import rearm_all
from directives.models import Assignment, CalendarDay, DayKind, Event, Ladder, Rearming, Rung
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import as_shown, errors
from tests.make import (
    at,
    make_assignment,
    make_calendar,
    make_ladder,
    make_notice,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = date(2025, 3, 10)  # a Monday


def test_a_new_holiday_lets_all_dated_work_be_looked_at_again(client, administrator):
    make_ladder()
    working, done = make_assignment(), make_assignment(state="done")
    day = {"day": "2025-04-07", "kind": DayKind.HOLIDAY, "name": "Giỗ Tổ Hùng Vương", "decision": "", "confirmed": "on"}
    client.post(reverse("admin:directives_calendarday_add"), day)
    assert CalendarDay.objects.get().day == date(2025, 4, 7)
    assert rearm_all(now=at(TODAY), today=TODAY) == 1
    assert Assignment.objects.get(pk=working.pk).look_on == TODAY
    assert Assignment.objects.get(pk=done.pk).look_on is None


def test_a_day_that_was_entered_by_mistake_goes_and_the_register_keeps_it(client, administrator):
    make_calendar(date(2025, 4, 7))
    page = reverse("admin:directives_calendarday_delete", args=[CalendarDay.objects.get().pk])
    client.post(page, {"post": "yes"})
    assert not CalendarDay.objects.exists()
    assert Event.objects.get(verb="delete").before == {"was": "07/04/2025 Nghỉ"}


def test_a_day_is_entered_once(client, administrator):
    make_calendar(date(2025, 4, 7))
    day = {"day": "2025-04-07", "kind": DayKind.HOLIDAY, "name": "Giỗ Tổ", "confirmed": "on"}
    with nothing_changes():
        assert "day" in errors(client.post(reverse("admin:directives_calendarday_add"), day))


def ladder_form(ladder: Ladder, offset: str) -> dict[str, Any]:
    rows = {"rungs-TOTAL_FORMS": 1, "rungs-INITIAL_FORMS": 0}
    rung = {"offset": offset, "audience": "officer", "kind": "courtesy", "id": "", "ladder": ladder.pk}
    row = {f"rungs-0-{name}": value for name, value in rung.items()}
    return {"name": "Riêng", "committee": ladder.committee_id or "", "soon_days": 5, **rows, **row}


def test_a_changed_ladder_looks_again_at_its_own_committees_work(client, administrator):
    notice = make_notice()
    ladder = make_ladder(notice.committee, ())
    mine, other = make_assignment(), make_assignment()
    mine.directive.notice.committee = notice.committee
    mine.directive.notice.save()
    page = reverse("admin:directives_ladder_change", args=[ladder.pk])
    client.post(page, ladder_form(ladder, "-5") | {"effect_confirmed": "1"} | as_shown(client, page))
    assert [rung.offset for rung in Rung.objects.all()] == [-5]
    assert Rearming.objects.get().committee == notice.committee
    assert rearm_all(now=at(TODAY), today=TODAY) == 1
    assert Assignment.objects.get(pk=mine.pk).look_on == TODAY
    assert Assignment.objects.get(pk=other.pk).look_on is None


def test_a_rung_lies_within_a_year(client, administrator):
    ladder = make_ladder(rungs=())
    page = reverse("admin:directives_ladder_change", args=[ladder.pk])
    with nothing_changes():
        answer = client.post(page, ladder_form(ladder, "300") | as_shown(client, page))
    assert errors(answer) == {"offset": ["A rung lies at most 250 working days away."]}


def test_there_is_one_ladder_for_all(client, administrator):
    ladder = make_ladder()
    page = reverse("admin:directives_ladder_add")
    with nothing_changes():
        answer = client.post(page, ladder_form(ladder, "-5") | {"committee": "", "rungs-0-ladder": ""})
    told = "There is a ladder for all committees already. Choose the committee of this one."
    assert errors(answer) == {"committee": [told]}
