"""Two people at one list within a page: its rows are joined one by one, and what both touched is decided on."""

import pytest
from django.urls import reverse

from accounts.models import Role
from directives.models import Ladder
from tests.actions.conftest import nothing_changes
from tests.edges.both_hands import filled, hidden, saved
from tests.make import make_agency, make_ladder, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


@pytest.fixture
def ladder(db) -> Ladder:
    return make_ladder(rungs=((-7, "officer", "courtesy"), (-3, "officer", "courtesy"), (0, "officer", "courtesy")))


def ladder_page(ladder: Ladder) -> str:
    return reverse("admin:directives_ladder_change", args=[ladder.pk])


def rungs(ladder: Ladder) -> list[tuple[int, str]]:
    return list(ladder.rungs.order_by("offset").values_list("offset", "audience"))


def test_rungs_of_two_people_are_put_together_row_by_row(first, second, ladder, time_machine):
    page = ladder_page(ladder)
    new = {"rungs-3-audience": "officer", "rungs-3-kind": "courtesy"}
    mine = filled(first, page, **new, **{"rungs-0-audience": "head", "rungs-3-offset": 5})
    more = {**new, "rungs-3-offset": 10, "rungs-1-DELETE": "on", "rungs-2-audience": "secretariat"}
    assert saved(second, page, filled(second, page, **more), time_machine).status_code == 302
    answer = first.post(page, mine, follow=True)
    assert rungs(ladder) == [(-7, "head"), (0, "secretariat"), (5, "officer"), (10, "officer")]
    (told,) = [str(one) for one in answer.context["messages"] if "Merged" in str(one)]
    assert told.startswith("Merged with yours: ")
    assert told.endswith(" – changed by Chị Lan at 10:31.")


CHOICES = {
    "removed by them, changed by me; mine": (
        {"rungs-1-DELETE": "on"},
        {"rungs-1-audience": "head"},
        "mine",
        [(-7, "officer"), (-3, "head"), (0, "officer")],
    ),
    "removed by them, changed by me; theirs": (
        {"rungs-1-DELETE": "on"},
        {"rungs-1-audience": "head"},
        "theirs",
        [(-7, "officer"), (0, "officer")],
    ),
    "changed by them, removed by me; mine": (
        {"rungs-1-audience": "head"},
        {"rungs-1-DELETE": "on"},
        "mine",
        [(-7, "officer"), (0, "officer")],
    ),
    "changed by them, removed by me; theirs": (
        {"rungs-1-audience": "head"},
        {"rungs-1-DELETE": "on"},
        "theirs",
        [(-7, "officer"), (-3, "head"), (0, "officer")],
    ),
    "changed by both; mine": (
        {"rungs-1-audience": "head"},
        {"rungs-1-audience": "chair"},
        "mine",
        [(-7, "officer"), (-3, "chair"), (0, "officer")],
    ),
    "changed by both; theirs": (
        {"rungs-1-audience": "head"},
        {"rungs-1-audience": "chair"},
        "theirs",
        [(-7, "officer"), (-3, "head"), (0, "officer")],
    ),
}


@pytest.mark.parametrize(("theirs", "mine", "choice", "left"), CHOICES.values(), ids=CHOICES)
def test_a_rung_that_both_touched_is_decided_on(first, second, ladder, time_machine, theirs, mine, choice, left):
    page = ladder_page(ladder)
    mine, theirs = filled(first, page, **mine), filled(second, page, **theirs)
    saved(second, page, theirs, time_machine)
    with nothing_changes():
        answer = first.post(page, mine)
    assert answer.status_code == 412
    (asked,) = answer.context["asked"]
    assert first.post(page, hidden(answer) | {asked.choice: choice}).status_code == 302
    assert rungs(ladder) == left


def test_the_offices_of_a_user_are_guarded_from_both_pages(first, second, time_machine):
    user = make_user(Role.OFFICER, make_agency())
    office = user.offices.get()
    page, other = (
        reverse("admin:accounts_user_change", args=[user.pk]),
        reverse("admin:accounts_office_change", args=[office.pk]),
    )
    mine = filled(first, page, **{"offices-0-starts_on": "2021-01-01"})
    saved(second, other, filled(second, other, starts_on="2022-02-02"), time_machine)
    with nothing_changes():
        (asked,) = first.post(page, mine).context["asked"]
    assert asked.line.label.endswith(": From")
    assert asked.versions[1:] == ("02/02/2022", "01/01/2021")
    assert asked.author.name == "Chị Lan"
