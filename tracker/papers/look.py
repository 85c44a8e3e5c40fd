"""How a paper looks: the sizes of Decree 30/2020, annex I, in millimetres and points, for each kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.papers.form import Column, Kind

FONT = "Times New Roman"
BODY, SMALL, HEADER, NOTE, TABLE = 13, 11, 12, 12, 11  # points
INDENT = 10  # of the first line, mm
LONG, SHORT = 297.0, 210.0  # the sides of A4, mm
WHOLE = 8  # rows: a table that has no more stands on one page
NUMBER_WIDTH = 10.0  # of the column that only counts (STT), mm


@dataclass(frozen=True)
class Page:
    """A4 on end or lengthwise, with its margins, in millimetres."""

    width: float
    height: float
    left: float = 30
    right: float = 15
    top: float = 20
    bottom: float = 20

    @property
    def room(self) -> float:
        """How wide the text is."""
        return self.width - self.left - self.right


PORTRAIT, LANDSCAPE = Page(SHORT, LONG), Page(LONG, SHORT)


def page_of(*, landscape: bool) -> Page:
    """Lengthwise for wide tables, else on end."""
    return LANDSCAPE if landscape else PORTRAIT


def widths(columns: Sequence[Column], room: float, *, numbered: bool) -> list[float]:
    """The columns' widths in mm, stretched or squeezed together into `room`; before them that of the numbers."""
    counting = [NUMBER_WIDTH] if numbered else []
    wanted = [column.width for column in columns]
    factor = (room - sum(counting)) / sum(wanted)
    return [*counting, *(width * factor for width in wanted)]


def alignment(column: Column) -> str:
    """Where the text of a column stands: 'left', 'center' or 'right'."""
    if column.of:
        return "left"
    return {Kind.WHOLE: "right", Kind.SHARE: "right", Kind.DAY: "center"}.get(column.kind, "left")
