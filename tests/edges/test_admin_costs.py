"""A page of the desk costs the same number of queries for one row and for fifty."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ApiKey, Role
from directives.models import NoticeState
from directives.models import Role as Part
from directives.models.history import Event
from tests.make import (
    at,
    make_addressee,
    make_agency,
    make_assignment,
    make_calendar,
    make_committee,
    make_delivery,
    make_directive,
    make_extension,
    make_group,
    make_indicator,
    make_key,
    make_ladder,
    make_notice,
    make_office,
    make_paragraph,
    make_reading,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)
MANY = 50


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


def one_of_each(committee, issuer, editor, n: int) -> None:
    """One more row in every room of the desk, all of it in reach of the committee's secretariat."""
    shared = {"issuer": issuer, "entered_by": editor}
    draft = make_notice(committee, state=NoticeState.DRAFT, **shared)
    make_paragraph(draft)
    make_addressee(make_directive(draft), make_agency())
    notice = make_notice(committee, **shared)
    for state in ("assigned", "handed_in", "declined", "in_progress"):
        make_assignment(directive=make_directive(notice), state=state, due_on=date(2025, 3, 4))
    make_extension(make_assignment(directive=make_directive(notice)))
    make_delivery(make_user(), state="dead", notice=notice, assignment=None)
    make_reading(make_indicator(committee))
    make_session(committee, held_on=date(2024, 1, 1).replace(day=1 + n % 28, month=1 + n // 28))
    make_calendar(date(2026, 1, 1).replace(day=1 + n % 28, month=1 + n // 28))
    make_group(make_agency())
    make_key(committee)
    make_office(make_user(), Role.OFFICER)
    Event.objects.create(at=at(TODAY), verb="issue", by=editor, by_name="Ban Thư ký", subject="x", notice=notice)


LISTS = {
    "index": Role.SECRETARIAT,
    "directives_notice_changelist": Role.SECRETARIAT,
    "directives_assignment_changelist": Role.SECRETARIAT,
    "directives_extensionrequest_changelist": Role.SECRETARIAT,
    "directives_indicator_changelist": Role.SECRETARIAT,
    "directives_reading_changelist": Role.SECRETARIAT,
    "directives_session_changelist": Role.SECRETARIAT,
    "directives_delivery_changelist": Role.SECRETARIAT,
    "directives_event_changelist": Role.SECRETARIAT,
    "directives_calendarday_changelist": Role.ADMINISTRATOR,
    "directives_ladder_changelist": Role.ADMINISTRATOR,
    "accounts_agency_changelist": Role.ADMINISTRATOR,
    "accounts_agencygroup_changelist": Role.ADMINISTRATOR,
    "accounts_committee_changelist": Role.ADMINISTRATOR,
    "accounts_user_changelist": Role.ADMINISTRATOR,
    "accounts_office_changelist": Role.ADMINISTRATOR,
    "accounts_apikey_changelist": Role.ADMINISTRATOR,
}


def cost(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read()
    return len(queries)


def test_every_list_costs_the_same_for_one_row_and_for_fifty(client):
    committee, issuer, editor = make_committee(), make_agency(), make_user(Role.ADMINISTRATOR)
    make_ladder()
    users = {
        Role.SECRETARIAT: make_user(Role.SECRETARIAT, committee),
        Role.ADMINISTRATOR: make_user(Role.ADMINISTRATOR),
    }

    def costs() -> dict[str, int]:
        found = {}
        for page, role in LISTS.items():
            client.force_login(users[role])
            url = reverse(f"admin:{page}")
            client.get(url)  # the first request of a session writes it
            found[page] = cost(lambda url=url: client.get(url))
        return found

    one_of_each(committee, issuer, editor, 0)
    of_one = costs()
    for n in range(1, MANY):
        one_of_each(committee, issuer, editor, n)
    assert costs() == of_one
    assert max(of_one.values()) <= 25
    assert ApiKey.objects.count() == MANY


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
