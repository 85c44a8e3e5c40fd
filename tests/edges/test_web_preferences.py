"""The page on which people choose their messages: what is free, what is locked and why, and what a forged form does."""

import pytest
from django.utils.translation import override

from accounts.models import Role
from directives.models import Preference
from tests.edges.visiting import visit
from tests.make import make_user

pytestmark = pytest.mark.django_db
PAGE = "/preferences/"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def officer():
    return make_user(Role.OFFICER)


def boxes(answer) -> dict[str, tuple[bool, bool]]:
    """Each box: whether it is ticked, and whether it is free."""
    return {box.name: (box.wanted, not box.why) for row in answer.context["rows"] for box in row.boxes}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR, Role.AUDITOR])
def test_everybody_has_a_matrix_of_kinds_and_channels(role):
    shown = boxes(visit(make_user(role)).get(PAGE))
    assert {name for name, (_ticked, free) in shown.items() if free} == {
        "assigned:email",
        "returned:email",
        "extension_decided:email",
        "changed:email",
        "nudged:email",
        "asked:email",
        "answered:email",
        "succeeded:email",
        "amended:email",
        "paper:email",
        "assess:email",
        "disconnected:email",
        "key_ends:email",
    }
    assert len(shown) == 15 * 2
    assert all(ticked for ticked, _free in shown.values())


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "The office is bound to hear of this by e-mail."),
        ("vi", "Chức vụ buộc phải nhận tin này qua thư điện tử."),
    ],
)
def test_what_is_locked_says_why(officer, language, reason):
    page = visit(officer, language=language).get(PAGE).content.decode()
    assert page.count(reason) == 2
    assert page.count("disabled") == 17


def test_what_is_unticked_is_not_wanted_from_now_on(officer):
    client = visit(officer)
    shown = {"box": ["assigned:email", "returned:email"], "wanted": ["returned:email"]}
    assert client.post(PAGE, shown)["Location"] == PAGE
    assert boxes(client.get(PAGE))["assigned:email"] == (False, True)
    assert boxes(client.get(PAGE))["returned:email"] == (True, True)
    assert boxes(visit(make_user()).get(PAGE))["assigned:email"] == (True, True)


def test_a_box_that_the_page_did_not_show_stays_as_it_is(officer):
    client = visit(officer)
    client.post(PAGE, {"box": ["assigned:email"]})
    client.post(PAGE, {"box": ["returned:email"], "wanted": ["returned:email"]})
    assert boxes(client.get(PAGE))["assigned:email"] == (False, True)


@pytest.mark.parametrize("forged", ["digest:email", "assigned:in_app", "digest:pigeon", "nonsense"])
def test_a_forged_form_is_refused_with_a_sentence_and_changes_nothing(officer, forged):
    answer = visit(officer).post(PAGE, {"box": ["assigned:email", forged]})
    assert answer.status_code == 400
    assert answer.context["refused"].endswith(".")
    assert "Nothing was changed." in answer.content.decode()
    assert not Preference.objects.exists()
    assert boxes(answer)["assigned:email"] == (True, True)


def test_the_page_costs_the_same_for_any_choice(officer, django_assert_num_queries):
    client = visit(officer)
    client.get(PAGE)
    for chosen in ({}, {"box": ["assigned:email", "returned:email", "extension_decided:email"]}):
        client.post(PAGE, chosen)
        client.get(PAGE)
        with django_assert_num_queries(5):
            client.get(PAGE)
