"""Visitors of the web pages: four kinds of person around one assignment, each with a browser."""

from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Agency, Committee, Role, User
from directives.models import Assignment, Attachment, Report
from tests.make import (
    make_addressee,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_ladder,
    make_notice,
    make_paragraph,
    make_user,
)

MONDAY = date(2025, 3, 10)  # a week after the issue, four working days before DUE_ON
TEXT = "1. Đánh giá chung.\n2. Bộ Công an đưa tiện ích lên VNeID; báo cáo kết quả."
QUOTE = "Bộ Công an đưa tiện ích lên VNeID"


@dataclass(frozen=True)
class World:
    """One assignment of one agency, from a committee's notice, and who looks at it."""

    committee: Committee
    agency: Agency
    assignment: Assignment
    officer: User
    stranger: User
    secretary: User
    auditor: User


def make_world(**fields: object) -> World:
    """The assignment leads and is due on DUE_ON unless `fields` (of the assignment) say otherwise."""
    make_ladder()
    committee, agency = make_committee("Ủy ban Quốc gia về chuyển đổi số"), make_agency("Bộ Công an")
    notice = make_notice(committee, text=TEXT, number=369)
    paragraph = make_paragraph(notice, TEXT.splitlines()[1], label="2")
    directive = make_directive(notice, "Đưa tiện ích lên VNeID", quote=QUOTE, paragraph=paragraph)
    make_addressee(directive, agency)
    return World(
        committee=committee,
        agency=agency,
        assignment=make_assignment(agency, directive=directive, **fields),
        officer=make_user(Role.OFFICER, agency),
        stranger=make_user(Role.OFFICER),
        secretary=make_user(Role.SECRETARIAT, committee),
        auditor=make_user(Role.AUDITOR),
    )


def visit(user: User | None = None, *, language: str = "en") -> Client:
    """A browser in which `user` (or nobody) is logged in and reads in `language`."""
    client = Client()
    client.cookies["django_language"] = language
    if user is not None:
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def pdf(name: str = "bao-cao.pdf", size: int = 100) -> SimpleUploadedFile:
    """A file that begins as a PDF does."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n".ljust(size, b" "), "application/pdf")


def keep(report: Report, name: str = "Báo cáo.pdf") -> Attachment:
    """A file of `report`, as if it had been sent with it."""
    return Attachment.objects.create(
        report=report,
        file=ContentFile(b"%PDF-1.7 evidence", "x"),
        name=name,
        size=17,
        sha256="0" * 64,
        content_type="application/pdf",
    )
