"""A file comes in, a worker reads it, and the page shows how far that is; what cannot be read is told why."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from directives.actions.leasing import LEASE, tell_progress
from directives.actions.taking_in import claim_intake, end_intake
from directives.models import Intake, IntakeState, Notice, NoticeState
from tests.edges.desk_of import ENTERED_ON, ISSUED_ON, TEXT, header, make_desk
from tests.make import at, make_notice, make_user
from tests.papers import make_docx, make_pdf
from tracker import clock
from tracker.documents import apart
from tracker.intakes import read_waiting

pytestmark = pytest.mark.django_db
HEAD = ("VĂN PHÒNG CHÍNH PHỦ\nSố: 369/TB-VPCP", "Hà Nội, ngày 09 tháng 8 năm 2024", "THÔNG BÁO\nKết luận Hội nghị")
LETTER = make_docx(*HEAD, *TEXT.split("\n"))
STAMPED = "BỘ CÔNG AN\nMẬT\nSố: 12/TB-BCA\nHà Nội, ngày 01 tháng 8 năm 2024\nTHÔNG BÁO\nKết luận".encode()


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_desk(client)


def hand_over(desk, name="369.docx", content=LETTER):
    typed = {"committee": desk.committee.pk, "file": SimpleUploadedFile(name, content)}
    return desk.client.post(reverse("admin:notice_read"), typed)


def page_of(desk, intake, **headers):
    return desk.client.get(reverse("admin:notice_reading", args=[intake.uuid]), headers=headers)


def kept_files(settings):
    return sorted(path.parent.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def test_a_file_waits_and_its_page_shows_so_without_a_draft(desk):
    answer = hand_over(desk)
    intake = Intake.objects.get()
    assert answer.url == reverse("admin:notice_reading", args=[intake.uuid])
    page = page_of(desk, intake).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "Chờ đọc" in page
    assert not Notice.objects.exists()


def test_the_worker_makes_the_draft_with_its_paragraphs_and_the_page_leads_there(desk, settings):
    hand_over(desk)
    assert read_waiting(now=clock.now()) == 1
    intake, notice = Intake.objects.get(), Notice.objects.get()
    assert (notice.reference, notice.issued_on, notice.state) == ("369/TB-VPCP", ISSUED_ON, NoticeState.DRAFT)
    assert (notice.entered_by, notice.source_name, notice.source_sha256) == (desk.secretary, "369.docx", intake.sha256)
    assert "II.1" in set(notice.paragraphs.values_list("label", flat=True))
    asked = reverse("admin:notice_paragraphs", args=[notice.pk])
    assert page_of(desk, intake).url == asked
    assert page_of(desk, intake, **{"HX-Request": "true"})["HX-Redirect"] == asked
    Notice.objects.update(issuer=None)  # a header with a gap is looked at first
    assert page_of(desk, intake).url == reverse("admin:directives_notice_change", args=[notice.pk])
    assert (intake.state, intake.file.name) == (IntakeState.READ, "")


def test_how_many_pages_are_read_is_told(desk):
    hand_over(desk, "369.pdf", make_pdf(["Bộ Nội vụ"], ["Bộ Y tế"]))
    intake = claim_intake(at=clock.now())
    assert tell_progress(intake, at=clock.now(), done=1, total=2)
    page = page_of(desk, intake, **{"HX-Request": "true"}).content.decode()
    assert "Đã đọc 1/2 trang." in page
    assert 'value="1" max="2"' in page


REFUSED = {
    "stamped as secret": ("mat.txt", STAMPED, "Văn bản đóng dấu độ mật"),
    "damaged": ("hong.docx", LETTER[:2000], "Tệp bị hỏng"),
    "empty": ("rong.txt", b" ", "Tệp trống."),
}


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_told_and_its_bytes_are_gone(
    desk, settings, django_capture_on_commit_callbacks, name, content, sentence
):
    hand_over(desk, name, content)
    with django_capture_on_commit_callbacks(execute=True):
        assert read_waiting(now=clock.now()) == 0
    intake = Intake.objects.get()
    assert sentence in page_of(desk, intake).content.decode()
    assert (intake.state, kept_files(settings)) == (IntakeState.REFUSED, [])
    assert not Notice.objects.exists()


def test_the_same_file_is_refused_at_the_door_with_a_way_to_the_notice(desk):
    hand_over(desk)
    read_waiting(now=clock.now())
    answer = hand_over(desk, "ban-sao.docx")
    assert answer.status_code == 400
    assert "Tệp này đã có trong hệ thống, là 369/TB-VPCP." in answer.content.decode()
    assert reverse("admin:directives_notice_change", args=[Notice.objects.get().pk]) in answer.content.decode()
    assert Intake.objects.count() == 1


def test_the_same_file_is_not_read_twice_at_once(desk):
    hand_over(desk)
    assert "Tệp này đang được đọc." in hand_over(desk).content.decode()
    assert Intake.objects.count() == 1


def test_the_same_number_in_another_file_is_told_with_a_way_to_the_notice(desk):
    twin = make_notice(desk.committee, number=369, issuer=desk.office, issued_on=ISSUED_ON)
    hand_over(desk)
    assert read_waiting(now=clock.now()) == 0
    intake = Intake.objects.get()
    page = page_of(desk, intake).content.decode()
    assert intake.twin == twin
    assert "369/TB-VPCP năm 2024 của Văn phòng Chính phủ đã có" in page
    assert reverse("admin:directives_notice_change", args=[twin.pk]) in page
    assert Notice.objects.get() == twin


def test_a_draft_that_was_discarded_leaves_its_file_free(desk):
    hand_over(desk)
    read_waiting(now=clock.now())
    notice = Notice.objects.get()
    desk.client.post(reverse("admin:notice_discard", args=[notice.pk]), {"version": notice.version, "reason": "Nhầm"})
    hand_over(desk)
    assert read_waiting(now=clock.now()) == 1


def test_a_worker_that_died_is_followed_by_another_and_is_not_heard_any_more(desk):
    hand_over(desk)
    dead = claim_intake(at=clock.now())
    assert claim_intake(at=clock.now()) is None
    later = clock.now() + LEASE + timedelta(seconds=1)
    assert read_waiting(now=later) == 1
    assert not tell_progress(dead, at=later, done=1, total=1)
    assert end_intake(dead, lambda *_file: pytest.fail("It was read already.")) is None
    assert Intake.objects.get().state == IntakeState.READ


def test_a_file_over_which_two_workers_died_is_given_up_with_a_sentence(desk):
    hand_over(desk)
    moment = clock.now()
    for _attempt in range(2):
        assert claim_intake(at=moment) is not None
        moment += LEASE + timedelta(seconds=1)
    assert claim_intake(at=moment) is None
    intake = Intake.objects.get()
    assert intake.state == IntakeState.REFUSED
    assert "2 lần" in page_of(desk, intake).content.decode()


def test_a_file_that_takes_too_long_is_told_so(desk, monkeypatch):
    monkeypatch.setattr(apart, "TIME_LIMIT", 0)
    monkeypatch.setattr(apart.text_apart, "__kwdefaults__", {"limit": 0})
    hand_over(desk)
    assert read_waiting(now=clock.now()) == 0
    assert "lâu hơn 0 giây" in page_of(desk, Intake.objects.get()).content.decode()


def test_another_committees_file_does_not_exist(desk, client):
    hand_over(desk)
    client.force_login(make_user(Role.SECRETARIAT))
    assert page_of(desk, Intake.objects.get()).status_code == 404


def test_whoever_left_the_secretariat_enters_no_draft(desk):
    hand_over(desk)
    desk.secretary.offices.all().delete()
    assert read_waiting(now=clock.now()) == 0
    assert Intake.objects.get().state == IntakeState.REFUSED
    assert not Notice.objects.exists()


def test_a_number_typed_by_hand_that_is_taken_leads_to_its_notice(desk):
    twin = make_notice(desk.committee, number=369, issuer=desk.office, issued_on=ISSUED_ON)
    answer = desk.client.post(reverse("admin:directives_notice_add"), header(desk))
    assert answer.status_code == 400
    assert f'<a href="{reverse("admin:directives_notice_change", args=[twin.pk])}">Mở 369/TB-VPCP</a>' in (
        answer.content.decode()
    )
    assert Notice.objects.get() == twin
