"""The last step: what issuing will do, said before it is done; giving a draft up; taking an issued notice back."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import AgencyGroup
from accounts.people import Holder
from accounts.refusals import Refusal
from directives.actions.addressing import Part, expand, in_periods, who_is_told
from directives.actions.entering import discard
from directives.actions.issuing import SAYS_NOTHING, issue, says_nothing, withdraw_notice
from directives.models import Directive, Notice, Role
from directives.models.periods import period_name
from directives.rules.refusals import Invalid, Stale
from tracker import clock
from tracker.admin.changed_since import speaks_of
from tracker.admin.checking import GAP, NAMED_BESIDE, short, written_of
from tracker.admin.drafts import for_drafts, missing_of, steps_of
from tracker.admin.fields import DeskForm
from tracker.admin.first_turns import FirstTurn
from tracker.admin.issued import ReasonForm, issued_page
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import seat_of
from tracker.admin.six_points import hints, with_addressees


class IssueForm(DeskForm):
    unhandled_ok = forms.BooleanField(
        label=gettext_lazy("The paragraphs without a mark are left so on purpose"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DiscardForm(ReasonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass
class Line:
    """What one directive becomes."""

    directive: Directive
    hints: list[tuple[str, str]]
    given: list[Part] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """Who gets which part; what recurs is told of its first period."""
        return [part for part in self.given if part.period == self.given[0].period]

    def turns(self) -> list[tuple[str, date | None]]:
        """The periods that are given out, in words, with their due dates."""
        return list(
            {part.period: (period_name(part.period), part.due_on) for part in self.given if part.period}.values()
        )

    def written(self) -> str:
        """The words of the deadline, where its date does not stand in them."""
        return written_of(self.directive.deadline_text, self.directive.due_on, self.directive.quote)

    def groups(self) -> list[tuple[AgencyGroup, list[Part]]]:
        """The groups among the addressees with their members on the issue date."""
        found: dict[AgencyGroup, list[Part]] = defaultdict(list)
        for part in self.parts:
            if part.group is not None:
                found[part.group].append(part)
        return list(found.items())

    def named(self, role: str) -> list[Part]:
        return [part for part in self.parts if part.role == role and part.group is None]

    def lead(self) -> list[Part]:
        return self.named(Role.LEAD)

    def share(self) -> list[Part]:
        return self.named(Role.SHARE)

    def coordinating(self) -> list[Part]:
        return self.named(Role.COORDINATING)

    def beside(self) -> str:
        """The first of those who are to help, by abbreviation where they have one; groups by their names."""
        helping = [group.name for group, parts in self.groups() if parts[0].role == Role.COORDINATING]
        named = [*(short(part.agency, briefly=True) for part in self.coordinating()), *helping]
        return ", ".join([*named[:NAMED_BESIDE], *([GAP] if named[NAMED_BESIDE:] else [])])

    def first_turn(self) -> FirstTurn | None:
        """The first period that is given out of what recurs."""
        first, rhythm = next((part for part in self.given if part.period), None), self.directive.rhythm
        return FirstTurn(rhythm, first.period, first.due_on) if first and rhythm and first.due_on else None

    def leads(self) -> list[str]:
        """Who answers for it, as a clerk calls them; a group with how many get it."""
        answering = [(group, parts) for group, parts in self.groups() if parts[0].role != Role.COORDINATING]
        named = [short(part.agency) for part in (*self.lead(), *self.share())]
        return [*named, *(f"{group.name} ({len(parts)})" for group, parts in answering)]

    def n_beside(self) -> int:
        """How many agencies are to help."""
        return sum(part.role == Role.COORDINATING for part in self.parts)


@dataclass
class Preview:
    """What issuing would do, and what stands in its way."""

    lines: list[Line]
    in_the_way: list[str]
    unhandled: int
    undecided: int = 0
    missing: dict[str, str] = field(default_factory=dict)  # of the header: the fields, with their names
    told: dict[int, list[Holder]] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many people get a message; somebody of two agencies gets one."""
        return len({holder.user.pk for holders in self.told.values() for holder in holders})

    @property
    def unheard(self) -> list[tuple[str, int]]:
        """The agencies in which nobody is in office to be told, with how many directives each leads; most first.

        It leads what is its own, alone or beside others that are named; its share of a group's work is not counted.
        """
        names = {part.agency.pk: part.agency.name for part in self.parts}
        led: dict[int, set[int]] = defaultdict(set)
        for part in self.parts:
            if part.role == Role.LEAD or (part.role == Role.SHARE and part.group is None):
                led[part.agency.pk].add(part.directive.pk)
        found = [(names[pk], len(led[pk])) for pk, holders in self.told.items() if not holders]
        return sorted(found, key=lambda one: -one[1])

    @property
    def unheard_leads(self) -> list[tuple[str, int]]:
        """Those of them that lead something; all of them where none does."""
        return [one for one in self.unheard if one[1]] or self.unheard

    @property
    def unheard_others(self) -> list[str]:
        """The others, by their names."""
        return [name for name, led in self.unheard if not led] if self.unheard_leads != self.unheard else []

    @property
    def unclear(self) -> int:
        """How many directives leave a point of the 6 rõ open."""
        return sum(bool(line.hints) for line in self.lines)

    @property
    def parts(self) -> list[Part]:
        return [part for line in self.lines for part in line.given]

    @property
    def agencies(self) -> int:
        return len({part.agency.pk for part in self.parts})

    @property
    def undated(self) -> int:
        return sum(line.directive.due_on is None and not line.turns() for line in self.lines)


def preview(notice: Notice) -> Preview:
    """Say what issuing `notice` would do, without doing it; a fixed number of queries."""
    lines = {row.pk: Line(row, hints(row)) for row in with_addressees(notice)}
    missing = missing_of(notice)
    in_the_way = [_("Still missing: %(fields)s.") % {"fields": ", ".join(missing.values())}] if missing else []
    in_the_way += [str(SAYS_NOTHING)] if says_nothing(notice) else []
    in_the_way += [
        _("Directive %(position)s is given to nobody yet.") % {"position": line.directive.position}
        for line in lines.values()
        if not line.directive.addressees.all()
    ]
    today = clock.today()
    try:
        named = expand(notice, day=today) if notice.issued_on else []
        for part in in_periods(named, today=today, ahead=settings.PERIODS_AHEAD):
            lines[part.directive.pk].given.append(part)
    except Invalid as refusal:
        in_the_way.append(sentence_of(refusal))
    found = Preview(list(lines.values()), in_the_way, notice.paragraphs.unhandled().count())
    found.missing = missing
    found.undecided = notice.proposals.open().count()
    found.told = who_is_told({part.agency.pk for part in found.parts}, on=today)
    return found


@for_drafts
def issue_notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Show what will happen; on POST let it happen. What amends another notice has a page of its own."""
    if notice.amended is not None:
        return redirect("admin:amendment_issue", notice.pk)
    form, status = IssueForm(request.POST or None, initial={"version": notice.version}), 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            written = issue(notice, by=seat_of(request).user, at=clock.now(), ahead=settings.PERIODS_AHEAD, **given)
        except Refusal as refusal:
            status = _shown_anew(form, refusal, notice)
        else:
            done = _("%(notice)s is issued: %(n)d assignments were given.") % {"notice": notice, "n": len(written)}
            messages.success(request, done)
            return redirect("admin:directives_notice_change", notice.pk)
    return page(
        request,
        "admin/directives/notice/issue.html",
        title=_("Issue %(notice)s") % {"notice": notice},
        model=Notice,
        status=status,
        notice=notice,
        form=form,
        preview=preview(notice),
        steps=steps_of(notice),
        step="issue",
    )


@for_drafts
def discard_draft(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Say what goes with a draft that is given up; on POST let it go."""
    form, status = DiscardForm(request.POST or None, initial={"version": notice.version}), 200
    if form.is_valid():
        try:
            discard(notice, by=seat_of(request).user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            status = _shown_anew(form, refusal, notice)
        else:
            messages.success(request, _("The draft is discarded; its history stays."))
            return redirect("admin:directives_notice_changelist")
    return page(
        request,
        "admin/directives/notice/discard.html",
        title=_("Discard %(notice)s") % {"notice": notice},
        model=Notice,
        status=status,
        notice=notice,
        form=form,
        n_paragraphs=notice.paragraphs.count(),
        n_directives=notice.directives.count(),
    )


def _shown_anew(form: DeskForm, refusal: Refusal, notice: Notice) -> int:
    """Where somebody was faster the page shows the draft as it is now, and its form speaks of that."""
    if isinstance(refusal, Stale):
        notice.refresh_from_db(fields=["version"])
        speaks_of(form, notice.version)
    return show(form, refusal)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an issued notice back, with a reason; its open assignments go with it."""
    notice: Any = get_object_or_404(Notice.objects.in_reach(seat_of(request).sight).select_related("committee"), pk=pk)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        withdraw_notice(notice, by=seat_of(request).user, at=clock.now(), reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        return issued_page(request, notice, withdraw_form=form, status=show(form, refusal))
    messages.success(request, _("%(notice)s is withdrawn.") % {"notice": notice})
    return redirect("admin:directives_notice_change", pk)
