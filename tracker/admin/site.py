"""The desk itself: who may come in, the first page, and the way around."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.roles import Verb
from directives.actions.holding import open_hold
from tracker.admin import papers, schedules, templates_of_papers
from tracker.admin.petitions import seen
from tracker.admin.saved_filters import forget_filter, keep_filter, shortcuts
from tracker.admin.seat import AT_THE_DESK, seat_of
from tracker.admin.waiting import pile_page, what_waits

# The way around: sections and the rows in them, in the order of use.
SECTIONS = (
    (gettext_lazy("Work"), ("Notice", "Assignment", "Session")),
    (gettext_lazy("Requests and questions"), ("ExtensionRequest", "Question")),
    (gettext_lazy("Figures"), ("Indicator", "Reading", "CriteriaSet", "Papers")),
    (gettext_lazy("Who"), ("Agency", "AgencyGroup", "Committee", "User", "Office", "Absence", "Merger", "ApiKey")),
    (gettext_lazy("Reminding"), ("CalendarDay", "Ladder", "Delivery", "Watch")),
    (gettext_lazy("Other systems"), ("Subscription", "Call", "TrustedNetwork")),
    (gettext_lazy("History"), ("Event", "BulkChange", "Seal")),
)

METHODS = ("GET", "HEAD", "POST")

View = Callable[..., HttpResponse]


class Desk(AdminSite):
    """The admin site. Rights come from the offices of `accounts.roles`, never from Django's permission rows."""

    site_title = gettext_lazy("Đôn đốc")
    site_header = gettext_lazy("Đôn đốc – the secretariat's desk")
    index_title = gettext_lazy("What needs a decision now")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # the few rows that may go are deleted one by one

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("waiting/<str:key>/", self.admin_view(pile_page), name="waiting"),
            path("waiting/petitions/<int:pk>/", self.admin_view(seen), name="petition_seen"),
            *papers.addresses(self.admin_view),
            *schedules.addresses(self.admin_view),
            *templates_of_papers.addresses(self.admin_view),
            path("filters/<str:of_list>/", self.admin_view(keep_filter), name="keep_filter"),
            path("filters/<int:pk>/remove/", self.admin_view(forget_filter), name="forget_filter"),
        ]
        return [*own, *super().get_urls()]

    def has_permission(self, request: HttpRequest) -> bool:
        return not seat_of(request).verbs.isdisjoint(AT_THE_DESK)

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002 - Django's signature
        """Whoever is known but has no seat here is told so (403); a stranger is asked to log in.

        Pages are read and forms are posted; Django would take every other method for reading.
        """
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if request.user.is_authenticated and not self.has_permission(request):
                return self.refused(request)
            return inner(request, *args, **named)

        return guarded

    def refused(self, request: HttpRequest) -> HttpResponse:
        """The page for somebody who has no desk here."""
        sentence = _("The desk is for secretariats, administrators and auditors. Your work is on the other pages.")
        return render(request, "403.html", {"sentence": sentence}, status=403)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door, with one lock: the log-in page of the house."""
        onward = request.GET.get("next") or resolve_url("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(onward)
        return redirect("admin:index") if self.has_permission(request) else self.refused(request)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return LogoutView.as_view(next_page=resolve_url(settings.LOGIN_URL))(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Passwords are changed on one page of the house, whose lock is that of the door."""
        return redirect("password")

    password_change_done = password_change

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        waiting = what_waits(seat_of(request))
        told = {
            "saved": shortcuts(request),
            "waiting": waiting,
            "hold": open_hold(),
            "drafts": seat_of(request).can(Verb.DRAFT),
        }
        return super().index(request, told if waiting else {**told, "title": _("The desk")})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Rooms are no pages of their own: the first page shows the whole way around."""
        return HttpResponseRedirect(resolve_url("admin:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        found = {model["object_name"]: model for app in super().get_app_list(request) for model in app["models"]}
        if "Delivery" in found:
            found["Watch"] = {"name": _("sending"), "admin_url": resolve_url("admin:watch"), "object_name": "Watch"}
        if "Assignment" in found:
            found["Papers"] = {"name": _("papers"), "admin_url": resolve_url("admin:papers"), "object_name": "Papers"}
        sections = [(name, [found[model] for model in models if model in found]) for name, models in SECTIONS]
        return [{"name": name, "app_label": "", "app_url": "", "models": models} for name, models in sections if models]
