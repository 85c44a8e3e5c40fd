"""A paper as a .docx, which a clerk finishes in Word or LibreOffice: number, signer's name, a word here and there."""

import io
from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tracker.papers import form, look, templates
from tracker.papers.docx_table import put_table
from tracker.papers.drawing_png import as_png
from tracker.papers.faces import BOLD, stroke, width
from tracker.papers.words import below, motto, number_and_symbol, one_line, place_and_day, printable

HEADER_ABOVE = 10  # mm from the edge to the number of the page
STROKE = 4  # of the lines below names, in eighths of a point
PICTURE = 160  # mm, of a chart: what is as wide as the text is pushed out of it
SHORT_LINE = 60  # mm, below what a paper is about


def write(paper: form.Paper, file: IO[bytes]) -> None:
    """Write `paper` into `file`: in the secretariat's own form where there is one, else in the built-in one."""
    own = paper.template("docx") if paper.template else None
    if own is None:
        _built_in(paper).save(file)
    else:
        _filled(paper, own).save(file)


def write_template(paper: form.Paper, file: IO[bytes]) -> None:
    """Write the built-in form of `paper` with named places where its words would be."""
    places = templates.with_places(paper)
    document = _built_in(places)
    templates.name_the_rest(document, places)
    document.save(file)


def _filled(paper: form.Paper, own: bytes) -> Any:
    document = Document(io.BytesIO(own))
    place = templates.fill(document, templates.said_by(paper))
    section = document.sections[-1]
    sides = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    room = look.Page(*(float(Mm(0) if side is None else side.mm) for side in sides))
    body = document.element.body
    before = list(body)
    _parts(document, paper.parts, room)
    made = [element for element in body if element not in before]
    for element in made:
        place._p.addprevious(element)  # noqa: SLF001 - python-docx has no word for the place before
    body.remove(place._p)  # noqa: SLF001
    for annex in paper.annexes:
        _annex(document, annex)
    return document


def _built_in(paper: form.Paper) -> Any:
    document = Document()
    _prepare(document, paper)
    _page(document.sections[0], look.page_of(landscape=paper.landscape))
    _head(document, paper)
    _parts(document, paper.parts, look.page_of(landscape=paper.landscape))
    if paper.parts:  # what comes last stays with the signature
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    _foot(document, paper)
    for annex in paper.annexes:
        _annex(document, annex)
    return document


def _prepare(document: Any, paper: form.Paper) -> None:
    """One font throughout, the language of the text, and what the file says of itself."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = look.FONT, Pt(look.BODY)
    fonts = normal.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), look.FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB" if get_language() == "en" else "vi-VN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    told = document.core_properties
    told.title, told.author = one_line(f"{paper.kind} {paper.about}")[:255], one_line(paper.issuer.name)[:255]
    told.comments = ""


def _page(section: Any, page: look.Page) -> None:
    """The sheet and its margins; pages are counted from one, and say so from the second on."""
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.header_distance = Mm(HEADER_ABOVE)
    section.different_first_page_header_footer = True
    properties = section._sectPr  # noqa: SLF001 - python-docx has no word for what is counted
    for earlier in properties.findall(qn("w:pgNumType")):
        properties.remove(earlier)
    counted = OxmlElement("w:pgNumType")
    counted.set(qn("w:start"), "1")
    properties.insert_element_before(counted, "w:cols", "w:titlePg", "w:docGrid")
    if section.header.is_linked_to_previous:
        section.header.is_linked_to_previous = False
        number = section.header.paragraphs[0]
        number.alignment = ALIGN.CENTER
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
            number.add_run()._r.append(_field(kind, instruction))  # noqa: SLF001 - nor has it for fields


def _field(kind: str, instruction: str) -> Any:
    if instruction:
        element = OxmlElement("w:instrText")
        element.text = instruction
        return element
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


# --- paragraphs


def put(
    paragraph: Any,
    text: str,
    *,
    size: float = look.BODY,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    after: float = 0,
) -> Any:
    """Write exactly `text` into `paragraph`; its lines stay lines."""
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    for at, line in enumerate(printable(text).split("\n")):
        run = paragraph.add_run()
        if at:
            run.add_break()
        run.add_text(line)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _line(paragraph: Any, width: float, room: float) -> None:
    """The stroke below a name, `width` of the `room` (mm) that its place has: the border of an empty low paragraph."""
    paragraph.alignment = ALIGN.CENTER
    side = Mm(max(room - width, 0) / 2)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.line_spacing = Pt(3)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", str(STROKE)), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")  # noqa: SLF001


def _sides(document: Any, left: float, right: float, rows: int = 1) -> Any:
    """A table of which nothing is seen, with two columns so wide (mm)."""
    table = document.add_table(rows, 2)
    table.autofit = False
    for row in table.rows:
        for cell, room in zip(row.cells, (left, right), strict=True):
            cell.width = Mm(room)
    for column, room in zip(table.columns, (left, right), strict=True):
        column.width = Mm(room)
    return table


# --- the parts, from the top


def _head(document: Any, paper: form.Paper) -> None:
    room = look.page_of(landscape=paper.landscape).room
    left, right = room * 0.42, room * 0.58
    sides = _sides(document, left, right, rows=2)
    issuer, nation = sides.rows[0].cells
    one = issuer.paragraphs[0]
    if paper.issuer.above:
        put(one, paper.issuer.above.upper(), size=look.HEADER, align=ALIGN.CENTER)
        one = issuer.add_paragraph()
    put(one, paper.issuer.name.upper(), size=look.HEADER, bold=True, align=ALIGN.CENTER)
    _line(issuer.add_paragraph(), stroke(paper.issuer.name.upper(), left), left)
    state, hope = motto()
    put(nation.paragraphs[0], state, size=look.HEADER, bold=True, align=ALIGN.CENTER)
    put(nation.add_paragraph(), hope, bold=True, align=ALIGN.CENTER)
    _line(nation.add_paragraph(), width(hope, BOLD, look.BODY), right)
    number, day = sides.rows[1].cells
    put(number.paragraphs[0], number_and_symbol(paper), align=ALIGN.CENTER)
    if not paper.kind:
        put(number.add_paragraph(), paper.about, size=look.HEADER, align=ALIGN.CENTER)
    put(day.paragraphs[0], place_and_day(paper.issuer, paper.day), italic=True, align=ALIGN.CENTER)
    document.add_paragraph()
    if paper.kind:
        put(document.add_paragraph(), paper.kind.upper(), bold=True, align=ALIGN.CENTER)
        put(document.add_paragraph(), paper.about, bold=True, align=ALIGN.CENTER)
        _line(document.add_paragraph(), SHORT_LINE, room)
    else:
        put(document.add_paragraph(), _("To: %(whom)s") % {"whom": "; ".join(paper.to)}, align=ALIGN.CENTER)
    document.add_paragraph()


def _parts(document: Any, parts: Sequence[form.Part], page: look.Page) -> None:
    for part in parts:
        if isinstance(part, form.Table):
            _table(document, part, page)
        elif isinstance(part, form.Chart):
            _chart(document, part)
        else:
            _text(document, part)


def _table(document: Any, table: form.Table, page: look.Page) -> None:
    if table.title:
        title = put(document.add_paragraph(), table.title, bold=True, align=ALIGN.CENTER, after=6)
        title.paragraph_format.keep_with_next = True
    put_table(document, table, page.room)
    for one in below(table):
        put(document.add_paragraph(), one, size=look.SMALL, italic=True, align=ALIGN.JUSTIFY)
    document.add_paragraph()


def _text(document: Any, text: form.Text | form.Heading) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(look.INDENT)
    heading = isinstance(text, form.Heading)
    paragraph.paragraph_format.keep_with_next = heading
    put(paragraph, text.words, bold=heading, align=ALIGN.LEFT if heading else ALIGN.JUSTIFY, after=6)


def _chart(document: Any, chart: form.Chart) -> None:
    """The picture, with words for whoever does not see it; a table with its numbers stands beside it."""
    title = put(document.add_paragraph(), chart.title, bold=True, align=ALIGN.CENTER, after=6)
    title.paragraph_format.keep_with_next = True
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_after = Pt(10)
    picture = paragraph.add_run().add_picture(io.BytesIO(as_png(chart.drawing)), width=Mm(PICTURE))
    told = picture._inline.docPr  # noqa: SLF001 - python-docx has no word for what a picture shows
    told.set("title", printable(chart.title))
    told.set("descr", printable(chart.told))


def _foot(document: Any, paper: form.Paper) -> None:
    """Who gets it, on the left, and who signs, on the right; never torn apart."""
    if paper.signature is None and not paper.recipients:
        return
    room = look.page_of(landscape=paper.landscape).room
    whom, signed = _sides(document, room / 2, room / 2).rows[0].cells
    if paper.recipients:
        put(whom.paragraphs[0], _("Recipients:"), size=look.NOTE, bold=True, italic=True)
    for one in paper.recipients:
        put(whom.add_paragraph(), one, size=look.SMALL)
    if paper.signature is None:
        return
    signature, first = paper.signature, signed.paragraphs[0]
    named = [one.upper() for one in (signature.authority, signature.title) if one]
    for at, one in enumerate(named):
        put(signed.add_paragraph() if at else first, one, bold=True, align=ALIGN.CENTER)
    for _empty in range(4):
        signed.add_paragraph()
    put(signed.add_paragraph(), signature.name, bold=True, align=ALIGN.CENTER)
    for paragraph in (*whom.paragraphs, *signed.paragraphs):
        paragraph.paragraph_format.keep_together = paragraph.paragraph_format.keep_with_next = True


def _annex(document: Any, annex: form.Annex) -> None:
    page = look.page_of(landscape=annex.landscape)
    _page(document.add_section(WD_SECTION.NEW_PAGE), page)
    for one in (annex.label, annex.title.upper()):
        if one:
            put(document.add_paragraph(), one, bold=True, align=ALIGN.CENTER)
    if annex.note:
        put(document.add_paragraph(), annex.note, italic=True, align=ALIGN.CENTER)
    _line(document.add_paragraph(), SHORT_LINE, page.room)
    document.add_paragraph()
    _parts(document, annex.shown, page)
