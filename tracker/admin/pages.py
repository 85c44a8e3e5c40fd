"""What the pages of our own share with the rows of the desk: frame, title, status."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def page(
    request: HttpRequest, template: str, *, title: str, model: type, status: int = 200, **content: Any
) -> HttpResponse:
    """One of our pages in the frame of the desk; `model` says in which section it stands."""
    context = {**admin.site.each_context(request), "title": title, "opts": model._meta, **content}  # noqa: SLF001
    return TemplateResponse(request, template, context, status=status)
