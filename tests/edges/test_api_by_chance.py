"""The API asked by chance, the same each time: no fault, no break of the schema, nothing without rights."""

import json

import pytest

from tests.edges.by_chance import Heard, World, ask, make_ready
from tests.edges.test_api_schema import OPERATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def test_whatever_is_asked_is_answered_as_the_document_says(demo, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_ready()
    told = json.loads(demo.read_text())
    committee, agency = told["api_key"], told["agency_api_key"]
    heard = Heard()
    ask(World(heard, turns=(committee, agency)), committee, examples=1, seed=7, phases=("fuzzing",))
    assert heard.wrong == []
    assert heard.operations == OPERATIONS.keys()
    assert abs(heard.keys[committee] - heard.keys[agency]) <= 1
