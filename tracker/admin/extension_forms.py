"""The two answers to a request for more time."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.models import ExtensionRequest
from tracker.admin.fields import DayField, DeskForm


class GrantForm(DeskForm):
    """More time, until the day asked for or another."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DayField(label=_("new deadline"))
    reason = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    @classmethod
    def of(cls, request: ExtensionRequest) -> Self:
        initial = {"version": request.assignment.version, "due_on": request.asked_due_on}
        return cls(prefix="grant", initial=initial)


class RefuseForm(DeskForm):
    """The deadline stays, with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    @classmethod
    def of(cls, request: ExtensionRequest) -> Self:
        return cls(prefix="refuse", initial={"version": request.assignment.version})
