"""The demo's sessions and notices: drafted, split, filled with directives and issued as a secretariat does it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max

from accounts.models import Agency, AgencyGroup, Committee, Office, Role, User
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice, mark_paragraph, set_paragraphs
from directives.actions.issuing import issue
from directives.actions.meeting import enter_session
from directives.actions.reminding import remind_all
from directives.models import Assignment, Delivery, Directive, HandledAs, Notice, Paragraph, Session, load_calendar
from directives.rules.deadlines import understand
from directives.rules.notice_text import read_paragraphs
from directives.rules.working_days import HANOI, local_day
from tracker.seeding.files import SEEDS, Days, read
from tracker.seeding.past import tell_rounds
from tracker.seeding.story import tell_story

# In this order: the last is handed down from the second.
NOTICES = ("notice_369", "notice_recent", "notice_handed_down")
FIELDS = ("number", "symbol", "issuer_name", "subject", "note")
DIRECTIVE_FIELDS = ("wording", "product", "field", "decided_by", "note")
NUMBERING = re.compile(r"^\s*(?:\d+\.|[a-zđ]\)|-)\s*")
MORNING = time(8, 30)


def load_sessions() -> None:
    """The sessions that the articles report on, each entered by its secretariat on its day."""
    for row in read("demo/sessions.json")["sessions"]:
        committee, held_on = Committee.objects.get(code=row["committee"]), date.fromisoformat(row["held_on"])
        told = {name: row[name] for name in ("kind", "number", "title", "chair_title", "place", "note") if name in row}
        if not Session.objects.filter(committee=committee, kind=row["kind"], held_on=held_on).exists():
            at = datetime.combine(held_on, MORNING, HANOI)
            enter_session(committee=committee, by=_secretary(committee, held_on), at=at, held_on=held_on, **told)


def load_notices(today: date) -> None:
    """Enter and issue each notice that is not there yet, and let happen what its story tells (local date `today`)."""
    days = Days(today, load_calendar())
    for name in NOTICES:
        seed = read(f"demo/{name}.json")
        if not Notice.objects.filter(external_ref=seed["ref"]).exists():
            _enter(seed, (SEEDS / "demo" / f"{name}.txt").read_text(encoding="utf-8"), days)


def _enter(seed: dict[str, Any], text: str, days: Days) -> None:
    last = Delivery.objects.aggregate(last=Max("pk"))["last"] or 0
    due = {row["key"]: row["due_on"] for row in seed["directives"] if "due_on" in row}
    dates = {"met": seed["met_on"], "issued": seed["issued_on"], **due, **seed.get("dates", {})}
    issued_on = days.of(seed["issued_on"])
    at = datetime.combine(issued_on, MORNING, HANOI)
    notice, by = _draft(seed, days.fill(text, dates).strip(), days, at)
    paragraphs = {row.label: row for row in set_paragraphs(notice, read_paragraphs(notice.text), by=by, at=at)}
    directives = {}
    for row in seed["directives"]:
        directives[row["key"]] = _add_directive(notice, paragraphs[row["paragraph"]], row, days, by=by, at=at)
    _mark(notice, seed["handled"], by=by, at=at)
    issue(notice, by=by, at=at + timedelta(hours=1))
    tell_story(seed["story"], directives, days)
    if isinstance(seed["issued_on"], int):
        # The demo's own notices were reminded of on the last working day, so that its mail shows a digest at once.
        day = days.of(0)
        remind_all(now=datetime.combine(day, time.min, HANOI), today=day, notice=notice)
    else:
        tell_rounds(notice, since=issued_on, today=days.today, after=last)


def _secretary(committee: Committee, on: date) -> User:
    return Office.objects.on(on).get(committee=committee, role=Role.SECRETARIAT).user


def _draft(seed: dict[str, Any], text: str, days: Days, at: datetime) -> tuple[Notice, User]:
    committee = Committee.objects.get(code=seed["committee"])
    by = _secretary(committee, at.date())
    notice = draft_notice(
        committee=committee,
        by=by,
        at=at,
        text=text,
        session=Session.objects.filter(committee=committee, held_on=days.of(seed["met_on"])).first(),
        issuer=Agency.objects.get(code=seed["issuer"]),
        met_on=days.of(seed["met_on"]),
        issued_on=days.of(seed["issued_on"]),
        external_ref=seed["ref"],
        **{name: seed[name] for name in FIELDS},
    )
    return notice, by


def _add_directive(
    notice: Notice, paragraph: Paragraph, row: dict[str, Any], days: Days, *, by: User, at: datetime
) -> Directive:
    dates = {"due": row["due_on"]} if "due_on" in row else {}
    deadline = understand(days.fill(row.get("deadline_text", ""), dates), local_day(at))
    return add_directive(
        notice,
        by=by,
        at=at,
        paragraph=paragraph,
        quote=NUMBERING.sub("", paragraph.text).strip(),
        addressees=[_addressee(said) for said in row["addressees"]],
        deadline_text=deadline.text,
        deadline_kind=deadline.kind,
        due_on=deadline.due_on,
        handed_down_from=_above(row.get("handed_down_from")),
        **{name: row[name] for name in DIRECTIVE_FIELDS if name in row},
    )


def _addressee(said: Mapping[str, str]) -> To:
    return To(
        role=said["role"],
        agency=Agency.objects.get(code=said["agency"]) if "agency" in said else None,
        group=AgencyGroup.objects.get(code=said["group"]) if "group" in said else None,
    )


def _above(said: Mapping[str, str] | None) -> Assignment | None:
    """The assignment of the level above that a directive is part of."""
    if said is None:
        return None
    return Assignment.objects.live().get(
        directive__notice__external_ref=said["notice"],
        directive__paragraph__label=said["paragraph"],
        agency__code=said["agency"],
    )


def _mark(notice: Notice, handled: Mapping[str, str], *, by: User, at: datetime) -> None:
    """Paragraphs without a directive: as the seeds say, and otherwise information."""
    for paragraph in notice.paragraphs.filter(handled_as=HandledAs.UNHANDLED).select_related("notice"):
        mark_paragraph(paragraph, handled.get(paragraph.label, HandledAs.INFORMATION), by=by, at=at)
