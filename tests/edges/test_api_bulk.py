"""Many verbs in one request: all or none, or each for itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from directives.models import Assignment, Event, Report
from tests.actions.conftest import nothing_changes
from tests.edges.calling import Caller, with_key
from tests.edges.two_systems import World
from tests.history import in_thread
from tests.make import make_issued
from tracker.api import limits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
PROBLEM = "urn:dondoc:problem:"


class Several(World):
    """A ministry with three assignments."""

    def __init__(self) -> None:
        super().__init__()
        self.works = [self.work, *(make_issued(self.ministry, committee=self.committee)[0] for _more in range(2))]

    def calls(self, verb: str, **body: object) -> list[dict]:
        return [self.call(work, verb, **body) for work in self.works]

    @staticmethod
    def call(work: Assignment, verb: str, **body: object) -> dict:
        return {"to": f"assignments/{work.uuid}/{verb}/", "if_match": "*", "body": body}


@pytest.fixture
def several() -> Several:
    return Several()


def test_all_are_done_together_and_each_is_answered(several):
    answer = several.agency.post("bulk/", {"requests": several.calls("report", text="Đã xong một nửa", percent=50)})
    assert answer.status_code == 200, answer.content.decode()
    told = answer.json()["results"]
    assert [(one["status"], one["body"]["reports"][0]["percent"]) for one in told] == [(200, 50)] * 3
    assert [one["etag"] for one in told] == [
        several.agency.get(f"assignments/{w.uuid}/")["ETag"] for w in several.works
    ]
    assert Report.objects.count() == 3


def test_one_refusal_undoes_all_and_is_told_by_its_place(several):
    calls = several.calls("report", text="x")
    calls[1]["body"] = {"text": " "}
    several.agency.get("notices/")
    with nothing_changes():
        answer = several.agency.post("bulk/", {"requests": calls}, name="nhieu-1")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    told = answer.json()
    assert told["type"] == f"{PROBLEM}none-done"
    assert [one["status"] for one in told["results"]] == [424, 400, 424]
    assert told["results"][1]["body"]["errors"].keys() == {"text"}
    assert several.agency.post("bulk/", {"requests": several.calls("start")}, name="nhieu-1").status_code == 200


def test_each_for_itself_leaves_what_was_not_refused(several):
    stranger, stale = several.call(several.works[1], "start"), several.call(several.works[2], "start")
    stranger["to"], stale["if_match"] = f"assignments/{'0' * 8}-0000-4000-8000-{'0' * 12}/start/", '"0-abc"'
    calls = [several.call(several.work, "start"), stranger, stale, several.call(several.works[2], "verify")]
    answer = several.agency.post("bulk/", {"all_or_none": False, "requests": calls})
    told = [(one["status"], one["body"].get("type", "")) for one in answer.json()["results"]]
    assert (answer.status_code, told) == (
        200,
        [(200, ""), (404, f"{PROBLEM}not-found"), (412, f"{PROBLEM}stale"), (403, f"{PROBLEM}not-allowed")],
    )
    assert [Assignment.objects.get(pk=work.pk).state for work in several.works] == [
        "in_progress",
        "assigned",
        "assigned",
    ]


def test_a_later_call_stands_on_an_earlier_one(several):
    calls = [several.call(several.work, verb, **body) for verb, body in (("start", {}), ("hand-in", {"text": "Xong"}))]
    assert several.agency.post("bulk/", {"requests": calls}).status_code == 200
    assert several.state() == "handed_in"


def test_sent_again_under_its_name_it_is_done_once(several):
    body = {"requests": several.calls("report", text="Xong một nửa")}
    answers = [several.agency.post("bulk/", body, name="nhieu-1") for _time in range(2)]
    assert answers[0].content == answers[1].content
    assert Report.objects.count() == 3


NO_VERB = {
    "a list": "assignments/",
    "nowhere": "khong-co/",
    "another bulk": "bulk/",
    "the whole address": "/api/v1/bulk/",
    "outside": "../../admin/",
}


@pytest.mark.parametrize("to", NO_VERB.values(), ids=NO_VERB)
def test_only_verbs_are_called(several, to):
    answer = several.agency.post("bulk/", {"all_or_none": False, "requests": [{"to": to}]})
    assert [one["status"] for one in answer.json()["results"]] == [404]


WRONG = {
    "nothing": ({"requests": []}, "requests"),
    "too many": ({"requests": [{"to": "x/"}] * 101}, "requests"),
    "no list": ({"requests": "x"}, "requests"),
    "no address": ({"requests": [{"body": {}}]}, "requests[0].to"),
    "no object": ({"requests": [{"to": "x/", "body": [1]}]}, "requests[0].body"),
    "no such field": ({"requests": [{"to": "x/", "method": "PUT"}]}, "requests[0].method"),
}


@pytest.mark.parametrize(("body", "named"), WRONG.values(), ids=WRONG)
def test_a_request_that_is_no_list_of_calls_is_refused(several, body, named):
    answer = several.agency.post("bulk/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [named])


def test_each_call_counts_against_the_limit(several, settings):
    settings.API_RATE = 3
    limits._counter.cache_clear()
    limits._away.until = 0.0
    caller = with_key(several.ministry, "read", "report")
    answers = [caller.post("bulk/", {"requests": several.calls(verb)}) for verb in ("start", "acknowledge")]
    assert [(one.status_code, one["RateLimit"]) for one in answers] == [
        (200, '"minute";r=0;t=60'),
        (429, '"minute";r=0;t=60'),
    ]
    assert not Event.objects.filter(verb="acknowledge").exists()


@pytest.mark.django_db(transaction=True)
def test_two_that_wait_for_each_other_are_both_done(several):
    key = several.agency.headers["authorization"].removeprefix("Bearer ")
    forth = several.calls("report", text="Một")
    orders = [forth, [*reversed(forth)]] * 4

    def send(calls: list[dict]) -> int:
        return in_thread(lambda: Caller(key=key).post("bulk/", {"requests": calls}).status_code)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, orders)) == {200}
    assert Report.objects.count() == 24
