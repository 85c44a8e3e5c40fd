"""The API asked by chance: whatever schemathesis makes of the document is sent, and each answer is held to its word.

Beside all of its checks we ask for more: every no is a problem (RFC 9457), and what is answered to a key is not
answered without one (401), nor to a key of somebody who does not see it (404). Each request is taken back once it is
answered, so that all meet the same world, and the same seed makes the same requests.
"""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import cycle
from typing import Any
from uuid import UUID

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections, transaction
from django.http import HttpResponse
from schemathesis.engine import events, from_schema

from accounts.models import Agency, Committee
from accounts.roles import Scope
from directives.actions.feeding import feed
from directives.actions.sealing import seal_events
from directives.models import (
    Assessment,
    Assignment,
    CriteriaSet,
    Directive,
    Event,
    ExtensionRequest,
    Indicator,
    Notice,
    Paragraph,
    Question,
    Reading,
    Report,
)
from tests.edges.described import hold, operation_at
from tests.edges.served import serving
from tests.make import make_agency, make_key
from tracker.api.schema.document import document
from tracker.api.schema.shapes import Schema
from tracker.api.urls import urlpatterns

PHASES = ("examples", "coverage", "fuzzing", "stateful")
# What is wrong may meet another no first: of the version, the epoch or the moment.
WRONG_AND = ["400", "401", "403", "404", "405", "406", "409", "410", "412", "413", "415", "422", "428"]
# What is quoted, numbered or entered has rules that no shape can say: a sentence stands in its notice, a figure is of a
# past day. That these are refused with 400 is no fault; whatever else is.
BY_RULES = re.compile(
    "(POST|PUT) /(notices|directives|indicators|readings|questions|subscriptions|bulk)/"
    "|POST /assignments/[^/]+/(hand-down|request-extension)/"
)
NOT_ASKED = ("cursor", "wait", "fields", "files")
Environ = dict[str, Any]
# Agencies and committees are nobody's secret.
HAS_ID = re.compile("(?<!agencies)(?<!committees)/[0-9a-f]{8}-[0-9a-f-]{27}/")
REFUSED, SERVER_ERROR = 400, 500
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
# What is right in itself, and yet may be answered with no: not now, not this version, a name that was used, another
# epoch, more than one byte too much.
RIGHT_BUT = ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "413", "422", "429"]


@dataclass
class Heard:
    """What was asked and answered: how often by status, and each thing that was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    operations: set[str] = field(default_factory=set)
    # How often with which key, where they take turns.
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())

    def note(self, sentence: str) -> None:
        if sentence not in self.wrong:
            self.wrong.append(sentence)


class World:
    """The application in front of the demo's data; whatever is asked of it is taken back, unless it keeps it.

    `turns`: what is asked with the first of these keys is asked with each of them in turn.
    """

    def __init__(self, heard: Heard, *, keeps: bool = False, turns: Sequence[str] = ()) -> None:
        self.heard, self.application, self.keeps = heard, WSGIHandler(), keeps
        self.first, self.turns = f"Bearer {turns[0]}" if turns else "", cycle(turns)
        self.connection = connections["default"]
        self.stranger = f"Bearer {make_key(make_agency(), scopes=ALL_SCOPES)[1]}"

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """What a web server would call; it may be called by another thread, one at a time."""
        connections["default"] = self.connection
        if self.first and environ.get("HTTP_AUTHORIZATION") == self.first:
            key = next(self.turns)
            self.heard.keys[key] += 1
            environ = {**environ, "HTTP_AUTHORIZATION": f"Bearer {key}"}
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        answer = self.answer({**environ, "wsgi.input": BytesIO(sent)})
        self.watch(environ, sent, answer)
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.content]

    def answer(self, environ: Environ) -> HttpResponse:
        """The answer, and nothing of what it did."""
        told: list[Any] = []
        with transaction.atomic():
            body = b"".join(self.application(environ, lambda status, headers: told.extend((status, headers))))
            transaction.set_rollback(not self.keeps)
        status, headers = told
        answer = HttpResponse(body, status=int(status[:3]))
        for name, value in headers:
            answer[name] = value
        return answer

    def watch(self, environ: Environ, sent: bytes, answer: HttpResponse) -> None:
        """Note whatever is wrong with it."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.heard.statuses[answer.status_code] += 1
        where = f"{method} {path}?{environ.get('QUERY_STRING', '')}"
        if answer.status_code >= SERVER_ERROR:
            self.heard.note(f"{where}: {answer.status_code}")
        if answer.status_code >= REFUSED and answer["Content-Type"] != "application/problem+json":
            self.heard.note(f"{where}: {answer.status_code} as {answer['Content-Type']}")
        if operation := operation_at(method, path):
            self.heard.operations.add(operation["operationId"])
            try:
                hold(method, where.partition(" ")[2], answer)
            except AssertionError as wrong:
                self.heard.note(str(wrong))
            if answer.status_code < REFUSED:
                self.without_rights(environ, sent, where)

    def without_rights(self, environ: Environ, sent: bytes, where: str) -> None:
        """What was answered must be nobody else's."""
        plain = {name: value for name, value in environ.items() if name != "HTTP_AUTHORIZATION"}
        nobody = self.answer({**plain, "wsgi.input": BytesIO(sent)})
        if nobody.status_code != 401:
            self.heard.note(f"{where}: {nobody.status_code} without a key")
        if HAS_ID.search(environ["PATH_INFO"]):
            other = self.answer({**plain, "HTTP_AUTHORIZATION": self.stranger, "wsgi.input": BytesIO(sent)})
            if other.status_code != 404:
                self.heard.note(f"{where}: {other.status_code} for somebody who does not see it")


def make_ready() -> None:
    """What the ticks do in a demo that runs: history has its places in the chain, and the feed its epoch."""
    seal_events()
    feed()


ALL_SCOPES = tuple(str(scope) for scope in Scope)
OF_ID: dict[str, Any] = {
    "agencies": Agency,
    "assessments": Assessment,
    "committees": Committee,
    "criteria-sets": CriteriaSet,
    "directives": Directive,
    "events": Event,
    "extensions": ExtensionRequest,
    "indicators": Indicator,
    "notices": Notice,
    "paragraphs": Paragraph,
    "questions": Question,
    "readings": Reading,
    "reports": Report,
}


def ask(
    application: World, key: str, *, examples: int, seed: int, phases: Iterable[str], longest: int | None = None
) -> None:
    """Ask everything in each of these phases of schemathesis, with `examples` by chance for each operation.

    It ends after `longest` seconds, where they are said.
    """
    config = schemathesis.Config.from_dict(
        {
            "seed": seed,
            "headers": {"Authorization": f"Bearer {key}"},
            "continue-on-failure": True,
            # What was found earlier must not change what is asked now.
            "cache": {"enabled": False},
            **({"max-time": longest} if longest else {}),
            "request-timeout": 30,
            "generation": {
                "max-examples": examples,
                "deterministic": True,
                "no-shrink": True,
                "database": "none",
                "allow-x00": False,
            },
            "checks": {
                "positive_data_acceptance": {"expected-statuses": RIGHT_BUT},
                "negative_data_rejection": {"expected-statuses": WRONG_AND},
                "missing_required_header": {"expected-statuses": WRONG_AND},
            },
            "phases": {name: {"enabled": name in phases} for name in PHASES},
        }
    )
    schema = schemathesis.openapi.from_dict(lived_in(document(urlpatterns)), config=config)
    with serving(application) as url:
        schema.config.base_url = url
        for event in from_schema(schema).execute():
            for sentence in _failures(event):
                application.heard.note(sentence)


def _failures(event: events.EngineEvent) -> Iterable[str]:
    if isinstance(event, events.ScenarioFinished):
        for case, checks in event.recorder.checks.items():
            for check in checks:
                asked = _asked(event.recorder.interactions[case])
                by_rules = check.name == "positive_data_acceptance" and BY_RULES.match(asked)
                if check.failure_info is not None and not by_rules:
                    failure = check.failure_info.failure
                    yield f"{check.name}: {failure.title}: {asked}"
    elif isinstance(event, events.NonFatalError | events.FatalError):
        wrong = event.value if isinstance(event, events.NonFatalError) else event.exception
        yield f"schemathesis: {getattr(event, 'label', '')} {''.join(traceback.format_exception(wrong)[-3:])}"


def _asked(done: Any) -> str:
    """What was asked and answered, in short."""
    asked, told = done.request, done.response
    headers = {name: value for name, value in asked.headers.items() if name.lower() not in ("authorization", "accept")}
    answered = f"{told.status_code} {told.content[:300]!r}" if told else "nothing"
    return f"{asked.method} {asked.uri.partition('/api/v1')[2]} {headers} {(asked.body or b'')[:300]!r} -> {answered}"


def lived_in(told: Schema) -> Schema:
    """The document with words that mean something here: codes, ids and days are those of the demo.

    What is left out is asked for by tests of its own: a cursor is good for its own page alone, nobody is to wait, an
    answer of some fields lacks the others, and a file is a document or a picture.
    """
    paths = {
        address: {method: _lived_in(address, one) for method, one in found.items()}
        for address, found in told["paths"].items()
    }
    return {**told, "paths": paths}


def _lived_in(address: str, operation: Schema) -> Schema:
    words, ids = _words(address), {"schema": {"type": "string", "format": "uuid", "enum": _ids(address)}}
    parameters = [
        {**one, **ids} if one.get("in") == "path" and one["name"] == "id" else _with_words(one, words)
        for one in operation["parameters"]
        if one.get("name") not in NOT_ASKED
    ]
    asked = {**operation, "parameters": parameters}
    if body := operation.get("requestBody"):
        asked["requestBody"] = {**body, "content": {form: _body(one, words) for form, one in body["content"].items()}}
    return asked


def _with_words(one: Schema, words: dict[str, list[str]]) -> Schema:
    return {**one, "schema": {"type": "string", "enum": words[one["name"]]}} if one.get("name") in words else one


def _body(one: Schema, words: dict[str, list[str]]) -> Schema:
    shape = one["schema"]
    fields = {
        name: {"enum": words[name]} if name in words else _short(field)
        for name, field in shape.get("properties", {}).items()
        if name not in NOT_ASKED
    }
    return {"schema": {**shape, "properties": fields}}


def _short(field: Schema) -> Schema:
    """The same, however long: to make twenty thousand characters by chance takes seconds."""
    return {name: said for name, said in field.items() if name != "maxLength"}


def _words(address: str) -> dict[str, list[str]]:
    agencies = list(Agency.objects.order_by("code").values_list("code", flat=True)[:12])
    idle = list(Agency.objects.filter(assignments=None, valid_to=None).values_list("code", flat=True)[:5])
    committees = list(Committee.objects.values_list("code", flat=True))
    return {
        **{name: ["2030-12-31"] for name in ("due_on", "asked_due_on", "redo_by")},
        **{name: ["97.5", "12", 97.5, 0, 12] for name in ("figure", "verified_figure")},
        **{name: [*agencies, "bca", "btp"] for name in ("agency", "agency_under")},
        "to_agency": idle,
        "committee": committees,
        "parent": committees if address == "/committees/" else agencies,
        "notice": [notice.reference for notice in Notice.objects.exclude(number=None)],
        "as_of": ["2024-12-31", "2025-06-30"],
    }


def _ids(address: str) -> list[str]:
    found = OF_ID.get(address.split("/")[1], Assignment).objects.order_by("pk").values_list("uuid", flat=True)
    return [*map(str, found[:40])] or [str(UUID(int=0))]
