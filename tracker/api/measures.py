"""The verbs of a target and of its figures: a figure is entered, and verified."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from directives.actions.measuring import add_reading, verify_reading
from directives.models import Reading
from directives.models.indicators import Bound
from tracker.api.asked_for import AgencyField, Asked, a_figure, day, one_of, words
from tracker.api.callers import Caller
from tracker.api.drafts import made
from tracker.api.figures import Readings
from tracker.api.verbs import Posted, VerbView, found
from tracker.api.views import answer_of


class Numbers(Asked):
    """A value, or so many of so many."""

    value = a_figure(empties=True)
    numerator = a_figure(empties=True)
    denominator = a_figure(empties=True)
    bound = one_of(Bound.values)


class NewReading(Numbers):
    FILES = True
    as_of = day(needed=True)
    source = words(needed=True)
    agency = AgencyField(required=False)
    note = words(needed=False)


class Verified(Numbers):
    reason = words(needed=False)


INDICATOR_VERBS: dict[str, Posted] = {"add-reading": Posted(NewReading, add_reading, is_seen=False, makes=True)}
READING_VERBS: dict[str, Posted] = {"verify": Posted(Verified, verify_reading, is_seen=False)}


class IndicatorVerbView(VerbView):
    """POST a figure of one target; the answer is the figure."""

    verb = INDICATOR_VERBS["add-reading"]

    def row(self, caller: Caller, uuid: UUID) -> Any:
        return found(caller.indicators().select_related("committee").filter(uuid=uuid).first())

    def answer(self, request: Request, row: Any, done: Reading) -> HttpResponse:
        told = answer_of(request, Readings, done.uuid)
        return made(told, "api:reading", done.uuid) if self.verb.makes else told


class ReadingVerbView(IndicatorVerbView):
    """POST one verb to one figure; the answer is the figure."""

    verb = READING_VERBS["verify"]

    def row(self, caller: Caller, uuid: UUID) -> Any:
        return found(caller.readings().filter(uuid=uuid).first())
