"""The addresses of Đôn đốc."""

from django.urls import path

from tracker.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
