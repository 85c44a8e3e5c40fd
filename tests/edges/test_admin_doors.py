"""Who comes to the desk, and what each finds there."""

import pytest
from django.urls import reverse

from accounts.models import Role
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.ADMINISTRATOR, Role.AUDITOR])
def test_the_desk_opens_for_those_who_work_at_it(client, role):
    client.force_login(make_user(role))
    assert client.get(reverse("admin:index")).status_code == 200
