"""When agencies merge: what is still to be moved, a dry run with counts, one step, and a day to take it back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.agencies import heirs
from accounts.models import Agency, Succession
from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.merger_plan import LONGEST_BASIS, Counts, MergerPlan, check_merger, plan_merger
from directives.actions.merging import merge
from directives.actions.unmerging import REVERSIBLE_FOR, reversible, take_back
from directives.models import Assignment, MergedThing, Merger, Role
from directives.rules.lifecycle import OPEN
from tracker import clock
from tracker.admin.agency_choices import by_kind, in_order_of_kind
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.issued import ReasonForm
from tracker.admin.long_choices import LongSelect, LongSelectMultiple, Ready
from tracker.admin.pages import page
from tracker.admin.passing import Ways, ways_of
from tracker.admin.refusals import show
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import seat_of

SHOWN = 20


class MergerForm(DeskForm):
    predecessors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Agencies whose work passes on"),
        queryset=Agency.objects.all(),
        widget=LongSelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("Several: hold Ctrl, or tap each. Their open work, people and keys pass on together."),
    )
    successor = forms.ModelChoiceField(
        label=gettext_lazy("Successor"), queryset=Agency.objects.all(), widget=LongSelect
    )
    on = DayField(label=gettext_lazy("In force from"))
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        max_length=LONGEST_BASIS,
        help_text=gettext_lazy("The resolution or decree, with its number and day."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        agencies = in_order_of_kind(Agency.objects.all())
        self.fields["predecessors"].choices = Ready(by_kind(agencies))
        there = [agency for agency in agencies if agency.exists_on(clock.today())]
        self.fields["successor"].choices = Ready([("", _("– choose –"))], by_kind(there))


@dataclass(frozen=True)
class Awaited:
    """A succession of the register whose predecessors still have open work."""

    successor: Agency
    on: date
    predecessors: list[Agency]
    basis: str
    open: int

    @property
    def open_address(self) -> str:
        """The list of what is open of them."""
        those = {"agency__in": ",".join(str(one.pk) for one in self.predecessors), "state__in": ",".join(OPEN)}
        return f"{reverse('admin:directives_assignment_changelist')}?{urlencode(those)}"

    @property
    def address(self) -> str:
        """The dry run of just this."""
        told = [("predecessors", agency.pk) for agency in self.predecessors]
        rest = [("successor", self.successor.pk), ("on", self.on.isoformat()), ("basis", self.basis)]
        return f"{reverse('admin:directives_merger_add')}?{urlencode([*told, *rest])}"


def awaited(today: date) -> list[Awaited]:
    """What the register of successions says has passed on by `today`, and still lies with those that ended."""
    work = Assignment.objects.filter(agency=OuterRef("predecessor"), state__in=OPEN)
    rows = Succession.objects.filter(Exists(work), on__lte=today).select_related("predecessor", "successor")
    found: dict[tuple[Agency, date], list[Succession]] = defaultdict(list)
    known = list(rows.order_by("on", "successor__code", "predecessor__code"))
    ends = heirs([row.successor for row in known], today)
    for row in known:
        there = [agency for agency in ends[row.successor_id] if agency.exists_on(today)]
        if len(there) == 1:  # of several a person chooses
            found[there[0], max(row.on, there[0].valid_from or row.on)].append(row)
    ids = {row.predecessor_id for several in found.values() for row in several}
    sums = Assignment.objects.filter(agency__in=ids, state__in=OPEN).order_by().values_list("agency")
    many = dict(sums.annotate(many=Count("pk")))
    return [
        Awaited(
            successor=successor,
            on=on,
            predecessors=[row.predecessor for row in several],
            basis="; ".join(dict.fromkeys(row.basis for row in several if row.basis))[:LONGEST_BASIS],
            open=sum(many[row.predecessor_id] for row in several),
        )
        for (successor, on), several in found.items()
    ]


@admin.register(Merger)
class MergerAdmin(DeskAdmin):
    seen_with = (Verb.READ_HISTORY,)
    kept_with = (Verb.MANAGE_PEOPLE,)
    actions = None
    list_display = ("successor", "from_whom", "on", "basis", "at", "undone_at")
    list_select_related = ("successor",)
    ordering = ("-at", "-pk")
    change_list_template = "admin/directives/merger/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Merger]:
        return super().get_queryset(request).prefetch_related("predecessors")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("predecessors"))
    def from_whom(self, merger: Merger) -> str:
        return merger.predecessor_names

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        told = {"awaited": awaited(seat_of(request).today) if self.has_add_permission(request) else []}
        return super().changelist_view(request, {**(extra_context or {}), **told})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form; once filled in, the dry run below it (GET changes nothing); on POST the step."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        seat, status, plan = seat_of(request), 200, None
        given = request.POST if request.method == "POST" else request.GET
        form = MergerForm(given if "successor" in given else None, initial={"on": seat.today})
        if form.is_valid():
            told = dict(form.cleaned_data, predecessors=list(form.cleaned_data["predecessors"]))
            try:
                check_merger(**told, today=seat.today)
                if request.method == "POST":
                    merger = merge(**told, by=seat.user, at=clock.now(), seen=request.POST.get("seen", ""))
                    messages.success(request, _("The work passed to %(agency)s.") % {"agency": merger.successor})
                    return redirect("admin:directives_merger_change", merger.pk)
            except Refusal as refusal:
                status = show(form, refusal)
            if form.errors.keys() <= {"__all__"}:
                plan = plan_merger(told["predecessors"], told["successor"], today=seat.today)
        return self._form_page(request, form, plan, status)

    def _form_page(self, request: HttpRequest, form: MergerForm, plan: MergerPlan | None, status: int) -> HttpResponse:
        left = Assignment.objects.for_list().filter(pk__in=plan.left[:SHOWN]) if plan else []
        lines = _lines(plan, form.cleaned_data) if plan else []
        return page(
            request,
            "admin/directives/merger/add.html",
            title=_("Agencies merge"),
            model=Merger,
            status=status,
            form=form,
            plan=plan,
            lines=lines,
            roles=[(role.value, role.label) for role in Role],
            left=left,
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was moved; for a day, the way back."""
        merger = self.get_object(request, object_id)
        if merger is None:
            raise Http404
        form, status = ReasonForm(request.POST if request.method == "POST" else None), 200
        if request.method == "POST":
            form.is_valid()
            reason = form.cleaned_data.get("reason", "")
            try:
                take_back(merger, by=seat_of(request).user, at=clock.now(), reason=reason)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, _("The merger is taken back: what was moved is where it was before."))
                return redirect("admin:directives_merger_change", merger.pk)
        sums = dict(merger.rows.order_by().values_list("thing").annotate(many=Count("pk")))
        return page(
            request,
            "admin/directives/merger/page.html",
            title=str(merger.successor),
            model=Merger,
            status=status,
            merger=merger,
            form=form,
            sums=[(thing.label, sums[thing.value]) for thing in MergedThing if thing.value in sums],
            until=merger.at + REVERSIBLE_FOR,
            back=reversible(merger, clock.now()) and self.has_add_permission(request),
        )


def _lines(plan: MergerPlan, merging: dict[str, Any]) -> list[tuple[Counts, Ways]]:
    """What each predecessor hands on, and where the rows of these numbers stand."""
    whose = list(merging["predecessors"]), merging["successor"]
    return [(row, ways_of(row.agency, *whose)) for row in plan.counts]
