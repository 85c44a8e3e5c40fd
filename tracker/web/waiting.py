"""What waits for the reader: requests to decide, questions to answer, tables to fill in, parts to verify."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.models import Assessment, AssessmentState, Assignment
from directives.rules.lifecycle import State
from tracker.counted import counted, in_sentence
from tracker.web.answering import questions_for
from tracker.web.deciding import waiting_for
from tracker.web.desk import Desk
from tracker.web.filters import DOWN


@dataclass(frozen=True)
class Waiting:
    """How much of one kind waits, in a sentence, and where it is worked off."""

    icon: str
    words: str
    many: int
    address: str
    link: str

    @property
    def sentence(self) -> str:
        """In words: '3 requests for more time wait for your decision.'"""
        return self.words % {"number": self.many}

    @property
    def told(self) -> SafeString:
        """The same, its number leading to what waits."""
        return in_sentence(self.words, number=counted(self.many, self.address))


def what_waits(desk: Desk) -> list[Waiting]:
    """The kinds of which something waits, most urgent first; one query."""
    kinds: dict[str, QuerySet] = {
        "extensions": waiting_for(desk),
        "questions": questions_for(desk),
        "assessments": Assessment.objects.filter(agency__in=desk.own_agencies, state=AssessmentState.ASKED),
        "parts": Assignment.objects.handed_down_by(desk.own_agencies).filter(state=State.HANDED_IN),
    }
    counts = [rows.order_by().values(waits=Value(key)).annotate(many=Count("pk")) for key, rows in kinds.items()]
    found = {row["waits"]: row["many"] for row in counts[0].union(*counts[1:], all=True)}
    return list(_told(found))


def _told(found: dict[str, int]) -> Iterator[Waiting]:
    if many := found.get("extensions", 0):
        words = ngettext(
            "%(number)s request for more time waits for your decision.",
            "%(number)s requests for more time wait for your decision.",
            many,
        )
        yield Waiting("hourglass-split", words, many, reverse("extensions"), _("See and decide"))
    if many := found.get("questions", 0):
        words = ngettext(
            "%(number)s question waits for your answer.", "%(number)s questions wait for your answer.", many
        )
        yield Waiting("question-circle", words, many, reverse("questions"), _("See and answer"))
    if many := found.get("assessments", 0):
        words = ngettext(
            "%(number)s self-assessment is to be filled in.", "%(number)s self-assessments are to be filled in.", many
        )
        address = f"{reverse('assessments')}?state={AssessmentState.ASKED}"
        yield Waiting("pencil-square", words, many, address, _("See and fill in"))
    if many := found.get("parts", 0):
        words = ngettext(
            "%(number)s part that you handed down is handed in and waits for you to verify it.",
            "%(number)s parts that you handed down are handed in and wait for you to verify them.",
            many,
        )
        address = f"{reverse('assignments')}?tab={DOWN}&standing=waiting"
        yield Waiting("check-circle", words, many, address, _("See and verify"))
