"""The words of a chart: how long they are, where they begin, what of them fits, and the legend."""

from tracker.papers.drawing import UNIT, WIDTH, Block, Drawing, Label
from tracker.papers.faces import BOLD, PLAIN, width
from tracker.papers.inks import Box

LETTERS = 9.0  # points
LINE = 26  # units, from one line of a legend to the next
SWATCH, FREE = 20, 8


def long(label: Label) -> float:
    """How long the words are, in units."""
    return width(label.words, BOLD if label.bold else PLAIN, LETTERS) / UNIT


def left(label: Label) -> float:
    """Where they begin."""
    return label.x - long(label) * {"left": 0, "center": 0.5, "right": 1}[label.align]


def add_legend(drawing: Drawing, told: dict[str, str]) -> None:
    """Below what is drawn the swatch of each cell with its words, in as many lines as they need."""
    x, y = 0.0, drawing.height + FREE
    for cell, words in told.items():
        wide = SWATCH + FREE + long(Label(words, 0, 0))
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE
        drawing.blocks.append(Block(Box(x, y, SWATCH, SWATCH), cell))
        drawing.labels.append(Label(words, x + SWATCH + FREE, y + SWATCH / 2, "left"))
        x += wide + 3 * FREE
    drawing.height = y + LINE


def shortened(words: str, room: float) -> str:
    """The words in so much room (units); what is too long ends in an ellipsis."""
    if long(Label(words, 0, 0)) <= room:
        return words
    while words and long(Label(f"{words}…", 0, 0)) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"
