"""Figures on the forms of reports: read as the reader's language writes them, wrong ones told beside their field."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import Reading, Report
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import make_indicator, make_reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def indicator(world):
    """In %, with a figure and a target."""
    directive = world.assignment.directive
    return make_indicator(
        world.committee, directive=directive, name_en="Files online", target=2000, due_on=date(2025, 12, 31)
    )


def place(world, act="report/"):
    return f"/assignments/{world.assignment.uuid}/{act}"


def name(indicator):
    return f"figure-{indicator.uuid.hex}"


@pytest.mark.parametrize(
    ("language", "typed", "last"), [("vi", "3.924,5 %", "Gần nhất: 1.234,5 %"), ("en", "3,924.5", "Last: 1,234.5 %")]
)
@pytest.mark.parametrize("act", ["report/", "hand-in/"])
def test_the_last_figure_is_shown_and_the_next_is_taken_as_the_language_writes_it(
    world, indicator, language, typed, last, act
):
    make_reading(indicator, date(2025, 3, 3), value=Decimal("1234.5"), agency=world.agency)
    client = visit(world.officer, language=language)
    page = client.get(place(world, act)).content.decode()
    assert last in page
    assert "03/03/2025" in page
    assert "31/12/2025" in page
    answer = client.post(place(world, act), {"text": "Đang làm.", name(indicator): typed}, follow=True)
    assert Reading.objects.latest("pk").value == Decimal("3924.5")
    assert ("3.924,5 %" if language == "vi" else "3,924.5 %") in answer.content.decode()


WRONG = {
    "a word": ("nhiều", "“nhiều” không phải là số. Xin ghi như 3.924 hoặc 71,75."),
    "a point for a comma": ("71.75", "“71.75” không phải là số. Xin ghi như 3.924 hoặc 71,75."),
    "too long": ("1,23456", "Số liệu có tối đa 14 chữ số trước và 4 chữ số sau dấu phẩy."),
}


@pytest.mark.parametrize(("typed", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_no_figure_is_said_beside_its_field_and_stays(world, indicator, typed, sentence):
    client = visit(world.officer, language="vi")
    with nothing_changes():
        answer = client.post(place(world), {"text": "Đang làm.", name(indicator): typed})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [name(indicator)]
    assert sentence in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()


@pytest.mark.parametrize(("typed", "status"), [("101", 400), ("-1", 400), ("nửa", 400), ("50 %", 302), ("100", 302)])
def test_percent_is_a_whole_number_up_to_100(world, typed, status):
    client = visit(world.officer)
    answer = client.post(place(world), {"text": "Đang làm.", "percent": typed})
    assert answer.status_code == status
    assert Report.objects.exists() == (status == 302)
    if status == 400:
        assert answer.context["form"].errors["percent"] == ["The percentage lies between 0 and 100."]
        assert f'value="{typed}"' in answer.content.decode()


def test_a_figure_is_kept_in_the_draft_as_it_was_typed(world, indicator):
    client = visit(world.officer)
    client.post(place(world), {"text": "Đang làm.", name(indicator): "hơn 70", "keep": "1"})
    assert 'value="hơn 70"' in client.get(place(world)).content.decode()


def test_the_same_report_with_another_figure_is_another(world, indicator):
    client = visit(world.officer)
    said = {"text": "Đang làm.", "version": "1"}
    assert client.post(place(world), {**said, name(indicator): "70"}).status_code == 302
    assert client.post(place(world), {**said, name(indicator): "70"}).status_code == 302
    with nothing_changes():
        assert client.post(place(world), {**said, name(indicator): "71"}).status_code == 412
    assert Report.objects.count() == 1


def test_the_form_costs_the_same_for_one_indicator_and_for_twelve(world, indicator):
    client = visit(world.officer)

    def cost() -> int:
        client.get(place(world))
        with CaptureQueriesContext(connection) as queries:
            client.get(place(world))
        return len(queries)

    one = cost()
    for _ in range(11):
        make_reading(make_indicator(world.committee, directive=world.assignment.directive), agency=world.agency)
    assert cost() == one
