"""Where the bars of a chart lie, in whole units of its own drawing; what they look like is the style sheet's matter.

Units are whole numbers, because a template writes fractions with the comma of the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Named = Sequence[tuple[str, int]]
# Anything that is there is seen, however small its part.
LEAST = 3
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Piece:
    """One part of a bar: its name, what it counts, and its rectangle."""

    name: str
    value: int
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Where its label stands, from left to right."""
        return self.x + self.width // 2

    @property
    def level(self) -> int:
        """Where its label stands, from top to bottom."""
        return self.y + self.height // 2


@dataclass(frozen=True)
class Column:
    """One column of a chart: its pieces from the bottom up, the middle of its foot, and its top."""

    pieces: list[Piece]
    middle: int
    top: int
    total: int


@dataclass(frozen=True)
class Tick:
    """A line across the chart, and the number that it stands for."""

    value: int
    y: int


@dataclass(frozen=True)
class Columns:
    """All columns of a chart, and the lines behind them from the bottom up."""

    columns: list[Column]
    ticks: list[Tick]


def shares(values: Sequence[int], length: int) -> list[int]:
    """`length` parted by `values`: whole units that add up to it; none for nothing, at least `LEAST` for anything.

    What is too thin to be seen takes its room from the longest part.
    """
    total = sum(values)
    if not total:
        return [0 for _ in values]
    ends = [length * sum(values[: number + 1]) // total for number in range(len(values))]
    parted = [end - begin for end, begin in zip(ends, [0, *ends[:-1]], strict=True)]
    for number, value in enumerate(values):
        longest = max(range(len(parted)), key=parted.__getitem__)
        lacks = min(LEAST - parted[number], parted[longest] - LEAST)
        if value and lacks > 0:
            parted[number] += lacks
            parted[longest] -= lacks
    return parted


def bar(parts: Named, *, width: int, height: int) -> list[Piece]:
    """One bar from left to right, as long as the drawing is wide; what counts nothing is left out."""
    pieces, x = [], 0
    for (name, value), share in zip(parts, shares([value for _, value in parts], width), strict=True):
        if value:
            pieces.append(Piece(name, value, x, 0, share, height))
        x += share
    return pieces


def length(value: int, most: int, whole: int = 100) -> int:
    """How long the bar of `value` is where that of `most` is `whole` units long; anything is seen."""
    return max(whole * value // most, 1) if value and most else 0


def columns(series: Sequence[Named], *, left: int, top: int, right: int, bottom: int) -> Columns:
    """Columns side by side between the edges given (units from the top left), each of pieces upon one another."""
    totals = [sum(value for _, value in parts) for parts in series]
    ticks = scale(max(totals, default=0))
    highest, height = ticks[-1], bottom - top
    slot = (right - left) // max(len(series), 1)
    drawn = []
    for number, (parts, total) in enumerate(zip(series, totals, strict=True)):
        middle = left + slot * number + slot // 2
        tall = height * total // highest
        pieces, y = [], bottom
        for (name, value), share in zip(parts, shares([value for _, value in parts], tall), strict=True):
            y -= share
            if value and share:
                pieces.append(Piece(name, value, middle - slot * 3 // 10, y, slot * 6 // 10, share))
        drawn.append(Column(pieces, middle, y, total))
    return Columns(drawn, [Tick(value, bottom - height * value // highest) for value in ticks])


def scale(most: int, lines: int = 4) -> list[int]:
    """Round numbers from 0 on, evenly apart, the last of them at least `most` and above 0; about `lines` of them."""
    step = _round_up(-(-max(most, 1) // lines))
    return [step * number for number in range(-(-max(most, 1) // step) + 1)]


def _round_up(number: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … that is not below `number`."""
    power = 1
    while True:
        for digit in STEPS:
            if digit * power >= number:
                return digit * power
        power *= 10
