"""A mail as it travels: what its headers say, and that every Vietnamese letter arrives."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from uuid import UUID

import pytest

from tests.make import at
from tracker.delivery.channels import Enclosed, Message
from tracker.delivery.channels.email import mail

NAMES = {
    "comma": "Chuyên viên, Bộ Công an",
    "specials": 'Vụ trưởng "Vụ I" (phụ trách); Bộ Y tế <y@te.example>',
    "long": "Chuyên viên Cục Chuyển đổi số quốc gia, Bộ Khoa học và Công nghệ, phụ trách dịch vụ công trực tuyến " * 2,
    "plain": "Head of Office",
    "line break": "Xuống dòng\r\nBcc: ai@do.example",
}


def message(name: str = "Chuyên viên", **words: str) -> Message:
    """A message to somebody of that name."""
    words = {
        "subject": "Đôn đốc ngày 03/01/2025: 1 phần việc quá hạn",
        "text": "Kính gửi",
        "html": "<p>Gửi</p>",
        **words,
    }
    return Message(
        uuid=UUID("0b5e9a3c-8a55-4f0e-9d47-5b2f6a0c1d11"),
        recipient=name,
        address="chuyenvien.bca@dondoc.example",
        language="vi",
        at=at(date(2025, 1, 3), 7, 30),
        **words,
    )


def arrived(sent: Message):
    """The mail as the other side reads it from the wire."""
    wire = mail(sent)
    assert wire.isascii()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998  # RFC 5322, 2.1.1
    assert b"\n" not in wire.replace(b"\r\n", b"")
    return message_from_bytes(wire)


def decoded(header: str) -> str:
    return str(make_header(decode_header(header)))


def test_the_headers_say_that_a_machine_wrote_it_and_which_message_it_is(settings):
    settings.DEFAULT_FROM_EMAIL = "Đôn đốc <dondoc@vpcp.example>"
    letter = arrived(message())
    assert {name: decoded(letter[name]) for name in set(letter.keys()) - {"Content-Type", "MIME-Version"}} == {
        "Subject": "Đôn đốc ngày 03/01/2025: 1 phần việc quá hạn",
        "From": "Đôn đốc <dondoc@vpcp.example>",
        "To": "Chuyên viên <chuyenvien.bca@dondoc.example>",
        "Date": "Fri, 03 Jan 2025 07:30:00 +0700",
        "Message-ID": "<0b5e9a3c-8a55-4f0e-9d47-5b2f6a0c1d11@vpcp.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "vi",
    }
    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_whoever_it_is_for_the_name_arrives_whole(name):
    letter = arrived(message(name))
    assert decoded(letter["To"]) == f"{' '.join(name.split())} <chuyenvien.bca@dondoc.example>"
    assert letter["Bcc"] is None


@pytest.mark.parametrize("length", range(40, 120, 7))
def test_a_subject_arrives_whole_wherever_it_is_folded(length):
    subject = (
        "Đưa giấy khai sinh, giấy kết hôn lên ứng dụng VNeID trước ngày 31/12/2024 theo thông báo số 369/TB-VPCP"
    )[:length].strip()
    assert decoded(arrived(message(subject=subject))["Subject"]) == subject


def test_the_text_arrives_letter_by_letter():
    text = "Kính gửi: Bộ Công an\n\n.\n..\nFrom đây\n" + "Ư" * 2000 + "\r\nquá hạn 3 ngày làm việc"
    letter = arrived(message(text=text, html=f"<p>{text}</p>"))
    plain, rich = (part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in letter.get_payload())
    text = text.replace("\r\n", "\n")
    assert (plain, rich) == (text, f"<p>{text}</p>")


def test_a_file_goes_along_byte_by_byte_and_the_words_stay_as_they_are():
    held = bytes(range(256)) * 20
    sent = replace(message(), enclosed=(Enclosed("bao-cao-2026-11-22.docx", "application/pdf", held),))
    letter = arrived(sent)
    words, file = letter.get_payload()
    assert [part.get_content_type() for part in words.get_payload()] == ["text/plain", "text/html"]
    assert words.get_payload()[0].get_payload(decode=True).decode().strip() == "Kính gửi"
    assert (file.get_filename(), file.get_content_type()) == ("bao-cao-2026-11-22.docx", "application/pdf")
    assert file.get_payload(decode=True) == held
