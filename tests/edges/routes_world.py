"""Two sides that have nothing to do with one another: who sits on each, and one of every thing that has an address."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model

from accounts.models import Role, User
from accounts.models.people import COMMITTEE_ROLES, SYSTEM_ROLES
from directives.actions.many import choose, start
from directives.actions.recording import record
from directives.actions.sealing import seal_events
from directives.models import (
    Assignment,
    Attachment,
    CalendarDay,
    Channel,
    Delivery,
    DeliveryState,
    DirectiveLink,
    Event,
    Intake,
    KeptPaper,
    ListRun,
    Merger,
    Notice,
    NoticeState,
    PaperSchedule,
    PaperTemplate,
    Proposal,
    SavedFilter,
    Seal,
)
from directives.rules.lifecycle import State
from tests.make import (
    at,
    make_absence,
    make_addressee,
    make_agency,
    make_assessment,
    make_assignment,
    make_call,
    make_committee,
    make_delivery,
    make_directive,
    make_extension,
    make_group,
    make_indicator,
    make_key,
    make_ladder,
    make_notice,
    make_paragraph,
    make_question,
    make_reading,
    make_reminder,
    make_report,
    make_session,
    make_set,
    make_subscription,
    make_trusted,
    make_user,
)
from tests.papers import make_docx

NOBODY, KEY = "anonymous", "key"
ROLES = (NOBODY, *Role.values, KEY)
TODAY = date(2025, 3, 10)  # a Monday between the day of issue and the due date


class Side:
    """A committee and an agency that it gives work to; their people, and their papers."""

    def __init__(self, day_off: date) -> None:
        self.committee, self.agency = make_committee(), make_agency()
        self.users = {role: self._user(role) for role in Role.values}
        self.key = make_key(self.agency, scopes=("read", "report", "ask"))[1]
        self.messages = {role: self._message(user) for role, user in self.users.items()}
        self.things: dict[str, Model] = {
            "agency": self.agency,
            "committee": self.committee,
            "agency_without_work": make_agency(),
            "user": self.users[Role.OFFICER],
            "office": self.users[Role.OFFICER].offices.get(),
            "agencygroup": make_group(self.agency),
            "apikey": make_key(self.committee)[0],
            "subscription": (hears := make_subscription(self.agency, by=self.users[Role.ADMINISTRATOR])),
            "call": make_call(hears, state="taken"),
            "trustednetwork": make_trusted(),
            "ladder": make_ladder(self.committee),
            "merger": Merger.objects.create(
                successor=self.agency, on=TODAY, basis="Nghị quyết", by=self.users[Role.ADMINISTRATOR], at=at(TODAY)
            ),
            "calendarday": CalendarDay.objects.create(day=day_off, kind="holiday", name="Nghỉ"),
            "session": make_session(self.committee),
            **self._figures(),
            **self._draft(),
            **self._issued(),
        }
        self.things["absence"] = make_absence(self.things["office"], self.users[Role.HEAD], date(2025, 3, 20))
        secretary = self.users[Role.SECRETARIAT]
        self.things["chosen"] = choose("suspend", [self.things["assignment"]], by=secretary, at=at(TODAY))
        self.things["wishing"] = choose("set_deadline", [self.things["assignment"]], by=secretary, at=at(TODAY))
        self.things["bulkchange"] = choose("resume", [self.things["assignment"]], by=secretary, at=at(TODAY))
        start(self.things["bulkchange"], by=secretary, at=at(TODAY), reason="Luật đã có.")
        self.things["event"] = record(self.things["assignment"], "assign", by=None, at=at(TODAY))

    def parts(self, words: str, role: str) -> dict[str, Any]:
        """What stands in an address, as the table writes it: `pk=draft,name:issue`.

        Behind `=` is one of `things`, or `message`, each person's own; as uuid or as primary key.
        """
        return dict(self._part(word, role) for word in filter(None, words.split(",")))

    def _part(self, word: str, role: str) -> tuple[str, Any]:
        name, _colon, literal = word.partition(":")
        if literal:
            return name, literal
        name, _equals, thing = word.partition("=")
        row = self.messages.get(role, self.messages[Role.OFFICER]) if thing == "message" else self.things[thing]
        return name, row.uuid if name == "uuid" else row.pk

    def _user(self, role: str) -> User:
        body = self.committee if role in COMMITTEE_ROLES else None if role in SYSTEM_ROLES else self.agency
        return make_user(role, body)

    def _message(self, user: User) -> Model:
        notice = make_notice(self.committee)
        return make_delivery(user, notice=notice, channel=Channel.IN_APP, state=DeliveryState.SENT)

    def _figures(self) -> dict[str, Model]:
        indicator = make_indicator(self.committee)
        criteria = make_set(self.committee)
        officer = self.users[Role.OFFICER]
        sent = {"state": "submitted", "submitted_by": officer, "submitted_at": at(TODAY)}
        return {
            "indicator": indicator,
            "reading": make_reading(indicator),
            "criteriaset": criteria,
            "assessment": make_assessment(criteria, self.agency, **sent),
            "asked_assessment": make_assessment(criteria, self.agency, TODAY),
        }

    def _draft(self) -> dict[str, Model]:
        draft = make_notice(self.committee, state=NoticeState.DRAFT)
        paragraph = make_paragraph(draft)
        directive = make_directive(draft)
        make_addressee(directive, self.agency)
        intake = Intake.objects.create(
            committee=self.committee, by=self.users[Role.SECRETARIAT], at=at(TODAY), name="369.docx", sha256="a" * 64
        )
        found = {"leads": [], "coordinating": [], "grounds": [], "doubts": []}
        proposal = Proposal.objects.create(notice=draft, paragraph=paragraph, start=0, end=4, found=found)
        run = {"step": "check", "name": "danh-sach.xlsx", "sha256": "a" * 64, "language": "vi", "at": at(TODAY)}
        run_of_list = ListRun.objects.create(notice=draft, by=self.users[Role.SECRETARIAT], **run)
        paper = KeptPaper(kind="overdue", committee=self.committee, as_of=TODAY, form="xlsx", language="vi")
        paper.by, paper.at, paper.key = self.users[Role.SECRETARIAT], at(TODAY), "0" * 64
        paper.state, paper.made_at, paper.sha256, paper.name = "made", at(TODAY), "0" * 64, "qua-han.xlsx"
        paper.file.save("x", ContentFile(b"a"))
        schedule = {"form": "xlsx", "language": "vi", "rhythm": "weekly", "number": 1, "hour": 8, "kind": "overdue"}
        moments = {"at": at(TODAY), "counts_from": at(TODAY), "by": self.users[Role.SECRETARIAT]}
        template = PaperTemplate(committee=self.committee, kind="notice", number=1, name="a.docx", sha256="0" * 64)
        template.by, template.at = self.users[Role.SECRETARIAT], at(TODAY)
        template.file.save("x", ContentFile(make_docx("{{NOI_DUNG}}")))
        draft_parts = {
            "papertemplate": template,
            "paperschedule": PaperSchedule.objects.create(committee=self.committee, **schedule, **moments),
            "keptpaper": paper,
            "listrun": run_of_list,
            "draft_directive": directive,
            "draft_paragraph": paragraph,
            "proposal": proposal,
        }
        return {"draft": draft, **draft_parts, "intake": intake}

    def _handed_down(self, notice: Notice, whole: Assignment) -> Assignment:
        """What the agency handed down to a unit below it, and the unit has handed in."""
        unit = make_agency(parent=self.agency)
        directive = make_directive(notice, handed_down_from=whole, given_by=self.agency)
        part = make_assignment(unit, directive=directive, state=State.HANDED_IN, handed_in_on=TODAY)
        make_report(part, kind="hand_in", by=make_user(Role.OFFICER, unit), at=at(TODAY))
        return part

    def _issued(self) -> dict[str, Model]:
        notice = make_notice(self.committee)
        directive = make_directive(notice)
        assignment = make_assignment(self.agency, directive=directive)
        waiting = make_assignment(
            self.agency, directive=make_directive(notice), state=State.HANDED_IN, handed_in_on=TODAY
        )
        report = make_report(waiting, kind="hand_in", by=self.users[Role.OFFICER], at=at(TODAY))
        asked = make_assignment(self.agency, directive=make_directive(notice))
        attachment = Attachment(report=report, name="a.txt", size=1, sha256="0" * 64, content_type="text/plain")
        attachment.file.save("a.txt", ContentFile(b"a"))
        picture = Attachment(report=report, name="a.png", size=1, sha256="0" * 64, content_type="image/png")
        picture.file.save("a.png", ContentFile(b"a"))
        return {
            "notice": notice,
            "paragraph": make_paragraph(notice),
            "correction": make_notice(
                self.committee,
                state=NoticeState.DRAFT,
                corrects=notice,
                number=None,
                text=f"{notice.text} Gấp.",
            ),
            "directive": directive,
            "twin": waiting.directive,
            "directivelink": DirectiveLink.objects.create(source=waiting.directive, target=directive, kind="repeats"),
            "repeating": make_directive(notice, due_on=None, deadline_kind="recurring", recurrence="monthly"),
            "assignment": assignment,
            "part": self._handed_down(notice, waiting),
            "waiting": waiting,
            "report": report,
            "extensionrequest": make_extension(asked, asked_by=self.users[Role.OFFICER]),
            "question": make_question(asked, asked_by=self.users[Role.OFFICER]),
            "attachment": attachment,
            "picture": picture,
            "savedfilter": SavedFilter.objects.create(
                user=self.users[Role.HEAD], of_list="directives_assignment", name="Của tôi", query="q=a"
            ),
            "asking": make_report(asked, asks="Kinh phí.", by=self.users[Role.OFFICER]),
            "delivery": self._to_the_chair(assignment),
        }

    def _to_the_chair(self, assignment: Assignment) -> Delivery:
        """A message that the secretariat may still hold back until tomorrow."""
        tomorrow = at(TODAY + timedelta(days=1), 7, 30)
        message = make_delivery(self.users[Role.CHAIR], assignment=assignment, due_at=tomorrow)
        make_reminder(message, assignment, 15, audience="chair")
        return message


def seal(*sides: Side) -> None:
    """Seal what was recorded, so that each side's event has its place in the chain."""
    seal_events()
    for side in sides:
        side.things["seal"] = Seal.objects.get(event=Event.objects.get(pk=side.things["event"].pk))
