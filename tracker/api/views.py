"""The two ways to read a resource: a page of many, and one by its id."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.api.answers import answer_list, answer_one
from tracker.api.callers import Caller
from tracker.api.filters import refused_parameters
from tracker.api.lists import page_of
from tracker.api.paging import limit_of, next_address, order_of, position_of
from tracker.api.problems import problem_of
from tracker.api.resource import Resource, fields_of, only

READING = ["get", "head"]


class ListView(APIView):
    """GET a page of what the caller sees, narrowed by filters."""

    http_method_names = READING
    resource: type[Resource] = Resource  # type: ignore[type-abstract]  # the address names the real one

    def get(self, request: Request) -> HttpResponse:
        caller = Caller(request)
        resource = self.resource(caller)
        asked = resource.FILTERS(request.query_params, caller=caller)
        asked.clean()
        resource.as_of = asked.as_of
        order, limit = order_of(request, resource.ORDERS), limit_of(request)
        chosen, after = fields_of(request, resource.FIELDS), position_of(request, order)
        page = page_of(resource, asked, order, after=after, limit=limit)
        lines = [only(chosen, said) for said in resource.said(page.rows)]
        return answer_list(lines, next_address(request, order, page.end))


class OneView(APIView):
    """GET one by its id, with what a list leaves out. What the caller does not see is not there."""

    http_method_names = READING
    resource: type[Resource] = Resource  # type: ignore[type-abstract]  # the address names the real one

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        fields_alone(request)
        return answer_of(request, self.resource, uuid)


def fields_alone(request: Request) -> None:
    """Of one nothing can be asked but to say less. Raises ValidationError."""
    if refused := refused_parameters(request.query_params, {"fields"}):
        raise ValidationError(refused)


def answer_of(request: Request, kind: type[Resource], uuid: UUID) -> HttpResponse:
    """One of a resource, as its caller sees it. Raises NotFound."""
    chosen = fields_of(request, (*kind.FIELDS, *kind.MORE))
    found = kind(Caller(request)).said_in_full(uuid)
    if found is None:
        raise NotFound
    said, version = found
    return answer_one(request, only(chosen, said), version=version)


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every other address below the API: told like any problem, to anybody, whatever the method."""
    return problem_of(NotFound()).response()
