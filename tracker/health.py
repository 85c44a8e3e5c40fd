"""Whether this process can do its work: the database answers, and so does the queue."""

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

PATIENCE = 2  # seconds


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `ok`, or 503 and the names of what does not answer; nothing else is told to strangers."""
    silent = []
    try:
        connection.ensure_connection()
        connection.cursor().execute("SELECT 1")
    except Error:
        silent.append("database")
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE).ping()
    except redis.RedisError:
        silent.append("queue")
    return HttpResponse(", ".join(silent) or "ok", status=503 if silent else 200, content_type="text/plain")
