"""The addresses of Đôn đốc."""

from django.urls import include, path

from tracker.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("demo/", include("tracker.demo.urls")),
]
