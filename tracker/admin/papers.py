"""Papers in official form: the page that offers them, and each of them as a file."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Agency, Committee
from accounts.refusals import Refusal
from directives import as_of
from directives.as_of import Owing
from directives.figures import Part
from directives.models import Assignment, Notice
from directives.rules.refusals import Invalid
from directives.rules.stretches import BETWEEN
from tracker.admin.briefings import briefed
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.kept_papers import ask_a_worker, kept_file, kept_of, kept_paper, long_page
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, show, status_of
from tracker.admin.seat import Seat, seat_of
from tracker.counted import counted
from tracker.paper_asking import asked_for, is_long
from tracker.papers.answering import answer, day_asked, form_of
from tracker.papers.form import KINDS
from tracker.papers.kinds import PAPERS, Asking, KindOfPaper, make_paper

PAGE = 50  # agencies
SINCE = "since"
PERIODS = [
    ("month", gettext_lazy("Month")),
    ("quarter", gettext_lazy("Quarter")),
    ("half", gettext_lazy("Half-year")),
    ("year", gettext_lazy("Year")),
    (SINCE, gettext_lazy("From the day that is named")),
]


class PapersForm(DeskForm):
    """Of which committee, and as of the end of which day."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label=gettext_lazy("Committee"), empty_label=None)
    as_of = DayField(label=gettext_lazy("Until the end of"))
    period = forms.ChoiceField(label=gettext_lazy("Period of the report"), choices=PERIODS)
    since = DayField(label=gettext_lazy("From the day"), required=False)

    def __init__(self, given: Any, seat: Seat, request: HttpRequest) -> None:
        super().__init__(given)
        self._today = seat.today
        self.fields["committee"].queryset = briefed(request).order_by("name_vi", "pk")

    def clean_as_of(self) -> date:
        try:
            return day_asked(self.cleaned_data["as_of"].isoformat(), self._today)
        except Invalid as refusal:
            show(self, refusal)
            return self._today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, on = given.get("since"), given.get("as_of")
        if given.get("period") == SINCE and since is None:
            self.add_error("since", _("Name the day on which the period begins."))
        if since and on and since > on:
            self.add_error("since", _("This day lies behind the last one."))
        return given


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where the page and its papers lie."""
    return [
        path("papers/", view(papers), name="papers"),
        path("papers/kept/<uuid:uuid>/", view(kept_paper), name="kept_paper"),
        path("papers/kept/<uuid:uuid>/file", view(kept_file), name="kept_file"),
        path("papers/notice/<int:pk>.<slug:form>", view(of_notice), name="notice_paper"),
        path("papers/<int:committee_pk>/period.<slug:form>", view(period), name="period_paper"),
        path("papers/<int:committee_pk>/briefing.<slug:form>", view(before_a_session), name="briefing_paper"),
        path("papers/<int:committee_pk>/overdue.<slug:form>", view(overdue), name="overdue_paper"),
        path("papers/<int:committee_pk>/letter/<int:agency_pk>.<slug:form>", view(letter), name="letter_paper"),
    ]


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Which papers there are of a committee, and which agencies have something to be reminded of."""
    seat = seat_of(request)
    first = briefed(request).order_by("name_vi", "pk").first()
    usual = {"committee": first.pk if first else None, "as_of": seat.today.isoformat(), "period": "month", "since": ""}
    form = PapersForm({name: request.GET.get(name) or value for name, value in usual.items()}, seat, request)
    valid = form.is_valid()
    committee = form.cleaned_data.get("committee") if valid else None
    on = form.cleaned_data["as_of"] if valid else seat.today
    spans = as_of.of_committee(as_of.in_sight(seat.sight), committee) if committee else None
    letters = Paginator(as_of.owing(spans, on) if spans is not None else [], PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "admin/papers.html",
        title=_("Papers in official form"),
        model=Assignment,
        status=200 if valid or first is None else 400,
        offers=_offers(form.cleaned_data) if committee else [],
        form=form,
        committee=committee,
        on=on,
        letters=letters,
        owing=_linked(as_of.named(letters.object_list), committee, on),
        kinds=KINDS,
        kept=kept_of(request, committee),
        templates=committee is not None and seat.serves(committee.pk),
    )


def _offers(asked: dict[str, Any]) -> list[tuple[str, KindOfPaper, str, str]]:
    """The papers of a committee: the name of the address, the kind, and what the address says beside the committee."""
    on, since = asked["as_of"].isoformat(), asked["since"] and asked["since"].isoformat()
    stretch = f"{since}{BETWEEN}{on}" if asked["period"] == SINCE else asked["period"]
    said: dict[str, dict[str, str]] = {
        "period": {"as_of": on, "period": stretch},
        # A paper of what changed begins at the end of a day: so that it has the day that is named, of the one before.
        "briefing": {"as_of": on, **({"since": _day_before(asked["since"]).isoformat()} if since else {})},
        "overdue": {"as_of": on},
    }
    return [(f"admin:{kind}_paper", PAPERS[kind], kind, urlencode(words)) for kind, words in said.items()]


def _day_before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


def _linked(owing: Sequence[Owing], committee: Committee | None, on: date) -> list[tuple[Owing, SafeString]]:
    """Who owes how much, that number leading to its rows."""
    asked = {"committee": committee.uuid if committee else "", "as_of": on.isoformat(), "cell": Part.OWED.value}
    rows = reverse("figure_rows")
    return [(one, counted(one.many, f"{rows}?{urlencode({**asked, 'agency': one.agency.uuid})}")) for one in owing]


def of_notice(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The directives of an issued notice, with what became of them."""
    notice = get_object_or_404(Notice.objects.only("uuid"), pk=pk)
    return _made(request, form, "notice", notice=notice)


def period(request: HttpRequest, committee_pk: int, form: str) -> HttpResponse:
    """How the committee's work stood at the end of a period, with charts."""
    return _made(request, form, "period", committee=_committee(request, committee_pk))


def before_a_session(request: HttpRequest, committee_pk: int, form: str) -> HttpResponse:
    """What changed of the committee's work since its last session."""
    return _made(request, form, "briefing", committee=_committee(request, committee_pk))


def overdue(request: HttpRequest, committee_pk: int, form: str) -> HttpResponse:
    """What is overdue of a committee's work, with reasons."""
    return _made(request, form, "overdue", committee=_committee(request, committee_pk))


def letter(request: HttpRequest, committee_pk: int, agency_pk: int, form: str) -> HttpResponse:
    """The letter that reminds an agency of what it owes the committee."""
    agency = get_object_or_404(Agency, pk=agency_pk)
    return _made(request, form, "letter", committee=_committee(request, committee_pk), agency=agency)


def _committee(request: HttpRequest, pk: int) -> Committee:
    return get_object_or_404(briefed(request), pk=pk)


def _made(request: HttpRequest, form: str, kind: str, **about: Any) -> Any:
    """The paper as a file, if it is short; a long one is asked of a worker (POST). A refusal says why there is none."""
    form_of(form)
    seat = seat_of(request)
    try:
        on = day_asked(request.GET.get("as_of", ""), seat.today)
        said = {name: request.GET[name] for name in PAPERS[kind].takes if request.GET.get(name)}
        given = {**said, **{name: str(row.uuid) for name, row in about.items()}}
        paper = make_paper(kind, given, Asking(seat.sight, on, seat.today))
        if request.method == "POST":
            return ask_a_worker(request, asked_for(kind, given, form, on))
        return long_page(request, asked_for(kind, given, form, on)) if is_long(paper, form) else answer(paper, form)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        return page(
            request,
            "admin/no_paper.html",
            title=_("This paper was not made"),
            model=Assignment,
            status=status_of(refusal),
            sentence=sentence_of(refusal),
        )
