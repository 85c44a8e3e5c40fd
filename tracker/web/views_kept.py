"""Kept views: a person keeps what the list is narrowed to under a name, for themselves alone."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from directives.models import SavedFilter
from directives.models.filters import LONGEST_QUERY
from tracker.web.desk import SignedIn
from tracker.web.filters import Filters

LIST = "web_assignments"
MOST = 30  # of one person, beside those of the desk


class ViewForm(forms.Form):
    name = forms.CharField(max_length=80)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False)


@dataclass(frozen=True)
class View:
    """One kept view; `present` where the list shows just that."""

    name: str
    address: str
    present: bool


def views_of(user: User, filters: Filters) -> list[View]:
    """The person's own; one query."""
    rows = SavedFilter.objects.filter(user=user, of_list=LIST)
    return [View(row.name, f"?{row.query}", row.query == filters.query) for row in rows]


@login_required
@require_POST
def keep_view(request: SignedIn) -> HttpResponse:
    """Keep the present list under a name; the same name again is the newer list."""
    form = ViewForm(request.POST)
    # As the list itself would write it, so that nothing else is kept.
    query = Filters(QueryDict(request.POST.get("query", ""))).query
    mine = SavedFilter.objects.filter(user=request.user, of_list=LIST)
    if not form.is_valid() or len(query) > LONGEST_QUERY:
        messages.warning(request, _("A view is kept under a name of at most 80 letters."))
    elif mine.count() >= MOST and not mine.filter(name=form.cleaned_data["name"]).exists():
        messages.warning(request, _("You keep %(n)s views already; remove one first.") % {"n": MOST})
    else:
        key = {"user": request.user, "of_list": LIST, "name": form.cleaned_data["name"]}
        SavedFilter.objects.update_or_create(**key, defaults={"query": query})
        messages.success(request, _("The view is kept."))
    return redirect(f"{resolve_url('assignments')}?{query}")


@login_required
@require_POST
def forget_view(request: SignedIn) -> HttpResponse:
    """Remove one of one's own by its name; one that is gone already is removed."""
    SavedFilter.objects.filter(user=request.user, of_list=LIST, name=request.POST.get("name", "")).delete()
    messages.success(request, _("The view is removed."))
    return redirect(f"{resolve_url('assignments')}?{Filters(QueryDict(request.POST.get('query', ''))).query}")
