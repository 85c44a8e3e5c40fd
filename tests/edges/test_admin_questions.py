"""The desk that answers questions: one after the other, by keyboard, the one that waits longest first."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from accounts.models import Role
from directives.models import Question
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import MONDAY, pdf, visit
from tests.make import at, make_assignment, make_committee, make_directive, make_notice, make_question, make_user

pytestmark = pytest.mark.django_db
DESK = "/admin/directives/question/desk/"


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


@pytest.fixture
def committee():
    return make_committee()


@pytest.fixture
def asked(committee):
    """Three questions, the second of which was asked first."""
    notice = make_notice(committee)
    days = (date(2025, 3, 5), date(2025, 3, 4), date(2025, 3, 6))
    rows = [make_assignment(directive=make_directive(notice)) for _day in days]
    return [make_question(row, asked_at=at(day)) for row, day in zip(rows, days, strict=True)]


@pytest.fixture
def client(committee):
    return visit(make_user(Role.SECRETARIAT, committee))


def test_the_pile_is_answered_from_the_oldest_on_and_ends_with_nothing(client, asked):
    first, second, third = asked[1], asked[0], asked[2]
    assert client.get(DESK).url == f"{DESK}{first.pk}/"
    page = client.get(f"{DESK}{first.pk}/")
    assert (page.context["place"].nth, page.context["place"].total) == (1, 3)
    assert f'data-key="n" href="{DESK}{second.pk}/"' in page.content.decode()
    said = {"text": "Theo Thông tư 01.", "common": "on", "files": [pdf()]}
    assert client.post(f"{DESK}{first.pk}/", said).url == f"{DESK}{second.pk}/"
    first.refresh_from_db()
    assert (first.answer, first.common, first.answer_files.count()) == ("Theo Thông tư 01.", True, 1)
    assert client.post(f"{DESK}{second.pk}/", {"text": "Có."}).url == f"{DESK}{third.pk}/"
    assert client.post(f"{DESK}{third.pk}/", {"text": "Không."}).url == DESK
    assert "No question waits for an answer." in client.get(DESK).content.decode()


def test_an_empty_answer_is_refused_beside_its_field_and_one_given_already_with_what_was_given(client, asked):
    with nothing_changes():
        refused = client.post(f"{DESK}{asked[0].pk}/", {"text": ""})
    assert refused.context["form"].errors["text"] == ["Please fill this in."]
    client.post(f"{DESK}{asked[0].pk}/", {"text": "Có."})
    with nothing_changes():
        late = client.post(f"{DESK}{asked[0].pk}/", {"text": "Không."})
    assert (late.status_code, "This question was answered already." in late.content.decode()) == (409, True)
    assert "Có." in late.content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.SECRETARIAT, 404), (Role.CHAIR, 403)])
def test_others_read_or_see_nothing_and_answer_nothing(asked, role, status):
    stranger = visit(make_user(role))
    with nothing_changes():
        assert stranger.get(f"{DESK}{asked[0].pk}/").status_code == status
        assert stranger.post(f"{DESK}{asked[0].pk}/", {"text": "Có."}).status_code == (status if status != 200 else 403)
    assert not Question.objects.filter(state="answered").exists()
