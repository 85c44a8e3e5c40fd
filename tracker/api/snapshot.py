"""The beginning of a copy: all that a system may see, as of one moment, and the number from which changes go on."""

from collections.abc import Generator, Iterator
from contextlib import closing
from time import monotonic

from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import ApiKey
from directives.actions.feeding import feed, head
from directives.models import Shown
from tracker import clock
from tracker.api.answers import as_json
from tracker.api.changes import copy_of, days_of, key_of
from tracker.api.copying import Copyist, one_moment
from tracker.api.filters import refused_parameters
from tracker.api.problems import NOBODY

LINES = "application/x-ndjson"
AT_ONCE = 2
SECONDS_TO_COME_AGAIN = 30
LONGEST_PAUSE = "60s"
LOOKS_EVERY = 1.0  # second, whether the key is still good
BY_ID = "SELECT revoked_at, expires_at FROM accounts_apikey WHERE id = %s"
# Any number will do that no other part of the system locks with; this one spells "snap".
SNAPSHOTS = 0x736E6170


class Snapshot(APIView):
    """GET one JSON object a line: the epoch and `after`, then each row with its type, then how many they were."""

    http_method_names = ["get", "head"]

    def get(self, request: Request) -> HttpResponseBase:
        self._asked(request)
        lines = _lines(request)
        response = StreamingHttpResponse(_from(next(lines), lines), content_type=LINES)
        response["Cache-Control"] = "no-store"
        # A proxy that gathers the whole answer first would need the memory that we spare.
        response["X-Accel-Buffering"] = "no"
        return response

    def head(self, request: Request) -> HttpResponse:
        """That it is there, without beginning to read."""
        self._asked(request)
        return HttpResponse(content_type=LINES)

    @staticmethod
    def _asked(request: Request) -> None:
        key_of(request)
        if refused := refused_parameters(request.query_params, set()):
            raise ValidationError(refused)


def _lines(request: Request) -> Generator[bytes]:
    """The number is of the moment in which the rows are read: what comes later may be told twice, never missed."""
    feed()
    with one_moment(), closing(Watch(key_of(request))) as watch:
        _take_a_place()
        copy = copy_of(request, key_of(request))
        copyist, rows = Copyist(copy.caller), 0
        yield _line({"epoch": copy.epoch, "after": head(), **days_of(copy.caller)})
        for kind in Shown:
            for row in copyist.all(kind):
                if watch.has_ended():
                    yield _line({"end": False, "rows": rows, "problem": NOBODY.type})
                    return
                yield b'{"type":"%b","row":%b}\n' % (kind.encode(), row)
                rows += 1
        yield _line({"end": True, "rows": rows})


class Watch:
    """Whether the key of a long answer has ended meanwhile.

    By a connection of its own, opened once the answer takes longer than a look: the answer's sees its own moment alone.
    """

    def __init__(self, key: ApiKey) -> None:
        self._key, self._looked, self._own = key, monotonic(), connection.copy()

    def has_ended(self) -> bool:
        """Looks once in `LOOKS_EVERY` at most. Keys are never deleted."""
        if monotonic() - self._looked < LOOKS_EVERY:
            return False
        self._looked = monotonic()
        with self._own.cursor() as cursor:
            cursor.execute(BY_ID, [self._key.pk])
            if (found := cursor.fetchone()) is not None:
                self._key.revoked_at, self._key.expires_at = found
        return not self._key.is_live(clock.now())

    def close(self) -> None:
        self._own.close()


def _take_a_place() -> None:
    """Until the transaction ends. Raises Throttled: each holds a thread, and rows that are not cleared away."""
    with connection.cursor() as cursor:
        for place in range(AT_ONCE):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [SNAPSHOTS, place])
            if cursor.fetchone()[0]:
                # Whoever no longer reads is cut off.
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = %s", [LONGEST_PAUSE])
                return
    raise Throttled(wait=SECONDS_TO_COME_AGAIN)


def _line(told: dict[str, object]) -> bytes:
    return as_json(told) + b"\n"


def _from(first: bytes, rest: Generator[bytes]) -> Iterator[bytes]:
    """All of it; the first line is read before the answer begins, so that a refusal can still be told as one."""
    try:
        yield first
        yield from rest
    finally:
        rest.close()
