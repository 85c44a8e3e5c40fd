"""A chart on paper before it is ink: blocks, rules and labels. `drawing_pdf` and `drawing_png` put it on the page.

It is as wide as the text of a page on end, WIDTH units; heights follow. Letters are in points, as all of a paper's.
"""

from dataclasses import dataclass, field

from tracker.papers.inks import Box

WIDTH = 1000
WIDE = 165.0  # millimetres: the text of a page on end
UNIT = WIDE / WIDTH  # millimetres


@dataclass(frozen=True)
class Block:
    """A box in the colour and the hatch of a cell."""

    box: Box
    cell: str


@dataclass(frozen=True)
class Rule:
    """A thin line from left to right."""

    left: float
    right: float
    y: float


@dataclass(frozen=True)
class Label:
    """Words: `x` is their left end, middle or right end, `y` the middle of their line. `plate`: on white."""

    words: str
    x: float
    y: float
    align: str = "center"
    bold: bool = False
    plate: bool = False


@dataclass
class Drawing:
    """All of a chart, in the order in which it is drawn: rules, blocks, labels."""

    height: float
    rules: list[Rule] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    @property
    def height_mm(self) -> float:
        """How high it is on paper."""
        return self.height * UNIT
