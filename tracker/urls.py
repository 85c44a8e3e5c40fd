"""The addresses of Đôn đốc."""

from django.contrib import admin
from django.urls import include, path

from tracker.health import healthz, metrics, readyz

handler400 = "tracker.refusing.bad_request"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("tracker.api.urls")),
    path("demo/", include("tracker.demo.urls")),
    path("", include("tracker.web.urls")),
]
