"""Long papers are made by a worker and kept: the page says how far one is, and a dead worker loses nothing."""

import hashlib
from datetime import date, timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from directives.actions.keeping import Made, claim_paper, end_paper
from directives.actions.leasing import TakenOver, tell_progress
from directives.models import KeptPaper, PaperState
from directives.rules.working_days import local_day
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import make_desk
from tests.edges.visiting import visit
from tests.make import at, make_committee, make_issued, make_user
from tests.neighbours import until, working
from tracker import clock, paper_asking, tasks
from tracker.paper_making import BETWEEN, CLOSING, make_waiting
from tracker.papers import pulse
from tracker.papers.form import KINDS

pytestmark = pytest.mark.django_db
ISSUED_ON, DUE_ON, TODAY = date(2025, 3, 3), date(2025, 3, 14), date(2025, 3, 24)
OVERDUE = 3


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch, settings, tmp_path):
    """Two rows are many; files go where they are thrown away."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(paper_asking, "AT_ONCE", dict.fromkeys(KINDS, OVERDUE - 1))


@pytest.fixture
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def desk(client):
    desk = make_desk(client)
    for number in range(370, 370 + OVERDUE):
        make_issued(desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, number=number, committee=desk.committee)
    return desk


def address(desk, form: str = "xlsx") -> str:
    return reverse("admin:overdue_paper", args=[desk.committee.pk, form]) + "?as_of=2025-03-21"


def page(paper: KeptPaper, name: str = "kept_paper") -> str:
    return reverse(f"admin:{name}", args=[paper.uuid])


def asked(desk, form: str = "xlsx") -> KeptPaper:
    answer = desk.client.post(address(desk, form))
    paper = KeptPaper.objects.get(state=PaperState.WAITING, form=form)
    assert answer.url == page(paper)
    return paper


def made(desk, form: str = "xlsx") -> KeptPaper:
    paper = asked(desk, form)
    assert make_waiting(now=clock.now()) == 1
    paper.refresh_from_db()
    return paper


@pytest.mark.usefixtures("_on_a_monday")
def test_a_long_paper_is_offered_to_a_worker_and_a_short_one_comes_at_once(desk, monkeypatch):
    with nothing_changes():
        offered = desk.client.get(address(desk)).content.decode()
    assert "Văn bản này có hơn 2 dòng, tính đến hết ngày 21/03/2025." in offered
    assert not KeptPaper.objects.exists()
    monkeypatch.setattr(paper_asking, "AT_ONCE", dict.fromkeys(KINDS, OVERDUE + 1))
    whole = b"".join(desk.client.get(address(desk)).streaming_content)
    assert whole[:2] == b"PK"


@pytest.mark.usefixtures("_on_a_monday")
def test_its_page_tells_how_far_it_is_and_then_hands_out_the_file_with_its_hash(desk):
    paper = asked(desk)
    waiting = desk.client.get(page(paper)).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert desk.client.get(page(paper, "kept_file")).status_code == 404
    claimed = claim_paper(at=clock.now())
    assert tell_progress(claimed, at=clock.now(), done=1, total=4)
    shown = desk.client.get(page(paper), headers={"HX-Request": "true"}).content.decode()
    assert 'value="1" max="4"' in shown
    assert "Đã lập 25% văn bản." in shown
    KeptPaper.objects.update(state=PaperState.WAITING, leased_until=None, attempts=0)
    assert make_waiting(now=clock.now()) == 1
    assert desk.client.get(page(paper), headers={"HX-Request": "true"})["HX-Redirect"] == page(paper)
    paper.refresh_from_db()
    answer = desk.client.get(page(paper, "kept_file"))
    content = b"".join(answer.streaming_content)
    assert (paper.size, paper.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (paper.as_of, local_day(paper.made_at), paper.rows) == (date(2025, 3, 21), TODAY, OVERDUE)
    assert answer["Content-Disposition"] == 'attachment; filename="nhiem-vu-qua-han-2025-03-21.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private, no-store")
    told = desk.client.get(page(paper)).content.decode()
    assert paper.sha256 in told
    assert desk.secretary.name in told


@pytest.mark.usefixtures("_on_a_monday")
@pytest.mark.parametrize("form", KINDS)
def test_each_kind_of_file_says_as_of_which_day_it_speaks(desk, form, tmp_path):
    paper = made(desk, form)
    assert (paper.state, paper.rows) == (PaperState.MADE, OVERDUE)
    assert "(tính đến hết ngày 21/03/2025)" in paper.title
    if form == "xlsx":
        book = openpyxl.load_workbook(paper.file.open())
        assert "Bộ Công an" in [cell.value for cell in book.worksheets[-1]["B"]]


@pytest.mark.usefixtures("_on_a_monday")
def test_two_clicks_make_it_once_and_asked_for_again_the_kept_one_is_shown(desk):
    first, second = desk.client.post(address(desk)), desk.client.post(address(desk))
    assert first.url == second.url
    assert make_waiting(now=clock.now()) == 1
    offered = desk.client.get(address(desk)).content.decode()
    assert "Văn bản này đã được lập cho ngày đó" in offered
    assert first.url in offered
    assert desk.client.post(address(desk)).url != first.url  # anew, and the first stays
    assert KeptPaper.objects.count() == 2


@pytest.mark.usefixtures("_on_a_monday")
def test_the_page_of_papers_lists_what_was_kept_for_whoever_sees_the_committee(desk):
    paper = made(desk)
    shown = desk.client.get(reverse("admin:papers"), {"committee": desk.committee.pk}).content.decode()
    assert paper.sha256 in shown
    assert page(paper, "kept_file") in shown
    other = visit(make_user(Role.SECRETARIAT, make_committee()))
    auditor = visit(make_user(Role.AUDITOR))
    for name in ("kept_paper", "kept_file"):
        assert other.get(page(paper, name)).status_code == 404
        assert auditor.get(page(paper, name)).status_code == 200
    assert paper.sha256 not in other.get(reverse("admin:papers")).content.decode()


@pytest.mark.usefixtures("_on_a_monday")
def test_whose_office_ended_while_it_waited_gets_no_paper(desk):
    asked(desk)
    desk.secretary.offices.update(ends_on=TODAY - timedelta(days=1))
    assert make_waiting(now=clock.now()) == 1
    paper = KeptPaper.objects.get()
    assert (paper.state, paper.file.name, paper.sha256) == (PaperState.REFUSED, "", "")
    assert paper.sentence == "Your offices do not let you do this here."


@pytest.mark.usefixtures("_on_a_monday")
def test_a_worker_that_died_is_followed_by_another_and_not_heard_any_more(desk, tmp_path):
    asked(desk)
    dead = claim_paper(at=clock.now())
    assert make_waiting(now=clock.now()) == 0  # its lease still runs
    later = clock.now() + CLOSING + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        assert make_waiting(now=later) == 1
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        with nothing_changes(), pytest.raises(TakenOver), kept.open("rb") as file:
            end_paper(dead, Made(file, "a.xlsx", "A", 1), at=later)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]


@pytest.mark.usefixtures("_on_a_monday")
def test_a_paper_over_which_two_workers_died_is_given_up_with_a_sentence(desk):
    paper, moment = asked(desk), clock.now()
    for _death in range(2):
        assert claim_paper(at=moment) is not None
        moment += CLOSING
    assert claim_paper(at=moment) is None
    assert "Việc lập văn bản này đã bị ngắt 2 lần." in desk.client.get(page(paper)).content.decode()


@pytest.mark.usefixtures("_on_a_monday")
def test_whoever_makes_it_hears_that_somebody_else_does_by_now(desk, monkeypatch):
    asked(desk)
    monkeypatch.setattr("tracker.paper_making.BETWEEN", -BETWEEN)
    beaten = pulse.beat

    def overtaken(rows: int = 1) -> None:
        KeptPaper.objects.update(attempts=7)
        beaten(rows)

    monkeypatch.setattr(pulse, "beat", overtaken)
    assert make_waiting(now=clock.now()) == 0
    assert KeptPaper.objects.get().state == PaperState.MAKING


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_makes_what_is_asked_for(desk, tmp_path):
    asked_on = local_day(clock.now())
    url = reverse("admin:overdue_paper", args=[desk.committee.pk, "docx"])
    with working(tmp_path, MEDIA_ROOT=str(tmp_path)):
        desk.client.post(url)
        tasks.papers.delay()
        until(lambda: KeptPaper.objects.filter(state=PaperState.MADE).exists())
    paper = KeptPaper.objects.get()
    assert (paper.as_of, paper.attempts, paper.rows) == (asked_on, 1, OVERDUE)
    assert hashlib.sha256(paper.file.read()).hexdigest() == paper.sha256
