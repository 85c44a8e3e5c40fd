"""The OpenAPI document says all that the API takes and says: nothing is missing, and nothing is old."""

import json
import re
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from rest_framework import serializers
from rest_framework.views import APIView

from tests.edges.calling import with_key
from tests.edges.described import closed, hold
from tests.make import make_committee
from tracker.api import asked_for, problems
from tracker.api.filters import WordFilter
from tracker.api.resource import Resource
from tracker.api.schema.asked import body_of
from tracker.api.schema.document import document
from tracker.api.schema.examples import example
from tracker.api.schema.operations import described, operations, verb_of
from tracker.api.schema.parameters import asked_in
from tracker.api.schema.shapes import NotDescribed
from tracker.api.urls import urlpatterns
from tracker.api.verbs import Posted

KEY_NEEDED, SCOPE = {"401", "403"}, re.compile(r"[a-z_]+")
OPERATIONS = {
    operation["operationId"]: (method, address, operation)
    for address, methods in document(urlpatterns, [])["paths"].items()
    for method, operation in methods.items()
}


def test_everything_that_the_api_answers_at_has_a_schema():
    lacking: list[str] = []
    document(urlpatterns, lacking)
    assert lacking == []


def test_the_document_in_the_repository_is_what_the_code_says():
    call_command("write_openapi", check=True, stdout=StringIO())


@pytest.mark.django_db
def test_the_document_is_told_to_anybody():
    answer = Client().get("/api/v1/schema/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["openapi"] == "3.1.0"
    assert answer.json() == document(urlpatterns)
    assert Client().get("/api/v1/schema/", headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["schema", "docs"])
def test_what_is_told_of_the_api_is_only_read(address):
    answer = Client(enforce_csrf_checks=True).post(f"/api/v1/{address}/")
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (
        405,
        "GET, HEAD",
        "application/problem+json",
    )


def test_each_operation_has_a_name_of_its_own_an_example_and_the_scope_that_a_key_needs():
    addresses = document(urlpatterns)["paths"]
    assert len(OPERATIONS) == sum(len(methods) for methods in addresses.values())
    for _method, _address, operation in OPERATIONS.values():
        assert operation["description"] == f"```sh\n{example(operation['operationId'])}\n```"
        ((scheme, (scope,)),) = operation["security"][0].items()
        assert (scheme, bool(SCOPE.fullmatch(scope))) == ("key", True)
        assert operation["responses"].keys() >= KEY_NEEDED


def test_every_kind_of_problem_is_one_that_some_operation_names():
    kinds = {kind for kind in vars(problems).values() if isinstance(kind, problems.Kind)}
    named = {status for _method, _address, operation in OPERATIONS.values() for status in operation["responses"]}
    assert {str(kind.status) for kind in kinds} - named == {"405"}
    told = closed()["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert sorted(told) == sorted(kind.type for kind in kinds)


def test_everything_that_is_referred_to_is_there_and_everything_that_is_there_is_referred_to():
    whole = document(urlpatterns)
    referred = set(re.findall(r'"#/components/(\w+/[\w-]+)"', json.dumps(whole)))
    there = {f"{kind}/{name}" for kind, found in whole["components"].items() for name in found}
    # Lines of a snapshot are JSON each, and no JSON together: no operation can name what they are.
    beside = {"schemas/SnapshotLine", "headers/Allow", "responses/MethodNotAllowed"}
    beside |= {"securitySchemes/key", "securitySchemes/gateway"}
    assert there - referred == beside
    assert referred <= there


class Strange(Resource):
    def rows(self) -> QuerySet:
        raise NotImplementedError

    def lines(self, rows):
        raise NotImplementedError


class StrangeView(APIView):
    pass


class StrangeField(asked_for.Asked):
    text = serializers.IPAddressField()


class NamelessField(asked_for.Asked):
    colour = asked_for.words(needed=True)


POSTED = Posted(asked_for.Nothing, print)
WITHOUT_SCHEMA = {
    "a resource": (lambda: described(Strange), "Describe the rows of Strange in tracker/api/schema/rows.py"),
    "a view": (
        lambda: operations("colours", SimpleNamespace(cls=StrangeView, initkwargs={})),
        "what can be done at colours, by StrangeView",
    ),
    "a filter without meaning": (
        lambda: asked_in("notices", {"colour": WordFilter("colour", find=str, refusal=None)}),
        "what the parameter colour of notices means",
    ),
    "a filter of another kind": (
        lambda: asked_in("notices", {"kind": WordFilter("kind", find=len, refusal=None)}),
        "reads: kind of notices",
    ),
    "a field of another kind": (lambda: body_of(StrangeField), "of what shape the field StrangeField.text is"),
    "a field without meaning": (lambda: body_of(NamelessField), "what the field NamelessField.colour means"),
    "a verb": (lambda: verb_of("paint", verb=POSTED), "what the verb paint does"),
    "an example": (lambda: example("paint_notice"), "Give an example of paint_notice"),
}


@pytest.mark.parametrize(("tell", "sentence"), WITHOUT_SCHEMA.values(), ids=WITHOUT_SCHEMA)
def test_what_has_no_schema_yet_is_told_with_the_place_where_it_is_to_be_written(tell, sentence):
    with pytest.raises(NotDescribed, match=re.escape(sentence)):
        tell()


UNKNOWN = {
    "a field": ("get", "notices/", 200, {"results": [], "next": None, "count": 0}, "count"),
    "a field that is missing": ("get", "notices/", 200, {"results": []}, "next"),
    "another shape": ("get", "notices/", 200, {"results": {}, "next": None}, "results"),
    "a status": ("get", "notices/", 207, {"results": [], "next": None}, "does not name this status"),
    "a method": ("put", "notices/", 200, {}, "names no such method"),
}


@pytest.mark.parametrize(("method", "address", "status", "body", "sentence"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_answer_with_something_that_the_document_does_not_know_is_found(method, address, status, body, sentence):
    answer = HttpResponse(json.dumps(body), content_type="application/json", status=status)
    answer["X-Request-ID"] = "proxy-4711"
    with pytest.raises(AssertionError, match=sentence):
        hold(method, f"/api/v1/{address}", answer)


@pytest.mark.django_db
def test_an_answer_without_what_every_answer_has_is_found():
    answer = with_key(make_committee()).get("notices/")
    del answer["X-Request-ID"]
    with pytest.raises(AssertionError, match="X-Request-ID is missing"):
        hold("get", "/api/v1/notices/", answer)
