"""The reports on the assignments of a list, as an .xlsx: what was said, and what was decided on it."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment, Report
from tracker.admin.sheet_columns import Column, at, words
from tracker.admin.sheets import STEP, sent

COLUMNS = (
    Column(_("number and symbol"), at("assignment.directive.notice.reference")),
    Column(_("directive"), at("assignment.directive.wording"), 60),
    Column(_("agency"), at("assignment.agency.name"), 28),
    Column(_("period"), at("assignment.period_name")),
    Column(_("deadline"), at("assignment.due_on")),
    Column(_("kind"), words("kind"), 20),
    Column(_("reported"), at("at"), 18),
    Column(_("what was done"), at("text"), 60),
    Column(_("percent done"), at("percent")),
    Column(_("difficulties"), at("difficulties"), 40),
    Column(_("what is asked of the level above"), at("asks"), 40),
    Column(_("number of the product's document"), at("product_ref"), 24),
    Column(_("state"), words("state")),
    Column(_("decided"), at("decided_at"), 18),
    Column(_("reason"), at("reason"), 40),
)


def reports_sheet(assignments: QuerySet[Assignment]) -> FileResponse:
    """The reports on these assignments, the latest first."""
    found: Any = assignments.order_by().values("pk")
    rows = Report.objects.filter(assignment__in=found).order_by("-at", "-pk")
    rows = rows.select_related("assignment__agency", "assignment__directive__notice")
    rows = rows.defer("assignment__directive__notice__text")
    return sent(str(Report._meta.verbose_name_plural), COLUMNS, rows.iterator(chunk_size=STEP))  # noqa: SLF001
