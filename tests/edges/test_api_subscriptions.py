"""Subscriptions through the API: a key with the scope makes, changes, rotates, pauses, replays and ends its own."""

from datetime import timedelta

import pytest

from accounts.models import Role, SentOnce
from directives.models import Call, Subscription, SubscriptionState
from tests.edges.called import call_all, calls, touch
from tests.edges.calling import Caller, with_key
from tests.listener import listening, trust
from tests.make import make_agency, make_call, make_committee, make_issued, make_subscription, make_user
from tracker import clock

pytestmark = pytest.mark.django_db
WANTED = {"name": "Trung tâm", "endpoint": "https://tiepnhan.bo.gov.vn/dondoc", "events": ["assignment.*"]}


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def system(agency) -> Caller:
    return with_key(agency, "read", "subscribe")


def tag(system: Caller, row_id: str) -> str:
    return system.get(f"subscriptions/{row_id}/").headers["ETag"]


def test_from_made_to_ended(agency, system):
    with listening() as listener:
        trust(listener)
        made = system.post("subscriptions/", {**WANTED, "endpoint": listener.address()})
        assert (made.status_code, made["Cache-Control"]) == (201, "no-store")
        told = made.json()
        assert told.pop("secret").startswith("whsec_")
        assert (told["state"], told["waiting"], told["agency"]["code"]) == ("unverified", 1, agency.code)
        one = f"subscriptions/{told['id']}"
        assert system.read(f"{one}/") == told
        assert "whsec_" not in str(system.read("subscriptions/"))
        (work,) = make_issued(agency)
        call_all(clock.now())
        touch(work)
        call_all(clock.now())
        assert [sent.told["type"] for sent in listener.changes] == ["assignment.changed"]
        log = system.read(f"{one}/calls/")["results"]
        assert [(row["type"], row["state"], row["status"]) for row in log] == [
            ("assignment", "taken", 204),
            ("subscription", "taken", 200),
        ]
        (tried,) = system.read(f"calls/{log[0]['id']}/")["tries"]
        assert (tried["endpoint"], tried["status"]) == (listener.address(), 204)
        assert system.post(f"calls/{log[0]['id']}/send-again/").json()["state"] == "waiting"
        assert system.post(f"{one}/replay/", {"since": "2020-01-01T00:00:00+07:00"}).status_code == 200
        call_all(clock.now())
        assert len({sent.headers["webhook-id"] for sent in listener.changes}) == 1
        assert len(listener.changes) == 2
    assert system.post(f"{one}/pause/", seen=tag(system, told["id"])).json()["state"] == "paused"
    assert system.post(f"{one}/resume/", seen=tag(system, told["id"])).json()["state"] == "active"
    assert system.post(f"{one}/end/", seen=tag(system, told["id"])).json()["state"] == "ended"
    assert system.get(f"{one}/").status_code == 404
    assert system.read("subscriptions/")["results"] == []


def test_a_new_secret_is_shown_once_and_remembered_by_no_request(agency, system):
    made = system.post("subscriptions/", WANTED, name="lan-1")
    again = system.post("subscriptions/", WANTED, name="lan-1")
    assert again["Idempotency-Replayed"] == "true"
    assert again.status_code == 201
    assert {**again.json(), "secret": made.json()["secret"]} == made.json()
    assert Subscription.objects.count() == 1
    seen = tag(system, made.json()["id"])
    turned = system.post(f"subscriptions/{made.json()['id']}/rotate-secret/", {"overlap_hours": 1}, seen=seen, name="2")
    assert turned.json()["secret"] not in ("", made.json()["secret"])
    assert turned.json()["former_secret_until"] is not None
    kept = b"".join(bytes(row.body) for row in SentOnce.objects.all())
    assert b"whsec_" not in kept


@pytest.mark.parametrize("all_or_none", [True, False])
def test_of_many_each_new_secret_is_shown_once_at_its_place(agency, system, all_or_none):
    old = make_subscription(agency)
    calls = [
        {"to": "subscriptions/", "body": WANTED},
        {"to": f"subscriptions/{old.uuid}/pause/", "if_match": "*"},
        {"to": f"subscriptions/{old.uuid}/rotate-secret/", "if_match": "*"},
    ]
    body = {"all_or_none": all_or_none, "requests": calls}
    first = system.post("bulk/", body, name="nhieu-1")
    told = [one["body"] for one in first.json()["results"]]
    assert [one.pop("secret", "")[:6] for one in told] == ["whsec_", "", "whsec_"]
    assert first["Cache-Control"] == "no-store"
    again = system.post("bulk/", body, name="nhieu-1")
    assert again["Idempotency-Replayed"] == "true"
    assert [one["body"] for one in again.json()["results"]] == told
    assert b"whsec_" not in bytes(SentOnce.objects.get().body)


def test_a_secret_of_what_was_undone_is_not_shown(agency, system):
    calls = [{"to": "subscriptions/", "body": WANTED}, {"to": "subscriptions/", "body": {}}]
    answer = system.post("bulk/", {"requests": calls})
    assert (answer.status_code, b"whsec_" in answer.content) == (409, False)
    assert not Subscription.objects.exists()


def test_a_change_asks_for_what_was_seen(agency, system):
    row = make_subscription(agency)
    address, wanted = f"subscriptions/{row.uuid}/change/", {"events": ["notice.issue"], "name": "Cổng mới"}
    assert system.post(address, wanted).status_code == 428
    assert system.post(address, wanted, seen='"9"').status_code == 412
    answer = system.post(address, wanted, seen=tag(system, row.uuid))
    assert (answer.json()["name"], answer.json()["events"]) == ("Cổng mới", ["notice.issue"])
    assert answer.json()["state"] == "active"
    moved = system.post(address, {"endpoint": "https://moi.bo.gov.vn/"}, seen=tag(system, row.uuid)).json()
    assert (moved["state"], moved["waiting"]) == ("unverified", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"endpoint": "http://tiepnhan.bo.gov.vn/"}, "endpoint"),
        ({"endpoint": "https://10.0.0.1/"}, "endpoint"),
        ({"endpoint": "https://[::ffff:127.0.0.1]/"}, "endpoint"),
        ({"events": ["assignment.fly"]}, "events"),
        ({"events": "assignment.*"}, "events"),
        ({"language": "fr"}, "language"),
        ({"name": " "}, "name"),
        ({"colour": "red"}, "colour"),
        ({"agency": "nowhere"}, "agency"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_leaves_nothing(system, wrong, field):
    answer = system.post("subscriptions/", {**WANTED, **wrong})
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Subscription.objects.exists()


def test_what_is_anothers_is_not_there_and_for_others_nobody_subscribes(agency, system):
    foreign = make_subscription()
    call = make_call(foreign, state="taken")
    for address in (f"subscriptions/{foreign.uuid}/", f"subscriptions/{foreign.uuid}/calls/", f"calls/{call.uuid}/"):
        assert system.get(address).status_code == 404
    for address in (f"subscriptions/{foreign.uuid}/pause/", f"calls/{call.uuid}/send-again/"):
        assert system.post(address, seen="*").status_code == 404
    below = make_agency(parent=agency)
    assert system.post("subscriptions/", {**WANTED, "agency": below.code}).status_code == 201
    for other in ({"agency": foreign.agency.code}, {"committee": make_committee().code}):
        assert system.post("subscriptions/", {**WANTED, **other}).status_code == 403
    foreign.refresh_from_db()
    assert (foreign.state, Call.objects.get(pk=call.pk).state) == (SubscriptionState.ACTIVE, "taken")
    assert Subscription.objects.count() == 2


def test_without_the_scope_there_is_nothing(agency):
    system = with_key(agency, "read", "report")
    assert system.get("subscriptions/").status_code == 403
    assert system.post("subscriptions/", WANTED).status_code == 403
    assert not Subscription.objects.exists()


def test_an_administrator_sees_all_of_them(agency):
    row = make_subscription(make_committee())
    admin = Caller(user=make_user(Role.ADMINISTRATOR))
    assert admin.ids("subscriptions/") == [str(row.uuid)]
    assert Caller(user=make_user(Role.HEAD, agency)).get("subscriptions/").status_code == 403


def test_the_log_comes_in_pages_and_by_state(agency, system):
    row = make_subscription(agency)
    for number in range(5):
        make_call(row, state="dead" if number == 2 else "taken")
    first = system.read(f"subscriptions/{row.uuid}/calls/?limit=3")
    rest = system.read(first["next"])
    shown = [one["sequence"] for one in first["results"] + rest["results"]]
    assert shown == sorted((call.sequence for call in calls(row)), reverse=True)
    assert len(system.ids(f"subscriptions/{row.uuid}/calls/?state=dead")) == 1
    assert system.get(f"subscriptions/{row.uuid}/calls/?state=lost").status_code == 400
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    assert system.post(f"subscriptions/{row.uuid}/replay/", {"since": tomorrow}).status_code == 400


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_for_any_length(agency, system, rows, django_assert_num_queries):
    for _row in range(rows):
        make_subscription(agency)
    system.read("subscriptions/")
    with django_assert_num_queries(3):  # the key, its agency, the rows
        assert len(system.ids("subscriptions/")) == rows
