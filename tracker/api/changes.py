"""Changes for systems that keep a copy: each row that is to be read anew, in the order of the feed, without gaps."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore
from time import sleep
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import ApiKey
from accounts.prepared import ask, put_together_once
from accounts.roles import NotAllowed
from directives.actions.feeding import feed, head
from directives.models import Shown
from tracker import clock
from tracker.api.answers import answer_text, as_json
from tracker.api.callers import KEY_IS_NO_GOOD, Caller
from tracker.api.copying import Copyist, one_moment
from tracker.api.filters import refused_parameters
from tracker.api.problems import ChangesForgotten, OtherEpoch
from tracker.api.views import READING

MOST = 1000
# Numbers that one page looks at where the caller sees few of them: it says how far it came, and ends.
MOST_LOOKED_AT = 16_000
LONGEST_NUMBER = 18  # digits
LONGEST_WAIT = 30  # seconds
LOOKS_A_SECOND = 4
SECONDS_TO_COME_AGAIN = 5
FEED = "SELECT epoch, forgotten FROM directives_feed"
WINDOW = """
SELECT sequence, to_char(at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"'), kind, uuid::text, verb,
       seen_by::text
FROM directives_feedchange WHERE sequence > %s ORDER BY sequence LIMIT %s
"""
# Of the four threads of a process two are always there for everybody else.
WAITING = BoundedSemaphore(2)


class Numbered(NamedTuple):
    """A change as it stands in the feed, whoever reads it; its moment as it is written in Viet Nam. `seen_by` names
    bodies one after the other.
    """

    sequence: int
    at: str
    kind: str
    uuid: str
    verb: str
    seen_by: str


class Page(NamedTuple):
    """How far it goes, the changes, and the whole as it is sent."""

    after: int
    changes: list[bytes]
    text: bytes


class Changes(APIView):
    """GET what has changed for the caller behind the number `after`: at most `limit` changes, and how far they go."""

    http_method_names = READING

    def get(self, request: Request) -> HttpResponse:
        key, asked = key_of(request), _asked(request)
        if not ask(FEED, []):
            feed()
        page = _page(request, key, asked)
        if page.changes or not asked["wait"]:
            return answer_text(page.text)
        with a_place_to_wait() as is_free:
            for _look in range(asked["wait"] * LOOKS_A_SECOND if is_free else 0):
                sleep(1 / LOOKS_A_SECOND)
                if head() > page.after:
                    page = _page(request, key, {**asked, "after": page.after})
                if page.changes:
                    break
        response = answer_text(page.text)
        if not is_free:
            response["Retry-After"] = str(SECONDS_TO_COME_AGAIN)
        return response


@contextmanager
def a_place_to_wait() -> Iterator[bool]:
    """Whether this process has a thread to spare for somebody who waits; else they are answered at once.

    Each who waits holds one of the process's threads. They look by themselves instead of listening to the database:
    to listen takes a connection of one's own, which a pool of connections has not, and saves a look at one index.
    """
    is_free = WAITING.acquire(blocking=False)
    try:
        yield is_free
    finally:
        if is_free:
            WAITING.release()


def _page(request: Request, key: ApiKey, asked: dict[str, Any]) -> Page:
    """One page as of one moment. Raises OtherEpoch, ChangesForgotten, or ValidationError for a number to come."""
    with one_moment():
        copy, last = copy_of(request, key), head()
        if asked["epoch"] != copy.epoch:
            raise OtherEpoch
        if asked["after"] < copy.forgotten:
            raise ChangesForgotten
        if asked["after"] > last:
            raise ValidationError({"after": [gettext("No change has this number yet.")]})
        changes, after = read_changes(copy, after=asked["after"], limit=asked["limit"])
        told = {"epoch": copy.epoch, "after": after, "more": after < last, **days_of(copy.caller)}
        return Page(after, changes, b'%b,"changes":[%b]}' % (as_json(told)[:-1], b",".join(changes)))


def key_of(request: Request) -> ApiKey:
    """The caller's key. Raises NotAllowed for people: what they see changes with their offices, which no feed tells."""
    if not isinstance(request.auth, ApiKey):
        raise NotAllowed(gettext("Copies are for systems with a key."))
    return request.auth


class Copy(NamedTuple):
    """For whom a copy is kept: by which epoch it is known, what exists for them now, whom their key acts for, and up to
    which number changes are forgotten.
    """

    epoch: str
    caller: Caller
    body: UUID
    forgotten: int


def copy_of(request: Request, key: ApiKey) -> Copy:
    """The copy that this caller keeps. Raises AuthenticationFailed where the key has ended.

    The epoch is another one after a restore, in another language, and when the key comes to act for another body: what
    such a caller copied so far is worth nothing. Whom the key acts for is read within the moment in which all else is.
    """
    (now,) = _key_now(pk=key.pk)
    key.agency_id, key.committee_id, key.reached = now["agency_id"], now["committee_id"], None
    key.revoked_at, key.expires_at = now["revoked_at"], now["expires_at"]
    if not key.is_live(clock.now()):
        raise AuthenticationFailed(KEY_IS_NO_GOOD)
    ((epoch, forgotten),) = ask(FEED, [])
    body = now["agency__uuid"] or now["committee__uuid"]
    told = f"{epoch} {body} {get_language()}"
    return Copy(sha256(told.encode()).hexdigest()[:32], Caller(request), body, forgotten)


@put_together_once
def _key_now(pk: int) -> QuerySet:
    whom = ("agency_id", "agency__uuid", "committee_id", "committee__uuid")
    return ApiKey.objects.filter(pk=pk).values("revoked_at", "expires_at", *whom)


def days_of(caller: Caller) -> dict[str, date]:
    """From what the standing of an assignment is counted."""
    return {"today": caller.today, "soon_until": caller.soon_until(caller.today)}


def read_changes(copy: Copy, *, after: int, limit: int) -> tuple[list[bytes], int]:
    """At most `limit` changes behind `after` as JSON, and the number up to which everything is told."""
    told: list[tuple[Numbered, bytes]] = []
    copyist, looked_at, wanted = Copyist(copy.caller), 0, limit
    while len(told) < limit and looked_at < MOST_LOOKED_AT:
        window = _window(after, wanted)
        seen = _seen(copyist, window, after)
        for change in window:
            if how := _how_it_is(change, seen[change.kind].get(change.uuid), copy.body):
                told.append((change, how))
            after = change.sequence
            if len(told) == limit:
                break
        looked_at += len(window)
        if len(window) < wanted:
            break
        wanted = _likely_enough(limit - len(told), found=len(told), of=looked_at)
    return list(_written(told)), after


def _likely_enough(many: int, *, found: int, of: int) -> int:
    """How many numbers to look at next where so many changes are wanted, by what was found so far."""
    return min(4 * of, many * of * 5 // (found * 4) + 1) if found else 4 * of


def _window(after: int, many: int) -> list[Numbered]:
    return [Numbered(*row) for row in ask(WINDOW, [after, many])]


def _seen(copyist: Copyist, window: Sequence[Numbered], after: int) -> dict[str, dict[str, bytes]]:
    kinds = {change.kind for change in window}
    return {kind: copyist.touched(kind, after=after, upto=window[-1].sequence) for kind in kinds}


def _how_it_is(change: Numbered, row: bytes | None, body: UUID) -> bytes:
    """What the caller is told: the row as it is now, or that it is gone for whoever saw it; nothing to others."""
    if row is not None:
        return b'"verb":%b,"row":%b' % (_verb(change.verb), row)
    is_gone = change.kind in (Shown.AGENCY, Shown.COMMITTEE) or str(body) in change.seen_by
    return b'"verb":null,"gone":true' if is_gone else b""


@cache
def _verb(verb: str) -> bytes:
    return as_json(verb or None)


def _written(told: list[tuple[Numbered, bytes]]) -> Iterator[bytes]:
    """The same row on one page is written with its last change only: it would be the same each time."""
    last = {(change.kind, change.uuid): change.sequence for change, _how in told}
    for change, how in told:
        is_last = last[change.kind, change.uuid] == change.sequence
        head = f'{{"sequence":{change.sequence},"at":"{change.at}","type":"{change.kind}","id":"{change.uuid}",'
        yield b"%b%b}" % (head.encode(), how if is_last else how.partition(b",")[0])


def _asked(request: Request) -> dict[str, Any]:
    """The parameters. Raises ValidationError naming each that is wrong."""
    given = request.query_params
    wrong = refused_parameters(given, {"after", "epoch", "limit", "wait"})
    asked = {"after": _number(given.get("after", "")), "limit": _number(given.get("limit", str(MOST)))}
    asked["epoch"] = given.get("epoch", "")
    if asked["after"] is None:
        wrong.setdefault("after", [gettext("Give the number up to which you know all changes.")])
    if asked["limit"] is None or not 1 <= asked["limit"] <= MOST:
        wrong.setdefault("limit", [gettext("Give a whole number from 1 to %(most)d.") % {"most": MOST}])
    asked["wait"] = _number(given.get("wait", "0"))
    if asked["wait"] is None or asked["wait"] > LONGEST_WAIT:
        wrong.setdefault("wait", [gettext("Give seconds, from 0 to %(most)d.") % {"most": LONGEST_WAIT}])
    if not asked["epoch"]:
        wrong.setdefault("epoch", [gettext("Give the epoch that the snapshot began with.")])
    if wrong:
        raise ValidationError(wrong)
    return asked


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER else None
