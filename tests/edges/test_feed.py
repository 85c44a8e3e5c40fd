"""The calendar of deadlines at its private address, and the page on which people make and revoke it."""

import logging
import re
from datetime import date, timedelta
from io import StringIO

import pytest
import structlog
import time_machine
import vobject
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from accounts.models import CalendarFeed, Office, Role, User
from accounts.models.feeds import AHEAD, COST
from directives.actions.assigning import withdraw
from directives.actions.recording import record
from directives.actions.reporting import report_progress
from directives.models import Assignment
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.visiting import MONDAY, make_world, visit
from tests.make import DUE_ON, at, make_absence, make_agency, make_assignment, make_directive, make_issued, make_user
from tracker.logs import logging_settings

pytestmark = pytest.mark.django_db
PAGE = "/calendar/"
ADDRESS = re.compile(r'value="(http://[^"]+/calendar/([\w-]{43})\.ics)"')
QUERIES = 4  # the address with its person, the note that it was read, the offices, the deadlines


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield


def opened(user: User) -> str:
    """The path of the calendar that `user` makes on the page."""
    page = visit(user).post(f"{PAGE}make/").content.decode()
    return f"{PAGE}{ADDRESS.search(page)[2]}.ics"


def read(path: str, **headers: str):
    return Client(headers=headers).get(path)


def entries(path: str) -> dict[str, tuple[date, str, str]]:
    """By id, as a real parser reads them."""
    events = Calendar.from_ical(read(path).content).walk("VEVENT")
    return {
        str(event["UID"]): (event.decoded("dtstart"), str(event["SUMMARY"]), str(event["STATUS"])) for event in events
    }


def of(row: Assignment, begins: str, status: str = "CONFIRMED", day: date = DUE_ON) -> tuple[date, str, str]:
    return day, f"{begins}: {row.directive.wording}", status


def test_from_the_page_to_a_calendar_and_back():
    world = make_world()
    browser = visit(world.officer)
    assert "Make the address" in browser.get(PAGE).content.decode()
    shown = browser.post(f"{PAGE}make/")
    address, secret = ADDRESS.search(shown.content.decode()).groups()
    assert address == f"http://localhost:8000{PAGE}{secret}.ics"
    assert ("no-store" in shown["Cache-Control"], shown["Referrer-Policy"]) == (True, "same-origin")
    kept = browser.get(PAGE).content.decode()
    assert (secret in kept, "never yet" in kept) == (False, True)
    content = read(f"{PAGE}{secret}.ics").content.decode()
    assert vobject.readOne(content).vevent.summary.value == "Hạn: Đưa tiện ích lên VNeID"
    assert "09:00 10/03/2025" in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}revoke/")["Location"] == PAGE
    assert read(f"{PAGE}{secret}.ics").status_code == 404


def test_the_answer_is_private_and_sets_nothing():
    path = opened(make_world().officer)
    answer = read(path)
    assert (answer.status_code, answer["Content-Type"], answer.cookies) == (200, "text/calendar; charset=utf-8", {})
    assert [answer[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "private, max-age=3600",
        "no-referrer",
        "noindex",
    ]
    again = read(path, if_none_match=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert [Client().post(path).status_code, Client().head(path).status_code] == [405, 200]


def test_it_shows_the_own_agency_alone_by_role_and_state():
    world = make_world()
    agency, unit = world.agency, make_agency(parent=world.agency)
    above = make_agency()
    given = make_directive(handed_down_from=make_assignment(above), given_by=above)
    rows = {
        name: make_assignment(agency, **facts)
        for name, facts in {
            "coordinating": {"role": Part.COORDINATING},
            "handed down": {"directive": given},
            "waiting": {"state": State.HANDED_IN},
            "suspended": {"state": State.SUSPENDED},
            "done": {"state": State.DONE},
            "withdrawn": {"state": State.WITHDRAWN},
            "returned": {"state": State.IN_PROGRESS, "returned_on": MONDAY, "redo_by": date(2025, 3, 20)},
        }.items()
    }
    make_assignment(agency, due_on=None)
    make_assignment(agency, state=State.DONE, due_on=MONDAY - timedelta(days=61), assigned_on=date(2024, 1, 1))
    make_assignment(agency, due_on=MONDAY - timedelta(days=366), assigned_on=date(2024, 1, 1))
    make_assignment(unit)
    User.objects.filter(pk=world.officer.pk).update(language="en")
    assert entries(opened(world.officer)) == {
        str(row.uuid): said
        for row, said in [
            (world.assignment, of(world.assignment, "Due")),
            (rows["coordinating"], of(rows["coordinating"], "Due")),
            (rows["handed down"], of(rows["handed down"], "Due")),
            (rows["waiting"], of(rows["waiting"], "Waiting for verification")),
            (rows["suspended"], of(rows["suspended"], "Suspended", "TENTATIVE")),
            (rows["done"], of(rows["done"], "Done", "CANCELLED")),
            (rows["withdrawn"], of(rows["withdrawn"], "No longer asked", "CANCELLED")),
            (rows["returned"], of(rows["returned"], "Redo", day=date(2025, 3, 20))),
        ]
    }


def test_an_entry_keeps_its_id_and_says_when_it_changed():
    [row] = make_issued(make_agency())
    path = opened(make_user(Role.OFFICER, row.agency))
    [before] = Calendar.from_ical(read(path).content).walk("VEVENT")
    Assignment.objects.filter(pk=row.pk).update(due_on=date(2025, 4, 1), due_version=2)
    record(Assignment.objects.get(pk=row.pk), "grant_extension", by=None, at=at(MONDAY, 10))
    [after] = Calendar.from_ical(read(path).content).walk("VEVENT")
    assert before["UID"] == after["UID"] == str(row.uuid)
    assert [(e["SEQUENCE"], e.decoded("last-modified"), e.decoded("dtstart")) for e in (before, after)] == [
        (0, at(row.assigned_on), DUE_ON),
        (1, at(MONDAY, 10), date(2025, 4, 1)),
    ]
    assert "Thời hạn ban đầu: 14/03/2025" in after["DESCRIPTION"]


def test_it_is_the_same_bytes_while_another_agency_works_on_the_same_directive():
    lead, other = make_agency(), make_agency()
    own, others = make_issued(lead, other)
    path = opened(make_user(Role.OFFICER, lead))
    before = read(path).content
    report_progress(others, by=make_user(Role.OFFICER, other), at=at(MONDAY), text="Xong một nửa.", percent=50)
    make_assignment(other)
    secretary = Office.objects.get(role=Role.SECRETARIAT).user
    withdraw(others, by=secretary, at=at(MONDAY), reason="Không cần nữa.")
    assert read(path).content == before
    withdraw(own, by=secretary, at=at(MONDAY), reason="Không cần nữa.")
    assert read(path).content != before


def test_it_is_gone_with_the_office_and_the_account():
    officer = make_world().officer
    path = opened(officer)
    office = officer.offices.get()
    Office.objects.filter(pk=office.pk).update(ends_on=MONDAY - timedelta(days=1))
    assert read(path).status_code == 404
    Office.objects.filter(pk=office.pk).update(ends_on=None)
    assert read(path).status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert read(path).status_code == 404
    assert CalendarFeed.objects.get().read_at == at(MONDAY)


def test_a_substitute_reads_on_the_days_of_the_absence_and_the_holder_goes_on():
    world = make_world()
    head = make_user(Role.HEAD, world.agency)
    substitute = make_user(Role.OFFICER, world.agency, ends_on=MONDAY - timedelta(days=1))
    make_absence(head, substitute, MONDAY)
    paths = [opened(substitute), opened(head)]
    assert [len(entries(path)) for path in paths] == [1, 1]
    with time_machine.travel(at(MONDAY + timedelta(days=1)), tick=False):
        assert [read(path).status_code for path in paths] == [404, 200]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR])
def test_who_sits_at_no_agency_is_told_so(role):
    browser = visit(make_user(role))
    assert "There is no calendar for you" in browser.get(PAGE).content.decode()
    answer = browser.post(f"{PAGE}make/")
    assert (answer.status_code, CalendarFeed.objects.count()) == (403, 0)
    assert "Only its officers and its head can have one." in answer.content.decode()


def test_reading_without_pause_is_refused_for_a_while():
    path = opened(make_world().officer)
    assert {read(path).status_code for _time in range(AHEAD // COST + 1)} == {200}
    refused = read(path)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("rows", [1, 12])
def test_it_costs_the_same_for_any_number(rows, django_assert_num_queries):
    officer = make_user()
    for _number in range(rows):
        make_assignment(officer.offices.get().agency)
    path = opened(officer)
    with django_assert_num_queries(QUERIES):
        assert len(entries(path)) == rows


def test_no_log_tells_the_address():
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    made = logging_settings(level="INFO")["formatters"]["json"]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**{k: v for k, v in made.items() if k != "()"}))
    log = logging.getLogger("django.request")
    log.addHandler(handler)
    try:
        Client().get(f"{PAGE}rat-bi-mat.ics")
        log.error("Error at http://x%srat-bi-mat.ics: no", PAGE)
    finally:
        log.removeHandler(handler)
    assert "Not Found: /calendar/(hidden).ics" in lines.getvalue()
    assert "rat-bi-mat" not in lines.getvalue()
