"""The charts of a report: the same bars and columns as on the leaders' page (`tracker/charts.py`), drawn for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from directives.figures import Ageing, Cells
from tracker import charts
from tracker.papers.cells import ages, cell_words
from tracker.papers.drawing import WIDTH, Block, Drawing, Label, Rule
from tracker.papers.form import Chart
from tracker.papers.inks import Box
from tracker.papers.lettering import FREE, add_legend, long, shortened
from tracker.papers.words import day
from tracker.printed import plain

BAR, COLUMNS = 64, 420  # heights
LEFT, TOP, BOTTOM = 64, 30, 30  # around the columns: the numbers of the rules, of the columns, and the months
NAMES, ROW, THICK, NUMBERS = 360, 44, 28, 90  # of bars with names: their room, how far apart, how thick; the numbers


def standing_chart(cells: Cells) -> Chart:
    """The cells as one bar, each with its number where there is room."""
    named = _named(cells)
    drawing = Drawing(BAR)
    for piece in charts.bar(named, width=WIDTH, height=BAR):
        drawing.blocks.append(Block(Box(piece.x, piece.y, piece.width, piece.height), piece.name))
        label = Label(_number(piece.value), piece.middle, piece.level, bold=True, plate=True)
        if long(label) + 2 * FREE <= piece.width:
            drawing.labels.append(label)
    add_legend(drawing, cell_words())
    return Chart(drawing, _("Work by its standing"), _told(cells))


def trend_chart(months: Sequence[tuple[date, Cells]]) -> Chart:
    """The cells at the end of each month as columns."""
    series = [_named(cells) for _on, cells in months]
    drawn = charts.columns(series, left=LEFT, top=TOP, right=WIDTH, bottom=COLUMNS - BOTTOM)
    drawing = Drawing(COLUMNS)
    for tick in drawn.ticks:
        drawing.rules.append(Rule(LEFT, WIDTH, tick.y))
        drawing.labels.append(Label(_number(tick.value), LEFT - FREE, tick.y, "right"))
    for (on, _cells), column in zip(months, drawn.columns, strict=True):
        boxes = [(Box(one.x, one.y, one.width, one.height), one.name) for one in column.pieces]
        drawing.blocks += [Block(box, cell) for box, cell in boxes]
        if column.total:
            drawing.labels.append(Label(_number(column.total), column.middle, column.top - 14, bold=True, plate=True))
        drawing.labels.append(Label(f"{on:%m/%y}", column.middle, COLUMNS - 12))
    add_legend(drawing, cell_words())
    told = "; ".join(f"{day(on)}: {_told(cells)}" for on, cells in months)
    return Chart(drawing, _("Work by its standing, at the end of each month"), told)


@dataclass(frozen=True)
class Named:
    """One bar: its name, and the cells that it is made of."""

    name: str
    cells: Cells


def bars_chart(rows: Sequence[Named], title: str) -> Chart:
    """Bars below one another, as long as their totals, each of the cells that make it."""
    most = max((row.cells.total for row in rows), default=0)
    drawing, room = Drawing(ROW * len(rows)), WIDTH - NAMES - NUMBERS
    for number, row in enumerate(rows):
        top = ROW * number + (ROW - THICK) // 2
        middle = top + THICK / 2
        drawing.labels.append(Label(shortened(row.name, NAMES - 2 * FREE), NAMES - FREE, middle, "right"))
        length = charts.length(row.cells.total, most, room)
        for piece in charts.bar(_named(row.cells), width=length, height=THICK):
            drawing.blocks.append(Block(Box(NAMES + piece.x, top, piece.width, THICK), piece.name))
        drawing.labels.append(Label(_number(row.cells.total), NAMES + length + FREE, middle, "left", bold=True))
    shown = {name for row in rows for name, value in _named(row.cells) if value}
    add_legend(drawing, {name: words for name, words in cell_words().items() if name in shown})
    return Chart(drawing, title, "; ".join(f"{row.name}: {_told(row.cells)}" for row in rows))


def ages_chart(found: Ageing) -> Chart:
    """What is overdue by its age."""
    rows = [Named(words, Cells(open_overdue=many)) for words, many in ages(found)]
    return bars_chart(rows, _("Overdue work by its age"))


def _named(cells: Cells) -> list[tuple[str, int]]:
    return [(name, getattr(cells, name)) for name in cell_words()]


def _told(cells: Cells) -> str:
    """'Hoàn thành đúng hạn 900, …': what there is of it."""
    names = cell_words()
    said = [f"{names[name].lower()} {_number(value)}" for name, value in _named(cells) if value]
    return ", ".join([f"{_('Total').lower()} {_number(cells.total)}", *said])


def _number(value: int) -> str:
    return plain(Decimal(value))
