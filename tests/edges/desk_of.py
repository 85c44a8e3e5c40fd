"""A committee's desk for the tests of the admin: who works there, and what has come so far."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Agency, AgencyGroup, AgencyKind, Committee, Role, User
from directives.models import Assignment, Notice
from tests.make import make_agency, make_committee, make_group, make_ladder, make_user

MET_ON, ISSUED_ON, ENTERED_ON = date(2024, 7, 19), date(2024, 8, 9), date(2024, 8, 12)
DUE_ON = date(2024, 12, 31)
LEAD_SENTENCE = (
    "Bộ Công an chủ trì, phối hợp với Bộ Y tế đưa tiện ích lên ứng dụng VNeID, hoàn thành trước ngày 31/12/2024."
)
TEXT = f"""Thủ tướng Chính phủ đã chủ trì Hội nghị về chuyển đổi số và kết luận như sau:

I. ĐÁNH GIÁ CHUNG

1. Chuyển đổi số đã có kết quả ở nhiều nơi.

II. NHIỆM VỤ

1. {LEAD_SENTENCE}

2. Các địa phương khẩn trương kết nối hệ thống thông tin của mình.
"""


@dataclass(frozen=True)
class Desk:
    """The committee, its secretary's browser, and the bodies that notices speak to."""

    client: Client
    secretary: User
    committee: Committee
    office: Agency
    lead: Agency
    other: Agency
    provinces: AgencyGroup


def make_desk(client: Client) -> Desk:
    """A committee with its secretary logged in, three ministries, and three provinces of which one is gone."""
    committee = make_committee("Ủy ban Quốc gia về chuyển đổi số")
    secretary = make_user(Role.SECRETARIAT, committee)
    make_ladder()
    for name, until in (("Hà Nội", None), ("Huế", None), ("Hà Tây", date(2008, 7, 31))):
        make_agency(name, kind=AgencyKind.PROVINCE, valid_to=until)
    client.force_login(secretary)
    return Desk(
        client,
        secretary,
        committee,
        office=make_agency("Văn phòng Chính phủ"),
        lead=make_agency("Bộ Công an"),
        other=make_agency("Bộ Y tế"),
        provinces=make_group(kinds=(AgencyKind.PROVINCE,), name="Các địa phương"),
    )


def make_administrator(client: Client) -> User:
    """An administrator at the desk, reading in English."""
    client.cookies["django_language"] = "en"
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def errors(answer: Any) -> dict[str, list[str]]:
    """The sentences of the page's form, and of the rows below it, by field."""
    context = answer.context
    forms = [context["adminform"].form if "adminform" in context else context["form"]]
    for inline in context.get("inline_admin_formsets", []):
        forms += inline.formset.forms
    return {name: list(map(str, told)) for form in forms for name, told in form.errors.items()}


def as_shown(client: Client, page: str) -> dict[str, str]:
    """What the form at `page` carries of what it shows now, to be sent with it."""
    return {"_shown": client.get(page).context.get("shown", "")}


def header(desk: Desk, **changed: Any) -> dict[str, Any]:
    """The header's form as a secretary fills it in; a date is given as the browser sends it."""
    return {
        "committee": desk.committee.pk,
        "kind": "conclusion",
        "urgency": "normal",
        "secrecy": "",
        "number": "369",
        "symbol": "TB-VPCP",
        "issuer": desk.office.pk,
        "issuer_name": "VĂN PHÒNG CHÍNH PHỦ",
        "met_on": MET_ON.isoformat(),
        "issued_on": ISSUED_ON.isoformat(),
        "subject": "Kết luận Hội nghị về chuyển đổi số",
        "text": TEXT.replace("\n", "\r\n"),
        **changed,
    }


def drafted(desk: Desk, **changed: Any) -> Notice:
    """A draft entered and split through the forms."""
    desk.client.post(reverse("admin:directives_notice_add"), header(desk, **changed))
    desk.client.post(reverse("admin:notice_split", args=[Notice.objects.latest("pk").pk]))
    return Notice.objects.latest("pk")


def directive_form(desk: Desk, notice: Notice, **changed: Any) -> dict[str, Any]:
    """The form of the directive in paragraph II.1."""
    return {
        "paragraph": notice.paragraphs.get(label="II.1").pk,
        "quote": LEAD_SENTENCE,
        "wording": "Đưa tiện ích lên VNeID",
        "product": "Tiện ích trên VNeID",
        "deadline_text": "trước ngày 31/12/2024",
        "deadline_kind": "date",
        "due_on": DUE_ON.isoformat(),
        "lead": f"agency:{desk.lead.pk}",
        "coordinating": [f"agency:{desk.other.pk}"],
        **changed,
    }


def issued(desk: Desk) -> Notice:
    """A notice issued through the forms, with one directive: a lead and a coordinating ministry."""
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    notice.refresh_from_db()
    page = reverse("admin:notice_issue", args=[notice.pk])
    desk.client.post(page, {"version": notice.version, "unhandled_ok": "on"})
    notice.refresh_from_db()
    return notice


def do(desk: Desk, assignment: Assignment, verb: str, **given: Any) -> Any:
    """Send the form of a verb on the assignment's page, at the version that the page shows."""
    assignment.refresh_from_db()
    typed = {f"{verb}-version": assignment.version, **{f"{verb}-{name}": value for name, value in given.items()}}
    return desk.client.post(reverse("admin:assignment_verb", args=[assignment.pk, verb]), typed)
