"""The page of a target: read as of a day, and where its agency enters a figure outside a report."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.roles import NotAllowed
from directives.actions.measuring import add_reading, verify_reading
from directives.models import Event, Reading
from tests.edges.visiting import MONDAY, visit
from tests.make import at, make_assessment, make_indicator, make_office, make_reading, make_set, make_user
from tests.numbers import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WEEK_AGO = MONDAY - timedelta(days=7)


@pytest.fixture
def asked(world):
    """A target of the committee whose figure the agency gives."""
    return make_indicator(world.committee, unit="%", target=90, reported_by=world.agency)


def address(indicator) -> str:
    return reverse("target", args=[indicator.uuid])


def test_the_agency_enters_a_figure_that_the_secretariat_verifies(world, asked):
    browser = visit(world.officer, language="vi")
    typed = {"as_of": WEEK_AGO.isoformat(), "value": "71,75", "source": "Công văn 12/BC-BCA"}
    assert browser.post(address(asked), typed).status_code == 302
    [reading] = Reading.objects.all()
    assert (reading.agency, str(reading.value), reading.by) == (world.agency, "71.7500", world.officer)
    assert Event.objects.get(verb="add_reading").on_behalf_of == world.agency.name_vi
    verify_reading(reading, by=world.secretary, at=at(MONDAY), value=70, reason="Hai hồ sơ trùng nhau.")
    page = words_of(browser.get(address(asked)).content.decode())
    assert "71,75 %70 %Hai hồ sơ trùng nhau." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": ""}, "Give a value, or a numerator and a denominator above zero."),
        ({"as_of": "2025-03-11"}, "A figure cannot be of a day that has not come yet."),
        ({"as_of": "hôm qua"}, "Write a day such as 31/12/2024."),
        ({"source": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_entered_says_why_and_changes_nothing(world, asked, typed, sentence):
    given = {"as_of": WEEK_AGO.isoformat(), "value": "71.75", "source": "Report", **typed}
    answer = visit(world.officer).post(address(asked), given)
    assert (answer.status_code, Reading.objects.count()) == (400, 0)
    assert sentence in words_of(answer.content.decode())


def test_only_the_agency_that_is_named_enters_it_and_the_committee_reads(world, asked):
    chair = make_user(Role.CHAIR, world.committee)
    given = {"as_of": WEEK_AGO.isoformat(), "value": "71.75", "source": "Report"}
    assert visit(world.stranger).get(address(asked)).status_code == 404
    assert "Enter a figure" not in visit(chair).get(address(asked)).content.decode()
    assert visit(chair).post(address(asked), given).status_code == 403
    with pytest.raises(NotAllowed):
        add_reading(
            asked, by=world.stranger, at=at(MONDAY), as_of=WEEK_AGO, source="x", value=1, agency=world.assignment.agency
        )
    assert not Reading.objects.exists()


def test_the_desk_counts_what_waits_and_says_who_else_may_verify(world, asked):
    reading = make_reading(asked, WEEK_AGO, by=world.secretary)
    make_assessment(make_set(world.committee), world.agency, state="submitted")
    desk = visit(world.secretary)
    first = words_of(desk.get(reverse("admin:index")).content.decode())
    assert "1Self-assessments waiting for verification" in first
    assert "1Figures that nobody has verified" in first
    page = reverse("admin:reading_verify", args=[reading.pk])
    assert "Nobody else serves this committee today" in desk.get(page).content.decode()
    colleague = make_user(Role.MEMBER, world.committee, name="Chị Lan")
    make_office(colleague, Role.SECRETARIAT, world.committee)
    assert "These colleagues may verify it: Chị Lan." in words_of(desk.get(page).content.decode())
