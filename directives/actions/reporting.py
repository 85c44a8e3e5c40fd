"""Agencies report and hand in; the secretariat verifies or returns."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import seats
from accounts.roles import Verb
from directives.actions.assigning import workers
from directives.actions.attaching import Upload, atomic_with_files, attach
from directives.actions.fitting import fit, fit_day, fit_text
from directives.actions.measuring import read_figures
from directives.actions.moving import arm, check, locked, move, not_own
from directives.actions.recording import record, tell
from directives.actions.writing import forget_unsent
from directives.models import Assignment, DeliveryKind, Report, ReportKind, ReportState
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NO_FIGURE = _("The report gives no figure that could be corrected.")
WHY_ANOTHER = _("Please say why another figure is verified than the one reported.")
NOT_YOUR_OWN = _("Whoever handed in the result, in person or by a substitute, cannot decide on it.")


@atomic_with_files()
def report_progress(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    text: str,
    percent: int | None = None,
    difficulties: str = "",
    asks: str = "",
    figures: Mapping[UUID, Decimal | None] | None = None,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Report:
    """The agency says how far it is; `percent` is 0 to 100, `figures` are those of the directive's indicators (by
    uuid). Raises NotAllowed, WrongMoment, Stale or Invalid.

    Of undated work: whoever asks after it counts from today.
    """
    row = locked(assignment)
    check(row, Verb.REPORT, by=by, at=at, version=version)
    if percent is not None and not 0 <= percent <= 100:
        raise Invalid("percent", _("The percentage lies between 0 and 100."))
    report = Report(kind=ReportKind.PROGRESS, percent=percent)
    _write(report, row, by=by, at=at, text=text, difficulties=difficulties, asks=asks)
    read_figures(report, figures or {}, by=by, at=at)
    attach(files, report=report)
    if row.due_on is None:
        arm(row, local_day(at), anew=True)
    move(row, Verb.REPORT, by=by, at=at, version=version)
    forget_unsent(row, Verb.REPORT, by=by)
    return report


@atomic_with_files()
def hand_in(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    text: str,
    product_ref: str = "",
    figure: Decimal | None = None,
    unit: str = "",
    figures: Mapping[UUID, Decimal | None] | None = None,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Report:
    """The agency says that the work is done; from now on the clock waits for the secretariat.

    `figure`, in `unit`, is what it says it reached, where the result is one that can be counted; `figures` are those of
    the directive's indicators (by uuid).
    """
    row = locked(assignment)
    check(row, Verb.HAND_IN, by=by, at=at, version=version)
    report = Report(kind=ReportKind.HAND_IN, percent=100, figure=figure)
    fit(report, "figure")
    _write(report, row, by=by, at=at, text=text, product_ref=product_ref, unit=unit if figure is not None else "")
    read_figures(report, figures or {}, by=by, at=at)
    attach(files, report=report)
    move(row, Verb.HAND_IN, by=by, at=at, version=version, handed_in_on=local_day(at), redo_by=None)
    forget_unsent(row, Verb.HAND_IN, by=by)
    return report


@transaction.atomic
def verify(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    verified_figure: Decimal | None = None,
    version: int | None = None,
) -> Assignment:
    """The secretariat confirms: done, on the day it was handed in. Nobody verifies what they handed in themselves.

    Where the report gives a figure it is verified as it stands, or as `verified_figure`, with a reason; the reported
    one stays beside it. The figures of its indicators are verified as they stand.
    """
    row = locked(assignment)
    check(row, Verb.VERIFY, by=by, at=at, version=version, reason=reason)
    report = _decide(row, ReportState.VERIFIED, by=by, at=at, reason=reason)
    _verify_figure(report, row, verified_figure, by=by, at=at, reason=reason)
    report.readings.update(verified_value=F("value"), verified_bound=F("bound"), verified_by=by, verified_at=at)
    return move(row, Verb.VERIFY, by=by, at=at, reason=reason, version=version, done_on=row.handed_in_on)


@transaction.atomic
def return_report(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    reason: str,
    redo_by: date | None = None,
    version: int | None = None,
) -> Assignment:
    """The secretariat sends the hand-in back with a reason; the deadline stays, `redo_by` (local date) is a wish.

    Past the due date the ladder's escalations count anew, from today.
    """
    row = locked(assignment)
    check(row, Verb.RETURN, by=by, at=at, version=version, reason=reason)
    day = local_day(at)
    fit_day("redo_by", redo_by)
    if redo_by is not None and redo_by < day:
        raise Invalid("redo_by", _("The date to redo it by has passed already."))
    report = _decide(row, ReportState.RETURNED, by=by, at=at, reason=reason)
    arm(row, day, anew=row.due_on is None or row.due_on < day)
    move(
        row,
        Verb.RETURN,
        by=by,
        at=at,
        reason=reason,
        version=version,
        handed_in_on=None,
        returned_on=day,
        redo_by=redo_by,
    )
    tell(
        workers(seats(agencies=[row.agency_id], committees=[], on=day), row.agency_id, ["officer"]),
        DeliveryKind.RETURNED,
        key=f"returned:{report.uuid}",
        at=at,
        notice=row.directive.notice,
        assignment=row,
    )
    return row


def _decide(row: Assignment, state: str, *, by: User, at: datetime, reason: str) -> Report:
    report = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("by")
        .get(assignment=row, kind=ReportKind.HAND_IN, state=ReportState.SUBMITTED)
    )
    not_own(by, row, done_by=report.by, at=report.at, sentence=NOT_YOUR_OWN)
    report.state, report.decided_by, report.decided_at, report.reason = state, by, at, reason.strip()
    report.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return report


def _verify_figure(
    report: Report, row: Assignment, verified: Decimal | None, *, by: User, at: datetime, reason: str
) -> None:
    """Note the verified figure beside the reported one; history tells of it where the two differ."""
    if report.figure is None:
        if verified is not None:
            raise Invalid("verified_figure", NO_FIGURE)
        return
    report.verified_figure = report.figure if verified is None else verified
    fit(report, "verified_figure")
    if report.difference and not reason.strip():
        raise Invalid("reason", WHY_ANOTHER)
    report.save(update_fields=["verified_figure"])
    if report.difference:
        record(
            report,
            "correct_figure",
            by=by,
            at=at,
            on_behalf_of=row.directive.giver.name_vi,
            before={"figure": f"{report.figure.normalize():f}"},
            after={"figure": f"{report.verified_figure.normalize():f}"},
            reason=reason,
        )


def _write(report: Report, row: Assignment, *, by: User, at: datetime, **texts: str) -> None:
    if not texts["text"].strip():
        raise Invalid("text", _("Please say what was done."))
    for field, text in texts.items():
        fit_text(field, text)
        setattr(report, field, unicodedata.normalize("NFC", text).strip())
    report.assignment, report.by, report.at = row, by, at
    fit(report, *texts)
    report.save()
