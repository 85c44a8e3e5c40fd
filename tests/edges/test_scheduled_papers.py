"""Scheduled papers: set up by whoever keeps the body's work, made on their day, sent once to each recipient."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from directives.actions.going_out import about_on, ask_for_scheduled
from directives.actions.keeping import claim_paper
from directives.actions.leasing import MOST_ATTEMPTS
from directives.actions.scheduling import Wanted, add_schedule, end_schedule, pause_schedule, resume_schedule
from directives.models import (
    Channel,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Event,
    KeptPaper,
    PaperSchedule,
    PaperState,
    Preference,
    ScheduleState,
)
from directives.rules.lifecycle import WrongMoment
from directives.rules.paper_days import Rhythm, When
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import make_desk
from tests.edges.visiting import visit
from tests.make import at, make_committee, make_issued, make_session, make_user
from tests.neighbours import until, working
from tracker import clock, tasks
from tracker.delivery import enclosing
from tracker.delivery.deliver import deliver_waiting
from tracker.paper_making import CLOSING, make_waiting

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = date(2025, 3, 21), date(2025, 3, 24)
SOON = timedelta(seconds=30)  # after the worker has made it
MONDAYS = When(Rhythm.WEEKLY, 1, 8)


@pytest.fixture(autouse=True)
def _files_are_thrown_away(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def _on_a_friday():
    with time_machine.travel(at(FRIDAY), tick=False):
        yield


@pytest.fixture
def desk(client):
    desk = make_desk(client)
    make_issued(desk.lead, issued_on=date(2025, 3, 3), due_on=date(2025, 3, 14), number=370, committee=desk.committee)
    return desk


def wanted(*recipients, kind="overdue", when=MONDAYS, form="docx") -> Wanted:
    return Wanted(kind, form, "vi", when, recipients)


def set_up(desk, *recipients, **more) -> PaperSchedule:
    told = wanted(*(recipients or (desk.secretary,)), **more)
    return add_schedule(desk.committee, told, by=desk.secretary, at=clock.now())


def on(day: date, hour: int = 9):
    return time_machine.travel(at(day, hour), tick=False)


def typed(desk, *recipients, **changed) -> dict:
    return {
        "kind": "overdue",
        "form": "docx",
        "language": "vi",
        "rhythm": "weekly",
        "weekday": 1,
        "hour": 8,
        "recipients": [user.pk for user in recipients or (desk.secretary,)],
        **changed,
    }


# --- setting it up


@pytest.mark.usefixtures("_on_a_friday")
def test_a_secretary_sets_it_up_at_the_desk_and_sees_when_it_goes_out_next(desk):
    page = reverse("admin:new_paper_schedule", args=[desk.committee.pk])
    chair = make_user(Role.CHAIR, desk.committee)
    answer = desk.client.post(page, typed(desk, desk.secretary, chair))
    row = PaperSchedule.objects.get()
    assert answer.url == reverse("admin:paper_schedule", args=[row.uuid])
    assert (row.committee, row.when, set(row.recipients.all())) == (desk.committee, MONDAYS, {desk.secretary, chair})
    shown = desk.client.get(reverse("admin:paper_schedules")).content.decode()
    assert "thứ Hai hằng tuần, lúc 08:00" in shown
    assert "Lần tới: 08:00 24/03/2025." in shown
    assert Event.objects.get(verb="schedule").after["recipients"] == sorted([desk.secretary.name, chair.name])


@pytest.mark.usefixtures("_on_a_friday")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"recipients": []}, "recipients"),
        ({"rhythm": "monthly", "month_day": ""}, "month_day"),
        ({"rhythm": "monthly", "month_day": 32}, "month_day"),
        ({"rhythm": "session", "days_before": ""}, "days_before"),
        ({"kind": "own_list"}, "kind"),
        ({"hour": 24}, "hour"),
        ({"form": "odt"}, "form"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(desk, changed, field):
    with nothing_changes():
        answer = desk.client.post(reverse("admin:new_paper_schedule", args=[desk.committee.pk]), typed(desk, **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])


@pytest.mark.usefixtures("_on_a_friday")
def test_only_people_of_the_committee_are_recipients(desk):
    stranger = make_user(Role.SECRETARIAT, make_committee())
    with nothing_changes():
        page = reverse("admin:new_paper_schedule", args=[desk.committee.pk])
        answer = desk.client.post(page, typed(desk, stranger))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["recipients"])


@pytest.mark.usefixtures("_on_a_friday")
def test_two_who_change_it_at_once_do_not_overwrite_one_another(desk):
    row = set_up(desk)
    page = reverse("admin:paper_schedule", args=[row.uuid])
    assert desk.client.post(page, typed(desk, version=row.version, hour=9)).status_code == 302
    with nothing_changes():
        answer = desk.client.post(page, typed(desk, version=row.version, hour=10))
    assert answer.status_code == 412
    row.refresh_from_db()
    assert (row.hour, row.version) == (9, 2)
    assert Event.objects.get(verb="change_schedule").after == {"hour": 9}


@pytest.mark.usefixtures("_on_a_friday")
def test_another_committee_and_who_only_reads_change_nothing(desk):
    row = set_up(desk)
    page = reverse("admin:paper_schedule", args=[row.uuid])
    other, auditor = visit(make_user(Role.SECRETARIAT, make_committee())), visit(make_user(Role.AUDITOR))
    with nothing_changes():
        assert other.get(page).status_code == 404
        assert auditor.get(page).status_code == 200
        for person in (other, auditor):
            assert person.post(page, typed(desk)).status_code == 404
            assert person.post(reverse("admin:act_on_schedule", args=[row.uuid, "end"])).status_code == 404


@pytest.mark.usefixtures("_on_a_friday")
def test_the_head_of_an_agency_schedules_its_own_list_and_an_officer_reads_that(desk):
    head, officer = make_user(Role.HEAD, desk.lead), make_user(Role.OFFICER, desk.lead)
    page = reverse("new_paper_schedule", args=[desk.lead.pk])
    mine = typed(desk, head, officer, kind="own_list", form="xlsx")
    reader = visit(officer)
    with nothing_changes():
        assert reader.post(page, mine).status_code == 404
    assert visit(head).post(page, mine).status_code == 302
    row = PaperSchedule.objects.get()
    shown = visit(officer).get(reverse("paper_schedule", args=[row.uuid]))
    assert (shown.status_code, shown.context["may_change"]) == (200, False)
    with on(MONDAY):
        assert make_waiting(now=clock.now()) == 1
        paper = KeptPaper.objects.get()
        assert (paper.agency, paper.about, paper.rows) == (desk.lead, {"agency": str(desk.lead.uuid)}, 1)
        assert visit(officer).get(reverse("kept_file", args=[paper.uuid])).status_code == 200
        assert visit(make_user(Role.OFFICER)).get(reverse("kept_file", args=[paper.uuid])).status_code == 404


@pytest.mark.usefixtures("_on_a_friday")
@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_for_any_length(desk, rows, django_assert_num_queries):
    for _row in range(rows):
        set_up(desk)
    desk.client.get(reverse("admin:paper_schedules"))
    with django_assert_num_queries(11):
        assert len(desk.client.get(reverse("admin:paper_schedules")).context["lines"]) == rows


# --- on its day


@pytest.mark.usefixtures("_on_a_friday")
def test_on_its_day_each_recipient_gets_one_mail_with_the_file(desk, postbox):
    chair = make_user(Role.CHAIR, desk.committee)
    row = set_up(desk, desk.secretary, chair)
    with on(MONDAY, 7):
        assert (ask_for_scheduled(now=clock.now()), make_waiting(now=clock.now())) == (0, 0)
    with on(MONDAY):
        assert [make_waiting(now=clock.now()) for _tick in range(3)] == [1, 0, 0]
        paper = KeptPaper.objects.get(schedule=row)
        assert (paper.state, paper.as_of, paper.rows) == (PaperState.MADE, MONDAY, 1)
        for _tick in range(2):
            deliver_waiting(now=clock.now() + SOON, by=["email", "in_app"])
    assert sorted(postbox.addresses) == sorted([desk.secretary.email, chair.email])
    for letter in postbox.letters:
        (file,) = letter.iter_attachments()
        assert file.get_filename() == "nhiem-vu-qua-han-2025-03-24.docx"
        assert hashlib.sha256(file.get_content()).hexdigest() == paper.sha256
        assert paper.sha256 in letter.get_body(("plain",)).get_content()
        assert "thứ Hai hằng tuần, lúc 08:00" in letter.get_body(("html",)).get_content()
    (shown,) = Delivery.objects.inbox(chair)
    assert shown.subject == "Danh sách quá hạn, kèm lý do, 24/03/2025 – Ủy ban Quốc gia về chuyển đổi số"
    page = visit(chair, language="vi").get(reverse("messages")).content.decode()
    assert reverse("kept_paper", args=[paper.uuid]) in page
    assert visit(chair).get(reverse("kept_file", args=[paper.uuid])).status_code == 200


@pytest.mark.usefixtures("_on_a_friday")
def test_what_cannot_be_made_is_told_to_whoever_set_it_up_and_to_the_desk_once(desk, postbox, monkeypatch):
    monkeypatch.setattr("tracker.papers.form.MOST_LINES", 0)
    chair, colleague = make_user(Role.CHAIR, desk.committee), make_user(Role.SECRETARIAT, desk.committee)
    row = set_up(desk, chair)
    with on(MONDAY):
        assert [make_waiting(now=clock.now()) for _tick in range(2)] == [1, 0]
        for _tick in range(2):
            deliver_waiting(now=clock.now() + SOON, by=["email", "in_app"])
    paper = KeptPaper.objects.get(schedule=row)
    assert paper.state == PaperState.REFUSED
    assert sorted(postbox.addresses) == sorted([desk.secretary.email, colleague.email])
    for letter in postbox.letters:
        assert letter["Subject"].startswith("Chưa lập được: Danh sách quá hạn, kèm lý do, 24/03/2025")
        assert list(letter.iter_attachments()) == []
        assert "Một văn bản chứa nhiều nhất 0 dòng" in letter.get_body(("plain",)).get_content()
        assert reverse("kept_paper", args=[paper.uuid]) in letter.get_body(("plain",)).get_content()
    listed = desk.client.get(reverse("admin:paper_schedules")).content.decode()
    assert "Một văn bản chứa nhiều nhất 0 dòng" in listed
    assert not Delivery.objects.filter(recipient=chair).exists()


@pytest.mark.usefixtures("_on_a_friday")
def test_an_agencys_head_hears_of_a_paper_over_which_workers_died(desk, postbox):
    head = make_user(Role.HEAD, desk.lead)
    add_schedule(desk.lead, wanted(head, kind="own_list"), by=head, at=clock.now())
    with on(MONDAY):
        ask_for_scheduled(now=clock.now())
        moment = clock.now()
        for _death in range(MOST_ATTEMPTS):
            assert claim_paper(at=moment) is not None
            moment += CLOSING
        assert claim_paper(at=moment) is None
        deliver_waiting(now=moment + SOON, by=["email"])
    assert postbox.addresses == [head.email]
    assert "bị ngắt 2 lần" in postbox.letters[0].get_body(("plain",)).get_content()


@pytest.mark.usefixtures("_on_a_friday")
def test_a_file_that_is_too_large_is_only_linked(desk, postbox, monkeypatch):
    monkeypatch.setattr(enclosing, "MOST_ENCLOSED", 10)
    set_up(desk)
    with on(MONDAY):
        make_waiting(now=clock.now())
        deliver_waiting(now=clock.now() + SOON, by=["email"])
    (letter,) = postbox.letters
    assert list(letter.iter_attachments()) == []
    assert reverse("kept_paper", args=[KeptPaper.objects.get().uuid]) in letter.get_body(("plain",)).get_content()


@pytest.mark.usefixtures("_on_a_friday")
def test_who_left_office_or_does_not_want_the_mail_gets_none(desk, postbox):
    chair, member = make_user(Role.CHAIR, desk.committee), make_user(Role.MEMBER, desk.committee)
    left = make_user(Role.STANDING_DEPUTY, desk.committee)
    set_up(desk, chair, member, left)
    Preference.objects.create(user=chair, kind=DeliveryKind.PAPER, channel=Channel.EMAIL, wanted=False)
    left.offices.update(ends_on=FRIDAY)
    with on(MONDAY):
        make_waiting(now=clock.now())
        assert set(Delivery.objects.values_list("recipient", "channel")) == {
            (chair.pk, "in_app"),
            (member.pk, "in_app"),
            (member.pk, "email"),
        }
        member.offices.update(ends_on=FRIDAY)  # between the plan and the sending
        deliver_waiting(now=clock.now() + SOON, by=["email"])
    assert postbox.letters == []
    assert Delivery.objects.get(channel="email").state == DeliveryState.SUPERSEDED


@pytest.mark.usefixtures("_on_a_friday")
def test_what_is_paused_or_ended_sends_nothing_and_makes_up_for_nothing(desk, postbox):
    row = set_up(desk)
    with on(MONDAY):
        make_waiting(now=clock.now())
        pause_schedule(row, by=desk.secretary, at=clock.now())
        deliver_waiting(now=clock.now() + SOON)
        with pytest.raises(WrongMoment), nothing_changes():
            pause_schedule(row, by=desk.secretary, at=clock.now())
    assert postbox.letters == []
    with on(MONDAY + timedelta(days=8)):
        resume_schedule(row, by=desk.secretary, at=clock.now())
        assert ask_for_scheduled(now=clock.now()) == 0
    with on(MONDAY + timedelta(days=14)):
        assert ask_for_scheduled(now=clock.now()) == 1
        end_schedule(row, by=desk.secretary, at=clock.now())
        with pytest.raises(WrongMoment), nothing_changes():
            resume_schedule(row, by=desk.secretary, at=clock.now())
        make_waiting(now=clock.now())
        deliver_waiting(now=clock.now() + SOON)
    assert postbox.letters == []
    assert PaperSchedule.objects.get().state == ScheduleState.ENDED


@pytest.mark.usefixtures("_on_a_friday")
def test_before_a_session_it_goes_out_so_many_working_days_earlier(desk):
    set_up(desk, when=When(Rhythm.SESSION, 5, 8))
    make_session(desk.committee, held_on=date(2025, 4, 1))
    with on(date(2025, 3, 24)):
        assert ask_for_scheduled(now=clock.now()) == 0
    with on(date(2025, 3, 25)):
        assert ask_for_scheduled(now=clock.now()) == 1


def test_a_report_that_goes_out_early_in_a_month_is_of_the_month_before(desk):
    row = PaperSchedule(kind="period", committee=desk.committee, rhythm="monthly", number=1, hour=8)
    assert about_on(row, date(2026, 1, 1))["period"] == "2025-12"
    row.number = 25
    assert about_on(row, date(2026, 1, 26))["period"] == "month"


@pytest.mark.usefixtures("_on_a_friday")
def test_the_same_paper_under_way_for_somebody_else_only_puts_it_off(desk):
    set_up(desk)
    second = set_up(desk)
    with on(MONDAY):
        assert ask_for_scheduled(now=clock.now()) == 1
        assert [make_waiting(now=clock.now()) for _tick in range(3)] == [1, 1, 0]
    assert KeptPaper.objects.filter(schedule=second, state=PaperState.MADE).count() == 1
    assert Delivery.objects.filter(channel="email").count() == 2  # each schedule is a promise of its own


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_that_cannot_make_it_sends_a_real_mail_that_says_so(desk, postbox, tmp_path):
    now = clock.now()
    row = set_up(desk)
    day = now.astimezone(clock.HANOI).date()
    while not row_is_due(row, day, now):
        day -= timedelta(days=1)
    PaperSchedule.objects.filter(pk=row.pk).update(kind="of_old")  # a kind that there is no more
    with working(tmp_path, MEDIA_ROOT=str(tmp_path)):
        tasks.papers.delay()
        until(lambda: Delivery.objects.filter(channel="email").exists())
        for _tick in range(3):
            tasks.deliver.delay()
            tasks.papers.delay()
        until(lambda: Delivery.objects.filter(channel="email", state=DeliveryState.SENT).exists())
    (letter,) = postbox.letters
    assert letter["Subject"].startswith("Chưa lập được: ")
    assert KeptPaper.objects.get(schedule=row).state == PaperState.REFUSED


@pytest.mark.django_db(transaction=True)
def test_ticks_that_come_together_to_a_real_worker_send_one_mail(desk, postbox, tmp_path):
    now = clock.now()
    row = set_up(desk)
    day = now.astimezone(clock.HANOI).date()
    # Due at each hour that has passed: whatever the day, its moment has come.
    while not row_is_due(row, day, now):
        day -= timedelta(days=1)
    with working(tmp_path, MEDIA_ROOT=str(tmp_path)):
        for _tick in range(4):
            tasks.papers.delay()
        until(lambda: Delivery.objects.filter(channel="email").exists())
        for _tick in range(4):
            tasks.deliver.delay()
            tasks.papers.delay()
        until(lambda: Delivery.objects.filter(channel="email", state=DeliveryState.SENT).exists())
    (letter,) = postbox.letters
    (file,) = letter.iter_attachments()
    assert hashlib.sha256(file.get_content()).hexdigest() == KeptPaper.objects.get(schedule=row).sha256


def row_is_due(row: PaperSchedule, day: date, now: datetime) -> bool:
    """Make it due on `day`, if that is a working day; whether it was."""
    if day.isoweekday() > 5:
        return False
    counts_from = now - timedelta(days=7)
    return bool(
        PaperSchedule.objects.filter(pk=row.pk).update(number=day.isoweekday(), hour=0, counts_from=counts_from)
    )
