"""Whose figures are asked for, and as of which day; it all stands in the address, so that a page can be sent."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee
from directives.figures import By, Scope
from tracker.web.desk import Desk
from tracker.web.fields import dress
from tracker.web.forms import NO_DAY

Row = TypeVar("Row", bound=Model)
# What an office wrote before has no figures here.
FIRST = date(2000, 1, 1)
NOT_YET = _("That day has not come yet.")
TOO_EARLY = _("The register does not go back so far.")
# How many committees stand beside one another to be chosen.
MOST_BODIES = 12


class AsOfForm(forms.Form):
    """The day as of which is asked."""

    as_of = forms.DateField(
        label=_("As of the end of"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, address: QueryDict, today: date) -> None:
        super().__init__({"as_of": address.get("as_of") or today})
        self.today = today
        self.fields["as_of"].widget.attrs |= {"max": today.isoformat(), "min": FIRST.isoformat()}
        dress(self)

    def clean_as_of(self) -> date:
        """The day that was asked for, which is over or is today."""
        asked = self.cleaned_data["as_of"] or self.today
        if asked > self.today:
            raise forms.ValidationError(NOT_YET)
        if asked < FIRST:
            raise forms.ValidationError(TOO_EARLY)
        return asked

    @property
    def day(self) -> date:
        """That day; today where what was asked for cannot be shown, and the field says why."""
        return self.cleaned_data["as_of"] if self.is_valid() else self.today


@dataclass(frozen=True)
class Body:
    """A committee or an agency whose figures the reader can choose."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Way:
    """A link to another page: its words and where it leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Asked:
    """Whose figures: of a committee, of an agency, of an agency in one committee's work, of what an agency handed down;
    of all committees where none of them is named."""

    desk: Desk
    form: AsOfForm
    committee: Committee | None = None
    agency: Agency | None = None
    handed_down: bool = False

    @property
    def as_of(self) -> date:
        """The local date at whose end it is asked how the work stood."""
        return self.form.day

    @property
    def is_today(self) -> bool:
        """Whether it is asked how the work stands now."""
        return self.as_of == self.desk.today

    @cached_property
    def scope(self) -> Scope:
        """What is counted."""
        everybody = None if self.agency or self.desk.sight.everything else frozenset[int]()
        return Scope(
            committees=frozenset({self.committee.pk}) if self.committee else everybody,
            agencies=frozenset({self.agency.pk}) if self.agency else None,
            handed_down=self.handed_down,
        )

    @property
    def is_nobodys(self) -> bool:
        """Whether the reader holds no office that lets them see any figure."""
        return not (self.committee or self.agency or self.desk.sight.everything)

    @property
    def sees_notices(self) -> bool:
        """Whether every notice that is counted is there for the reader, also one of which an agency has nothing now."""
        sight = self.desk.sight
        return sight.everything or (self.committee is not None and self.committee.pk in sight.committees)

    @property
    def title(self) -> str:
        """Whose figures, in words."""
        body = self.agency or self.committee
        return body.name if body else str(_("All committees"))

    @property
    def ways(self) -> tuple[By, ...]:
        """By what the figures can be told apart, beside notice and field."""
        if self.handed_down:
            return (By.AGENCY,)
        if self.agency:
            return () if self.committee else (By.COMMITTEE,)
        return (By.AGENCY,) if self.committee else (By.COMMITTEE, By.AGENCY)

    def said(self, **changed: Any) -> dict[str, str]:
        """What stands in an address, by name; today and what is not said stay away."""
        words: dict[str, Any] = {
            "committee": self.committee and self.committee.uuid,
            "agency": self.agency and self.agency.uuid,
            "handed_down": "1" if self.handed_down else "",
            "as_of": "" if self.is_today else self.as_of.isoformat(),
            **changed,
        }
        return {name: str(value) for name, value in words.items() if value or (name == "field" and value == "")}

    def address(self, page: str = "figures", *parts: str, **changed: Any) -> str:
        """Where a page about the same lies, or about something else of it."""
        words = urlencode(self.said(**changed))
        return reverse(page, args=parts) + (f"?{words}" if words else "")

    @property
    def as_of_today(self) -> str:
        """The address of the same, today."""
        return self.address(as_of="")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form carries along that asks for another day."""
        return [(name, value) for name, value in self.said().items() if name != "as_of"]

    @property
    def back(self) -> "Way":
        """The way back to the figures."""
        return Way(self.title, self.address())

    @property
    def of_committee(self) -> str:
        """The address of the committee's own page."""
        return self.address(agency="")

    @property
    def own(self) -> str:
        """Where an agency's page tells of what it was given."""
        return self.address(handed_down="")

    @property
    def below(self) -> str:
        """Where it tells of what it handed down."""
        return self.address(handed_down="1")

    @cached_property
    def bodies(self) -> list[Body]:
        """The committees in reach and the reader's own agencies, where there is more than one to choose from."""
        sight = self.desk.sight
        committees = [] if sight.everything else list(Committee.objects.filter(pk__in=sight.committees)[:MOST_BODIES])
        found = [Body(one.name, self._of(committee=one.uuid), one == self.committee) for one in committees]
        agencies = list(dict.fromkeys(office.agency for office in self.desk.offices if office.agency))
        found += [Body(one.name, self._of(agency=one.uuid), one == self.agency) for one in agencies]
        return found if len(found) > 1 else []

    def _of(self, **body: Any) -> str:
        return self.address(**{"committee": "", "agency": "", "handed_down": "", **body})


def read_asked(desk: Desk, address: QueryDict) -> Asked:
    """What an address asks for; without a body that of the reader's first office. Raises `Http404` where it is out of
    the reader's reach."""
    form = AsOfForm(address, desk.today)
    committee = named(Committee.objects.all(), address.get("committee"))
    agency = named(Agency.objects.all(), address.get("agency"))
    handed_down = bool(agency and not committee and address.get("handed_down"))
    if committee is None and agency is None and not desk.sight.everything:
        committee, agency = _usual(desk)
    asked = Asked(desk, form, committee, agency, handed_down)
    if not _in_reach(asked):
        raise Http404
    return asked


def _usual(desk: Desk) -> tuple[Committee | None, Agency | None]:
    for office in desk.offices:
        if office.committee:
            return office.committee, None
    return None, next((office.agency for office in desk.offices if office.agency), None)


def _in_reach(asked: Asked) -> bool:
    """Whether the reader sees all of the rows that are counted: those of a committee, or those of an agency."""
    sight = asked.desk.sight
    if sight.everything or (asked.committee is None and asked.agency is None):
        return True
    of_committee = asked.committee is not None and asked.committee.pk in sight.committees
    return of_committee or (asked.agency is not None and asked.agency.pk in sight.agencies)


def named(rows: QuerySet[Row], written: str | None) -> Row | None:
    """The row that an address names, None where it names none. Raises `Http404` where there is no such row."""
    if not written:
        return None
    try:
        found = rows.filter(uuid=UUID(written)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
