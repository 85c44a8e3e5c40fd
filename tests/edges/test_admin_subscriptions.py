"""Subscriptions at the desk: made with a secret that is shown once, done with, and looked into call by call."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.models import Attempt, CallState, Event, Subscription, SubscriptionState, TrustedNetwork
from tests.edges.called import call_all, subscribed, touch
from tests.listener import listening, trust
from tests.make import make_agency, make_call, make_issued, make_subscription, make_trusted, make_user
from tracker import clock

pytestmark = pytest.mark.django_db
WANTED = {"name": "Trung tâm", "endpoint": "https://tiepnhan.bo.gov.vn/dondoc", "language": "vi"}


@pytest.fixture
def desk():
    client = Client()
    client.force_login(make_user(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "en"
    with override("en"):
        yield client


def act(desk: Client, row: Subscription, name: str, **asked: object):
    return desk.post(reverse("admin:subscription_act", args=[row.pk, name]), asked)


def test_it_is_made_and_its_secret_shown_once(desk):
    agency = make_agency()
    answer = desk.post(
        reverse("admin:directives_subscription_add"), {**WANTED, "agency": agency.pk, "events": ["assignment.verify"]}
    )
    secret, row = answer.context["plain"], Subscription.objects.get()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert secret.startswith("whsec_")
    assert secret in answer.content.decode()
    assert (row.agency, row.events, row.state) == (agency, ["assignment.verify"], SubscriptionState.UNVERIFIED)
    page = desk.get(reverse("admin:directives_subscription_change", args=[row.pk]))
    assert secret not in page.content.decode()
    assert "has not repeated the challenge" in page.content.decode()
    assert list(Event.objects.values_list("verb", flat=True)) == ["subscribe"]


@pytest.mark.parametrize("wrong", [{"endpoint": "https://169.254.169.254/"}, {"name": ""}, {"agency": ""}])
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_made(desk, wrong):
    wanted = {**WANTED, "agency": make_agency().pk, **wrong}
    answer = desk.post(reverse("admin:directives_subscription_add"), wanted)
    assert next(iter(wrong)) in answer.context["adminform"].form.errors
    assert wanted["endpoint"] in answer.content.decode()
    assert not Subscription.objects.exists()


def test_what_is_done_with_it_is_done_and_refused_where_it_does_not_fit(desk):
    row = make_subscription()
    assert act(desk, row, "pause").status_code == 302
    row.refresh_from_db()
    assert row.state == SubscriptionState.PAUSED
    assert act(desk, row, "pause").status_code == 409
    turned = act(desk, row, "rotate-secret", overlap_hours="24")
    assert turned.context["plain"].startswith("whsec_")
    assert act(desk, row, "rotate-secret", overlap_hours="999").status_code == 302
    assert act(desk, row, "resume").status_code == 302
    assert act(desk, row, "end").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.secret) == (SubscriptionState.ENDED, "")
    verbs = ["pause_subscription", "rotate_secret", "resume_subscription", "end_subscription"]
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == verbs
    assert desk.get(reverse("admin:directives_subscription_change", args=[row.pk])).status_code == 200


def test_it_is_changed_on_its_page(desk):
    row = make_subscription(events=["notice.*"])
    address = reverse("admin:directives_subscription_change", args=[row.pk])
    shown = desk.get(address).context["shown"]
    wanted = {"name": "Cổng mới", "endpoint": row.endpoint, "language": "en", "events": ["notice.issue"]}
    assert desk.post(address, {**wanted, "_shown": shown}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.language, row.events, row.state) == ("Cổng mới", "en", ["notice.issue"], "active")


def test_the_log_shows_what_went_and_came_and_sends_again(desk):
    with listening() as listener:
        trust(listener)
        agency = make_agency()
        (work,) = make_issued(agency)
        row, _secret = subscribed(agency, listener)
        listener.reply = lambda _sent: (500, "<b>hỏng</b>".encode(), {})
        touch(work)
        call_all(clock.now())
    call = row.calls.latest("pk")
    page = desk.get(reverse("admin:directives_call_change", args=[call.pk])).content.decode()
    assert "&lt;b&gt;hỏng&lt;/b&gt;" in page
    assert call.message in page
    assert str(work.uuid) in page
    found = desk.get(reverse("admin:directives_call_changelist"), {"q": call.message}).context["cl"].result_list
    assert [one.pk for one in found] == [call.pk]
    desk.post(reverse("admin:call_send_again", args=[call.pk]))
    call.refresh_from_db()
    assert (call.state, call.attempts) == (CallState.WAITING, 0)
    assert Attempt.objects.filter(call=call).count() == 1


def test_chosen_calls_are_sent_again_and_a_challenge_is_not(desk):
    row = make_subscription()
    taken, challenge = (
        make_call(row, state="taken"),
        make_call(row, state="taken", kind="subscription", verb="challenge"),
    )
    chosen = {"action": "send_chosen_again", "_selected_action": [taken.pk, challenge.pk]}
    answer = desk.post(reverse("admin:directives_call_changelist"), chosen, follow=True)
    told = [str(message) for message in answer.context["messages"]]
    assert any("A challenge is not sent again" in one for one in told)
    assert "1 call will be sent again." in told
    assert [one.state for one in row.calls.order_by("pk")] == [CallState.WAITING, CallState.TAKEN]


@pytest.mark.parametrize(
    ("network", "ports", "field"),
    [
        ("127.0.0.0/8", "443", "network"),
        ("0.0.0.0/0", "443", "network"),
        ("169.254.0.0/16", "443", "network"),
        ("10.0.0.1/8", "443", "network"),
        ("bo.gov.vn", "443", "network"),
        ("10.20.0.0/16", "0", "ports"),
        ("10.20.0.0/16", "http", "ports"),
        ("10.20.0.0/16", "70000", "ports"),
        ("10.20.0.0/16", "", "ports"),
    ],
)
def test_a_network_that_nobody_may_open_is_refused(desk, network, ports, field):
    told = {"network": network, "ports": ports, "note": "Mạng chuyên dùng"}
    answer = desk.post(reverse("admin:directives_trustednetwork_add"), told)
    assert field in answer.context["adminform"].form.errors
    assert not TrustedNetwork.objects.exists()


def test_a_network_is_opened_and_closed_again_and_history_knows_by_whom(desk):
    told = {"network": "10.20.0.0/16", "ports": "8443, 443", "note": "Mạng chuyên dùng", "unencrypted": "on"}
    assert desk.post(reverse("admin:directives_trustednetwork_add"), told).status_code == 302
    row = TrustedNetwork.objects.get()
    assert (row.network, row.ports, row.unencrypted) == ("10.20.0.0/16", [443, 8443], True)
    desk.post(reverse("admin:directives_trustednetwork_delete", args=[row.pk]), {"post": "yes"})
    assert not TrustedNetwork.objects.exists()
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["add", "delete"]


def test_nobody_else_sees_them(desk):
    row, network = make_subscription(), make_trusted()
    client = Client()
    client.force_login(make_user(Role.SECRETARIAT))
    for name, pk in (("subscription", row.pk), ("call", make_call(row).pk), ("trustednetwork", network.pk)):
        assert client.get(reverse(f"admin:directives_{name}_changelist")).status_code == 403
        assert client.get(reverse(f"admin:directives_{name}_change", args=[pk])).status_code == 403
    assert act(client, row, "end").status_code == 403
    row.refresh_from_db()
    assert row.state == SubscriptionState.ACTIVE
