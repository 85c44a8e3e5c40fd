"""A chart in a .pdf: drawn with lines, so that it is sharp at any size, and its words can be searched."""

from typing import Any

from reportlab.lib.colors import Color, black, white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from tracker.papers import drawing
from tracker.papers.faces import BOLD, PLAIN
from tracker.papers.inks import Dot, Rgb, colour, mark_colour, marks
from tracker.papers.lettering import FREE, LETTERS, left, long

RULE = Color(0.75, 0.75, 0.75)
POINT = drawing.UNIT * mm  # a unit of a drawing in points
HALF = 0.34  # of the letters' size: from their foot to the middle of their line


class Drawn(Flowable):
    """A drawing as a part of a page."""

    def __init__(self, one: drawing.Drawing) -> None:
        super().__init__()
        self._drawing = one
        self.width, self.height = drawing.WIDE * mm, one.height_mm * mm
        self.hAlign = "CENTER"

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """How much room it takes, in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Put it on the page."""
        self.canv.saveState()
        # From here on in units from the upper left corner.
        self.canv.translate(0, self.height)
        self.canv.scale(POINT, -POINT)
        self._rules()
        for block in self._drawing.blocks:
            _block(self.canv, block)
        for label in self._drawing.labels:
            _label(self.canv, label)
        self.canv.restoreState()

    def _rules(self) -> None:
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(1)
        for rule in self._drawing.rules:
            self.canv.line(rule.left, rule.y, rule.right, rule.y)


def _ink(rgb: Rgb) -> Color:
    return Color(*(part / 255 for part in rgb))


def _block(canvas: Any, block: drawing.Block) -> None:
    box = block.box
    canvas.saveState()
    inside = canvas.beginPath()
    inside.rect(box.x, box.y, box.width, box.height)
    canvas.clipPath(inside, stroke=0, fill=0)
    canvas.setFillColor(_ink(colour(block.cell)))
    canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
    canvas.setFillColor(_ink(mark_colour(block.cell)))
    canvas.setStrokeColor(_ink(mark_colour(block.cell)))
    for mark in marks(block.cell, box):
        if isinstance(mark, Dot):
            canvas.circle(mark.x, mark.y, mark.radius, stroke=0, fill=1)
        else:
            canvas.setLineWidth(mark.width)
            canvas.line(mark.x1, mark.y1, mark.x2, mark.y2)
    canvas.restoreState()


def _label(canvas: Any, label: drawing.Label) -> None:
    size = LETTERS / POINT
    if label.plate:
        canvas.setFillColor(white)
        x, wide = left(label) - FREE / 2, long(label) + FREE
        canvas.roundRect(x, label.y - size * 0.6, wide, size * 1.2, 5, stroke=0, fill=1)
    canvas.saveState()
    canvas.translate(left(label), label.y + size * HALF)
    canvas.scale(1, -1)  # letters stand upright again
    canvas.setFillColor(black)
    canvas.setFont(BOLD if label.bold else PLAIN, size)
    canvas.drawString(0, 0, label.words)
    canvas.restoreState()
