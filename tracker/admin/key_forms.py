"""The forms of a key: for whom it acts, what it may do, from where, and until when."""

from datetime import date, datetime, time, timedelta
from ipaddress import ip_network
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey
from accounts.roles import Scope
from tracker import clock
from tracker.admin.fields import DayField, DeskForm, LinesField, RowForm

SCOPES = {
    Scope.READ: _("Read"),
    Scope.REPORT: _("Acknowledge, report and hand in"),
    Scope.ASK: _("Decline, ask, and ask for more time"),
    Scope.HAND_DOWN: _("Hand down to units below, and decide on what was handed down"),
    Scope.VERIFY: _("Verify and return"),
    Scope.DECIDE: _("Decide on more time, and answer questions"),
    Scope.ASSIGN: _("Suspend, withdraw, give to another agency or with another deadline"),
    Scope.DRAFT: _("Enter drafts and issue notices"),
    Scope.MEASURE: _("Enter figures of targets"),
    Scope.SUBSCRIBE: _("Be called when something changes (webhooks)"),
}
OF_AGENCIES = {Scope.REPORT, Scope.ASK, Scope.HAND_DOWN}
OF_COMMITTEES = {Scope.VERIFY, Scope.DECIDE, Scope.ASSIGN, Scope.DRAFT, Scope.MEASURE}
NOT_THEIRS = _("Whoever the key acts for does not do this: %(scopes)s.")
NO_NETWORK = _("%(line)s is no network. Write it as 10.12.0.0/16, 203.113.131.5 or 2405:4800::/32.")
NOT_ITS_BEGINNING = _("%(line)s is an address within a network. Do you mean the network %(network)s?")
TOO_MANY = _("At most %(most)d networks.")
MOST_NETWORKS = 20
LONGEST = timedelta(days=730)
USUAL = timedelta(days=365)
OVERLAP = timedelta(days=14)


def moment_after(day: date) -> datetime:
    """The moment at which a local day has passed."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.HANOI)


def last_day(day: date) -> date:
    """The day, where a key may end on it. Raises ValidationError."""
    today = clock.today()
    if day < today:
        raise forms.ValidationError(_("This day has passed."))
    if day > today + LONGEST:
        raise forms.ValidationError(_("A key lives at most two years."))
    return day


class NetworksField(LinesField):
    """Networks or single addresses, one in a line, kept as they are written in short."""

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value)
        if len(lines) > MOST_NETWORKS:
            raise forms.ValidationError(TOO_MANY % {"most": MOST_NETWORKS})
        return list(dict.fromkeys(_network(line) for line in lines))


def _network(line: str) -> str:
    try:
        meant = ip_network(line, strict=False)
    except ValueError:
        raise forms.ValidationError(NO_NETWORK % {"line": line}) from None
    try:
        ip_network(line)
    except ValueError:
        raise forms.ValidationError(NOT_ITS_BEGINNING % {"line": line, "network": meant}) from None
    return str(meant).removesuffix(f"/{meant.max_prefixlen}")


class KeyForm(RowForm):
    scopes = forms.MultipleChoiceField(
        label=_("scopes"), choices=list(SCOPES.items()), initial=["read"], widget=forms.CheckboxSelectMultiple
    )
    networks = NetworksField(
        label=_("networks"),
        required=False,
        longest=43,
        help_text=_("From where it may be used, one in a line: 10.12.0.0/16 or 203.113.131.5. Empty: from anywhere."),
    )
    expires_on = DayField(label=_("last day"))

    class Meta:
        model = ApiKey
        fields = ("name", "agency", "committee", "networks")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "expires_on" in self.fields:  # the page of a made key only reads
            self.fields["expires_on"].initial = clock.today() + USUAL

    def clean_expires_on(self) -> date:
        return last_day(self.cleaned_data["expires_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("agency")) == bool(given.get("committee")):
            self.add_error("agency", _("Choose one agency or one committee for which the key acts."))
            return given
        of_others = OF_COMMITTEES if given.get("agency") else OF_AGENCIES
        if foreign := [SCOPES[Scope(one)] for one in given.get("scopes", ()) if one in of_others]:
            self.add_error("scopes", NOT_THEIRS % {"scopes": ", ".join(map(str, foreign))})
        return given


class SuccessorForm(DeskForm):
    """Until when both are good, and until when the new one is."""

    both_until = DayField(
        label=_("last day of the old key"),
        help_text=_("Until the end of this day both keys are good, so that the system can be changed over in peace."),
    )
    expires_on = DayField(label=_("last day of the new key"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["both_until"].initial = clock.today() + OVERLAP
        self.fields["expires_on"].initial = clock.today() + USUAL

    def clean_both_until(self) -> date:
        return last_day(self.cleaned_data["both_until"])

    def clean_expires_on(self) -> date:
        return last_day(self.cleaned_data["expires_on"])
