"""The API asked by chance, the same each time: no fault, no break of the schema, nothing without rights."""

import json

import pytest

from tests.edges.by_chance import Heard, World, ask, make_ready
from tests.edges.test_api_schema import OPERATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def test_whatever_is_asked_is_answered_as_the_document_says(demo, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_ready()
    heard = Heard()
    ask(World(heard), json.loads(demo.read_text())["api_key"], examples=1, seed=7, phases=("fuzzing",))
    assert heard.wrong == []
    assert heard.operations == OPERATIONS.keys()
