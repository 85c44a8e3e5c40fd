"""The verbs, posted: the same actions, and the same refusals, as on the pages. Those of an assignment are here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from directives.actions import asking, assigning, extending, nudging, redating, reporting
from directives.actions.handing_down import Units, hand_down
from directives.models import Assignment, ExtensionRequest, Question
from tracker import clock
from tracker.api import asked_for
from tracker.api.answers import ShownOnce
from tracker.api.assignments import Assignments
from tracker.api.bodies import Packed, StrictJSONParser
from tracker.api.callers import Caller
from tracker.api.filters import refused_parameters
from tracker.api.views import answer_of
from tracker.api.writing import name_of, once, person, version_seen


@dataclass(frozen=True)
class Posted:
    """A verb: what its body asks for, and the action that it calls.

    `is_seen`: it changes what somebody has read, so the caller says which version that was. `makes`: it is answered
    with something new (201).
    """

    asked: type[asked_for.Asked]
    act: Callable[..., Any]
    is_seen: bool = True
    makes: bool = False


@dataclass(frozen=True)
class Sent:
    """What one call brings: its fields, the version that it saw (as `If-Match`), and its files."""

    fields: Mapping[str, Any]
    seen: str = ""
    files: Sequence[UploadedFile] = ()

    @property
    def asked(self) -> bytes:
        """All of it but the version, by which the same call is known again."""
        told = repr(sorted(self.fields.items())).encode() + b"".join(file.read() for file in self.files)
        for file in self.files:
            file.seek(0)
        return told


def give_down(
    assignment: Assignment,
    *,
    units: Sequence[Any] = (),
    kinds: Sequence[str] = (),
    groups: Sequence[Any] = (),
    **said: Any,
) -> list[Assignment]:
    """`hand_down`, with whom it is for as the body names them."""
    return hand_down(assignment, to=Units(named=units, kinds=kinds, groups=groups), **said)


VERBS: dict[str, Posted] = {
    "acknowledge": Posted(asked_for.Nothing, assigning.acknowledge),
    "start": Posted(asked_for.Nothing, assigning.start),
    "report": Posted(asked_for.Progress, reporting.report_progress),
    "hand-in": Posted(asked_for.HandIn, reporting.hand_in),
    "decline": Posted(asked_for.Decline, assigning.decline),
    "request-extension": Posted(asked_for.Extension, extending.request_extension),
    "ask": Posted(asked_for.Question, asking.ask),
    "hand-down": Posted(asked_for.HandDown, give_down),
    "nudge": Posted(asked_for.Nothing, nudging.nudge, is_seen=False),
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
ANSWERS: dict[str, Posted] = {"answer": Posted(asked_for.Answer, asking.answer)}


class VerbView(APIView):
    """POST one verb to one assignment; the answer is the assignment as it stands then."""

    http_method_names: ClassVar = ["post"]
    parser_classes: ClassVar = [StrictJSONParser, MultiPartParser]
    verb: Posted = VERBS["acknowledge"]

    def post(self, request: Request, **which: Any) -> HttpResponse:
        return self.carry_out(request, **which)

    def carry_out(self, request: Request, **which: Any) -> HttpResponse:
        """Do it once, however often it is sent."""
        if refused := refused_parameters(request.query_params, set()):
            raise ValidationError(refused)
        files = request.FILES.getlist("files") if self.verb.asked.FILES else []
        sent = Sent(request.data, request.headers.get("If-Match", ""), files)
        named = name_of(request, sent.asked)
        done = once(named, lambda: person(request), lambda by: self.do(request, sent, by, **which))
        return done.whole() if isinstance(done, ShownOnce) else done

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        super().initial(request, *args, **named)
        if packed := request.headers.get("Content-Encoding"):
            raise Packed(packed)

    def do(self, request: Request, sent: Sent, by: User, **which: Any) -> HttpResponse:
        """Do it within the caller's transaction. Raises NotFound, ValidationError, VersionNeeded, or what the action
        raises."""
        row = self.row(Caller(request), **which)
        said = self.read(request, sent)
        if self.verb.is_seen:
            said["version"] = version_seen(sent.seen)
        done = self.verb.act(*([] if row is None else [row]), by=by, at=clock.now(), **said)
        return self.answer(request, row, done)

    def row(self, caller: Caller, uuid: UUID) -> Any:
        """What the verb is done to. What the caller does not see is not there."""
        return found(caller.assignments().filter(uuid=uuid).first())

    def answer(self, request: Request, row: Any, done: Any) -> HttpResponse:
        """How it stands now; `done` is what the action gave back."""
        return answer_of(request, Assignments, row.uuid)

    def read(self, request: Request, sent: Sent) -> dict[str, Any]:
        """What is asked for. Raises ValidationError."""
        asked = self.verb.asked(data=sent.fields, context={"caller": Caller(request)})
        asked.is_valid(raise_exception=True)
        return {**asked.validated_data, **({"files": sent.files} if sent.files else {})}


class DecisionView(VerbView):
    """POST what is decided on a request for more time; version and answer are those of its assignment."""

    def row(self, caller: Caller, uuid: UUID) -> Any:
        rows = ExtensionRequest.objects.filter(assignment__in=caller.assignments())
        return found(rows.select_related("assignment").filter(uuid=uuid).first())

    def answer(self, request: Request, row: ExtensionRequest, done: Any) -> HttpResponse:
        return answer_of(request, Assignments, row.assignment.uuid)


class AnswerView(VerbView):
    """POST the answer to a question; version and answer are those of the assignment that it is about."""

    def row(self, caller: Caller, uuid: UUID) -> Any:
        rows = Question.objects.filter(assignment__in=caller.assignments())
        return found(rows.select_related("assignment").filter(uuid=uuid).first())

    def answer(self, request: Request, row: Question, done: Any) -> HttpResponse:
        return answer_of(request, Assignments, row.assignment.uuid)


def found(row: Any) -> Any:
    """The row. Raises NotFound where there is none."""
    if row is None:
        raise NotFound
    return row
