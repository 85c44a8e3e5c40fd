"""Giving a draft up at the desk: said before it is done, and read afterwards."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from directives.models import Notice
from tests.edges.desk_of import ENTERED_ON, directive_form, drafted, issued, make_desk
from tests.make import at
from tests.numbers import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(at(ENTERED_ON), tick=False), override("en"):
        yield


@pytest.fixture
def desk(client):
    client.cookies["django_language"] = "en"
    return make_desk(client)


def test_the_page_says_what_goes_and_the_draft_is_discarded_with_a_reason(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    header = desk.client.get(reverse("admin:directives_notice_change", args=[notice.pk])).content.decode()
    address = reverse("admin:notice_discard", args=[notice.pk])
    assert f'href="{address}"' in header
    page = desk.client.get(address)
    assert "the directives (1) are removed for good" in words_of(page.content.decode())
    assert Notice.objects.get().state == "draft"
    answer = desk.client.post(address, {"version": page.context["form"]["version"].value(), "reason": "Nhập nhầm"})
    assert answer.url == reverse("admin:directives_notice_changelist")
    assert Notice.objects.get().state == "discarded"
    read = desk.client.get(reverse("admin:directives_notice_change", args=[notice.pk])).content.decode()
    assert "Discarded" in read
    assert "Nhập nhầm" in read
    assert "369/TB-VPCP" not in desk.client.get("/notices/").content.decode()
    assert desk.client.get(f"/notices/{notice.uuid}/").status_code == 404


def test_a_draft_that_was_changed_meanwhile_is_not_discarded(desk):
    notice = drafted(desk)
    address = reverse("admin:notice_discard", args=[notice.pk])
    answer = desk.client.post(address, {"version": notice.version - 1})
    assert (answer.status_code, Notice.objects.get().state) == (412, "draft")


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_was_issued_is_not_discarded(desk, method):
    notice = issued(desk)
    answer = getattr(desk.client, method)(reverse("admin:notice_discard", args=[notice.pk]), {"version": 1})
    assert answer.status_code == {"get": 302, "post": 409}[method]
    assert Notice.objects.get().state == "issued"


def test_the_pages_of_a_draft_lead_to_what_became_of_it(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:notice_discard", args=[notice.pk]), {"version": notice.version})
    answer = desk.client.post(reverse("admin:notice_issue", args=[notice.pk]), {"version": notice.version})
    assert answer.status_code == 409
    assert "The draft was discarded" in answer.content.decode()
    assert Notice.objects.get().state == "discarded"
