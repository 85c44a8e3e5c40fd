"""The addresses of the API."""

from collections.abc import Mapping

from django.urls import URLPattern, path, re_path

from tracker.api.assessments import Assessments, CriteriaSets
from tracker.api.assignments import Assignments
from tracker.api.bulk import BulkView
from tracker.api.changes import Changes
from tracker.api.directives import Directives
from tracker.api.directory import Agencies, Committees
from tracker.api.drafts import DIRECTIVE_VERBS, NOTICE_VERBS, DirectiveVerbView, NoticesView, NoticeVerbView
from tracker.api.events import Events
from tracker.api.extensions import Extensions
from tracker.api.figures import Indicators, Readings
from tracker.api.measures import INDICATOR_VERBS, READING_VERBS, IndicatorVerbView, ReadingVerbView
from tracker.api.mirrored import MirroredDirectiveView, MirroredNoticeView, NumberedNoticeView
from tracker.api.notices import Notices
from tracker.api.paragraphs import Paragraphs
from tracker.api.questions import Questions
from tracker.api.reference import page, schema
from tracker.api.reports import Reports
from tracker.api.resource import Resource
from tracker.api.snapshot import Snapshot
from tracker.api.statistics import Statistics
from tracker.api.subscriptions import VERBS as SUBSCRIPTION_VERBS
from tracker.api.subscriptions import (
    CallList,
    CallOne,
    Replay,
    RotateSecret,
    SendAgain,
    SubscriptionList,
    SubscriptionOne,
    SubscriptionVerb,
)
from tracker.api.token import Token
from tracker.api.verbs import ANSWERS, DECISIONS, VERBS, AnswerView, DecisionView, Posted, VerbView
from tracker.api.views import ListView, OneView, nowhere


def posted(nouns: str, verbs: Mapping[str, Posted], view: type[VerbView], behind: str = "") -> list[URLPattern]:
    """An address for each verb below one thing of these; its name ends in `behind`."""
    return [
        path(f"{nouns}/<uuid:uuid>/{name}/", view.as_view(verb=verb), name=f"{name}{behind}")
        for name, verb in verbs.items()
    ]


app_name = "api"
# Each is a list, and one of it by its id; the words for both.
RESOURCES: dict[tuple[str, str], type[Resource]] = {
    ("committees", "committee"): Committees,
    ("agencies", "agency"): Agencies,
    ("notices", "notice"): Notices,
    ("paragraphs", "paragraph"): Paragraphs,
    ("directives", "directive"): Directives,
    ("assignments", "assignment"): Assignments,
    ("reports", "one-report"): Reports,
    ("extensions", "extension"): Extensions,
    ("questions", "question"): Questions,
    ("indicators", "indicator"): Indicators,
    ("readings", "reading"): Readings,
    ("criteria-sets", "criteria-set"): CriteriaSets,
    ("assessments", "assessment"): Assessments,
    ("events", "event"): Events,
}
# A new one is posted to its list.
LISTS: dict[str, type[ListView]] = {"notices": NoticesView}
READ = [
    found
    for (many, one), resource in RESOURCES.items()
    for found in (
        path(f"{many}/", LISTS.get(many, ListView).as_view(resource=resource), name=many),
        path(f"{many}/<uuid:uuid>/", OneView.as_view(resource=resource), name=one),
    )
]
urlpatterns = [
    *READ,
    *posted("assignments", VERBS, VerbView),
    *posted("extensions", DECISIONS, DecisionView, "-extension"),
    *posted("questions", ANSWERS, AnswerView, "-question"),
    *posted("notices", NOTICE_VERBS, NoticeVerbView, "-notice"),
    *posted("directives", DIRECTIVE_VERBS, DirectiveVerbView, "-directive"),
    *posted("indicators", INDICATOR_VERBS, IndicatorVerbView, "-indicator"),
    *posted("readings", READING_VERBS, ReadingVerbView, "-reading"),
    path("notices/by-ref/<str:external_ref>/", MirroredNoticeView.as_view(), name="notice-by-ref"),
    path(
        "notices/by-number/<slug:issuer>/<int:year>/<int:number>/<path:symbol>/",
        NumberedNoticeView.as_view(),
        name="notice-by-number",
    ),
    path(
        "notices/<uuid:uuid>/directives/by-ref/<str:external_ref>/",
        MirroredDirectiveView.as_view(),
        name="directive-by-ref",
    ),
    path("bulk/", BulkView.as_view(), name="bulk"),
    path("token/", Token.as_view(), name="token"),
    path("statistics/", Statistics.as_view(), name="statistics"),
    path("snapshot/", Snapshot.as_view(), name="snapshot"),
    path("changes/", Changes.as_view(), name="changes"),
    path("schema/", schema, name="schema"),
    path("docs/", page, name="docs"),
    path("subscriptions/", SubscriptionList.as_view(), name="subscriptions"),
    path("subscriptions/<uuid:uuid>/", SubscriptionOne.as_view(), name="subscription"),
    *posted("subscriptions", SUBSCRIPTION_VERBS, SubscriptionVerb, "-subscription"),
    path("subscriptions/<uuid:uuid>/rotate-secret/", RotateSecret.as_view(), name="rotate-secret"),
    path("subscriptions/<uuid:uuid>/replay/", Replay.as_view(), name="replay"),
    path("subscriptions/<uuid:uuid>/calls/", CallList.as_view(), name="calls"),
    path("calls/<uuid:uuid>/", CallOne.as_view(), name="call"),
    path("calls/<uuid:uuid>/send-again/", SendAgain.as_view(), name="send-call-again"),
    # With a slash at the end, so that an address that only lacks its slash is still led to its place.
    # A line break is a sign like any other there.
    re_path(r"^(?P<rest>[\s\S]*/)?$", nowhere, name="nowhere"),
]
