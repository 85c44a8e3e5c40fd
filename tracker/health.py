"""For those who watch: whether this process answers, whether the machinery works, and how it stands in figures."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from tracker import clock
from tracker.metrics import Figures
from tracker.watching import troubles


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; it asks nobody else. Whoever starts processes anew goes by this."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 and `ok`, or 503 and the names of what is wrong; nothing else is told to strangers."""
    wrong = troubles(now=clock.now())
    return HttpResponse(", ".join(wrong) or "ok", status=503 if wrong else 200, content_type="text/plain")


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures for Prometheus, for those who show `METRICS_TOKEN`; for everybody else there is no such page."""
    shown = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures(now=clock.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
