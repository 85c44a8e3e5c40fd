"""A change of a ladder or the calendar is shown with its effect first, and happens once it is confirmed."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.rearming import rearm_all
from directives.models import Assignment, CalendarDay, DayKind, Ladder, Rearming, Rung
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import as_shown
from tests.make import DEFAULT_RUNGS, make_assignment, make_calendar, make_ladder, make_user
from tracker import clock

DUE = date(2027, 3, 31)  # a Wednesday
FIFTEEN_BEFORE = date(2027, 3, 10)


@pytest.fixture
def desk(db, client):
    """An administrator's browser, in English."""
    client.force_login(make_user(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "en"
    with override("en"):
        yield client


@pytest.fixture
def work(db) -> Assignment:
    make_ladder()
    return make_assignment(due_on=DUE)


def ladder_form(ladder: Ladder, rungs=DEFAULT_RUNGS, **more: Any) -> dict[str, Any]:
    """The form of a ladder as a browser would send it: the rungs that are kept, and new ones."""
    kept = {rung.offset: rung.pk for rung in ladder.rungs.all()}
    known = sorted((rung for rung in rungs if rung[0] in kept), key=lambda rung: rung[0])
    new = [rung for rung in rungs if rung[0] not in kept]
    form: dict[str, Any] = {"name": ladder.name, "committee": ladder.committee_id or "", "soon_days": ladder.soon_days}
    form |= {"rungs-TOTAL_FORMS": len(rungs), "rungs-INITIAL_FORMS": len(known)}
    for number, (offset, audience, kind) in enumerate([*known, *new]):
        row = {"offset": offset, "audience": audience, "kind": kind, "id": kept.get(offset, ""), "ladder": ladder.pk}
        form |= {f"rungs-{number}-{name}": value for name, value in row.items()}
    return form | more


def day_form(day: str) -> dict[str, str]:
    return {"day": day, "kind": DayKind.HOLIDAY, "name": "Nghỉ bù", "confirmed": "on"}


def hidden(page: str) -> dict[str, str]:
    """What the page that asks would send again."""
    parts = page.split('<input type="hidden" name="')[1:]
    return {part.partition('"')[0]: part.partition('value="')[2].partition('"')[0] for part in parts}


def test_a_new_rung_is_shown_with_its_effect_and_nothing_changes_yet(desk, work):
    ladder = Ladder.objects.get()
    form = ladder_form(ladder, (*DEFAULT_RUNGS, (-5, "officer", "courtesy")))
    address = reverse("admin:directives_ladder_change", args=[ladder.pk])
    with nothing_changes():
        page = desk.post(address, form | as_shown(desk, address)).content.decode()
    assert "<dt>Assignments whose reminders move</dt><dd>1</dd>" in page
    assert "<dt>Reminders that fall away</dt><dd>0</dd>" in page
    assert "<dt>Reminders that are added</dt><dd>1</dd>" in page


def test_what_is_confirmed_is_kept_and_the_work_is_looked_at_again(desk, work):
    ladder = Ladder.objects.get()
    address = reverse("admin:directives_ladder_change", args=[ladder.pk])
    form = ladder_form(ladder, (*DEFAULT_RUNGS, (-5, "officer", "courtesy")))
    asked = desk.post(address, form | as_shown(desk, address))
    answer = desk.post(address, hidden(asked.content.decode()))
    assert (answer.status_code, Rung.objects.filter(offset=-5).count()) == (302, 1)
    work.refresh_from_db()
    assert (work.look_on, Rearming.objects.count()) == (None, 1)
    assert rearm_all(now=clock.now(), today=clock.today()) == 1
    work.refresh_from_db()
    assert (work.look_on, Rearming.objects.count()) == (FIFTEEN_BEFORE, 0)


def test_a_change_without_effect_is_kept_at_once(desk, work):
    ladder = Ladder.objects.get()
    address = reverse("admin:directives_ladder_change", args=[ladder.pk])
    typed = ladder_form(ladder, name="Bậc chung") | as_shown(desk, address)
    assert desk.post(address, typed).status_code == 302
    assert Ladder.objects.get().name == "Bậc chung"


def test_a_day_off_is_asked_for_when_it_is_entered_and_when_it_is_deleted(desk, work):
    add = reverse("admin:directives_calendarday_add")
    with nothing_changes():
        asked = desk.post(add, day_form("2027-03-30"))
    assert "<dt>Reminders that fall away</dt><dd>4</dd>" in asked.content.decode()
    assert desk.post(add, day_form("2027-03-30") | {"effect_confirmed": "1"}).status_code == 302
    delete = reverse("admin:directives_calendarday_delete", args=[CalendarDay.objects.get().pk])
    with nothing_changes():
        asked = desk.post(delete, {"post": "yes"})
    assert "Change the calendar?" in asked.content.decode()
    assert desk.post(delete, hidden(asked.content.decode())).status_code == 302
    assert not CalendarDay.objects.exists()


def test_a_day_off_that_moves_nothing_is_entered_at_once(desk, work):
    assert desk.post(reverse("admin:directives_calendarday_add"), day_form("2027-12-24")).status_code == 302


REFUSED = {
    "no rung at all": ((), "A ladder needs at least one rung: without one nobody is ever reminded."),
    "a rung twice": (
        ((-3, "officer", "courtesy"), (-3, "head", "courtesy")),
        "Two rungs stand on the same day. Each day has one rung, up to the highest office that shall hear.",
    ),
    "an office that is not known": (((-3, "everybody", "courtesy"),), "Select a valid choice. everybody is not one of"),
}


@pytest.mark.parametrize(("rungs", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_ladder_is_refused_with_a_sentence(desk, rungs, sentence):
    ladder = make_ladder(rungs=())
    address = reverse("admin:directives_ladder_change", args=[ladder.pk])
    with nothing_changes():
        page = desk.post(address, ladder_form(ladder, rungs) | as_shown(desk, address))
    assert sentence in page.content.decode()


def test_the_ladder_is_shown_on_real_days(desk, work):
    make_calendar(date(2027, 3, 30))
    page = desk.get(reverse("admin:directives_ladder_change", args=[Ladder.objects.get().pk]), {"sample": "2027-03-31"})
    marks = [(f"{mark.on:%d/%m}", mark.offset, mark.audiences) for mark in page.context["timeline"]]
    assert marks[3:6] == [
        ("29/03", "1 working day before", "Officers of the agency"),
        ("31/03", "On the deadline", "Officers of the agency, Head of the agency"),
        ("01/04", "1 working day after", "Officers of the agency, Head of the agency"),
    ]
    assert (
        page.context["timeline"][7].later == "The leadership hears on 12/04/2027, unless the secretariat holds it back."
    )


def test_the_sample_is_the_next_deadline_of_the_ladders_own_work(desk, work):
    page = desk.get(reverse("admin:directives_ladder_change", args=[Ladder.objects.get().pk]), {"sample": "no day"})
    assert page.context["sample"] == DUE
