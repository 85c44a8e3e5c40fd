"""A paper as a .pdf: every letter that it uses goes along, and its text can be searched and copied."""

from collections.abc import Sequence
from typing import IO, Any
from xml.sax.saxutils import escape

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from tracker.papers import form, look
from tracker.papers.drawing_pdf import Drawn
from tracker.papers.faces import BOLD, BOLD_ITALIC, ITALIC, PLAIN, load_faces, stroke, width
from tracker.papers.pdf_table import table_of
from tracker.papers.words import below, motto, number_and_symbol, one_line, place_and_day, printable

LEADING = 1.2
WITH_A_HEAD = 40 * mm  # so much room a head needs below itself, or it begins the next page
FIRST, LATER = "first", "later"


def style(size: float = look.BODY, face: str = PLAIN, align: int = TA_LEFT, **more: Any) -> ParagraphStyle:
    """A style of paragraph in one of the faces."""
    return ParagraphStyle(
        f"{face}-{size}-{align}", fontName=face, fontSize=size, leading=size * LEADING, alignment=align, **more
    )


def words(text: str, in_style: ParagraphStyle) -> Paragraph:
    """A paragraph that says exactly `text`; its lines stay lines."""
    return Paragraph(escape(printable(text)).replace("\n", "<br/>"), in_style)


def write(paper: form.Paper, file: IO[bytes]) -> None:
    """Write `paper` into `file`; the same paper gives the same bytes."""
    load_faces()
    story: list[Flowable] = [NextPageTemplate(f"{_name(paper.landscape)}-{LATER}"), *_head(paper), *_body(paper)]
    for annex in paper.annexes:
        story += _annex(annex)
    document = _Document(paper, file)
    document.build(story)


class _Document(BaseDocTemplate):
    """Pages on end and lengthwise; each part counts its own pages, and shows the number from the second on."""

    def __init__(self, paper: form.Paper, file: IO[bytes]) -> None:
        self._began = 0
        super().__init__(
            file,
            title=one_line(f"{paper.kind} {paper.about}"),
            author=one_line(paper.issuer.name),
            lang=get_language() or "vi",
            initialFontName=PLAIN,
            invariant=1,
        )
        templates = [self._template(landscape, which) for which in (FIRST, LATER) for landscape in (False, True)]
        self.addPageTemplates(sorted(templates, key=lambda one: one.id != f"{_name(paper.landscape)}-{FIRST}"))

    def _template(self, landscape: bool, which: str) -> PageTemplate:  # noqa: FBT001 - two of each, in one line above
        page = look.page_of(landscape=landscape)
        frame = Frame(
            page.left * mm,
            page.bottom * mm,
            page.room * mm,
            (page.height - page.top - page.bottom) * mm,
            **dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0),
        )
        size = (page.width * mm, page.height * mm)
        begin = self._begin_part if which == FIRST else self._number
        return PageTemplate(f"{_name(landscape)}-{which}", [frame], onPage=begin, pagesize=size)

    def _begin_part(self, canvas: Any, _document: Any) -> None:
        self._began = canvas.getPageNumber() - 1

    def _number(self, canvas: Any, _document: Any) -> None:
        width, height = canvas._pagesize  # noqa: SLF001 - there is no other way to ask
        page = look.PORTRAIT
        canvas.setFont(PLAIN, look.BODY)
        # In the middle of the text, not of the sheet.
        middle = (page.left * mm + width - page.right * mm) / 2
        canvas.drawCentredString(middle, height - 13 * mm, str(canvas.getPageNumber() - self._began))


def _name(landscape: bool) -> str:  # noqa: FBT001 - a word for each
    return "landscape" if landscape else "portrait"


# --- the parts, from the top


def _head(paper: form.Paper) -> list[Flowable]:
    """Issuer and motto side by side, number and day below them, then what the paper is and is about."""
    room = look.page_of(landscape=paper.landscape).room * mm
    left, right = room * 0.42, room * 0.58
    state, hope = motto()
    middle = style(look.HEADER, align=TA_CENTER)
    bold = style(look.HEADER, BOLD, TA_CENTER)
    issuer: list[Flowable] = [words(paper.issuer.above.upper(), middle)] if paper.issuer.above else []
    issuer += [words(paper.issuer.name.upper(), bold), _line(stroke(paper.issuer.name.upper(), left / mm) * mm)]
    hope_style = style(look.BODY, BOLD, TA_CENTER)
    nation = [words(state, bold), words(hope, hope_style), _line(width(hope, BOLD, look.BODY) * mm)]
    number = [words(number_and_symbol(paper), style(look.BODY, align=TA_CENTER))]
    if not paper.kind:
        number.append(words(paper.about, middle))
    day = words(place_and_day(paper.issuer, paper.day), style(look.BODY, ITALIC, TA_CENTER))
    head = Table([[issuer, nation], [number, [day]]], colWidths=[left, right], style=_plain(("TOPPADDING", 6, 1)))
    return [head, Spacer(0, 14), *_named(paper)]


def _named(paper: form.Paper) -> list[Flowable]:
    """What the paper is called and is about; of a letter, to whom it goes."""
    bold = style(face=BOLD, align=TA_CENTER)
    if paper.kind:
        return [words(paper.kind.upper(), bold), words(paper.about, bold), _line(60 * mm), Spacer(0, 12)]
    to = "; ".join(paper.to)
    addressed = _("To: %(whom)s") % {"whom": to}
    return [words(addressed, style(align=TA_CENTER)), Spacer(0, 12)]


def _parts(parts: Sequence[form.Part], room: float) -> list[Flowable]:
    return [flowable for part in parts for flowable in _part(part, room)]


def _part(part: form.Part, room: float) -> list[Flowable]:
    if isinstance(part, form.Table):
        rows = [*_title(part), *table_of(part, room), *_below(part)]
        whole = [KeepTogether(rows)] if part.read <= look.WHOLE else rows
        return [*whole, Spacer(0, 10)]
    if isinstance(part, form.Chart):
        title = words(part.title, style(face=BOLD, align=TA_CENTER, spaceAfter=6))
        return [KeepTogether([title, Drawn(part.drawing)]), Spacer(0, 10)]
    if isinstance(part, form.Heading):
        bold = style(face=BOLD, firstLineIndent=look.INDENT * mm, spaceAfter=6)
        return [CondPageBreak(WITH_A_HEAD), words(part.words, bold)]
    return [words(part.words, style(align=TA_JUSTIFY, firstLineIndent=look.INDENT * mm, spaceAfter=6))]


def _title(table: form.Table) -> list[Flowable]:
    """What stands above a table, on a page that has room for some rows as well."""
    if not table.title:
        return []
    return [CondPageBreak(WITH_A_HEAD), words(table.title, style(face=BOLD, align=TA_CENTER, spaceAfter=6))]


def _below(table: form.Table) -> list[Flowable]:
    """What is to be known of a table, in small letters."""
    small = style(look.SMALL, ITALIC, TA_JUSTIFY, spaceBefore=3)
    return [words(one, small) for one in below(table)]


def _body(paper: form.Paper) -> list[Flowable]:
    """The parts, and behind them who gets it and who signs: on no page of their own, the last words stay with them."""
    room, foot = look.page_of(landscape=paper.landscape).room * mm, _foot(paper)
    if not foot:
        return _parts(paper.parts, room)
    ends = len(paper.parts) - 1 if paper.parts and isinstance(paper.parts[-1], form.Text) else len(paper.parts)
    return [*_parts(paper.parts[:ends], room), KeepTogether([*_parts(paper.parts[ends:], room), *foot])]


def _foot(paper: form.Paper) -> list[Flowable]:
    """Who gets it, on the left, and who signs, on the right."""
    if paper.signature is None and not paper.recipients:
        return []
    room = look.page_of(landscape=paper.landscape).room * mm
    small = style(look.SMALL)
    whom: list[Flowable] = [words(one, small) for one in paper.recipients]
    if whom:
        whom.insert(0, words(_("Recipients:"), style(look.NOTE, BOLD_ITALIC)))
    signed: list[Flowable] = []
    if paper.signature:
        bold = style(face=BOLD, align=TA_CENTER)
        named = filter(None, (paper.signature.authority.upper(), paper.signature.title.upper()))
        signed = [words(one, bold) for one in named]
        signed += [Spacer(0, 26 * mm), words(paper.signature.name, bold)]
    foot = Table([[whom, signed]], colWidths=[room / 2, room / 2], style=_plain())
    return [Spacer(0, 8), foot]


def _annex(annex: form.Annex) -> list[Flowable]:
    name = _name(annex.landscape)
    bold = style(face=BOLD, align=TA_CENTER)
    story: list[Flowable] = [NextPageTemplate(f"{name}-{FIRST}"), PageBreak(), NextPageTemplate(f"{name}-{LATER}")]
    story += [words(one, bold) for one in (annex.label, annex.title.upper()) if one]
    if annex.note:
        story.append(words(annex.note, style(face=ITALIC, align=TA_CENTER)))
    story += [_line(60 * mm), Spacer(0, 10)]
    return [*story, *_parts(annex.shown, look.page_of(landscape=annex.landscape).room * mm)]


def _line(width: float) -> Flowable:
    """The stroke below a name."""
    return HRFlowable(width, thickness=0.7, color=black, spaceBefore=4, spaceAfter=0, hAlign="CENTER")


def _plain(*more: tuple[str, float, int]) -> list[tuple[Any, ...]]:
    """A table of which nothing is seen; `more`: a padding of a row."""
    ours = [(name, (0, row), (-1, row), size) for name, size, row in more]
    paddings = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ALIGN", (0, 0), (-1, -1), "CENTER"),
        ("FONT", (0, 0), (-1, -1), PLAIN),
        *paddings,
        *ours,
    ]
