"""What an agency reads stays the same to the byte, whatever another agency does with its own part of the same work."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.roles import Verb
from directives.actions.asking import ask
from directives.actions.assigning import acknowledge, decline, start
from directives.actions.extending import request_extension
from directives.actions.handing_down import Units, hand_down
from directives.actions.reporting import hand_in, report_progress
from directives.actions.writing import keep_unsent
from directives.models import Assignment
from tests.edges.routes import OWN, read_table, routes
from tests.edges.routes_table import ROUTES
from tests.edges.routes_world import TODAY, Side, seal
from tests.edges.visiting import pdf
from tests.make import at, make_agency, make_assignment, make_user

pytestmark = pytest.mark.django_db
READERS = (Role.OFFICER, Role.HEAD)
# A form's token is masked anew each time.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def pages_of(side: Side, reader: User) -> dict[str, bytes]:
    """What `reader` gets at every address of the web, but for the token of its forms."""
    there = {route.name: route for route in routes()}
    client = Client()
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    role = next(role for role, user in side.users.items() if user == reader)
    found = {}
    for row in read_table(ROUTES).values():
        if not row.name.startswith(("admin", "api:")) and row.outcomes["GET", role, OWN] == "200":
            answer = client.get(there[row.route].address(**side.parts(row.parts, role)))
            content = b"".join(answer) if answer.streaming else answer.content
            found[row.name] = TOKEN.sub(b"", content)
    for query in ("?standing=all", "?tab=coordinating", "?tab=down", "?tab=followed", "?q=khong+ai+biet"):
        found[query] = TOKEN.sub(b"", client.get(f"{reverse('assignments')}{query}").content)
    return found


def works(agency, parts: list[Assignment]) -> None:
    """Everything that an agency can do with its part, with words that only it knows."""
    now, officer = {"at": at(TODAY, 10)}, make_user(Role.OFFICER, agency)
    by = {"by": officer, **now}
    unit = make_agency("Đơn vị không ai biết", parent=agency)
    first, second, third = parts
    acknowledge(first, **by)
    start(first, **by)
    keep_unsent(first, Verb.REPORT, words={"text": "Bản nháp không ai biết"}, **by)
    words = {"difficulties": "Khó khăn không ai biết", "asks": "Kiến nghị không ai biết"}
    report_progress(first, text="Tiến độ không ai biết", percent=40, files=[pdf("khong-ai-biet.pdf")], **words, **by)
    ask(first, text="Câu hỏi không ai biết", **by)
    request_extension(first, asked_due_on=date(2025, 6, 2), reason="Lý do không ai biết", **by)
    acknowledge(second, **by)
    hand_down(second, to=Units([unit]), wording="Việc không ai biết", due_on=second.due_on, **by)
    hand_in(second, text="Kết quả không ai biết", **by)
    decline(third, reason="Từ chối không ai biết", **by)


def test_no_page_changes_by_a_byte_while_another_agency_works():
    with time_machine.travel(at(TODAY), tick=False):
        own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
        seal(own, other)
        neighbour = make_agency("Cơ quan bên cạnh")
        beside = [own.things[name].directive for name in ("assignment", "waiting")]
        beside.append(own.things["question"].assignment.directive)
        parts = [make_assignment(neighbour, role="share", directive=directive) for directive in beside]
        far = [make_assignment(other.agency) for _ in range(3)]
        before = {role: pages_of(own, own.users[role]) for role in READERS}
        works(neighbour, parts)
        works(other.agency, far)
        after = {role: pages_of(own, own.users[role]) for role in READERS}
    assert len(before[Role.OFFICER]) > 25
    for role in READERS:
        assert [name for name, content in before[role].items() if after[role][name] != content] == []


def test_the_own_pages_change_with_the_own_work():
    with time_machine.travel(at(TODAY), tick=False):
        own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
        seal(own, other)
        before = pages_of(own, own.users[Role.HEAD])
        report_progress(own.things["assignment"], by=own.users[Role.OFFICER], at=at(TODAY), text="Mới.", percent=9)
        after = pages_of(own, own.users[Role.HEAD])
    assert {name for name, content in before.items() if after[name] != content} >= {"assignment", "assignments"}
