"""Questions: an agency asks about its work, and whoever gave the work answers, the asking agency alone or all."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import Holder, seats
from accounts.roles import Verb
from directives.actions.assigning import workers
from directives.actions.attaching import Upload, atomic_with_files, attach
from directives.actions.fitting import fit_text
from directives.actions.moving import check, locked, not_own
from directives.actions.recording import record, tell
from directives.actions.writing import forget_unsent
from directives.models import Assignment, DeliveryKind, Question, QuestionState
from directives.rules.lifecycle import OPEN, WrongMoment
from directives.rules.refusals import Invalid, Sentence
from directives.rules.working_days import local_day

MOST_WAITING = 5  # of one assignment
NOTHING_ASKED = _("Please write your question.")
NOTHING_ANSWERED = _("Please write the answer.")
ASKED_ALREADY = _("This very question was asked already and waits for an answer.")
TOO_MANY = _("%(most)s questions about this work wait for an answer already. Ask again when one of them is answered.")
ANSWERED_ALREADY = _("This question was answered already.")
LAPSED = _("This question lapsed with its work: nobody waits for an answer any more.")
NOT_YOUR_OWN = _("Whoever asked the question cannot answer it.")


@atomic_with_files()
def ask(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    text: str,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Question:
    """The agency asks whoever gave the work; work and clock stay as they are. Who answers is told.

    Raises NotAllowed, Stale, Invalid, or WrongMoment: also where the same question, or MOST_WAITING others, wait.
    """
    row = locked(assignment)
    check(row, Verb.ASK, by=by, at=at, version=version)
    text = _written(text, missing=NOTHING_ASKED)
    waiting = list(row.questions.waiting().values_list("text", flat=True))
    if text in waiting:
        raise WrongMoment(ASKED_ALREADY)
    if len(waiting) >= MOST_WAITING:
        raise WrongMoment(TOO_MANY, most=MOST_WAITING)
    question = Question.objects.create(assignment=row, asked_by=by, asked_at=at, text=text)
    attach(files, question=question)
    record(question, Verb.ASK, by=by, at=at, on_behalf_of=row.agency.name_vi)
    tell(
        who_answers(row, at=at),
        DeliveryKind.ASKED,
        key=f"asked:{question.uuid}",
        at=at,
        notice=row.directive.notice,
        assignment=row,
        question=question,
    )
    forget_unsent(row, Verb.ASK, by=by)
    return question


@atomic_with_files()
def answer(
    question: Question,
    *,
    by: User,
    at: datetime,
    text: str,
    common: bool = False,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Question:
    """Whoever gave the work answers; `common`: everybody with a part in the directive reads question and answer.

    The asking agency's officers and whoever asked are told; of a common answer the officers of the others, too.
    `version` is that of the work, as it was seen. Raises NotAllowed, WrongMoment, Stale or Invalid.
    """
    row = locked(Assignment(pk=question.assignment_id))
    rows = Question.objects.select_for_update(of=("self",), no_key=True).select_related("asked_by")
    question = rows.get(pk=question.pk)
    check(row, Verb.ANSWER, by=by, at=at, version=version)
    not_own(by, row, done_by=question.asked_by, at=question.asked_at, sentence=NOT_YOUR_OWN)
    if question.state != QuestionState.OPEN:
        raise WrongMoment(LAPSED if question.state == QuestionState.LAPSED else ANSWERED_ALREADY)
    question.answer = _written(text, missing=NOTHING_ANSWERED)
    question.state, question.common = QuestionState.ANSWERED, common
    question.answered_by, question.answered_at = by, at
    question.save()
    attach(files, answer=question)
    record(question, Verb.ANSWER, by=by, at=at, on_behalf_of=row.directive.giver.name_vi, after={"common": common})
    about = _readers(question, row, at=at)
    tell(
        about,
        DeliveryKind.ANSWERED,
        key=f"answered:{question.uuid}",
        at=at,
        notice=row.directive.notice,
        about=about,
        question=question,
    )
    return question


def who_answers(row: Assignment, *, at: datetime) -> Sequence[Holder]:
    """Who may answer about this work: the committee's secretariat, or officers and head of the agency that gave it."""
    giver, committee = row.directive.given_by_id, row.directive.notice.committee_id
    if giver is not None:
        return workers(seats(agencies=[giver], committees=[], on=local_day(at)), giver)
    found = seats(agencies=[], committees=[committee], on=local_day(at))
    return found.holders("secretariat", agency_id=None, committee_id=committee)


def _readers(question: Question, row: Assignment, *, at: datetime) -> dict[Holder, Assignment]:
    """Who is told of the answer, each with the work of their own agency that it is about."""
    parts = [row]
    if question.common:
        others = Assignment.objects.filter(directive=row.directive_id, state__in=OPEN).exclude(agency=row.agency_id)
        parts += list(others.order_by("agency_id", "-period", "pk").distinct("agency_id"))
    found = seats(agencies=[part.agency_id for part in parts], committees=[], on=local_day(at))
    about = {holder: part for part in parts for holder in workers(found, part.agency_id, ["officer"])}
    told = {holder.user.pk for holder in about}
    own = workers(found, row.agency_id)
    return about | {
        holder: row for holder in own if holder.user.pk == question.asked_by_id and holder.user.pk not in told
    }


def _written(text: str, *, missing: Sentence) -> str:
    if not text.strip():
        raise Invalid("text", missing)
    fit_text("text", text)
    return unicodedata.normalize("NFC", text).strip()
