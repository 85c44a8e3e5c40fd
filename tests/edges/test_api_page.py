"""The page for integrators says what the API does: its filters, its problems, and its example."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.edges.calling import with_key
from tests.make import make_agency, make_assignment
from tracker.api.drafts import DIRECTIVE_VERBS, NOTICE_VERBS
from tracker.api.measures import INDICATOR_VERBS, READING_VERBS
from tracker.api.problems import KIND_OF, NOT_ALONE, UNEXPECTED
from tracker.api.urls import RESOURCES
from tracker.api.verbs import ANSWERS, DECISIONS, VERBS, Posted

PAGE = Path(settings.BASE_DIR, "docs", "api.md").read_text(encoding="utf-8")
LISTS = {many: resource for (many, _one), resource in RESOURCES.items()}
FILTERED = PAGE.partition("## Filters")[2].partition("## Pages")[0]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def words(cell: str) -> list[str]:
    return re.findall(r"`([\w-]+)`", cell)


@pytest.mark.parametrize(("name", "resource"), LISTS.items(), ids=LISTS)
def test_the_page_names_the_filters_and_orderings_of_every_list(name, resource):
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `/{name}/` |")]
    _list, filters, orderings, more = map(words, cells(line))
    assert sorted(filters) == sorted(resource.FILTERS.base_filters)
    assert orderings == list(resource.ORDERS)[::2]
    assert more == list(resource.MORE)


def test_the_page_says_of_every_filter_what_it_takes():
    told = {name for line in FILTERED.splitlines() if line.startswith("| `") for name in words(cells(line)[0])}
    assert told == {name for resource in LISTS.values() for name in resource.FILTERS.base_filters}


def test_the_page_names_every_kind_of_problem():
    told = set(re.findall(r"^\| (\d{3}) \| `([\w-]+)` \|", PAGE, re.MULTILINE))
    assert told == {(str(kind.status), kind.name) for kind in (*KIND_OF.values(), NOT_ALONE, UNEXPECTED)}


def test_the_page_names_every_verb_with_its_fields():
    told: dict[str, set[str]] = {}
    for line in PAGE.splitlines():
        if line.startswith("| `") and line.count("|") == 4 and "/`" in line:
            names, _scope, fields = cells(line)
            told |= {name: set(re.findall(r"`(\w+)`", fields)) for name in re.findall(r"`([\w-]+)/`", names)}
    assert told == {name: fields_of(verb) for name, verb in VERBS.items()}


def fields_of(verb: Posted) -> set[str]:
    return {*verb.asked().fields, *(["files"] if verb.asked.FILES else [])}


ELSEWHERE = {
    "extensions": DECISIONS,
    "questions": ANSWERS,
    "notices": NOTICE_VERBS,
    "directives": DIRECTIVE_VERBS,
    "indicators": INDICATOR_VERBS,
    "readings": READING_VERBS,
}


def test_the_page_names_every_other_verb_with_its_fields():
    told: dict[tuple[str, str], set[str]] = {}
    for line in PAGE.splitlines():
        if found := re.match(r"\| `/([a-z]+)/\{id\}/([\w-]+)/` \|", line):
            nouns, name = found.groups()
            fields = cells(line)[2]
            told[nouns, name] = set(re.findall(r"`(\w+)`", fields))
            if "all that" in fields:
                told[nouns, name] |= fields_of(DIRECTIVE_VERBS["change"])
    assert told == {
        (nouns, name): fields_of(verb) for nouns, verbs in ELSEWHERE.items() for name, verb in verbs.items()
    }


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
