"""The figures of a period report: all together, by agency, by field, by notice and by month, with their charts."""

from dataclasses import replace
from itertools import dropwhile
from typing import TypeVar

from django.utils.translation import gettext as _

from accounts.models import Agency, Committee
from directives.figures import By, Cells, by_month, league, ranks, totals_by
from directives.models import Notice
from tracker.papers.cells import Line, compared_table, short_table, told_by
from tracker.papers.charts import Named, bars_chart, standing_chart, trend_chart
from tracker.papers.form import Part, Table, Text
from tracker.papers.period_words import apart_words, compared_words, happened_words, listed, standing_words
from tracker.papers.reported import Reported, Section
from tracker.papers.words import day, whole

MONTHS = 12
DRAWN, NAMED = 10, 3  # of the agencies with most overdue: in the chart, and in the sentence
Key = TypeVar("Key")
MOST = 200  # rows of a table on paper; a sheet has all of them


def all_together(reported: Reported) -> Section:
    """How all of the work stands, what became of it in the period, and the cells beside those at its beginning."""
    now, then, before = reported.cells, reported.between.cells_then, reported.stretch.day_before
    sentences = list(standing_words(now, reported.told))
    parts: list[Part] = []
    if now.total or then.total:
        sentences.append(happened_words(reported.between.official, reported.stretch.first, reported.on))
        sentences.append(compared_words(then, now, before))
        sentences += apart_words(now)
        drawn = [standing_chart(now)] if now.total else []
        parts = [*drawn, compared_table((before, then), (reported.on, now), _("Leads and own shares"))]
    return Section(_("How the work stands"), [*map(Text, sentences), *parts])


def by_committee(reported: Reported) -> Section | None:
    """Of an agency's own work: each committee that gave it with its cells."""
    if isinstance(reported.body, Committee) or reported.handed_down:
        return None
    found = _counted(totals_by(reported.scope, By.COMMITTEE, reported.on))
    if not found:
        return None
    names = Committee.objects.in_bulk(found)
    rows: list[Line] = [(names[key].name, cells, None) for key, cells in found.items()]
    return Section(_("By committee"), [_at_most(told_by(_("Committee"), rows, _("The work by committee")), rows)])


def by_agency(reported: Reported) -> Section | None:
    """Those with most that is overdue, drawn; and each agency with its cells and its rank."""
    if isinstance(reported.body, Agency) and not reported.handed_down:
        return None
    told_of = league(reported.scope, reported.on, succession=False)
    found = {agency: cells for agency, cells in told_of.items() if cells.total}
    if not found:
        return None
    overdue = [(agency.name, cells.open_overdue) for agency, cells in found.items() if cells.open_overdue]
    told = {"many": whole(len(found)), "clear": whole(len(found) - len(overdue)), "most": listed(overdue[:NAMED])}
    words = _("%(many)s agencies have lead work or a share of their own; %(clear)s of them have nothing overdue.")
    most = _("Most is overdue with %(most)s.") if overdue else ""
    places = ranks(found)
    rows: list[Line] = [(agency.name, cells, places.get(agency)) for agency, cells in found.items()]
    title = _("The agencies with most overdue work") if overdue else _("By agency")
    shown = rows[: min(len(overdue) or DRAWN, DRAWN)]  # the most overdue come first
    parts: list[Part] = [
        Text(f"{words} {most}".strip() % told),
        bars_chart([Named(name, cells) for name, cells, _rank in shown], title),
        short_table(_("Agency"), shown, title),
    ]
    note = _("Rank: by how little is overdue of what has a deadline; where that is the same, by how much is done.")
    annex = told_by(_("Agency"), rows, _("The work by agency"), ranked=True, numbered=True, note=note)
    return Section(_("By agency"), parts, _at_most(annex, rows))


def by_field(reported: Reported) -> Section | None:
    """Each field of the directives with its cells, as it is called today."""
    found = _counted(totals_by(reported.scope, By.FIELD, reported.on))
    if not any(found):  # nothing, or no field named anywhere
        return None
    rows: list[Line] = [(field or _("No field named"), cells, None) for field, cells in found.items()]
    return Section(_("By field"), [_at_most(told_by(_("Field"), rows, _("The work by field")), rows)])


def by_notice(reported: Reported) -> Section | None:
    """Each notice that was issued in the period and gave work, with its cells."""
    first = reported.stretch.first
    issued = Notice.objects.filter(issued_on__range=(first, reported.on))
    if isinstance(reported.body, Committee):
        issued = issued.filter(committee=reported.body)
    else:
        issued = issued.filter(pk__in=reported.scope.spans().values("directive__notice"))
    notices = list(issued.only("number", "symbol", "issued_on", "subject").order_by("issued_on", "pk"))
    found = totals_by(reported.scope, By.NOTICE, reported.on) if notices else {}
    rows: list[Line] = [
        (f"{notice.reference}, {day(notice.issued_on)}\n{notice.subject}", found[notice.pk], None)
        for notice in notices
        if notice.pk in found and found[notice.pk].total
    ]
    if not rows:
        return None
    given = sum((cells for _name, cells, _rank in rows), Cells())
    told = {"first": day(first), "day": day(reported.on), "many": whole(len(rows)), "total": whole(given.total)}
    said = _("%(many)s notices of the period (from %(first)s to %(day)s) gave %(total)s assignments.") % told
    annex = told_by(_("Notice"), rows, _("The notices of the period"), numbered=True)
    return Section(_("Notices of the period"), [Text(said)], _at_most(annex, rows))


def month_by_month(reported: Reported) -> Section | None:
    """The cells at the end of each of the last months, from the first with any work on, drawn and told."""
    months = by_month(reported.scope, reported.on, months=MONTHS)
    told = list(dropwhile(lambda month: not month[1].total, months))
    if not told:
        return None
    rows: list[Line] = [(day(on), cells, None) for on, cells in reversed(told)]
    table = told_by(_("End of"), rows, _("Month by month"))
    # Months are days of one work, which nobody adds up.
    columns = [replace(column, added_up=False) for column in table.columns]
    return Section(_("Month by month"), [trend_chart(told), replace(table, columns=columns)])


def _counted(found: dict[Key, Cells]) -> dict[Key, Cells]:
    """Of what has any work in the total, the most overdue first."""
    kept = {key: cells for key, cells in found.items() if cells.total}
    return dict(sorted(kept.items(), key=lambda one: (-one[1].open_overdue, -one[1].total, str(one[0]))))


def _at_most(table: Table, rows: list[Line]) -> Table:
    """Of a long table the first rows on paper."""
    if len(rows) <= MOST:
        return table
    columns = [replace(column, added_up=False) for column in table.columns]
    return replace(table, columns=columns, first=MOST, count=lambda: len(rows))
