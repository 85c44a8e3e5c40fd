"""The pages of one notice cost the same number of queries for one directive and for fifty."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from directives.models import NoticeState
from directives.models import Role as Part
from tests.make import (
    at,
    make_addressee,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_ladder,
    make_notice,
    make_paragraph,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)
MANY = 50


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


def cost(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read()
    return len(queries)


def test_the_pages_of_a_notice_cost_the_same_for_one_directive_and_for_fifty(client):
    committee = make_committee()
    client.force_login(make_user(Role.SECRETARIAT, committee))
    make_ladder()
    issued, draft = make_notice(committee), make_notice(committee, state=NoticeState.DRAFT)
    pages = [
        reverse("admin:directives_notice_change", args=[issued.pk]),
        reverse("admin:notice_paragraphs", args=[draft.pk]),
        reverse("admin:notice_paragraphs", args=[draft.pk]) + "?p=all",
        reverse("admin:notice_issue", args=[draft.pk]),
    ]

    def costs() -> list[int]:
        for page in pages:
            client.get(page)
        return [cost(lambda page=page: client.get(page)) for page in pages]

    def more() -> None:
        for role in (Part.LEAD, Part.COORDINATING):
            make_assignment(directive=make_directive(issued), role=role)
        paragraph = make_paragraph(draft, handled_as="directive")
        make_addressee(make_directive(draft, paragraph=paragraph), make_agency())
        make_paragraph(draft, handled_as="directive")

    more()
    of_one = costs()
    for _n in range(MANY):
        more()
    assert costs() == of_one
    assert max(of_one) <= 25
