"""The verbs of an assignment at the desk: what each asks for, and the action it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.roles import Verb
from directives.actions.assigning import reassign, resume, suspend, withdraw
from directives.actions.redating import set_deadline
from directives.actions.reporting import return_report, verify
from tracker import clock
from tracker.admin.agency_choices import agencies_on, by_kind
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.long_choices import LongSelect, Ready


class VerbForm(DeskForm):
    """Every verb says which version of the assignment it was decided on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class VerifyForm(VerbForm):
    reason = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class ReturnForm(VerbForm):
    redo_by = DayField(
        label=_("to be redone by"), required=False, help_text=_("A wish to the agency; the deadline does not change.")
    )


class ReassignForm(VerbForm):
    to_agency = forms.ModelChoiceField(label=_("to which agency"), queryset=Agency.objects.all(), widget=LongSelect)
    due_on = DayField(label=_("new deadline"), required=False, help_text=_("Needed where the deadline has passed."))
    field_order = ("version", "to_agency", "due_on", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_agency"].choices = Ready([("", "---------")], by_kind(agencies_on(clock.today())))


class SetDeadlineForm(VerbForm):
    due_on = DayField(label=_("new deadline"))
    field_order = ("version", "due_on", "reason")


@dataclass(frozen=True)
class DeskVerb:
    """A verb as the desk offers it."""

    verb: Verb
    title: Any
    form: type[VerbForm]
    act: Callable[..., Any]
    done: Any
    hint: Any = ""
    danger: bool = False


VERBS = {
    verb.verb.value: verb
    for verb in (
        DeskVerb(Verb.VERIFY, _("Verify"), VerifyForm, verify, _("The result is verified.")),
        DeskVerb(Verb.RETURN, _("Return"), ReturnForm, return_report, _("The report was returned to the agency.")),
        DeskVerb(
            Verb.SUSPEND, _("Suspend"), VerbForm, suspend, _("The assignment is suspended."), _("The clock stops.")
        ),
        DeskVerb(Verb.RESUME, _("Resume"), VerbForm, resume, _("The assignment goes on."), _("The clock goes on.")),
        DeskVerb(
            Verb.SET_DEADLINE,
            _("Set a new deadline"),
            SetDeadlineForm,
            set_deadline,
            _("The new deadline is set, and the agency is told."),
            _("The reminders count anew; the original deadline stays on record."),
        ),
        DeskVerb(
            Verb.REASSIGN,
            _("Reassign"),
            ReassignForm,
            reassign,
            _("The assignment was given to the other agency."),
            _("The duty moves to another agency; the original deadline goes along."),
        ),
        DeskVerb(
            Verb.WITHDRAW,
            _("Withdraw"),
            VerbForm,
            withdraw,
            _("The assignment is withdrawn."),
            _("It is no longer asked and no longer counted."),
            danger=True,
        ),
    )
}
