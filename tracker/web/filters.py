"""What a list is narrowed to. It all stands in the address, so that a list can be kept and sent."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directives.models import Notice, Role
from directives.models.directives import NEED, AssignmentQuerySet
from directives.rules.standing import Standing
from tracker.web.fields import dress
from tracker.web.wording import CHIPS

PAGE = 50
LEAD, COORDINATING = "lead", "coordinating"
OPEN, ALL = "open", "all"
FINISHED = (Standing.DONE_LATE, Standing.DONE_ON_TIME, Standing.OUTSIDE)
COORDINATES = Q(role=Role.COORDINATING)
TABS = {LEAD: _("Leading"), COORDINATING: _("Coordinating")}
GROUPS = {
    OPEN: tuple(standing for standing in NEED if standing not in FINISHED),
    **{str(standing): (standing,) for standing in NEED},
    ALL: NEED,
}
WORDS = {OPEN: _("Not done yet"), ALL: _("All"), **{str(name): chip.words for name, chip in CHIPS.items()}}

Counts = dict[str, Counter[str]]


class NoticeForm(forms.Form):
    """The notice by its number, as it is printed or only its figures."""

    notice = forms.CharField(label=_("Notice number"), max_length=80, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["notice"].widget.attrs["placeholder"] = "369/TB-VPCP"
        dress(self)


@dataclass(frozen=True)
class Choice:
    """A tab, a filter or a page that can be clicked: what it is called, how many it holds, where it leads."""

    name: str
    words: str
    count: int
    address: str
    chosen: bool = False


@dataclass(frozen=True)
class Pages:
    """Which stretch of the list is shown, and the addresses of its neighbours (empty where there are none)."""

    first: int
    last: int
    total: int
    before: str
    after: str


class Filters:
    """Reads `tab`, `standing`, `notice` and `page` from an address; what it does not know counts as not said."""

    def __init__(self, address: QueryDict) -> None:
        self.tab = COORDINATING if address.get("tab") == COORDINATING else LEAD
        self.standing = address["standing"] if address.get("standing") in GROUPS else OPEN
        self.form = NoticeForm(address)
        self.notice = self.form.cleaned_data["notice"] if self.form.is_valid() else ""
        typed = address.get("page", "")
        self.number = int(typed) if re.fullmatch(r"[1-9][0-9]{0,4}", typed) else 1

    def by_notice(self, assignments: AssignmentQuerySet) -> AssignmentQuerySet:
        """Those of the notice asked for, or all."""
        if not self.notice:
            return assignments
        if re.fullmatch(r"[0-9]{1,6}", self.notice):
            return assignments.filter(directive__notice__number=int(self.notice))
        return assignments.filter(directive__notice__in=Notice.objects.by_reference(self.notice))

    def count(self, assignments: AssignmentQuerySet) -> Counts:
        """How many of each standing lie in each tab, in one query."""
        tally = {"lead": Count("pk", filter=~COORDINATES), "coordinating": Count("pk", filter=COORDINATES)}
        lines = assignments.order_by().values("standing").annotate(**tally).values_list("standing", *tally)
        counts: Counts = {LEAD: Counter(), COORDINATING: Counter()}
        for standing, lead, coordinating in lines:
            counts[LEAD][standing] += lead
            counts[COORDINATING][standing] += coordinating
        return counts

    def page(self, assignments: AssignmentQuerySet) -> AssignmentQuerySet:
        """The page asked for of the chosen tab and standing, in order of need."""
        part = COORDINATES if self.tab == COORDINATING else ~COORDINATES
        first = (self.number - 1) * PAGE
        return assignments.filter(part, standing__in=GROUPS[self.standing]).by_need()[first : first + PAGE]

    def tabs(self, counts: Counts) -> list[Choice]:
        """The tabs, each with its open work."""
        return [
            Choice(tab, words, _sum(counts[tab], OPEN), self._address(tab=tab, standing=OPEN), tab == self.tab)
            for tab, words in TABS.items()
        ]

    def standings(self, counts: Counts) -> list[Choice]:
        """The standings that occur in the chosen tab, with all open before them and all after."""
        found = {name: _sum(counts[self.tab], name) for name in GROUPS}
        return [
            Choice(name, WORDS[name], found[name], self._address(standing=name), name == self.standing)
            for name in GROUPS
            if found[name] or name in (OPEN, ALL, self.standing)
        ]

    def pages(self, counts: Counts) -> Pages:
        """The stretch of the list that the page shows."""
        total = _sum(counts[self.tab], self.standing)
        last = min(self.number * PAGE, total)
        return Pages(
            first=(self.number - 1) * PAGE + 1,
            last=last,
            total=total,
            before=self._address(page=self.number - 1) if self.number > 1 else "",
            after=self._address(page=self.number + 1) if last < total else "",
        )

    @property
    def all_notices(self) -> str:
        """The address without the notice filter."""
        return self._address(notice="")

    def _address(self, **changed: object) -> str:
        said = {"tab": self.tab, "standing": self.standing, "notice": self.notice, **changed}
        plain = {"tab": LEAD, "standing": OPEN, "notice": "", "page": 1}
        return "?" + urlencode({name: value for name, value in said.items() if value != plain[name]})


def _sum(counts: Counter[str], group: str) -> int:
    return sum(counts[standing] for standing in GROUPS[group])
