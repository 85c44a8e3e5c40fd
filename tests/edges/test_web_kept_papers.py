"""Long papers of agencies and leaders: made by a worker, kept, and found again by whoever may see them."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role, User
from directives.actions.keeping import claim_paper
from directives.actions.leasing import tell_progress
from directives.models import KeptPaper, PaperState
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import Desk, make_desk
from tests.edges.visiting import visit
from tests.make import at, make_committee, make_issued, make_user
from tracker import clock, paper_asking
from tracker.paper_making import make_waiting
from tracker.papers.form import KINDS

pytestmark = pytest.mark.django_db
ISSUED_ON, DUE_ON, TODAY = date(2025, 3, 3), date(2025, 3, 14), date(2025, 3, 24)
MANY = 3


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch, settings, tmp_path):
    """Two rows are many; files go where they are thrown away."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(paper_asking, "AT_ONCE", dict.fromkeys(KINDS, MANY - 1))
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def desk(client) -> Desk:
    desk = make_desk(client)
    for number in range(370, 370 + MANY):
        make_issued(desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, number=number, committee=desk.committee)
    return desk


def made(person: User, address: str) -> KeptPaper:
    """The paper that a person asks for on its page, as a worker makes it."""
    reader = visit(person, language="vi")
    with nothing_changes():
        assert "Văn bản này có hơn 2 dòng" in reader.get(address).content.decode()
    answer = reader.post(address)
    paper = KeptPaper.objects.get(state=PaperState.WAITING)
    assert answer.url == reverse("kept_paper", args=[paper.uuid])
    assert make_waiting(now=clock.now()) == 1
    paper.refresh_from_db()
    return paper


def numbers_in(paper: KeptPaper) -> list[str]:
    """The numbers of the notices that stand in the last sheet."""
    rows = openpyxl.load_workbook(io.BytesIO(paper.file.read())).worksheets[-1].iter_rows(values_only=True)
    return sorted(str(row[1]) for row in rows if str(row[1]).endswith("/TB-VPCP"))


def own_paper(**query: str) -> str:
    return reverse("own_paper", args=["xlsx"]) + "?" + "&".join(f"{name}={value}" for name, value in query.items())


@pytest.mark.parametrize("form", KINDS)
def test_a_long_own_list_is_made_by_a_worker_with_all_its_rows(desk, form):
    officer = make_user(Role.OFFICER, desk.lead)
    paper = made(officer, reverse("own_paper", args=[form]) + "?as_of=2025-03-21")
    assert (paper.state, paper.rows, paper.agency, paper.as_of) == (PaperState.MADE, MANY, desk.lead, date(2025, 3, 21))
    reader = visit(officer, language="vi")
    assert paper.sha256 in reader.get(reverse("kept_paper", args=[paper.uuid])).content.decode()
    file = reader.get(reverse("kept_file", args=[paper.uuid]))
    assert len(b"".join(file.streaming_content)) == paper.size


def test_the_worker_finds_what_the_list_of_the_page_holds(desk):
    officer = make_user(Role.OFFICER, desk.lead)
    for number in (380, 381, 382, 383):
        make_issued(desk.other, desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, number=number, committee=desk.committee)
    for query, expected in (
        ({}, (370, 371, 372)),
        ({"tab": "coordinating"}, (380, 381, 382, 383)),
        ({"tab": "coordinating", "due_from": "2025-03-01", "committee": desk.committee.code}, (380, 381, 382, 383)),
        ({"standing": "overdue"}, (370, 371, 372)),
    ):
        assert numbers_in(made(officer, own_paper(**query))) == [f"{n}/TB-VPCP" for n in expected], query


def test_a_narrowed_list_is_found_again_by_whoever_asked_and_by_nobody_else(desk):
    officer, colleague = make_user(Role.OFFICER, desk.lead), make_user(Role.HEAD, desk.lead)
    paper = made(officer, own_paper())
    for name in ("kept_paper", "kept_file"):
        address = reverse(name, args=[paper.uuid])
        assert visit(officer).get(address).status_code == 200
        assert visit(colleague).get(address).status_code == 404
        assert visit(make_user(Role.OFFICER, desk.other)).get(address).status_code == 404
        assert visit(desk.secretary).get(address).status_code == 404
    listed = reverse("kept_papers")
    assert str(paper.uuid) in visit(officer).get(listed).content.decode()
    assert str(paper.uuid) not in visit(colleague).get(listed).content.decode()
    # Each their own, even where the words are the same.
    assert made(colleague, own_paper()).pk != paper.pk


def test_the_leaders_long_report_is_kept_for_all_who_see_the_committee(desk):
    chair, member = make_user(Role.CHAIR, desk.committee), make_user(Role.MEMBER, desk.committee)
    paper = made(chair, reverse("report_paper", args=[desk.committee.uuid, "xlsx"]))
    assert (paper.state, paper.committee, paper.private) == (PaperState.MADE, desk.committee, False)
    stranger = make_user(Role.CHAIR, make_committee())
    for name in ("kept_paper", "kept_file"):
        address = reverse(name, args=[paper.uuid])
        for person, status in ((chair, 200), (member, 200), (desk.secretary, 200), (stranger, 404)):
            assert visit(person).get(address).status_code == status, (name, person)
    # Asked for again, the kept one is offered first.
    again = visit(member, language="vi").get(reverse("report_paper", args=[desk.committee.uuid, "xlsx"]))
    again = again.content.decode()
    assert reverse("kept_paper", args=[paper.uuid]) in again


def test_whoever_does_not_see_the_work_asks_for_nothing(desk):
    stranger = visit(make_user(Role.CHAIR, make_committee()))
    with nothing_changes():
        assert stranger.post(reverse("report_paper", args=[desk.committee.uuid, "xlsx"])).status_code == 404
        assert stranger.post(own_paper()).status_code == 404


def test_the_page_says_how_far_it_is_and_goes_to_the_file_by_itself(desk):
    officer = make_user(Role.OFFICER, desk.lead)
    reader = visit(officer, language="vi")
    page = reader.post(own_paper()).url
    assert 'http-equiv="refresh"' in reader.get(page).content.decode()
    assert tell_progress(claim_paper(at=clock.now()), at=clock.now(), done=1, total=4)
    shown = reader.get(page, headers={"HX-Request": "true"}).content.decode()
    assert 'value="1" max="4"' in shown
    assert "Đã lập 25% văn bản." in shown
    KeptPaper.objects.update(state=PaperState.WAITING, leased_until=None, attempts=0)
    assert make_waiting(now=clock.now()) == 1
    assert reader.get(page, headers={"HX-Request": "true"})["HX-Redirect"] == page


def test_whose_office_ended_while_it_waited_reads_why_there_is_none(desk):
    officer = make_user(Role.OFFICER, desk.lead)
    page = visit(officer).post(own_paper()).url
    officer.offices.update(agency=desk.other)
    assert make_waiting(now=clock.now()) == 1
    assert KeptPaper.objects.get().state == PaperState.REFUSED
    assert visit(officer).get(page).status_code == 404
