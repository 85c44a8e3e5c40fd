"""The page for integrators says what the API does: its filters, its problems, and its example."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.edges.calling import with_key
from tests.make import make_agency, make_assignment
from tracker.api.assignments import AssignmentFilters
from tracker.api.directives import DirectiveFilters
from tracker.api.notices import NoticeFilters
from tracker.api.problems import KIND_OF, UNEXPECTED
from tracker.api.verbs import VERBS

PAGE = Path(settings.BASE_DIR, "docs", "api.md").read_text(encoding="utf-8")
COLUMNS = {1: NoticeFilters, 2: DirectiveFilters, 3: AssignmentFilters}


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize(("column", "filters"), COLUMNS.items(), ids=["notices", "directives", "assignments"])
def test_the_page_names_every_filter_and_no_other(column, filters):
    ticked = [cells(line)[0] for line in PAGE.splitlines() if "✓" in line and cells(line)[column] == "✓"]
    assert {name for cell in ticked for name in re.findall(r"`(\w+)`", cell)} == set(filters.base_filters)


def test_the_page_names_every_kind_of_problem():
    told = set(re.findall(r"^\| (\d{3}) \| `([\w-]+)` \|", PAGE, re.MULTILINE))
    assert told == {(str(kind.status), kind.name) for kind in (*KIND_OF.values(), UNEXPECTED)}


def test_the_page_names_every_verb_with_its_fields():
    told: dict[str, set[str]] = {}
    for line in PAGE.splitlines():
        if line.startswith("| `") and line.count("|") == 4 and "/`" in line:
            names, _scope, fields = cells(line)
            told |= {name: set(re.findall(r"`(\w+)`", fields)) for name in re.findall(r"`([\w-]+)/`", names)}
    asked = {name: {*verb.asked().fields, *(["files"] if verb.asked.FILES else [])} for name, verb in VERBS.items()}
    assert told == asked


@pytest.mark.django_db
def test_the_example_shows_what_an_assignment_says():
    example = json.loads(
        next(block for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) if '"role"' in block)
    )
    agency = make_agency()
    make_assignment(agency)
    (told,) = with_key(agency).read("assignments/")["results"]
    assert example.keys() == told.keys()
    assert example["directive"].keys() == told["directive"].keys()
