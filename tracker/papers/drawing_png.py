"""A chart as a picture, for a .docx: what Word, LibreOffice and every other program shows alike."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from tracker.papers import drawing
from tracker.papers.faces import BOLD, FILES, FONTS, PLAIN
from tracker.papers.inks import Dot, Rgb, Stroke, colour, mark_colour, marks
from tracker.papers.lettering import FREE, LETTERS, left, long

DOTS = 2  # of the picture in a unit: some 300 in an inch
FINER = 2  # so many times finer it is drawn, and then made smooth
WHITE, BLACK, RULE = (255, 255, 255), (0, 0, 0), (191, 191, 191)
INCH = 25.4
POINT = INCH / 72 / drawing.UNIT  # a point in units of a drawing


def as_png(one: drawing.Drawing) -> bytes:
    """The drawing as a .png; the same drawing is the same bytes."""
    fine = Image.new("RGB", (_fine(drawing.WIDTH), _fine(one.height)), WHITE)
    pen = ImageDraw.Draw(fine)
    for rule in one.rules:
        pen.line([_fine(rule.left), _fine(rule.y), _fine(rule.right), _fine(rule.y)], RULE, _fine(1))
    for block in one.blocks:
        _put_block(fine, block)
    for label in one.labels:
        _put_label(pen, label)
    small = fine.reduce(FINER)
    file = io.BytesIO()
    inch = round(DOTS * INCH / drawing.UNIT)
    small.save(file, "PNG", dpi=(inch, inch))
    return file.getvalue()


def _fine(units: float) -> int:
    return round(units * DOTS * FINER)


def _put_block(image: Image.Image, block: drawing.Block) -> None:
    """On a piece of its own, at whose edges the marks end."""
    box, ink = block.box, colour(block.cell)
    piece = Image.new("RGB", (max(_fine(box.width), 1), max(_fine(box.height), 1)), ink)
    pen = ImageDraw.Draw(piece)
    for mark in marks(block.cell, box):
        _mark(pen, mark, (box.x, box.y), mark_colour(block.cell))
    image.paste(piece, (_fine(box.x), _fine(box.y)))


def _mark(pen: ImageDraw.ImageDraw, mark: Stroke | Dot, corner: tuple[float, float], ink: Rgb) -> None:
    x0, y0 = corner
    if isinstance(mark, Dot):
        x, y, radius = _fine(mark.x - x0), _fine(mark.y - y0), _fine(mark.radius)
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], ink)
        return
    ends = [_fine(mark.x1 - x0), _fine(mark.y1 - y0), _fine(mark.x2 - x0), _fine(mark.y2 - y0)]
    pen.line(ends, ink, _fine(mark.width))


def _put_label(pen: ImageDraw.ImageDraw, label: drawing.Label) -> None:
    size = LETTERS * POINT
    if label.plate:
        begin, half = left(label) - FREE / 2, size * 0.6
        corners = (begin, label.y - half, begin + long(label) + FREE, label.y + half)
        pen.rounded_rectangle([_fine(corner) for corner in corners], _fine(5), WHITE)
    face = _face(BOLD if label.bold else PLAIN, _fine(size))
    pen.text((_fine(left(label)), _fine(label.y)), label.words, BLACK, face, anchor="lm")


@cache
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[name], size, layout_engine=ImageFont.Layout.BASIC)
