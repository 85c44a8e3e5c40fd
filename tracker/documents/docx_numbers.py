"""The numbers of a .docx that Word writes by itself: they are in its numbering, not in its text."""

from collections import defaultdict

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from directives.rules.notice_paragraphs import ROMAN

LETTERS_OF_ROMAN = {number: letters for letters, number in ROMAN.items()}
BULLET = "-"


class Numbers:
    """Counts as the paragraphs go by; `before` must be asked once for each, in their order."""

    def __init__(self, document: Document) -> None:
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.lists: dict[str, str] = {}
        self.styles: dict[str, Element] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in numbering.iterchildren(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"))] = dict(map(_level, abstract.iterchildren(qn("w:lvl"))))
        for one in numbering.iterchildren(qn("w:num")):
            self.lists[one.get(qn("w:numId"))] = _value(one, "w:abstractNumId")
        for style in document.styles.element.iterchildren(qn("w:style")):
            self.styles[style.get(qn("w:styleId"))] = style

    def before(self, paragraph: Element) -> str:
        """What Word shows before the paragraph: "1. ", "a) ", "- ", or nothing."""
        found = self._place(paragraph)
        if found is None:
            return ""
        kind, at = found
        levels, counts = self.levels.get(kind, {}), self.counts[kind]
        form, pattern, start = levels.get(at, ("none", "", 1))
        if form == "none":
            return ""
        if form == "bullet":
            return f"{BULLET} "
        counts[at] = counts.get(at, start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        for level in range(at + 1):
            form_above, _, start_above = levels.get(level, ("decimal", "", 1))
            pattern = pattern.replace(f"%{level + 1}", _written(counts.get(level, start_above), form_above))
        return f"{pattern} "

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Which list the paragraph belongs to, by itself or by its style, and at which level."""
        style = _value(paragraph, "w:pPr/w:pStyle")
        for holder in (paragraph, self.styles.get(style)):
            if holder is not None and (number := _value(holder, "w:pPr/w:numPr/w:numId")):
                at = _value(holder, "w:pPr/w:numPr/w:ilvl") or "0"
                return (self.lists[number], int(at)) if number in self.lists else None
        return None


def _level(level: Element) -> tuple[int, tuple[str, str, int]]:
    form, pattern = _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText")
    return int(level.get(qn("w:ilvl"))), (form, pattern, int(_value(level, "w:start") or "1"))


def _value(element: Element, path: str) -> str:
    for step in path.split("/"):
        element = element.find(qn(step))
        if element is None:
            return ""
    return element.get(qn("w:val")) or ""


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = LETTERS_OF_ROMAN.get(number, str(number))
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        # Word counts a, b, c, d, e; whoever numbers by machine gets Latin letters, and they are what is printed.
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)
