"""The one place where a refusal becomes what the desk shows: a sentence at its field, and an HTTP status."""

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from accounts.refusals import Refusal
from accounts.roles import NotAllowed
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, WrongMoment: 409, Invalid: 400, Stale: 412}
# The actions name a field as the API does; a form may show it elsewhere.
ELSEWHERE = {
    "addressees": "lead",
    "reason": "reason",
    "agency": "to_agency",
    "begins": "begins_on",
    "ends": "ends_on",
}


def sentence_of(refusal: Refusal) -> str:
    """The sentence in the reader's language. The rules' sentences are English constants until here."""
    sentence = gettext(str(refusal.sentence))
    return sentence % {name: _told(value) for name, value in refusal.params.items()} if refusal.params else sentence


def _told(value: Any) -> Any:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal: 403 not you, 409 not now, 400 not that, 412 somebody was faster."""
    return STATUS[type(refusal)]


def show(form: forms.BaseForm, refusal: Refusal) -> int:
    """Put the sentence at the field it is about, else above the form; what was typed stays. Returns the status."""
    field = refusal.field if isinstance(refusal, Invalid) else None
    if field not in form.fields:
        field = ELSEWHERE.get(field or "")
    form.add_error(field if field in form.fields else None, sentence_of(refusal))
    return status_of(refusal)


class TellsRefusals(admin.ModelAdmin):
    """A page of Django's whose saving calls an action: a refusal shows the form again, with what was typed.

    Django saves within one transaction, which the refusal has ended; the form is then bound a second time, and the
    refusal is among its errors.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            vars(request)["refusal"] = refusal
            for upload in request.FILES.values():
                with suppress(ValueError):  # already closed by the storage
                    upload.seek(0)
            answer = super().changeform_view(request, object_id, form_url, extra_context)
            answer.status_code = status_of(refusal)
            return answer

    def get_form(
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **options: Any,
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **options)
        refusal = vars(request).get("refusal")
        return _refused(form, refusal) if refusal else form


def _refused(form: type[forms.ModelForm], refusal: Refusal) -> type[forms.ModelForm]:
    class Refused(form):  # type: ignore[valid-type]
        def full_clean(self) -> None:
            super().full_clean()
            show(self, refusal)

    return Refused
