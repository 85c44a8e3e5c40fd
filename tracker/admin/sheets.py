"""Every list of the desk as an .xlsx: the rows that its filters leave and that this person sees, in its order."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.text import slugify

from directives.rules.refusals import Invalid
from directives.rules.spelling import without_marks
from tracker import clock
from tracker.admin.refusals import sentence_of
from tracker.admin.sheet_columns import Column, headed, sheet_of
from tracker.documents import workbook

STEP = 2000  # rows that are read from the database at a time
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AsSheet(admin.ModelAdmin):
    """A list that can be taken along as a sheet; nothing more is in it than its reader may see."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = path("sheet/", self.admin_site.admin_view(self.sheet_view), name=self._sheet_name())
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        query = request.GET.urlencode()
        url = reverse(f"{self.admin_site.name}:{self._sheet_name()}") + (f"?{query}" if query else "")
        return super().changelist_view(request, {"sheet_url": url, **(extra_context or {})})

    def sheet_view(self, request: HttpRequest) -> HttpResponse | FileResponse:
        """The list with its filters, its search and its order, every page of it. Memory does not grow with it."""
        return self.sheet_of_rows(request, self.as_sheet)

    def as_sheet(self, rows: Any) -> FileResponse:
        """The rows by the columns of this list."""
        sheet = sheet_of(self)
        rows = rows.annotate(**sheet.annotated)
        if sheet.related:
            rows = rows.select_related(*sheet.related)
        return sent(str(self.opts.verbose_name_plural), sheet.columns, rows.iterator(chunk_size=STEP))

    def sheet_of_rows(
        self, request: HttpRequest, written: Callable[[Any], FileResponse]
    ) -> HttpResponse | FileResponse:
        """What is written of the rows that the filters leave; an answer where they cannot be read."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return redirect(self._list_name())
        try:
            return written(rows)
        except Invalid as refusal:
            messages.error(request, sentence_of(refusal))
            return redirect(self._list_name())

    def _sheet_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_sheet"

    def _list_name(self) -> str:
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist"


def sent(title: str, columns: Sequence[Column], rows: Iterator[Any]) -> FileResponse:
    """The rows as a file to keep, named after the list and the day."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    headings = [workbook.Heading(headed(column), column.width) for column in columns]
    workbook.write(file, title=title, headings=headings, rows=(_cells(columns, row) for row in rows))
    file.seek(0)
    name = f"{slugify(without_marks(title))}-{clock.today():%Y-%m-%d}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    answer["Cache-Control"] = "no-store"
    return answer


def _cells(columns: Sequence[Column], row: Any) -> list[Any]:
    return [column.value(row) for column in columns]
