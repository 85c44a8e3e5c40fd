"""The addresses of the API."""

from django.urls import path, re_path

from tracker.api.assignments import Assignments
from tracker.api.changes import Changes
from tracker.api.directives import Directives
from tracker.api.notices import Notices
from tracker.api.snapshot import Snapshot
from tracker.api.statistics import Statistics
from tracker.api.verbs import DECISIONS, VERBS, DecisionView, VerbView
from tracker.api.views import ListView, OneView, nowhere

app_name = "api"
urlpatterns = [
    path("notices/", ListView.as_view(resource=Notices), name="notices"),
    path("notices/<uuid:uuid>/", OneView.as_view(resource=Notices), name="notice"),
    path("directives/", ListView.as_view(resource=Directives), name="directives"),
    path("directives/<uuid:uuid>/", OneView.as_view(resource=Directives), name="directive"),
    path("assignments/", ListView.as_view(resource=Assignments), name="assignments"),
    path("assignments/<uuid:uuid>/", OneView.as_view(resource=Assignments), name="assignment"),
    *(
        path(f"assignments/<uuid:uuid>/{name}/", VerbView.as_view(verb=posted), name=name)
        for name, posted in VERBS.items()
    ),
    *(
        path(f"extensions/<uuid:uuid>/{name}/", DecisionView.as_view(verb=posted), name=f"{name}-extension")
        for name, posted in DECISIONS.items()
    ),
    path("statistics/", Statistics.as_view(), name="statistics"),
    path("snapshot/", Snapshot.as_view(), name="snapshot"),
    path("changes/", Changes.as_view(), name="changes"),
    # With a slash at the end, so that an address that only lacks its slash is still led to its place.
    re_path(r"^(?P<rest>.*/)?$", nowhere, name="nowhere"),
]
