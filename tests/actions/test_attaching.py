"""Files of reports, requests and notices: kept with their rows, and never without them."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import NotAllowed
from directives.actions.attaching import atomic_with_files
from directives.actions.entering import draft_notice
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in, report_progress
from directives.models import Attachment
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.make import at

MORNING = at(date(2024, 8, 16))
PDF = b"%PDF-1.7 ..."


class Torn(SimpleUploadedFile):
    """A file whose end cannot be read."""

    def read(self, size: int | None = -1) -> bytes:
        if size != 4096:
            raise OSError("the temporary file is gone")
        return super().read(size)


def pdf(name: str = "báo cáo.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


class TakenBack(Exception):
    """Whoever called an act takes it back with everything around it."""


@atomic_with_files()
def take_back(act: Callable[[], object], disk: Path) -> None:
    """Do `act`, and take it back once its file is on the disk."""
    before = kept(disk)
    act()
    assert kept(disk) == before + 1
    raise TakenBack


def kept(disk: Path) -> int:
    """How many files lie on the disk."""
    return sum(path.is_file() for path in disk.rglob("*"))


def test_a_file_is_kept_under_a_random_name_with_its_own_beside_it(house, disk):
    hand_in(house.assignment, by=house.officer, at=MORNING, text="Xong", files=[pdf("../../báo cáo.pdf"), pdf()])
    first, second = Attachment.objects.order_by("pk")
    assert (first.name, first.size, first.content_type) == ("báo cáo.pdf", len(PDF), "application/pdf")
    assert first.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (disk / first.file.name).read_bytes() == PDF
    assert first.file.name != second.file.name
    assert first.file.name.startswith("attachments/")
    assert kept(disk) == 2


VERBS = {
    "a progress report": lambda h, files: report_progress(
        h.assignment, by=h.officer, at=MORNING, text="x", files=files
    ),
    "a hand-in": lambda h, files: hand_in(h.assignment, by=h.officer, at=MORNING, text="x", files=files),
    "a request": lambda h, files: request_extension(
        h.assignment, by=h.officer, at=MORNING, asked_due_on=date(2025, 3, 31), reason="x", files=files
    ),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_breaks_off_leaves_no_file(house, disk, verb):
    with nothing_changes(), pytest.raises(OSError, match="gone"):
        verb(house, [pdf(), Torn("b.pdf", PDF)])
    assert kept(disk) == 0


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_is_taken_back_by_whoever_called_leaves_no_file(house, disk, verb):
    with nothing_changes(), pytest.raises(TakenBack):
        take_back(lambda: verb(house, [pdf()]), disk)
    assert kept(disk) == 0


REFUSED = {
    "empty": pdf(content=b""),
    "too large": pdf(content=PDF + bytes(25 * 1024 * 1024)),
    "a program": pdf("a.exe"),
    "a program that calls itself a picture": pdf("a.png", b"MZ"),
    "text with NUL bytes": pdf("a.txt", b"a\0b"),
    "without an ending": pdf("pdf"),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("file", REFUSED.values(), ids=REFUSED)
def test_one_file_that_is_refused_is_refused_with_all(house, disk, verb, file):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        verb(house, [pdf(), file])
    assert refusal.value.field == "files"
    assert kept(disk) == 0


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_eleven_files_are_too_many(house, disk, verb):
    with nothing_changes(), pytest.raises(Invalid, match="At most 10"):
        verb(house, [pdf() for _file in range(11)])
    assert kept(disk) == 0


def test_a_verb_that_is_refused_puts_nothing_on_disk(house, disk):
    hand_in(house.assignment, by=house.officer, at=MORNING, text="x")
    with nothing_changes(), pytest.raises(WrongMoment):
        hand_in(house.assignment, by=house.officer, at=MORNING, text="x", files=[pdf()])
    with nothing_changes(), pytest.raises(NotAllowed):
        hand_in(house.coordinating, by=house.officer, at=MORNING, text="x", files=[pdf()])
    assert kept(disk) == 0


def test_the_source_of_a_notice_goes_with_its_draft(house, disk):
    draft = {"committee": house.committee, "text": "1. Việc.", "by": house.secretary, "at": MORNING}
    notice = draft_notice(source=("thông báo.pdf", PDF), **draft)
    assert (notice.source_name, (disk / notice.source_file.name).read_bytes()) == ("thông báo.pdf", PDF)
    other = PDF + b"\n%another"
    with nothing_changes(), pytest.raises(TakenBack):
        take_back(lambda: draft_notice(source=("thông báo.pdf", other), **draft), disk)
    assert kept(disk) == 1
