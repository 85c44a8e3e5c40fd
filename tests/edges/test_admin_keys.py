"""The desk's keys: from where they may be used, which end soon, and how another comes in the place of one."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import ApiKey, Role
from directives.models import Event
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_committee, make_key, make_user
from tracker import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(at(TODAY), tick=False):
        yield


def ends_in(days: int, **fields) -> ApiKey:
    row, _plain = make_key(make_agency())
    ApiKey.objects.filter(pk=row.pk).update(expires_at=clock.now() + timedelta(days=days), **fields)
    return ApiKey.objects.get(pk=row.pk)


def key_form(**changed) -> dict:
    body = {"committee": make_committee().pk}
    return {"name": "Trung tâm điều hành", "scopes": ["read"], "expires_on": "2025-12-31", **body, **changed}


def test_networks_are_kept_as_they_are_written_in_short(client, administrator):
    written = "10.12.0.0/16\n203.113.131.5/32\n2405:4800:0::/32\n10.12.0.0/16"
    client.post(reverse("admin:accounts_apikey_add"), key_form(networks=written))
    assert ApiKey.objects.get().networks == ["10.12.0.0/16", "203.113.131.5", "2405:4800::/32"]


NO_NETWORKS = {
    "a name": ("trung-tam.gov.vn", "trung-tam.gov.vn is no network. Write it as"),
    "within a network": ("10.12.3.4/16", "Do you mean the network 10.12.0.0/16?"),
    "too long": ("10.12.0.0/64", "10.12.0.0/64 is no network."),
    "too many": ("\n".join(f"10.0.0.{last}" for last in range(21)), "At most 20 networks."),
}


@pytest.mark.parametrize(("written", "sentence"), NO_NETWORKS.values(), ids=NO_NETWORKS)
def test_what_is_no_network_is_told_at_its_field(client, administrator, written, sentence):
    form = key_form(networks=written)
    with nothing_changes():
        answer = client.post(reverse("admin:accounts_apikey_add"), form)
    (told,) = answer.context["adminform"].form.errors["networks"]
    assert sentence in told


def test_a_successor_is_shown_once_and_both_are_good_for_a_while(client, administrator):
    old = ends_in(100, scopes=["read", "report"], networks=["10.12.0.0/16"])
    page = reverse("admin:key_successor", args=[old.pk])
    assert page in client.get(reverse("admin:accounts_apikey_change", args=[old.pk])).content.decode()
    answer = client.post(page, {"both_until": "2025-03-24", "expires_on": "2026-03-09"})
    new = ApiKey.objects.get(succeeds=old)
    plain = answer.context["plain"]
    assert plain in answer.content.decode()
    assert answer["Cache-Control"].startswith("no-store")
    assert (new.name, new.agency, new.scopes, new.networks) == (old.name, old.agency, old.scopes, old.networks)
    old.refresh_from_db()
    assert (old.expires_at, new.expires_at) == (at(date(2025, 3, 25), 0), at(date(2026, 3, 10), 0))
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["add", "succeed"]
    assert plain not in str(list(Event.objects.values()))
    with nothing_changes():
        again = client.post(page, {"both_until": "2025-03-24", "expires_on": "2026-03-09"})
    assert (again.status_code, "This key has ended, or has a successor already." in again.content.decode()) == (
        409,
        True,
    )


def test_only_an_administrator_makes_a_successor(client):
    old = ends_in(100)
    client.force_login(make_user(Role.SECRETARIAT))
    with nothing_changes():
        answer = client.post(
            reverse("admin:key_successor", args=[old.pk]), {"both_until": "2025-03-24", "expires_on": "2026-03-09"}
        )
    assert answer.status_code == 403


def test_keys_that_end_soon_lie_on_the_administrators_pile_and_on_nobody_elses(client, administrator):
    soon, succeeded = ends_in(13), ends_in(5)
    ends_in(15)
    ends_in(3, revoked_at=clock.now())
    succeeded.succeed(expires_at=at(date(2026, 1, 1)), both_until=succeeded.expires_at, at=clock.now())
    pile = next(pile for pile in client.get(reverse("admin:index")).context["waiting"] if pile.key == "keys")
    assert (pile.total, list(pile.rows)) == (1, [soon])
    assert str(soon) in client.get(reverse("admin:waiting", args=["keys"])).content.decode()
    client.force_login(make_user(Role.SECRETARIAT))
    assert client.get(reverse("admin:waiting", args=["keys"])).status_code == 404
