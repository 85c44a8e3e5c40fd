"""The form of a scheduled paper: which, as what file, on which days, to whom."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from directives.actions.scheduling import HOURS, Wanted, people_of
from directives.models import PaperSchedule
from directives.rules.paper_days import Rhythm, When
from directives.rules.working_days import local_day
from tracker import clock
from tracker.paper_asking import ON_WEEKDAYS
from tracker.papers.form import KINDS
from tracker.papers.kinds import PAPERS

USUAL_HOUR = 8
# A field for each way to count, of which the chosen one counts.
NUMBER_OF = {Rhythm.WEEKLY: "weekday", Rhythm.MONTHLY: "month_day", Rhythm.SESSION: "days_before"}
WAYS = {
    Rhythm.WEEKLY: _("Each week"),
    Rhythm.MONTHLY: _("Each month"),
    Rhythm.SESSION: _("Before a session"),
}


class ScheduleForm(forms.Form):
    """What goes out again and again, of one body."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Paper"))
    form = forms.ChoiceField(label=_("Kind of file"), choices=[(name, f".{name}") for name in KINDS])
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    rhythm = forms.ChoiceField(
        label=_("Goes out"),
        help_text=_("On a day off it goes out on the next working day, before a session on the working day before."),
    )
    weekday = forms.TypedChoiceField(
        label=_("Each week on"), choices=list(ON_WEEKDAYS.items()), coerce=int, required=False
    )
    month_day = forms.IntegerField(
        label=_("Each month on day"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_(
            "A month that is too short has its last day. A report of a period that goes out up to the 10th is of the "
            "month before, else of the present one."
        ),
    )
    days_before = forms.IntegerField(
        label=_("Working days before a session"), min_value=0, max_value=30, required=False
    )
    hour = forms.TypedChoiceField(
        label=_("At (Hà Nội time)"), choices=[(hour, f"{hour:02}:00") for hour in HOURS], coerce=int
    )
    recipients = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Recipients"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who leaves office gets it no more."),
    )
    short = ("weekday", "month_day", "days_before", "hour")

    def __init__(self, body: Committee | Agency, given: Any = None, schedule: PaperSchedule | None = None) -> None:
        super().__init__(given, initial=_initial(schedule), label_suffix="")
        self.status = 400
        self._fields_of(body)

    def _fields_of(self, body: Committee | Agency) -> None:
        need = "committee" if isinstance(body, Committee) else "agency"
        ways = [way for way in WAYS if way is not Rhythm.SESSION or need == "committee"]
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(name, kind.name) for name, kind in PAPERS.items() if kind.needs == (need,)]
        fields["rhythm"].choices = [(way.value, WAYS[way]) for way in ways]
        fields["recipients"].queryset = people_of(body, local_day(clock.now()))
        if Rhythm.SESSION not in ways:
            del self.fields["days_before"]

    def clean(self) -> dict[str, Any]:
        """The day of the chosen way must be there."""
        given = super().clean() or self.cleaned_data
        name = NUMBER_OF.get(given.get("rhythm", ""))
        if name and name not in self.errors and given.get(name) in (None, ""):
            self.add_error(name, _("Please fill this in."))
        return given

    @property
    def wanted(self) -> Wanted:
        """What was filled in."""
        given = self.cleaned_data
        rhythm = Rhythm(given["rhythm"])
        when = When(rhythm, given[NUMBER_OF[rhythm]], given["hour"])
        return Wanted(given["kind"], given["form"], given["language"], when, list(given["recipients"]))


def _initial(schedule: PaperSchedule | None) -> dict[str, Any]:
    if schedule is None:
        return {"hour": USUAL_HOUR, "weekday": 1, "month_day": 1, "days_before": 5, "rhythm": Rhythm.WEEKLY.value}
    told = {name: getattr(schedule, name) for name in ("version", "kind", "form", "language", "rhythm", "hour")}
    return {**told, NUMBER_OF[Rhythm(schedule.rhythm)]: schedule.number, "recipients": schedule.recipients.all()}
