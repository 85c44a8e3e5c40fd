"""A notice in force with three directives, and the drafts that amend it."""

from datetime import date

from accounts.models import Role as Office
from directives.actions.amending import decide, restate
from directives.actions.amendment_issue import issue_amendment
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice, set_paragraphs
from directives.actions.issuing import issue
from directives.actions.touching import settle
from directives.models import (
    AmendedPart,
    Amendment,
    Assignment,
    Delivery,
    Directive,
    Edition,
    Event,
    Notice,
    Role,
    Span,
)
from directives.rules.notice_text import read_paragraphs
from tests.make import at, make_agency, make_calendar, make_committee, make_ladder, make_user

ISSUED, AMENDED = date(2024, 8, 9), date(2024, 9, 10)
DUE, LATER = date(2024, 12, 31), date(2025, 3, 31)
NOW = at(AMENDED)
FIRST = "Bộ Xây dựng chủ trì rà soát quy hoạch, báo cáo trước ngày 31/12/2024."
SECOND = "Bộ Tài chính bố trí vốn cho các dự án trước ngày 31/12/2024."
THIRD = "Bộ Công an điều tra các vụ việc tồn đọng trước ngày 31/12/2024."
FOURTH = "Bộ Y tế báo cáo tình hình dịch bệnh trước ngày 31/03/2025."
TEXT = f"1. {FIRST}\n2. {SECOND}\n3. {THIRD}\n"
LATER_FIRST = FIRST.replace("31/12/2024", "31/03/2025")
# The first has a later date, the third is gone, one is new.
NEW_TEXT = f"1. {LATER_FIRST}\n2. {SECOND}\n3. {FOURTH}\n"
EVERYTHING = (Notice, Edition, Directive, Assignment, AmendedPart, Amendment, Delivery, Event, Span)


class Seats:
    """An agency with its officer and its head."""

    def __init__(self, name: str) -> None:
        self.agency = make_agency(name)
        self.officer, self.head = make_user(Office.OFFICER, self.agency), make_user(Office.HEAD, self.agency)


class Desk:
    """A secretary whose notice 369/TB-VPCP gives three directives to a lead each; the first has a helper."""

    def __init__(self) -> None:
        make_calendar()
        make_ladder()
        self.committee = make_committee()
        self.secretary = make_user(Office.SECRETARIAT, self.committee)
        self.issuer = make_agency("Văn phòng Chính phủ")
        self.building, self.finance = Seats("Bộ Xây dựng"), Seats("Bộ Tài chính")
        self.police, self.health = Seats("Bộ Công an"), Seats("Bộ Y tế")
        by, then = self.secretary, at(ISSUED)
        header = {"number": 369, "symbol": "TB-VPCP", "issuer": self.issuer, "issued_on": ISSUED, "text": TEXT}
        self.notice = draft_notice(committee=self.committee, by=by, at=then, **header)
        set_paragraphs(self.notice, read_paragraphs(TEXT), by=by, at=then)
        for quote, lead in ((FIRST, self.building), (SECOND, self.finance), (THIRD, self.police)):
            to = [To(Role.LEAD, lead.agency)]
            to += [To(Role.COORDINATING, self.finance.agency)] if lead is self.building else []
            paragraph = self.notice.paragraphs.get(start__lte=TEXT.index(quote), end__gt=TEXT.index(quote))
            stated = {"quote": quote, "paragraph": paragraph, "deadline_kind": "date", "due_on": DUE}
            add_directive(self.notice, by=by, at=then, addressees=to, **stated)
        issue(self.notice, by=by, at=then)
        self.notice.refresh_from_db()

    @property
    def directives(self) -> list[Directive]:
        return list(self.notice.directives.order_by("position"))

    def assignment(self, position: int, office: Seats) -> Assignment:
        """What the office has to do in a directive of the notice, or of the one that goes on with it."""
        rows = Assignment.objects.filter(agency=office.agency, directive__quote__contains=self.word(position))
        return rows.get()

    @staticmethod
    def word(position: int) -> str:
        return ("quy hoạch", "bố trí vốn", "vụ việc", "dịch bệnh")[position - 1]

    def correction(self, text: str, **fields: object) -> Notice:
        """The draft of a corrected text."""
        told = {"corrects": self.notice, "text": text, "issued_on": AMENDED, **fields}
        return self._draft(**told)

    def later(self, text: str, **fields: object) -> Notice:
        """The draft of a later notice, 402/TB-VPCP, that `amends` or `supersedes` it."""
        told = {"number": 402, "symbol": "TB-VPCP", "issuer": self.issuer, "issued_on": AMENDED, "text": text}
        return self._draft(**told, **fields)

    def _draft(self, **fields: object) -> Notice:
        draft = draft_notice(committee=self.committee, by=self.secretary, at=NOW, **fields)
        set_paragraphs(draft, read_paragraphs(draft.text), by=self.secretary, at=NOW)
        settle(draft, by=self.secretary, at=NOW)
        return draft

    def decide(self, draft: Notice, position: int, outcome: str) -> None:
        decide(draft, self.directives[position - 1], outcome, by=self.secretary, at=NOW)

    def restate(self, draft: Notice, position: int, quote: str, *addressees: To, **fields: object) -> None:
        """The new statement of a directive; as before but for what is named."""
        was = self.directives[position - 1]
        to = addressees or [To(row.role, row.agency, row.group, row.due_on) for row in was.addressees.all()]
        told = {"wording": was.wording, "deadline_kind": "date", "due_on": was.due_on, **fields}
        paragraph = draft.paragraphs.filter(start__lte=draft.text.index(quote), end__gt=draft.text.index(quote)).get()
        restate(draft, was, by=self.secretary, at=NOW, quote=quote, addressees=to, paragraph=paragraph, **told)


def ready(desk: Desk, **fields) -> Notice:
    """A corrected text on which everything is decided: a later date, a withdrawal, a new directive."""
    draft = desk.correction(NEW_TEXT, **fields)
    desk.restate(draft, 1, LATER_FIRST, due_on=LATER)
    desk.decide(draft, 3, "withdraw")
    new = {"quote": FOURTH, "deadline_kind": "date", "due_on": LATER, "paragraph": draft.paragraphs.last()}
    add_directive(draft, by=desk.secretary, at=NOW, addressees=[To(Role.LEAD, desk.health.agency)], **new)
    draft.refresh_from_db()
    return draft


def issued(desk: Desk, draft: Notice, **how):
    return issue_amendment(draft, by=desk.secretary, at=NOW, **how)


def everything() -> dict[str, list]:
    """All rows that an amendment could write."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in EVERYTHING}


def told() -> dict[str, int]:
    """Whom the messages of the amendment reach in the application."""
    rows = Delivery.objects.filter(kind="amended", channel="in_app").select_related("recipient")
    return {row.recipient.name: row.pk for row in rows}
