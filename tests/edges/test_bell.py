"""The bell: how many messages wait unread, on the agency's pages and at the desk."""

import pytest

from accounts.models import Role
from tests.edges.visiting import visit
from tests.make import make_delivery, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/", "/notices/", "/preferences/", "/admin/", "/admin/directives/delivery/"])
def test_every_page_says_how_many_messages_wait_unread(page):
    secretary = make_user(Role.SECRETARIAT)
    for state, seen_at in (("sent", None), ("sent", None), ("sent", "2025-03-04T09:00+07:00"), ("waiting", None)):
        make_delivery(secretary, kind="escalated", channel="in_app", state=state, seen_at=seen_at)
    shown = visit(secretary).get(page).content.decode()
    assert "Messages, 2 unread" in shown
    assert 'class="head-button bell" href="/messages/"' in shown


def test_nobody_who_is_logged_out_has_a_bell():
    assert "head-button bell" not in visit().get("/login/").content.decode()
