"""The faces of a .pdf: Tinos, which has the widths of Times New Roman and every Vietnamese letter."""

from functools import cache
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from tracker.papers import look

FONTS = Path(__file__).resolve().parent / "fonts"
PLAIN, BOLD, ITALIC, BOLD_ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"
FILES = {PLAIN: "Tinos-Regular.ttf", **{face: f"{face}.ttf" for face in (BOLD, ITALIC, BOLD_ITALIC)}}


@cache
def load_faces() -> None:
    """Read the four faces, once for the process."""
    for face, file in FILES.items():
        registerFont(TTFont(face, FONTS / file))
        addMapping(PLAIN, face in (BOLD, BOLD_ITALIC), face in (ITALIC, BOLD_ITALIC), face)


def stroke(name: str, room: float) -> float:
    """How long the line below the name of a body is: half of the name, in mm, where `room` is that of its column."""
    return min(width(name, BOLD, look.HEADER), room) / 2


def width(text: str, face: str, size: float) -> float:
    """How wide a line of text is, in millimetres."""
    load_faces()
    return float(stringWidth(text, face, size) / mm)
