"""The two ways to read a resource: a page of many, and one by its id."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.api.answers import answer, answer_one
from tracker.api.callers import Caller
from tracker.api.filters import refused_parameters
from tracker.api.paging import limit_of, next_address, position_of, read_page
from tracker.api.problems import problem_of
from tracker.api.resource import Resource

READING = ["get", "head"]


class ListView(APIView):
    """GET a page of what the caller sees, narrowed by filters."""

    http_method_names = READING
    resource: type[Resource] = Resource  # type: ignore[type-abstract]  # the address names the real one

    def get(self, request: Request) -> HttpResponse:
        caller = Caller(request)
        resource = self.resource(caller)
        rows = resource.FILTERS(request.query_params, resource.rows(), caller=caller).narrowed()
        after, limit = position_of(request), limit_of(request)
        page = read_page(rows.values(*resource.COLUMNS), resource.ORDER, after=after, limit=limit)
        return answer({"results": resource.lines(page.rows), "next": next_address(request, page.end)})


class OneView(APIView):
    """GET one by its id, with what a list leaves out. What the caller does not see is not there."""

    http_method_names = READING
    resource: type[Resource] = Resource  # type: ignore[type-abstract]  # the address names the real one

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        if refused := refused_parameters(request.query_params, set()):
            raise ValidationError(refused)
        return answer_of(request, self.resource, uuid)


def answer_of(request: Request, kind: type[Resource], uuid: UUID) -> HttpResponse:
    """One of a resource, as its caller sees it. Raises NotFound."""
    resource = kind(Caller(request))
    row = resource.rows().filter(uuid=uuid).values(*resource.COLUMNS).first()
    if row is None:
        raise NotFound
    return answer_one(request, {**resource.lines([row])[0], **resource.more(row)})


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every other address below the API: told like any problem, to anybody, whatever the method."""
    return problem_of(NotFound()).response()
