"""Ageing, delays, stale work, the agencies' table and k of N: each number as a person would count it by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.models import Role, Succession
from directives.actions.assigning import acknowledge
from directives.actions.drafting import To
from directives.actions.extending import grant_extension, request_extension
from directives.actions.merging import merge
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.actions.tallying import sum_up
from directives.figures import (
    Ageing,
    Basis,
    By,
    Cells,
    Given,
    Scope,
    ageing,
    carried_by,
    decided,
    entry_delays,
    given_to_several,
    league,
    overdue,
    response_times,
    shares,
    slow,
    stale,
    totals,
    totals_by,
)
from directives.models import Notice
from directives.models import Role as Part
from tests.actions.test_figures import TODAY, make_many
from tests.make import at, make_agency, make_committee, make_issued, make_ladder, make_user

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 3, 3)
DAY = timedelta(days=1)
SPANS = """
INSERT INTO directives_span
    (assignment_id, from_on, state, role, agency_id, original_due_on, due_on, handed_in_on, done_on)
SELECT id, assigned_on, state, role, agency_id, original_due_on, due_on, handed_in_on, done_on
FROM directives_assignment
"""


def make_share(*agencies, issued_on=MONDAY, due_on=MONDAY + 9 * DAY, **said):
    return make_issued(*(To(Part.SHARE, agency) for agency in agencies), issued_on=issued_on, due_on=due_on, **said)


def test_the_report_of_2017_comes_out_to_the_digit_from_the_summary():
    """21,914 = 14,068 + 1,983 done and 5,640 + 223 open: report 1270/BC-TCTTTg, 27/12/2017."""
    for rows, state, due_on in ((14_068, "done", TODAY), (1_983, "done", TODAY - DAY)):
        make_many(rows, state, due_on, done_on=TODAY)
    for rows, due_on in ((5_640, TODAY), (223, TODAY - DAY)):
        make_many(rows, "in_progress", due_on)
    with connection.cursor() as cursor:
        # What was planned for empty tables by an earlier test would read them whole for each row.
        cursor.execute("DISCARD PLANS")
        cursor.execute(SPANS)
        cursor.execute("DISCARD PLANS")
    told = Cells(done_on_time=14_068, done_late=1_983, open_in_time=5_640, open_overdue=223)
    assert totals(Scope(), TODAY) == told
    assert sum_up() > 0
    assert totals(Scope(), TODAY) == told
    assert sum(totals_by(Scope(), By.AGENCY, TODAY).values(), Cells()) == told
    assert (told.total, told.done, told.open) == (21_914, 16_051, 5_863)


def by_notice(day):
    return totals_by(Scope(), By.NOTICE, day)


def test_an_extension_keeps_work_in_time_by_the_date_that_holds_and_not_by_the_first():
    agency, committee = make_agency(), make_committee()
    (one,) = make_share(agency, committee=committee)
    secretary, officer = make_user(Role.SECRETARIAT, committee), make_user(Role.OFFICER, agency)
    why = {"reason": "Chờ số liệu."}
    asked = request_extension(one, asked_due_on=MONDAY + 30 * DAY, by=officer, at=at(MONDAY + DAY), **why)
    grant_extension(asked, by=secretary, at=at(MONDAY + DAY), **why)
    hand_in(one, by=officer, at=at(MONDAY + 20 * DAY), text="Xong.")
    verify(one, by=secretary, at=at(MONDAY + 21 * DAY))
    day = MONDAY + 22 * DAY
    assert totals(Scope(), day) == Cells(done_on_time=1)
    assert totals(Scope(), day, basis=Basis.ORIGINAL) == Cells(done_late=1)


def test_overdue_work_by_calendar_days_and_what_was_handed_in_by_its_day():
    officers = {}
    for days in (0, 1, 30, 31, 60, 61, 120, 121):
        agency = make_agency()
        officers[days] = agency, make_user(Role.OFFICER, agency)
        make_share(agency, issued_on=MONDAY - 200 * DAY, due_on=MONDAY - days * DAY)
    assert ageing(Scope(), MONDAY) == Ageing(up_to_30=2, up_to_60=2, up_to_120=2, more=1)
    assert ageing(Scope(), MONDAY).total == totals(Scope(), MONDAY).open_overdue
    told = overdue(Scope(), MONDAY)
    assert told.ageing == ageing(Scope(), MONDAY)
    assert told.by_notice == {notice: 1 for notice, cells in by_notice(MONDAY).items() if cells.open_overdue}
    assert told.by_field == {"": 7}
    agency, officer = officers[121]
    hand_in(agency.assignments.get(), by=officer, at=at(MONDAY), text="Xong.")
    assert ageing(Scope(), MONDAY + 10 * DAY).more == 2  # 121 days when it was handed in, and 130 of the one due then
    assert ageing(Scope(agencies=frozenset([agency.pk])), MONDAY + 300 * DAY) == Ageing(more=1)


def test_the_agencies_table_before_and_after_a_merger():
    make_ladder()
    planning, finance = make_agency("Bộ Kế hoạch và Đầu tư"), make_agency("Bộ Tài chính")
    done, _open = make_share(planning, finance)
    officer, on = make_user(Role.OFFICER, planning), MONDAY + 20 * DAY
    hand_in(done, by=officer, at=at(MONDAY), text="Xong.")
    verify(done, by=done.directive.notice.committee.offices.get().user, at=at(MONDAY + DAY))
    make_share(planning)
    merge([planning], finance, on=on, basis="NQ 176/NQ-QH15", by=make_user(Role.ADMINISTRATOR), at=at(on))
    before, after = MONDAY + 10 * DAY, on + DAY
    assert Succession.objects.filter(predecessor=planning, successor=finance).exists()
    apart = {planning: Cells(done_on_time=1, open_overdue=1), finance: Cells(open_overdue=1)}
    assert league(Scope(), before, succession=True) == league(Scope(), before, succession=False) == apart
    moved = {finance: Cells(open_overdue=2), planning: Cells(done_on_time=1)}
    assert league(Scope(), after, succession=False) == moved
    assert league(Scope(), after, succession=True) == {finance: Cells(done_on_time=1, open_overdue=2)}
    assert (carried_by(finance, before), carried_by(planning, before)) == ({finance.pk}, {planning.pk})
    assert (carried_by(finance, after), carried_by(planning, after)) == ({finance.pk, planning.pk}, frozenset())


def test_k_of_n_and_who_is_missing_on_a_day():
    agencies = [make_agency() for _number in range(3)]
    rows = make_share(*agencies)
    secretary = rows[0].directive.notice.committee.offices.get().user
    hand_in(rows[1], by=make_user(Role.OFFICER, agencies[1]), at=at(MONDAY), text="Xong.")
    verify(rows[1], by=secretary, at=at(MONDAY + 2 * DAY))
    told = shares(rows[0].directive, MONDAY + 2 * DAY)
    assert (told.done, told.total) == (1, 3)
    assert told.missing == sorted([agencies[0], agencies[2]], key=lambda agency: agency.code)
    assert shares(rows[0].directive, MONDAY + DAY).done == 0
    make_share(agencies[0])  # what one agency answers for alone is not among them
    assert given_to_several(Scope(), MONDAY + 2 * DAY) == [Given(rows[0].directive_id, done=1, total=3)]


def test_how_late_notices_were_entered_and_how_soon_results_were_decided():
    agency = make_agency()
    (one,) = make_share(agency, issued_on=MONDAY)
    Notice.objects.update(entered_at=at(MONDAY + 2 * DAY))
    (two,) = make_share(agency, issued_on=MONDAY + 4 * DAY, committee=one.directive.notice.committee)
    days = {"first": MONDAY, "last": MONDAY + 6 * DAY}
    told = entry_delays(Scope(), **days)
    assert (told.by_days, told.within, told.total, told.middle) == ({2: 1, 0: 1}, 1, 2, 0)
    officer, secretary = make_user(Role.OFFICER, agency), one.directive.notice.committee.offices.get().user
    hand_in(one, by=officer, at=at(MONDAY), text="Xong.")
    return_report(one, by=secretary, at=at(MONDAY + 4 * DAY), reason="Thiếu số liệu.")
    hand_in(two, by=officer, at=at(MONDAY + 4 * DAY), text="Xong.")
    verify(two, by=secretary, at=at(MONDAY + 7 * DAY))
    took = decided(Scope(), first=MONDAY, last=MONDAY + 7 * DAY)
    assert [[row.assignment_id for row in slow(took, bound)] for bound in (3, 4)] == [[one.pk], []]
    told = response_times(Scope(), first=MONDAY, last=MONDAY + 7 * DAY)
    assert (told.by_days, told.within, told.total) == ({4: 1, 1: 1}, 1, 2)
    assert response_times(Scope(committees=frozenset()), first=MONDAY, last=MONDAY + 7 * DAY).total == 0


def test_work_that_nobody_reported_on_for_a_week_is_stale():
    agency = make_agency()
    (one,) = make_share(agency)
    officer = make_user(Role.OFFICER, agency)
    acknowledge(one, by=officer, at=at(MONDAY))
    assert stale(Scope(), MONDAY + 6 * DAY) == (0, 1)
    assert stale(Scope(), MONDAY + 7 * DAY) == (1, 1)
    report_progress(one, by=officer, at=at(MONDAY + 7 * DAY), text="Đang làm.")
    assert stale(Scope(), MONDAY + 13 * DAY) == (0, 1)
    assert stale(Scope(), MONDAY + 14 * DAY) == (1, 1)
