"""Saved filters: a person keeps the present filter of a list under a name, finds it there and on the first page."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from directives.models import SavedFilter
from directives.models.filters import LONGEST_QUERY
from tracker.admin.seat import seat_of

MOST = 50  # of one person
NOT_KEPT = ("p", "e", "all", "_facets")  # the page of a list, and what is no filter


class FilterForm(forms.Form):
    name = forms.CharField(max_length=80)
    query = forms.CharField(max_length=LONGEST_QUERY)


@dataclass(frozen=True)
class Shortcut:
    """A saved filter with its address; `present` where the list shows just that."""

    row: SavedFilter
    url: str
    of_what: str
    present: bool = False


def filter_of(request: HttpRequest) -> str:
    """The filter, search and order of the list that is being looked at, as they stand in its address."""
    return _plain(request.GET.urlencode())


def shortcuts(request: HttpRequest, of_list: str | None = None) -> list[Shortcut]:
    """The person's own, of one list or of all that they may see; one query."""
    lists = {_name(model): (model, rows) for model, rows in admin.site._registry.items()}  # noqa: SLF001
    rows = SavedFilter.objects.filter(user=seat_of(request).user.pk)
    found = rows.filter(of_list=of_list) if of_list else rows
    present = filter_of(request)
    return [
        Shortcut(
            row,
            f"{reverse(f'admin:{row.of_list}_changelist')}?{row.query}",
            str(lists[row.of_list][0]._meta.verbose_name_plural),  # noqa: SLF001
            present=row.query == present,
        )
        for row in found
        if row.of_list in lists and lists[row.of_list][1].has_view_permission(request)
    ]


def keep_filter(request: HttpRequest, of_list: str) -> HttpResponse:
    """Keep a filter under a name; the same name again is the newer filter."""
    names = {_name(model): rows for model, rows in admin.site._registry.items()}  # noqa: SLF001
    if of_list not in names or not names[of_list].has_view_permission(request):
        raise Http404
    back = reverse(f"admin:{of_list}_changelist")
    if request.method != "POST":
        return redirect(back)
    form = FilterForm({**request.POST.dict(), "query": _plain(request.POST.get("query", ""))})
    user, mine = seat_of(request).user, SavedFilter.objects.filter(user=seat_of(request).user.pk)
    if not form.is_valid():
        messages.warning(request, _("A filter is kept under a name of at most 80 characters, and where one is chosen."))
    elif mine.count() >= MOST and not mine.filter(of_list=of_list, name=form.cleaned_data["name"]).exists():
        messages.warning(request, _("You keep %(n)s filters already; remove one first.") % {"n": MOST})
    else:
        SavedFilter.objects.update_or_create(
            user_id=user.pk,
            of_list=of_list,
            name=form.cleaned_data["name"],
            defaults={"query": form.cleaned_data["query"]},
        )
        messages.success(request, _("The filter is kept."))
    return redirect(f"{back}?{_plain(request.POST.get('query', ''))}")


def forget_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own."""
    row = get_object_or_404(SavedFilter, pk=pk, user=seat_of(request).user.pk)
    back = reverse(f"admin:{row.of_list}_changelist")
    if request.method == "POST":
        row.delete()
        messages.success(request, _("The filter is removed."))
    return redirect(back)


def _name(model: type) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"  # noqa: SLF001


def _plain(query: str) -> str:
    told = QueryDict(query, mutable=True)
    for name in NOT_KEPT:
        told.pop(name, None)
    return told.urlencode()
