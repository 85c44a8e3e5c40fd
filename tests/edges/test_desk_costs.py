"""A page of the desk costs a stated number of queries, the same for ten rows of everything and for ten thousand."""

from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import Role, User
from tests.conftest import APPLICATION
from tests.desk_pages import pages_of
from tests.make import at, make_committee, make_ladder, make_user
from tests.make.crowd import make_crowd
from tests.make.filling import Crowd

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)  # a Monday
FEW, MANY = 10, 10_000  # assignments
# So many queries make these pages, at most.
STATED = """
 5 trustednetwork, new
 6 trustednetwork
 7 subscription, new; call list, searched
 8 subscription list; subscription list, searched; subscription; call; trustednetwork list;
   trustednetwork list, searched
 7 calendarday; apikey, new; seal; choose a list; pile keys
 8 session; apikey; user, new; reading; reading, new; absence, new; agency; agencygroup; user list; user list, searched;
   office list; office list, searched; office, new; apikey list; apikey list, searched; seal list; pile hand_ins; pile
   hand_ins, from its middle on; pile extensions; pile extensions, from its middle on; pile declined; pile declined,
   from its middle on; pile petitions; pile petitions, from its middle on; pile drafts; pile drafts, from its middle
   on; pile gone; pile gone, from its middle on; pile messages; pile messages, from its middle on; sheet of a notice;
   pile questions; pile questions, from its middle on; pile assessments; pile readings; pile readings,
   from its middle on
 9 take in; subscription, history; call list; call, history; trustednetwork, history
 9 session list; session list, searched; session, new; extensionrequest list; absence list; absence list, searched;
   absence; agency list; agency list, searched; agencygroup list; agencygroup list, searched; committee list;
   committee list, searched; committee; user, history; office; office, history; apikey, history; delivery list;
   delivery; seal, history; pile overdue; pile overdue, from its middle on; pile
   paragraphs; pile paragraphs, from its middle on; list of directives; one agency more; question list;
   criteriaset list; criteriaset list, searched; criteriaset, new
10 first page, administrator;
   event; notice, history; session, history; bulkchange list; bulkchange list, searched; bulkchange, history;
   extensionrequest list, searched; indicator list, searched; calendarday list; calendarday list, searched;
   calendarday, history; ladder list; agency, history; agencygroup, history; committee, history; merger list; delivery
   list, searched; event list; event list, searched; discard; question list, searched; criteriaset, history
11 change of many, done; notice list; notice list, searched; notice, new; indicator list;
   indicator, new; reading list; reading list,
   searched; absence, history; merger; event, history; links
12 notice; user; assignment list; assignment, history; indicator, history; reading, history; ladder;
   ladder, history;
   delivery, history; links, 'dat dai'; links, '369'; links, '7/TB'; links, 'khong co gi';
   links, 'a'
13 assignment list, searched; indicator; papers
14 criteriaset; merger, history; extension desk; assignment done; split view; split view, all of it
15 briefing of two months; briefing of a year
16 extensionrequest, history; issue; assignment handed_in; question, history
17 joining; assignment declined
19 assignment in_progress; assignment
21 new directive
22 watching; wide notice; question desk
23 directive; verification; first page
28 merger, dry run
"""
# Up to fifty assignments are tried one after the other before they are changed: that page costs what they cost.
TRIED = "change of many"


def stated() -> dict[str, int]:
    """The number for each page; a line that begins with blanks goes on with the line before."""
    lines = STATED.strip("\n").replace("\n   ", " ").splitlines()
    return {name: int(line[:2]) for line in lines for name in line[3:].split("; ")}


def costs(crowd: Crowd, administrator: User) -> dict[str, int]:
    """How many queries each page makes, when it is not the first that its reader opens."""
    browsers = {person.pk: Client() for person in (crowd.secretary, administrator)}
    for person in (crowd.secretary, administrator):
        browsers[person.pk].force_login(person)
        browsers[person.pk].get("/admin/")  # the first request of a session writes it
    found = {}
    for page in pages_of(crowd, administrator, every_filter=False):
        with CaptureQueriesContext(connection) as queries:
            answer = browsers[page.reader.pk].get(page.address)
            assert answer.status_code == 200, page
            b"".join(answer) if answer.streaming else answer.content
        found[page.name] = len(queries)
    return found


def count_rows() -> None:
    """Tell the database how many rows there are, as it would soon do by itself: before that it takes minutes."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE; ANALYZE")
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")


def test_every_page_costs_the_queries_that_are_stated_for_ten_rows_and_for_ten_thousand():
    with time_machine.travel(at(TODAY), tick=False), override("en"):
        ContentType.objects.get_for_models(*apps.get_models())  # a process asks for each of them once
        make_ladder()
        committee = make_committee("Ủy ban Quốc gia")
        secretary, administrator = make_user(Role.SECRETARIAT, committee), make_user(Role.ADMINISTRATOR)
        few = make_crowd(FEW, committee, secretary, today=TODAY, mark="a")
        of_few = costs(few, administrator)
        many = make_crowd(MANY - FEW, committee, secretary, today=TODAY, mark="b")
        count_rows()
        of_many = costs(many, administrator)
    most = {name: max(n, of_few[name]) for name, n in of_many.items() if name != TRIED}
    assert most == stated()
