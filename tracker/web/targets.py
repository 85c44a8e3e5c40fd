"""One target: where it stands as of a day, each of its readings, and the form of the agency that gives its figure."""

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Agency
from directives.actions.measuring import add_reading
from directives.models import Indicator, Reading
from directives.targets import targets
from tracker import clock
from tracker.figure_field import FigureField
from tracker.printed import figure
from tracker.target_words import VERDICTS, facts
from tracker.uploads import FilesField
from tracker.web.carrying import is_somebody_elses, somebody_elses, typed_in
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.forms import KINDS_OF_FILES, NO_DAY, ActForm
from tracker.web.leaders.asked import AsOfForm
from tracker.web.refusals import done
from tracker.web.sign_in import behind_the_door

NOT_HERE = gettext_lazy("The agency that gives this figure enters it here; the secretariat enters figures at the desk.")


class ReadingForm(ActForm):
    """A figure as of a day: a value, or so many of so many; where it comes from, with its files."""

    as_of = forms.DateField(
        label=gettext_lazy("Figure of the day"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": NO_DAY, "required": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    value = FigureField(label=gettext_lazy("Value"), help_text=gettext_lazy("Or so many of so many, below."))
    numerator = FigureField(label=gettext_lazy("So many"))
    denominator = FigureField(label=gettext_lazy("Of so many"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("The report, system or letter it is from.")
    )
    files = FilesField(label=gettext_lazy("Files"), required=False, allow_empty_file=True, help_text=KINDS_OF_FILES)
    short = ("as_of", "value", "numerator", "denominator")


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The target; its agency enters a figure here, outside a report."""
    desk = desk_of(request)
    row = get_object_or_404(
        Indicator.objects.in_reach(desk.sight).select_related("committee", "reported_by"), uuid=uuid
    )
    agency = row.reported_by if row.reported_by_id in desk.own_agencies else None
    if request.method != "POST":
        return _page(request, desk, row, ReadingForm() if agency else None)
    if agency is None:
        return render(request, "403.html", {"sentence": NOT_HERE}, status=403)
    if is_somebody_elses(request):
        return somebody_elses(request, request.path, typed_in(request))
    form = ReadingForm(request.POST, request.FILES)
    if form.is_valid() and done(form, _entering(row, agency, request, form)):
        messages.success(request, _("The figure is entered. The secretariat verifies it."))
        return redirect("target", row.uuid)
    return _page(request, desk, row, form, status=form.status)


def _entering(row: Indicator, agency: Agency, request: SignedIn, form: ReadingForm) -> Any:
    given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    return partial(add_reading, row, by=request.user, at=clock.now(), agency=agency, **given)


def _page(
    request: SignedIn, desk: Desk, row: Indicator, form: ReadingForm | None, *, status: int = 200
) -> HttpResponse:
    asked = AsOfForm(request.GET, desk.today)
    told = targets([row], today=asked.day)[row.pk]
    page = {
        "section": "figures",
        "indicator": row,
        "as_of": asked.day,
        "day": asked,
        "overview": _overview(desk, row, asked.day),
        "is_today": asked.day == desk.today,
        "facts": facts(told),
        "verdict": VERDICTS[told.verdict],
        "readings": [_line(row, reading) for reading in told.readings],
        "form": form,
    }
    return render(request, "web/target.html", page, status=status)


def _overview(desk: Desk, row: Indicator, day: date) -> str:
    """The figures among which the target stands, as of the same day: its committee's, or those of its agency."""
    sees = desk.sight.everything or row.committee_id in desk.sight.committees
    body = {"committee": row.committee.uuid} if sees or not row.reported_by else {"agency": row.reported_by.uuid}
    said = body if day == desk.today else {**body, "as_of": day.isoformat()}
    return f"{reverse('figures')}?{urlencode(said)}"


def _line(row: Indicator, reading: Reading) -> dict[str, Any]:
    """A reading with both of its figures as they are printed, each with its unit."""
    found = {"reported": reading.reported, "verified": reading.verified}
    told = {name: figure(one, in_percent=row.in_percent) for name, one in found.items()}
    return {"reading": reading, **{name: f"{words}\u00a0{row.unit}" if words else "" for name, words in told.items()}}
