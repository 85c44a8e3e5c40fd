"""By a set of criteria: the secretariat asks, an agency assesses itself in one table, which is verified in one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.people import Holder, acted_as, seats
from accounts.roles import NotAllowed, Verb, require
from directives.actions.assigning import workers
from directives.actions.fitting import fit_day, fit_text
from directives.actions.moving import REASON_MISSING, SOMEBODY_WAS_FASTER, in_line
from directives.actions.recording import record, record_all, tell
from directives.models import (
    Assessment,
    AssessmentState,
    CriteriaSet,
    DeliveryKind,
    Mark,
    Reading,
)
from directives.models.indicators import Bound
from directives.rules.assessing import Tally, can_be
from directives.rules.attainment import rounded
from directives.rules.lifecycle import WrongMoment
from directives.rules.numbers import fits
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

Facts = dict[str, int | str]
NOBODY_ASKED = _("Choose at least one agency.")
ASKED_ALREADY = _("%(agency)s is asked for this day already.")
NOT_SO = _("This criterion cannot be answered so: yes or no, or points from 0 to the full score.")
NOT_FILLED = _("Please fill this in; a criterion that was not carried out is answered with no or 0.")
SENT_ALREADY = _("This self-assessment was sent already.")
NOT_SENT = _("This self-assessment does not wait for verification.")
NOT_YOUR_OWN = _("Nobody verifies a self-assessment that they, or whom they substitute, sent.")
WHY_ANOTHER = _("Say why another result is verified than the one reported.")


@dataclass(frozen=True)
class Said:
    """What is said of one criterion: 1 or 0, points, or a figure (None: nothing yet), and words beside it."""

    given: Decimal | None
    words: str = ""


@transaction.atomic
def ask_to_assess(
    criteria_set: CriteriaSet,
    agencies: Iterable[Agency],
    *,
    by: User,
    at: datetime,
    as_of: date,
    due_on: date | None = None,
) -> list[Assessment]:
    """Ask each agency to assess itself as of a local date, by `due_on`; its people are told, each once.

    Raises NotAllowed or Invalid.
    """
    require(by, Verb.MEASURE, criteria_set.committee, on=local_day(at))
    asked = list(dict.fromkeys(agencies))
    fit_day("as_of", as_of)
    fit_day("due_on", due_on)
    if not asked:
        raise Invalid("agencies", NOBODY_ASKED)
    if due_on is not None and due_on < max(as_of, local_day(at)):
        raise Invalid("due_on", _("The day to send it by lies before the day that it is of, or has passed."))
    in_line(criteria_set)
    before = Assessment.objects.filter(criteria_set=criteria_set, agency__in=asked, as_of=as_of)
    if (twice := before.select_related("agency").first()) is not None:
        raise Invalid("agencies", ASKED_ALREADY, agency=twice.agency.name)
    rows = [Assessment(criteria_set=criteria_set, agency=agency, as_of=as_of, due_on=due_on) for agency in asked]
    Assessment.objects.bulk_create(rows)
    criteria = list(criteria_set.criteria.all())
    Mark.objects.bulk_create(Mark(assessment=row, criterion=criterion) for row in rows for criterion in criteria)
    after = [{"set": criteria_set.code, "agency": row.agency.code, "as_of": as_of.isoformat()} for row in rows]
    record_all(rows, "ask_to_assess", by=by, at=at, on_behalf_of=criteria_set.committee.name_vi, after=after)
    tables = _who_fills_in(rows, at=at)
    key = f"assess:{criteria_set.uuid}:{as_of.isoformat()}:{rows[0].uuid}"
    tell(tables, DeliveryKind.ASSESS, key=key, at=at, tables=tables)
    return rows


def _who_fills_in(rows: Sequence[Assessment], *, at: datetime) -> dict[Holder, Assessment]:
    """The officers and heads of the agencies, each person once, with the table of their agency."""
    found = seats(agencies=[row.agency_id for row in rows], committees=[], on=local_day(at))
    told: dict[int, tuple[Holder, Assessment]] = {}
    for row in rows:
        for holder in workers(found, row.agency_id):
            told.setdefault(holder.user.pk, (holder, row))
    return dict(told.values())


@transaction.atomic
def keep_assessment(
    assessment: Assessment, said: Mapping[int, Said], *, by: User, at: datetime, version: int | None = None
) -> Assessment:
    """Keep what the agency has so far, by criterion (id), and send nothing; as a draft it is no history.

    Criteria that are not named stay as they are. Raises NotAllowed, WrongMoment, Stale or Invalid('given-<id>').
    """
    row = _locked(assessment)
    _fill(row, said, by=by, at=at, version=version)
    row.version += 1
    row.save(update_fields=["version"])
    return row


@transaction.atomic
def send_assessment(
    assessment: Assessment, said: Mapping[int, Said], *, by: User, at: datetime, version: int | None = None
) -> Assessment:
    """The agency sends its self-assessment: all criteria are answered. Raises as `keep_assessment` does."""
    row = _locked(assessment)
    marks = _fill(row, said, by=by, at=at, version=version)
    for mark in marks:
        if mark.reported is None:
            raise Invalid(f"given-{mark.criterion_id}", NOT_FILLED)
    row.state, row.submitted_by, row.submitted_at, row.reason = AssessmentState.SUBMITTED, by, at, ""
    row.version += 1
    row.save(update_fields=["state", "submitted_by", "submitted_at", "reason", "version"])
    after = {"set": row.criteria_set.code, **_facts(row.reported)}
    record(row, "send_assessment", by=by, at=at, on_behalf_of=row.agency.name_vi, after=after)
    return row


@transaction.atomic
def verify_assessment(
    assessment: Assessment, found: Mapping[int, Said], *, by: User, at: datetime, version: int | None = None
) -> Assessment:
    """The secretariat verifies the whole table: what `found` does not name (by criterion, id) as it was reported.

    Where another result is found a reason says why. Raises NotAllowed, WrongMoment, Stale or Invalid('found-<id>').
    """
    row = _locked(assessment)
    _to_be_decided(row, by=by, at=at, version=version)
    marks = list(row.marks.all())
    for mark in marks:
        said = found.get(mark.criterion_id, Said(None))
        mark.verified = mark.reported if said.given is None else said.given
        mark.reason = said.words.strip()
        _check(mark, mark.verified, mark.reason, "found")
        if mark.verified != mark.reported and not mark.reason:
            raise Invalid(f"why-{mark.criterion_id}", WHY_ANOTHER)
    Mark.objects.bulk_update(marks, ["verified", "reason"])
    row.state, row.verified_by, row.verified_at = AssessmentState.VERIFIED, by, at
    row.version += 1
    row.save(update_fields=["state", "verified_by", "verified_at", "version"])
    _decided(row, "verify_assessment", by=by, at=at, after=_facts(row.found or Tally()))
    _note_figures(row, marks, by=by, at=at)
    return row


def _note_figures(row: Assessment, marks: Sequence[Mark], *, by: User, at: datetime) -> None:
    """What was said of indicators is a reading of each, of the agency, unless it has one of that day already."""
    said = {mark.criterion.indicator: mark for mark in marks if mark.criterion.indicator is not None}
    if not said:
        return
    read = Reading.objects.filter(indicator__in=said, agency=row.agency_id, as_of=row.as_of, report=None)
    there = set(read.values_list("indicator_id", flat=True))
    readings = [
        Reading(
            indicator=indicator,
            agency=row.agency,
            as_of=row.as_of,
            value=mark.reported,
            verified_value=mark.verified,
            verified_bound=Bound.EXACT,
            verified_by=by,
            verified_at=at,
            reason=mark.reason,
            source=row.criteria_set.name_vi,
            by=row.submitted_by,
            at=row.submitted_at,
        )
        for indicator, mark in said.items()
        if indicator.pk not in there
    ]
    Reading.objects.bulk_create(readings)
    after = [{"indicator": one.indicator.code, "as_of": one.as_of.isoformat()} for one in readings]
    record_all(readings, "add_reading", by=by, at=at, on_behalf_of=row.criteria_set.committee.name_vi, after=after)


@transaction.atomic
def return_assessment(
    assessment: Assessment, *, by: User, at: datetime, reason: str, version: int | None = None
) -> Assessment:
    """The secretariat sends it back with a reason; what the agency filled in stays. Raises as verifying does."""
    row = _locked(assessment)
    _to_be_decided(row, by=by, at=at, version=version)
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    row.state, row.reason = AssessmentState.ASKED, reason.strip()
    row.version += 1
    row.save(update_fields=["state", "reason", "version"])
    _decided(row, "return_assessment", by=by, at=at, after={}, reason=row.reason)
    return row


def _locked(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True)
    return rows.in_full().get(pk=assessment.pk)


def _fill(row: Assessment, said: Mapping[int, Said], *, by: User, at: datetime, version: int | None) -> list[Mark]:
    require(by, Verb.REPORT, row.agency, on=local_day(at))
    if row.state != AssessmentState.ASKED:
        raise WrongMoment(SENT_ALREADY)
    _fresh(row, version)
    marks = list(row.marks.all())
    for mark in marks:
        if (new := said.get(mark.criterion_id)) is not None:
            mark.reported, mark.remark = new.given, new.words.strip()
            _check(mark, mark.reported, mark.remark, "given")
    Mark.objects.bulk_update(marks, ["reported", "remark"])
    return marks


def _check(mark: Mark, number: Decimal | None, words: str, field: str) -> None:
    if number is not None and (not fits(number) or not can_be(mark.criterion.asked, number)):
        raise Invalid(f"{field}-{mark.criterion_id}", NOT_SO)
    fit_text({"given": "remark", "found": "why"}[field] + f"-{mark.criterion_id}", words)


def _to_be_decided(row: Assessment, *, by: User, at: datetime, version: int | None) -> None:
    require(by, Verb.VERIFY, row.criteria_set.committee, on=local_day(at))
    if row.state != AssessmentState.SUBMITTED or row.submitted_by is None or row.submitted_at is None:
        raise WrongMoment(NOT_SENT)
    if by.pk in acted_as(row.submitted_by, row.agency, local_day(row.submitted_at)):
        raise NotAllowed(NOT_YOUR_OWN)
    _fresh(row, version)


def _fresh(row: Assessment, version: int | None) -> None:
    if version is not None and version != row.version:
        raise Stale(SOMEBODY_WAS_FASTER)


def _decided(row: Assessment, verb: str, *, by: User, at: datetime, after: Facts, reason: str = "") -> None:
    before = _facts(row.reported)
    behalf = row.criteria_set.committee.name_vi
    record(row, verb, by=by, at=at, on_behalf_of=behalf, before=before, after=after, reason=reason)


def _facts(total: Tally) -> Facts:
    """A total as history keeps it; points only where there are scored criteria."""
    facts: Facts = {"reached": total.reached, "of": total.total}
    return facts | ({"points": f"{rounded(total.points).normalize():f}"} if total.full else {})
