"""The story of notice 369/TB-VPCP through the real doors, day by day from 09/08/2024 to 15/01/2025.

The secretary works in the admin, the officer on the agency's pages, another system over REST; every day the round
runs and the mail goes to a real server on loopback.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Agency, Committee, Role, User
from directives.models import Assignment, Directive, ExtensionRequest, Notice, Paragraph, Reminder
from directives.rules.working_days import HANOI
from tests.journeys.doors import Door
from tests.make import make_key, make_user
from tests.postbox import Postbox, free_port, listening
from tracker import tasks

FIRST, LAST = date(2024, 8, 9), date(2025, 1, 15)
TEXT = """THÔNG BÁO
Kết luận hội nghị của Thường trực Chính phủ về chuyển đổi số

Thường trực Chính phủ kết luận như sau:
1. Chuyển đổi số đã có bước tiến rõ rệt trong thời gian qua.
2. Đưa các tiện ích lý lịch tư pháp, sổ sức khỏe điện tử lên VNeID, hoàn thành trước ngày 31/12/2024./.
"""
QUOTE = "Đưa các tiện ích lý lịch tư pháp, sổ sức khỏe điện tử lên VNeID"

# Who hears what on which day, by e-mail and in the application alike (DESIGN 5). The due date is Tuesday
# 31/12/2024; 01/01/2025 is a holiday. Rung 0 falls silent because the work was handed in the day before; after the
# return on 02/01/2025 the escalations count from the day of the return, so that +1 is 03/01/2025 and +3 would be
# 07/01/2025, which the second hand-in on 03/01/2025 stops. Bộ Tư pháp coordinates and has handed in by 05/12/2024.
EXPECTED = {
    ("2024-08-09", "assigned", "officer.bca"),
    ("2024-08-09", "assigned", "head.bca"),
    ("2024-08-09", "assigned", "officer.btp"),
    ("2024-12-10", "digest -15", "officer.bca"),
    ("2024-12-20", "digest -7", "officer.bca"),
    ("2024-12-24", "extension_decided", "officer.bca"),
    ("2024-12-26", "digest -3", "officer.bca"),
    ("2024-12-30", "digest -1", "officer.bca"),
    ("2025-01-02", "returned", "officer.bca"),
    ("2025-01-03", "digest +1", "officer.bca"),
    ("2025-01-03", "digest +1", "head.bca"),
}


class Story:
    """Everybody who takes part, and what is done on which day."""

    def __init__(self) -> None:
        call_command("load_seeds", "--reference-only", stdout=StringIO())
        self.committee = Committee.objects.create(code="ubqg-cds", name_vi="Ủy ban Quốc gia về chuyển đổi số")
        bca, btp = Agency.objects.get(code="bca"), Agency.objects.get(code="btp")
        self.secretary = self._sits("secretary", Role.SECRETARIAT, self.committee, is_staff=True)
        self.deputy = self._sits("deputy", Role.STANDING_DEPUTY, self.committee)
        self.chair = self._sits("chair", Role.CHAIR, self.committee)
        self.officer = self._sits("officer.bca", Role.OFFICER, bca)
        self.head = self._sits("head.bca", Role.HEAD, bca)
        self.helper = self._sits("officer.btp", Role.OFFICER, btp)
        _row, self.key = make_key(self.committee)
        self.days = {
            date(2024, 8, 9): self.issue,
            date(2024, 8, 12): self.acknowledge,
            date(2024, 10, 1): self.report,
            date(2024, 12, 5): self.helper_hands_in,
            date(2024, 12, 6): self.helper_is_verified,
            date(2024, 12, 23): self.ask_for_more_time,
            date(2024, 12, 24): self.refuse_more_time,
            date(2024, 12, 30): self.hand_in,
            date(2025, 1, 2): self.send_back,
            date(2025, 1, 3): self.hand_in,
            date(2025, 1, 7): self.verify,
        }

    @staticmethod
    def _sits(name: str, role: str, body: object, **fields: object) -> User:
        return make_user(role, body, email=f"{name}@dondoc.example", name=name, language="en", **fields)

    @property
    def lead(self) -> Assignment:
        return Assignment.objects.get(agency__code="bca")

    @property
    def coordinating(self) -> Assignment:
        return Assignment.objects.get(agency__code="btp")

    # --- at the secretary's desk

    def issue(self) -> None:
        desk = Door(self.secretary)
        desk.fill(
            reverse("admin:directives_notice_add"),
            committee=self.committee.pk,
            kind="conclusion",
            number="369",
            symbol="TB-VPCP",
            issuer=Agency.objects.get(code="vpcp").pk,
            met_on="19/07/2024",
            issued_on="09/08/2024",
            subject="Kết luận hội nghị của Thường trực Chính phủ về chuyển đổi số",
            text=TEXT,
        )
        notice = Notice.objects.get()
        steps = {name: reverse(f"admin:notice_{name}", args=[notice.pk]) for name in ("paragraphs", "split", "issue")}
        desk.fill(steps["paragraphs"], form=steps["split"])
        second = Paragraph.objects.get(label="2")
        desk.fill(
            f"{reverse('admin:directive_add', args=[notice.pk])}?paragraph={second.pk}",
            quote=QUOTE,
            deadline_text="hoàn thành trước ngày 31/12/2024",
            deadline_kind="date",
            due_on="31/12/2024",
            lead=f"agency:{Agency.objects.get(code='bca').pk}",
            coordinating=[f"agency:{Agency.objects.get(code='btp').pk}"],
        )
        desk.fill(f"{steps['paragraphs']}?p=all", rest="information")
        assert "Bộ Công an" in desk.read(steps["issue"]) or "Ministry of Public Security" in desk.read(steps["issue"])
        desk.fill(steps["issue"], version=Notice.objects.get().version)
        assert Directive.objects.get().quote == QUOTE

    def helper_is_verified(self) -> None:
        self._verb(self.coordinating, "verify")

    def refuse_more_time(self) -> None:
        request = ExtensionRequest.objects.get()
        decide = reverse("admin:extension_decide", args=[request.pk, "refuse"])
        page = reverse("admin:directives_extensionrequest_change", args=[request.pk])
        Door(self.secretary).fill(page, form=decide, **{"refuse-reason": "Thủ tướng đã giao thời hạn."})

    def send_back(self) -> None:
        self._verb(
            self.lead, "return", **{"return-reason": "Thiếu số liệu của sổ sức khỏe.", "return-redo_by": "06/01/2025"}
        )

    def verify(self) -> None:
        self._verb(self.lead, "verify")

    def _verb(self, assignment: Assignment, name: str, **values: object) -> None:
        page = reverse("admin:directives_assignment_change", args=[assignment.pk])
        verb = reverse("admin:assignment_verb", args=[assignment.pk, name])
        Door(self.secretary).fill(page, form=verb, **values)

    # --- on the officers' pages

    def acknowledge(self) -> None:
        Door(self.officer).fill(reverse("acknowledge", args=[self.lead.uuid]), version=1)

    def report(self) -> None:
        Door(self.officer).fill(reverse("report", args=[self.lead.uuid]), text="Đã tích hợp một nửa.", percent="50")

    def helper_hands_in(self) -> None:
        Door(self.helper).fill(reverse("hand_in", args=[self.coordinating.uuid]), text="Đã cung cấp dữ liệu.")

    def ask_for_more_time(self) -> None:
        Door(self.officer).fill(
            reverse("request_extension", args=[self.lead.uuid]),
            asked_due_on="31/03/2025",
            reason="Dữ liệu hộ tịch chưa số hóa xong.",
        )

    def hand_in(self) -> None:
        Door(self.officer).fill(
            reverse("hand_in", args=[self.lead.uuid]), text="Đã hoàn thành.", product_ref="12/BC-BCA"
        )


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HANOI)


@pytest.fixture
def postbox(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    with listening(Postbox(), settings.EMAIL_PORT) as box:
        yield box


@pytest.fixture
def told(db, postbox, settings, tmp_path) -> Story:
    """Live through the story: the round at night, the mail at half past seven, people at ten, news in the evening."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.HISTORY_ANCHOR = tmp_path / "anchor.jsonl"
    with time_machine.travel(local(FIRST, 0, 5), tick=False) as clock:
        story = Story()
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            for hour, minute in ((0, 5), (7, 31)):
                clock.move_to(local(day, hour, minute))
                tick()
            clock.move_to(local(day, 10))
            if day in story.days:
                story.days[day]()
                tick()
    return story


def tick() -> None:
    """What beat calls every half minute."""
    tasks.remind()
    tasks.seal()
    tasks.deliver()


def heard(person: User, channel: str) -> set[tuple[str, str, str]]:
    """What was sent to somebody: the day, the kind with its rungs, the name."""
    name = person.email.partition("@")[0]
    lines = set()
    for message in person.deliveries.filter(channel=channel, state="sent"):
        rungs = Reminder.objects.filter(delivery=message, state="sent").values_list("rung", flat=True).distinct()
        kind = " ".join([message.kind, *(f"{rung:+d}" for rung in sorted(rungs))])
        lines.add((str(message.sent_at.astimezone(HANOI).date()), kind, name))
    return lines


def test_the_story_of_369(told, postbox, client, tmp_path):
    people = [told.secretary, told.deputy, told.chair, told.officer, told.head, told.helper]
    for channel in ("email", "in_app"):
        assert set().union(*(heard(person, channel) for person in people)) == EXPECTED

    letters = Counter(letter["X-RcptTo"].partition("@")[0] for letter in postbox.letters)
    assert letters == Counter(name for _day, _kind, name in EXPECTED)

    rungs = Reminder.objects.filter(assignment=told.lead, channel="email", recipient=told.officer)
    assert sorted(rungs.values_list("due_version", "rung", "state")) == [
        (1, -15, "sent"),
        (1, -7, "sent"),
        (1, -3, "sent"),
        (1, -1, "sent"),
        (2, 1, "sent"),
    ]

    bearer = {"authorization": f"Bearer {told.key}"}
    found = client.get("/api/v1/assignments/?notice=369/TB-VPCP&agency=bca", headers=bearer).json()["results"]
    assert len(found) == 1
    one = client.get(f"/api/v1/assignments/{found[0]['id']}/", headers=bearer).json()
    assert {name: one[name] for name in ("state", "standing", "due_on", "original_due_on", "done_on", "lead")} == {
        "state": "done",
        "standing": "done_late",
        "due_on": "2024-12-31",
        "original_due_on": "2024-12-31",
        "done_on": "2025-01-03",
        "lead": "bca",
    }
    assert one["coordinating"] == ["btp"]
    assert [(event["at"][:10], event["verb"], event["by"]) for event in one["history"]] == [
        ("2024-08-09", "assign", "secretary"),
        ("2024-08-12", "acknowledge", "officer.bca"),
        ("2024-10-01", "report", "officer.bca"),
        ("2024-12-23", "request_extension", "officer.bca"),
        ("2024-12-24", "refuse_extension", "secretary"),
        ("2024-12-30", "hand_in", "officer.bca"),
        ("2025-01-02", "return", "secretary"),
        ("2025-01-03", "hand_in", "officer.bca"),
        ("2025-01-07", "verify", "secretary"),
    ]

    out = StringIO()
    call_command("verify_history", stdout=out)
