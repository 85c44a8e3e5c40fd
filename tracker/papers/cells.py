"""The official cells as tables: what they count, each with its share, beside those of an earlier day, by agency."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from directives.figures import Ageing, Cells
from directives.rules.standing import Cell
from tracker.papers.form import Cell as Told
from tracker.papers.form import Column, Kind, Share, Table
from tracker.papers.words import day

NARROW = 14.2  # millimetres, of a column of figures


def cell_words() -> dict[str, str]:
    """The cells that make the total, in their order, with their words."""
    return {
        Cell.DONE_ON_TIME: _("Done on time"),
        Cell.DONE_LATE: _("Done late"),
        Cell.OPEN_IN_TIME: _("Open, in time"),
        Cell.OPEN_OVERDUE: _("Open, overdue"),
        Cell.UNDATED: _("Undated"),
    }


def ages(found: Ageing) -> list[tuple[str, int]]:
    """For how long it is overdue, in words, and how much."""
    return [
        (_("30 days or less"), found.up_to_30),
        (_("31 to 60 days"), found.up_to_60),
        (_("61 to 120 days"), found.up_to_120),
        (_("More than 120 days"), found.more),
    ]


def ages_table(found: Ageing) -> Table:
    """The same as a table, each with its share of all that is overdue."""
    columns = [
        Column(_("Overdue for"), 60),
        Column(_("Assignments"), 30, Kind.WHOLE, added_up=True),
        Column(_("Share"), 50, Kind.SHARE),
    ]
    rows = [(words, many, Share(many, found.total)) for words, many in ages(found)]
    return Table(columns, rows, title=_("For how long it is overdue"), numbered=False)


def done(cells: Cells) -> Share:
    """Done, of what has a deadline."""
    return Share(cells.done, cells.dated)


def in_time(cells: Cells) -> Share:
    """Done on time, of what is done and has a deadline."""
    return Share(cells.done_on_time, cells.done)


def late(cells: Cells) -> Share:
    """Open and overdue, of what has a deadline."""
    return Share(cells.open_overdue, cells.dated)


def cells_table(cells: Cells) -> Table:
    """Four cells and the undated, which together are the total that is added up below them."""
    rows = [
        (words, getattr(cells, name), Share(getattr(cells, name), cells.total)) for name, words in cell_words().items()
    ]
    columns = [
        Column(_("How it stands"), 60),
        Column(_("Assignments"), 30, Kind.WHOLE, added_up=True),
        Column(_("Share"), 50, Kind.SHARE),
    ]
    return Table(columns, rows, title=_("Leads and own shares"), numbered=False)


def compared_table(then: tuple[date, Cells], now: tuple[date, Cells], title: str) -> Table:
    """The cells on two days, what is more or less of each, and what share of the total it has now."""
    rows: list[Sequence[Told]] = [
        (words, was := getattr(then[1], name), found := getattr(now[1], name), found - was, Share(found, now[1].total))
        for name, words in cell_words().items()
    ]
    columns = [
        Column(_("How it stands"), 52),
        Column(_("End of %(day)s") % {"day": day(then[0])}, 25, Kind.WHOLE, added_up=True),
        Column(_("End of %(day)s") % {"day": day(now[0])}, 25, Kind.WHOLE, added_up=True),
        Column(_("More or less"), 20, Kind.WHOLE, added_up=True),
        Column(_("Share of the total"), 43, Kind.SHARE),
    ]
    return Table(columns, rows, title=title, numbered=False)


# The name of an agency, notice or field, its cells, and its rank where it has one.
Line = tuple[str, Cells, int | None]


def told_by(
    head: str, rows: Sequence[Line], title: str, *, ranked: bool = False, numbered: bool = False, note: str = ""
) -> Table:
    """A row for each agency, notice, field or month: its cells, and what is done and overdue of what has a deadline.

    A `numbered` one is for a page lengthwise.
    """
    columns = [
        Column(head, 52 if numbered else 31),
        Column(_("Total"), 13, Kind.WHOLE, added_up=True),
        *(Column(words, 17 if numbered else NARROW, Kind.WHOLE, added_up=True) for words in cell_words().values()),
        Column(_("Done, of what has a deadline"), 25, Kind.SHARE),
        Column(_("Overdue, of what has a deadline"), 25, Kind.SHARE),
        *([Column(_("Rank"), 13, Kind.WHOLE)] if ranked else []),
    ]
    told = [[name, *_figures(cells), *([rank] if ranked else [])] for name, cells, rank in rows]
    return Table(columns, told, title=title, numbered=numbered, note=note)


def short_table(head: str, rows: Sequence[Line], title: str) -> Table:
    """Of each its total, what is overdue, both shares, and its rank: what a page on end has room for."""
    columns = [
        Column(head, 52),
        Column(_("Total"), 15, Kind.WHOLE),
        Column(_("Open, overdue"), 22, Kind.WHOLE),
        Column(_("Done, of what has a deadline"), 30, Kind.SHARE),
        Column(_("Overdue, of what has a deadline"), 30, Kind.SHARE),
        Column(_("Rank"), 16, Kind.WHOLE),
    ]
    told = [[name, cells.total, cells.open_overdue, done(cells), late(cells), rank] for name, cells, rank in rows]
    return Table(columns, told, title=title)


def _figures(cells: Cells) -> list[Told]:
    return [cells.total, *(getattr(cells, name) for name in cell_words()), done(cells), late(cells)]
