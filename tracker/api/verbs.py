"""The verbs of an assignment, posted: the same actions, and the same refusals, as on the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from directives.actions import asking, assigning, extending, redating, reporting
from directives.models import ExtensionRequest
from tracker import clock
from tracker.api import asked_for
from tracker.api.assignments import Assignments
from tracker.api.bodies import Packed, StrictJSONParser
from tracker.api.callers import Caller
from tracker.api.filters import refused_parameters
from tracker.api.views import answer_of
from tracker.api.writing import Named, name_of, once, person, version_seen


@dataclass(frozen=True)
class Posted:
    """A verb: what its body asks for, and the action that it calls."""

    asked: type[asked_for.Asked]
    act: Callable[..., Any]


VERBS: dict[str, Posted] = {
    "acknowledge": Posted(asked_for.Nothing, assigning.acknowledge),
    "start": Posted(asked_for.Nothing, assigning.start),
    "report": Posted(asked_for.Progress, reporting.report_progress),
    "hand-in": Posted(asked_for.HandIn, reporting.hand_in),
    "decline": Posted(asked_for.Decline, assigning.decline),
    "request-extension": Posted(asked_for.Extension, extending.request_extension),
    "ask": Posted(asked_for.Question, asking.ask),
    "verify": Posted(asked_for.Verify, reporting.verify),
    "return": Posted(asked_for.Return, reporting.return_report),
    "suspend": Posted(asked_for.Reason, assigning.suspend),
    "resume": Posted(asked_for.Reason, assigning.resume),
    "withdraw": Posted(asked_for.Reason, assigning.withdraw),
    "reassign": Posted(asked_for.Reassign, assigning.reassign),
    "set-deadline": Posted(asked_for.SetDeadline, redating.set_deadline),
}
DECISIONS: dict[str, Posted] = {
    "grant": Posted(asked_for.Grant, extending.grant_extension),
    "refuse": Posted(asked_for.Reason, extending.refuse_extension),
}


class VerbView(APIView):
    """POST one verb to one assignment; the answer is the assignment as it stands then."""

    http_method_names: ClassVar = ["post"]
    parser_classes: ClassVar = [StrictJSONParser, MultiPartParser]
    verb: Posted = VERBS["acknowledge"]

    def post(self, request: Request, uuid: UUID) -> HttpResponse:
        row = self.row(Caller(request), uuid)
        asked, named = self.read(request)
        seen = version_seen(request)

        def act(by: User) -> HttpResponse:
            self.verb.act(row, by=by, at=clock.now(), version=seen, **asked)
            return self.answer(request, row)

        return once(named, lambda: person(request), act)

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        super().initial(request, *args, **named)
        if packed := request.headers.get("Content-Encoding"):
            raise Packed(packed)

    def row(self, caller: Caller, uuid: UUID) -> Any:
        """What the verb is done to. What the caller does not see is not there."""
        return _found(caller.assignments().filter(uuid=uuid).first())

    def answer(self, request: Request, row: Any) -> HttpResponse:
        """How it stands now."""
        return answer_of(request, Assignments, row.uuid)

    def read(self, request: Request) -> tuple[dict[str, Any], Named | None]:
        """What is asked for, and the name of the request. Raises ValidationError."""
        if refused := refused_parameters(request.query_params, set()):
            raise ValidationError(refused)
        files = request.FILES.getlist("files") if self.verb.asked.FILES else []
        asked = self.verb.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = repr(sorted(asked.initial_data.items())).encode()
        named = name_of(request, sent + b"".join(file.read() for file in files))
        for file in files:
            file.seek(0)
        return {**asked.validated_data, **({"files": files} if files else {})}, named


class DecisionView(VerbView):
    """POST what is decided on a request for more time; version and answer are those of its assignment."""

    def row(self, caller: Caller, uuid: UUID) -> Any:
        rows = ExtensionRequest.objects.filter(assignment__in=caller.assignments())
        return _found(rows.select_related("assignment").filter(uuid=uuid).first())

    def answer(self, request: Request, row: ExtensionRequest) -> HttpResponse:
        return answer_of(request, Assignments, row.assignment.uuid)


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
