"""The briefing before a session: what became of the committee's work since the last one, change by change."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.models import Committee
from directives.briefing import Between, Changed, Line
from directives.models import Role, Session
from directives.rules.changes import Change
from directives.rules.refusals import N_, Invalid
from tracker.papers import bodies
from tracker.papers.cells import compared_table
from tracker.papers.charts import standing_chart
from tracker.papers.form import Cell, Column, Heading, Kind, Paper, Part, Table, Text
from tracker.papers.period_words import NUMERALS, apart_words, compared_words, happened_words, standing_words, work_of
from tracker.papers.words import day, whole

WITHOUT_A_SESSION = timedelta(days=30)
FIRST = 40  # rows of a change on paper
NOT_BEFORE = N_("Name a day that lies before the last one.")


def last_session(committee: Committee, on: date) -> date:
    """The day of the committee's last session before the local date `on`; a month earlier where it had none."""
    held = Session.objects.filter(committee=committee, held_on__lt=on).order_by("-held_on").first()
    return held.held_on if held else on - WITHOUT_A_SESSION


def paper_of_briefing(committee: Committee, since: date, *, on: date, today: date) -> Paper:
    """What changed after the local date `since` up to the end of `on`, made on `today`.

    Raises Invalid('since') where `since` is not before `on`.
    """
    if since >= on:
        raise Invalid("since", NOT_BEFORE)
    between = Between(committee, since=since, until=on)
    issuer = bodies.of_committee(committee)
    told = {
        "committee": committee.name,
        "work": work_of(committee),
        "body": issuer.name,
        "since": day(since),
        "day": day(on),
    }
    days = _("(from the end of %(since)s to the end of %(day)s)") % told
    return Paper(
        issuer=issuer,
        kind=_("Report"),
        about=_("What changed in the work given by %(committee)s since the last session") % told + f"\n{days}",
        day=today,
        file=_("briefing before a session"),
        symbol=bodies.symbol("BC", issuer.symbol),
        parts=[*_together(between, told), *_by_change(between), Text(_closing() % told)],
        recipients=bodies.readers_of(committee),
        signature=bodies.signed_by(committee),
    )


def _closing() -> str:
    return _("%(body)s reports this to the session of %(committee)s./.")


def _together(between: Between, told: dict[str, str]) -> Iterator[Part]:
    """How it stands now, beside how it stood then, and how often each change came about."""
    now, then = between.cells_now, between.cells_then
    opening = _("%(body)s reports to %(committee)s what changed in its work since the end of %(since)s, as follows:")
    yield Text(opening % told)
    yield Heading(f"{NUMERALS[0]}. {_('How the work stands').upper()}")
    for words in standing_words(now, told):
        yield Text(words)
    yield Text(happened_words(between.official, between.since + timedelta(days=1), between.until))
    yield Text(compared_words(then, now, between.since))
    for words in apart_words(now):
        yield Text(words)
    if now.total:
        yield standing_chart(now)
    yield compared_table((between.since, then), (between.until, now), _("Leads and own shares"))
    counts = [(_(change.label), between.counts[change]) for change in Change]
    heads = [Column(_("What changed"), 90), Column(_("Assignments"), 40, Kind.WHOLE)]
    note = _("Coordinating work is among these; one assignment may have changed in several ways.")
    yield Table(heads, counts, title=_("What changed"), numbered=False, note=note)


def _by_change(between: Between) -> Iterator[Part]:
    """What came about, with its directives; what is late comes first, and by notice, the newest first."""
    told = [change for change in Change if between.counts[change]]
    for numeral, change in zip(NUMERALS[1:], told, strict=False):
        many = whole(between.counts[change])
        name = _(change.label)
        yield Heading(f"{numeral}. {name.upper()}")
        heads = [
            Column(_("Directive as given"), 66),
            Column(_("Notice"), 30),
            Column(_("Agency"), 44),
            Column(_("Deadline"), 25),
        ]
        title = _("%(change)s: %(many)s assignments") % {"change": name, "many": many}
        in_full = _one_by_one(between, change, title)
        yield Table(heads, _rows(between, change), title=title, first=FIRST, in_full=in_full)


def _one_by_one(between: Between, change: Change, title: str) -> Table:
    """A row for each assignment, so that its number in the head can be counted."""
    heads = [
        Column(_("Directive as given"), 66),
        Column(_("Notice"), 30),
        Column(_("Agency"), 44),
        Column(_("Part"), 20),
        Column(_("Deadline before"), 22, Kind.DAY),
        Column(_("Deadline"), 22, Kind.DAY),
        Column(_("Done on"), 22, Kind.DAY),
    ]
    rows = (_row(one) for notices in between.parts(change) for one in between.each(notices, change))
    return Table(heads, rows, title=title, count=lambda: between.counts[change])


def _row(one: Changed) -> tuple[Cell, ...]:
    wording = f"{one.directive.wording} ({one.period})" if one.period else one.directive.wording
    days = one.was_due_on, one.due_on, one.done_on
    return wording, one.notice.reference, one.agency, str(Role(one.role).label), *days


def _rows(between: Between, change: Change) -> Iterator[tuple[str, str, str, str]]:
    for notices in between.parts(change):
        for chapter in between.chapters(notices, change):
            for one in chapter.directives:
                for line in one.lines:
                    yield one.directive.wording, chapter.notice.reference, _agencies(line), _when(line)


def _agencies(line: Line) -> str:
    more = " " + _("and %(more)s more") % {"more": line.others} if line.others else ""
    return line.named + more


def _when(line: Line) -> str:
    """The date that says more of a change: the deadline, from when to when it moved, or that it came late."""
    now = day(line.due_on) or (_("Undated") if line.was_due_on or line.change is Change.NEW else "")
    if line.was_due_on:
        return f"{day(line.was_due_on)} → {now}"
    return _("late") if line.late else now
