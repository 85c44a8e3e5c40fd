"""The API as it is written when nobody measures: model viewsets, model serializers, page numbers with a count."""

from typing import Any

from django.db.models import QuerySet
from django.urls import include, path
from django_filters import rest_framework as filters
from rest_framework import routers, serializers, viewsets
from rest_framework.pagination import PageNumberPagination

from accounts.agencies import under
from accounts.models import Agency
from directives.models import Assignment, Directive, Event, ExtensionRequest, Notice, Report, soon_until
from directives.rules.standing import Standing
from tracker import clock


class AgencyOut(serializers.ModelSerializer):
    class Meta:
        model = Agency
        fields = ("code", "name_vi")


class NoticeOut(serializers.ModelSerializer):
    class Meta:
        model = Notice
        fields = ("uuid", "reference", "issued_on")


class DirectiveOut(serializers.ModelSerializer):
    notice = NoticeOut()

    class Meta:
        model = Directive
        fields = ("uuid", "wording", "quote", "product", "deadline_text", "deadline_kind", "notice")


class EventOut(serializers.ModelSerializer):
    class Meta:
        model = Event
        fields = ("at", "verb", "by_name", "on_behalf_of", "before", "after", "reason")


class ReportOut(serializers.ModelSerializer):
    class Meta:
        model = Report
        fields = ("uuid", "kind", "at", "percent", "text", "difficulties", "asks", "state", "reason")


class ExtensionOut(serializers.ModelSerializer):
    class Meta:
        model = ExtensionRequest
        fields = ("uuid", "asked_at", "asked_due_on", "reason", "state", "decision_reason")


LINE = (
    *("uuid", "directive", "agency", "role", "period", "state", "standing", "due_on", "original_due_on"),
    *("assigned_on", "handed_in_on", "done_on", "returned_on", "version"),
)


class AssignmentOut(serializers.ModelSerializer):
    directive = DirectiveOut()
    agency = AgencyOut()
    standing = serializers.CharField()

    class Meta:
        model = Assignment
        fields = LINE


class AssignmentInFull(AssignmentOut):
    history = EventOut(many=True, source="events")
    reports = ReportOut(many=True)
    extensions = ExtensionOut(many=True)

    class Meta:
        model = Assignment
        fields = (*LINE, "history", "reports", "extensions")


class AssignmentFilter(filters.FilterSet):
    agency_under = filters.CharFilter(method="narrow")
    standing = filters.ChoiceFilter(choices=[(standing.value, standing.value) for standing in Standing])

    def narrow(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.filter(agency__in=under(Agency.objects.get(code=code)))


class Pages(PageNumberPagination):
    page_size = 50


class AssignmentViewSet(viewsets.ModelViewSet):
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    lookup_field = "uuid"
    pagination_class = Pages
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = AssignmentFilter

    def get_queryset(self) -> QuerySet:
        today = clock.today()
        rows = Assignment.objects.select_related("agency", "directive__notice").order_by("due_on", "pk")
        return rows.with_standing(today, soon_until(today))

    def get_serializer_class(self) -> Any:
        return AssignmentInFull if self.action == "retrieve" else AssignmentOut


router = routers.SimpleRouter()
router.register("assignments", AssignmentViewSet, basename="assignment")
urlpatterns = [path("", include(router.urls))]
