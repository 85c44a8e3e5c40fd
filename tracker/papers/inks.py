"""The colour and the hatch of each cell on paper: those of the pages' print style, to be told apart without colour."""

from collections.abc import Iterator
from dataclasses import dataclass

from directives.rules.standing import Cell

Rgb = tuple[int, int, int]
# As `figures.css` prints them.
COLOURS: dict[str, Rgb] = {
    Cell.DONE_ON_TIME: (0x14, 0x61, 0x3A),
    Cell.DONE_LATE: (0x86, 0x39, 0x0B),
    Cell.OPEN_IN_TIME: (0x17, 0x55, 0x7F),
    Cell.OPEN_OVERDUE: (0xA1, 0x15, 0x1E),
    Cell.UNDATED: (0x46, 0x53, 0x6A),
}
WHITE, LIGHT = 255, 0.62  # so much white is in the marks of a hatch
STEP = 12  # from one mark to the next, in units of a drawing


@dataclass(frozen=True)
class Box:
    """A rectangle, from its upper left corner, in units of a drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Stroke:
    """A straight mark of a hatch; it may reach beyond its box, and is cut off there."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True)
class Dot:
    """A round mark of a hatch."""

    x: float
    y: float
    radius: float


def colour(cell: str) -> Rgb:
    """The colour in which a cell is filled."""
    return COLOURS[cell]


def mark_colour(cell: str) -> Rgb:
    """The colour of the marks upon it."""
    red, green, blue = (round(part + (WHITE - part) * LIGHT) for part in COLOURS[cell])
    return red, green, blue


def marks(cell: str, box: Box) -> list[Stroke | Dot]:
    """The hatch of a cell within a box: none, falling strokes, dots, a lattice, or lines across."""
    if cell == Cell.DONE_LATE:
        return list(_slanting(box, 3.0, rising=False))
    if cell == Cell.OPEN_OVERDUE:
        return [*_slanting(box, 2.2, rising=True), *_slanting(box, 2.2, rising=False)]
    if cell == Cell.OPEN_IN_TIME:
        return list(_dots(box, 2.0))
    if cell == Cell.UNDATED:
        return [Stroke(box.x, y, box.x + box.width, y, 2.4) for y in _steps(box.y, box.height)]
    return []


def _steps(begin: float, length: float, step: float = STEP) -> Iterator[float]:
    for number in range(int(length // step) + 1):
        if (number + 0.5) * step < length:
            yield begin + (number + 0.5) * step


def _slanting(box: Box, width: float, *, rising: bool) -> Iterator[Stroke]:
    """Strokes at half a right angle, as far apart as all others."""
    step, tall = STEP * 1.414, box.height
    for number in range(int((box.width + tall) // step) + 1):
        x = box.x + number * step
        yield (
            Stroke(x, box.y, x - tall, box.y + tall, width)
            if rising
            else Stroke(x - tall, box.y, x, box.y + tall, width)
        )


def _dots(box: Box, radius: float) -> Iterator[Dot]:
    for y in _steps(box.y, box.height):
        for x in _steps(box.x, box.width):
            yield Dot(x, y, radius)
