"""A secretariat's own form of a .docx paper: named places in a document, filled in by us and by nothing else.

A place is `{{NAME}}`. It is looked for in the text of paragraphs and replaced by plain words; there is no language in
it, so that nobody who writes a template can make the server do anything.
"""

import dataclasses
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from django.utils.translation import gettext_lazy as _
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from directives.rules.refusals import Invalid
from tracker.documents import archives, docx_parts
from tracker.papers import form
from tracker.papers.words import number_and_symbol, place_and_day, printable

LARGEST = 2 * 1024 * 1024  # bytes
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BODY = "NOI_DUNG"
BODY_PLACE = "{{NOI_DUNG}}"
MUST = ("CO_QUAN", "SO_KY_HIEU", "DIA_DANH_NGAY", "TRICH_YEU", BODY)
MAY = ("CO_QUAN_CAP_TREN", "TEN_LOAI", "KINH_GUI", "NOI_NHAN", "QUYEN_HAN", "CHUC_VU", "NGUOI_KY")
FIELDS = ("PAGE", "NUMPAGES")  # that a document may reckon by itself
HYPERLINK = "/hyperlink"
MEDIA = ("/media/", "/embeddings/", "/activex/", "/afchunk")

TOO_LARGE = _("A template has at most %(limit)s MB.")
PICTURES = _("A template holds words only: take out pictures and embedded objects.")
OUTSIDE = _("This file refers to something outside itself (a template, a picture, a file). Take that out.")
RECKONS = _("This file holds a field that fetches or reckons (%(field)s). Only page numbers may stand in it.")
UNKNOWN = _("There is no place called {{%(name)s}}.")
MISSING = _("The place {{%(name)s}} is missing.")
TWICE = _("The place {{NOI_DUNG}} stands once, in a paragraph of its own, outside tables.")


def checked(content: bytes) -> bytes:
    """The template as it can be kept, with its XML alone. Raises Invalid('file') and says what is wrong with it."""
    if len(content) > LARGEST:
        raise Invalid("file", TOO_LARGE, limit=LARGEST // 1024 // 1024)
    plain = docx_parts.plain_copy(content).getvalue()
    _refuse_what_acts(plain)
    try:
        document = docx.Document(io.BytesIO(plain))
        found = [name for paragraph in paragraphs(document) for name in PLACE.findall(_text(paragraph))]
        bodies = [paragraph for paragraph in document.paragraphs if _text(paragraph).strip() == BODY_PLACE]
    except Exception:  # noqa: BLE001 - a broken document may break any part of the reader
        raise Invalid("file", docx_parts.BROKEN) from None
    for name in found:
        if name not in (*MUST, *MAY):
            raise Invalid("file", UNKNOWN, name=name[:50])
    for name in MUST:
        if name not in found:
            raise Invalid("file", MISSING, name=name)
    if len(bodies) != 1 or found.count(BODY) != 1:
        raise Invalid("file", TWICE)
    return plain


def _refuse_what_acts(content: bytes) -> None:
    """Nothing in it may fetch, reckon or hold another document."""
    package = archives.Package(content, docx_parts.BOUNDS)
    if any(word in f"/{name.lower()}" for name in package for word in MEDIA):
        raise Invalid("file", PICTURES)
    for name in package:
        if name.lower().endswith(".rels"):
            package.read(name, begin={"Relationship": _refuse_outside})
        elif name.lower().endswith(".xml"):
            package.read(
                name, begin={"altChunk": _refuse_object, "object": _refuse_object, "fldSimple": _refuse_simple}
            )
    for root in _roots(content):
        for told in root.iter(qn("w:instrText")):
            _refuse_field(told.text or "")


def _roots(content: bytes) -> Iterator[Any]:
    """The XML of each part; of some, as of footnotes, python-docx has the bytes alone."""
    for part in docx.Document(io.BytesIO(content)).part.package.iter_parts():
        if hasattr(part, "element"):
            yield part.element
        elif part.partname.lower().endswith(".xml"):
            yield parse_xml(part.blob)


def _refuse_outside(attributes: Mapping[str, str]) -> None:
    if attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith(HYPERLINK):
        raise Invalid("file", OUTSIDE)


def _refuse_object(_attributes: Mapping[str, str]) -> None:
    raise Invalid("file", PICTURES)


def _refuse_simple(attributes: Mapping[str, str]) -> None:
    _refuse_field(next((told for name, told in attributes.items() if name.endswith("instr")), ""))


def _refuse_field(told: str) -> None:
    word = (told.split() or [""])[0].upper()
    if word and word not in FIELDS:
        raise Invalid("file", RECKONS, field=word[:30])


# --- filling in


def paragraphs(document: Any) -> Iterator[Paragraph]:
    """All paragraphs in which a place may stand: of the text, of its tables, of heads and feet of pages."""
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from (Paragraph(one, part) for one in part._element.iter(qn("w:p")))  # noqa: SLF001
    yield from (Paragraph(one, document._body) for one in document.element.body.iter(qn("w:p")))  # noqa: SLF001


def _text(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def fill(document: Any, said: Mapping[str, str]) -> Any:
    """Put words into all places; the empty paragraph in which the text is to go."""
    body = None
    for paragraph in list(paragraphs(document)):
        if _text(paragraph).strip() == BODY_PLACE:
            body = paragraph
        elif "{{" in _text(paragraph):
            _fill_paragraph(paragraph, said)
    return body


def _fill_paragraph(paragraph: Paragraph, said: Mapping[str, str]) -> None:
    """Each place takes the looks of the letters with which it begins; it may be torn over several runs."""
    while found := PLACE.search(_text(paragraph)):
        at, words = 0, said.get(found[1], "")
        for run in paragraph.runs:
            begin, end = at, at + len(run.text)
            at = end
            if end <= found.start() or begin >= found.end():
                continue
            first, last = max(found.start() - begin, 0), min(found.end() - begin, len(run.text))
            run.text = run.text[:first] + words + run.text[last:]
            words = ""


def said_by(paper: form.Paper) -> dict[str, str]:
    """The words of a paper for each place. A `{` of its own is written so that no place begins with it."""
    signature = paper.signature or form.Signature("")
    told = {
        "CO_QUAN_CAP_TREN": paper.issuer.above.upper(),
        "CO_QUAN": paper.issuer.name.upper(),
        "SO_KY_HIEU": number_and_symbol(paper),
        "DIA_DANH_NGAY": place_and_day(paper.issuer, paper.day),
        "TEN_LOAI": paper.kind.upper(),
        "TRICH_YEU": paper.about,
        "KINH_GUI": "; ".join(paper.to),
        "NOI_NHAN": "\n".join(paper.recipients),
        "QUYEN_HAN": signature.authority.upper(),
        "CHUC_VU": signature.title.upper(),
        "NGUOI_KY": signature.name,
    }
    return {name: printable(words).replace("{{", "{ {") for name, words in told.items()}


def with_places(paper: form.Paper) -> form.Paper:
    """The paper with the names of the places where its words were: the built-in form, to be changed."""
    place = {name: f"{{{{{name}}}}}" for name in (*MUST, *MAY)}
    return dataclasses.replace(
        paper,
        issuer=form.Issuer(place["CO_QUAN"], place["CO_QUAN_CAP_TREN"]),
        kind=place["TEN_LOAI"] if paper.kind else "",
        about=place["TRICH_YEU"],
        to=[place["KINH_GUI"]] if paper.to else (),
        parts=[form.Text(place[BODY])],
        annexes=(),
        recipients=[place["NOI_NHAN"]],
        signature=form.Signature(place["CHUC_VU"], place["QUYEN_HAN"], place["NGUOI_KY"]),
        template=None,
    )


# What the built-in form writes of number and day with `with_places`, and what the template shall have there.
def name_the_rest(document: Any, paper: form.Paper) -> None:
    """Number and day are made of several words; in the template each is one place."""
    written = {number_and_symbol(paper): "SO_KY_HIEU", place_and_day(paper.issuer, paper.day): "DIA_DANH_NGAY"}
    for paragraph in paragraphs(document):
        if name := written.get(_text(paragraph)):
            first, *others = paragraph.runs
            first.text = f"{{{{{name}}}}}"
            for run in others:
                run.text = ""
