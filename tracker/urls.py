"""The addresses of Đôn đốc."""

from django.urls import include, path

from tracker.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("tracker.api.urls")),
    path("demo/", include("tracker.demo.urls")),
]
