"""What the pages of our own share with the rows of the desk: frame, title, status."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from accounts.refusals import Refusal
from tracker.admin.refusals import sentence_of, status_of


def page(
    request: HttpRequest, template: str, *, title: str, model: type, status: int = 200, **content: Any
) -> HttpResponse:
    """One of our pages in the frame of the desk; `model` says in which section it stands."""
    context = {**admin.site.each_context(request), "title": title, "opts": model._meta, **content}  # noqa: SLF001
    return TemplateResponse(request, template, context, status=status)


def refused_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that says why somebody may not come in here."""
    return render(request, "403.html", {"sentence": sentence_of(refusal)}, status=status_of(refusal))
