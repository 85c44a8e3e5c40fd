"""The short way of systems that read: the same answers as on the long one, with the same headers."""

import pytest
from django.test import Client

from tests.make import make_assignment, make_key
from tracker import short_way

pytestmark = pytest.mark.django_db
# Of their own each time, or told of sessions, which a system has not.
OTHERWISE = {"X-Request-ID", "Vary", "RateLimit"}


@pytest.fixture
def key() -> str:
    work = make_assignment()
    return f"Bearer {make_key(work.agency)[1]}"


ASKED = {
    "a list": ("assignments/", {}),
    "a refusal": ("assignments/?limit=0", {}),
    "in Vietnamese": ("assignments/?limit=0", {"accept-language": "vi"}),
    "one that is not there": ("assignments/00000000-0000-4000-8000-000000000000/", {}),
    "nowhere": ("nowhere/", {}),
    "without its slash": ("assignments", {}),
    "in another form": ("assignments/", {"accept": "text/html"}),
    "from another host": ("assignments/", {"host": "evil.example"}),
    "a key that is none": ("assignments/", {"authorization": "Bearer dd_nobody-has-this-key-at-all"}),
    "a copy": ("snapshot/", {}),
}


def told(client: Client, method: str, path: str, headers: dict[str, str]) -> tuple:
    answer = getattr(client, method)(path, headers=headers)
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, body, {name: value for name, value in answer.items() if name not in OTHERWISE}


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(("address", "headers"), ASKED.values(), ids=ASKED)
def test_both_ways_answer_alike(key, address, headers, method, monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    asked = (method, f"/api/v1/{address}", {"authorization": key, **headers})
    short = told(Client(raise_request_exception=False), *asked)
    monkeypatch.setattr(short_way, "_may_go", lambda request: False)
    long = told(Client(raise_request_exception=False), *asked)
    assert short[:2] == long[:2]
    assert long[2].items() <= short[2].items()


def test_each_answer_has_a_name_and_says_what_is_left(key):
    answer = Client().get("/api/v1/assignments/", headers={"authorization": key, "x-request-id": "a-name-of-theirs"})
    assert answer["X-Request-ID"] == "a-name-of-theirs"
    assert answer["RateLimit-Policy"].startswith('"minute";q=')
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("get", "/", {}),
        ("get", "/api/v1/assignments/", {"authorization": ""}),
        ("post", "/api/v1/assignments/", {}),
        ("get", "/api/v1/docs/", {}),
        ("get", "/api/v1/assignments/", {"transfer-encoding": "chunked"}),
        ("get", "/api/v1/assignments/", {"content-length": "7"}),
    ],
    ids=["a page", "no key", "a verb", "a page of the API", "an endless body", "a body"],
)
def test_who_goes_the_long_way(key, method, path, headers, monkeypatch):
    gone = []
    monkeypatch.setattr(short_way, "_may_go", lambda request, asked=short_way._may_go: gone.append(asked(request)))
    getattr(Client(raise_request_exception=False), method)(path, headers={"authorization": key, **headers})
    assert gone == [False]
